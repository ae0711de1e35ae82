"""Unpublished stories, so that every desk of the demo has work."""

from articles.enums import ArticleKind
from newsroom.demo.writing import DemoStory, Pic

DRAFTS = (
    DemoStory(
        unit="THPT-CVA",
        section="tin-nganh",
        title="Câu lạc bộ Sử học ra mắt bản đồ các tên đường Buôn Ma Thuột",
        lead="",
        body=("Ý chính: 24 tuyến đường, mỗi tuyến một trang. Cần hỏi thêm thầy phụ trách về nguồn tư liệu.",),
        days=0,
        hour=6,
        writer="ctv",
    ),
    DemoStory(
        unit="NT-KA",
        section="day-va-hoc",
        title="Vườn rau của lớp 8A",
        lead="Mỗi tổ một luống, cuối tuần bán rau cho bếp ăn lấy tiền mua sách.",
        body=("Luống đầu tiên trồng cải ngọt, luống thứ hai trồng mồng tơi.",),
        days=-1,
        hour=17,
        writer="ctv2",
    ),
)

# Approved by the school, waiting for the Sở's second reading.
SECOND_READING = DemoStory(
    unit="NT-KA",
    section="day-va-hoc",
    title="Buổi tối tự học: đèn phòng đọc sáng đến chín giờ",
    lead="Mỗi tối, một thầy cô ở lại cùng các em nội trú làm bài và đọc sách.",
    body=(
        "Phòng đọc mở từ 19:00 đến 21:00. Các em ngồi theo nhóm bốn người, mỗi nhóm một bạn lớp trên.",
        "Cô quản lý nội trú ghi lại những câu hỏi khó để sáng hôm sau giáo viên bộ môn giải đáp.",
    ),
    days=-1,
    hour=15,
    writer="ctv2",
    approver="truongdonvi2",
)

IN_REVIEW = (
    DemoStory(
        unit="THPT-CVA",
        section="day-va-hoc",
        title="Tiết Vật lý ngoài sân: đo chiều cao cột cờ bằng bóng nắng",
        lead="Không dùng thang, bốn nhóm học sinh lớp 10 cho bốn kết quả lệch nhau chưa tới hai gang tay.",
        body=(
            Pic("san-truong", "Sân trường giờ thực hành môn Vật lý"),
            "Mỗi nhóm tự chọn dụng cụ: thước cuộn, cây gậy, một tờ giấy gấp góc 45 độ hoặc điện thoại.",
            "Điều khó nhất là giải thích vì sao kết quả khác nhau. Cả lớp thống nhất ghi sai số vào bảng "
            "tin.",
        ),
        days=-1,
        hour=16,
        writer="ctv",
        tags=("Vật lý", "Thực hành"),
    ),
    DemoStory(
        unit="THPT-CVA",
        section="guong-sang",
        title="Cô thủ thư giữ sổ mượn sách suốt ba mươi khóa",
        lead="Ba mươi cuốn sổ ghi tay cho biết mỗi thế hệ học sinh đã đọc gì.",
        body=(
            Pic("thu-vien", "Phòng đọc của Trường THPT Chu Văn An"),
            "Cuốn sổ đầu tiên bìa đã sờn, chữ tím. Quyển được mượn nhiều nhất qua mọi khóa vẫn là truyện "
            "Kiều.",
        ),
        days=0,
        hour=5,
        writer="ctv",
        kind=ArticleKind.GOOD_DEED,
    ),
    DemoStory(
        unit="NT-KA",
        section="tin-nganh",
        title="Ngày hội ẩm thực của học sinh nội trú Krông Ana",
        lead="Mười hai gian bếp, mỗi gian một món của buôn mình.",
        body=(
            Pic("cong-chieng", "Tiếng chiêng mở đầu ngày hội"),
            "Học sinh tự đi chợ bằng số tiền như nhau, tự ghi công thức và giới thiệu món bằng hai thứ "
            "tiếng.",
        ),
        days=-1,
        hour=15,
        writer="ctv2",
        tags=("Nội trú",),
    ),
)

RETURNED = DemoStory(
    unit="THPT-CVA",
    section="tin-nganh",
    title="Trường THPT Chu Văn An tổng kết phong trào thi đua chào mừng 20/11",
    lead="Nhà trường trao thưởng cho các tập thể, cá nhân có nhiều thành tích.",
    body=(
        Pic("trao-giay-khen", "Các tập thể, cá nhân nhận thưởng"),
        "Phong trào kéo dài hai tháng với nhiều nội dung phong phú, thiết thực.",
    ),
    days=-2,
    hour=10,
    writer="ctv",
    tags=("20/11",),
)
RETURN_WORDS = (
    "Em ghi giúp chị rõ bao nhiêu tập thể, bao nhiêu cá nhân và tên từng lớp được thưởng; bỏ câu “nội dung "
    "phong phú, thiết thực”. Sửa xong gửi lại trong ngày mai là kịp."
)
# By the part of the text they are about (`articles.text.anchoring.Passage.key`).
RETURN_COMMENTS = (
    ("lead", "Bao nhiêu tập thể, bao nhiêu cá nhân? Ghi số ngay ở đây."),
    ("0", "Chú thích ghi tên lớp và người trao, từ trái sang."),
    ("1", "Bỏ “phong phú, thiết thực”; kể tên hai hoạt động có thật."),
)

SCHEDULED = DemoStory(
    unit="THPT-CVA",
    section="tin-nganh",
    title="Trường THPT Chu Văn An mời phụ huynh dự ngày mở cửa phòng thí nghiệm",
    lead="Phụ huynh và học sinh lớp 9 được vào bốn phòng thí nghiệm, tự tay làm một phản ứng.",
    body=(
        Pic("lop-hoc", "Một buổi học ở phòng bộ môn"),
        "Ngày mở cửa chia bốn lượt, mỗi lượt bốn mươi người. Phụ huynh đăng ký với giáo viên chủ nhiệm.",
    ),
    days=0,
    hour=4,
    writer="ctv",
    approver="truongdonvi",
    kind=ArticleKind.NOTICE,
)
SCHEDULED_FOR_DAYS, SCHEDULED_HOUR = 1, 7

EDITED_AGAIN = DemoStory(
    unit="THPT-CVA",
    section="tin-nganh",
    title="Học sinh Chu Văn An quyên góp 1.200 quyển sách cho trường vùng xa",
    lead="Sách được phân loại, bọc lại và chở đi trong ba ngày cuối tuần.",
    body=(
        Pic("thu-vien", "Học sinh phân loại sách quyên góp"),
        "Ban tổ chức nhận 1.200 quyển, trong đó một nửa là sách giáo khoa cũ còn dùng được.",
    ),
    days=-5,
    hour=16,
    writer="ctv",
    approver="truongdonvi",
    tags=("Đọc sách",),
)
EDITED_LAST_PARAGRAPH = (
    "Đến hết tuần, số sách nhận thêm là 140 quyển; ban tổ chức đang lập danh sách trường nhận."
)

WITHDRAWN = DemoStory(
    unit="THPT-CVA",
    section="tin-nganh",
    title="Danh sách học sinh được hỗ trợ học bổng của câu lạc bộ cựu học sinh",
    lead="Câu lạc bộ cựu học sinh trao học bổng cho học sinh có hoàn cảnh khó khăn.",
    body=("Danh sách kèm hoàn cảnh từng em được đăng ở bản tin này.",),
    days=-6,
    hour=9,
    writer="ctv",
    approver="truongdonvi",
)
WITHDRAWAL_WORDS = "Gỡ theo đề nghị của nhà trường, để bảo vệ học sinh."
