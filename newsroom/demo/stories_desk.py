"""More invented stories: notices of the Sở, questions of parents, news from the east."""

from articles.enums import ArticleKind
from newsroom.demo.writing import DemoStory, Pic

STORIES: tuple[DemoStory, ...] = (
    DemoStory(
        unit="SGD-DL-TRH",
        section="chi-dao-dieu-hanh",
        title="Hướng dẫn ôn tập, kiểm tra học kỳ I cho lớp 9 và lớp 12",
        lead="Đề kiểm tra bám sát yêu cầu cần đạt; trường tự ra đề, tổ chuyên môn duyệt chéo.",
        body=(
            "Sở GD&ĐT đề nghị các trường công bố nội dung ôn tập trước ngày kiểm tra ít nhất hai tuần, "
            "không dạy thêm ngoài kế hoạch.",
            "## Những điểm cần nhớ",
            "Mỗi môn có ma trận đề và hướng dẫn chấm; bài của học sinh được trả, chữa và lưu theo quy "
            "định. Học sinh ốm được kiểm tra bù trong vòng một tuần.",
        ),
        days=-2,
        hour=9,
        minute=45,
        byline="Phòng Giáo dục Trung học",
        tags=("Kiểm tra, đánh giá",),
        kind=ArticleKind.NOTICE,
    ),
    DemoStory(
        unit="SGD-DL-KHTC",
        section="chi-dao-dieu-hanh",
        title="Công bố danh sách trường đạt chuẩn quốc gia đợt 3",
        lead="Thêm chín trường đạt chuẩn, trong đó có ba trường ở xã khu vực III.",
        body=(
            Pic("san-truong", "Một trong chín trường vừa được công nhận"),
            "Đoàn đánh giá ngoài làm việc tại trường ba ngày, đọc hồ sơ, dự giờ và phỏng vấn phụ huynh. "
            "Kết quả được niêm yết mười ngày trước khi trình quyết định.",
            "Các trường đạt chuẩn được ưu tiên đầu tư phòng học bộ môn trong kế hoạch năm tới.",
        ),
        days=-4,
        hour=15,
        byline="Phòng Kế hoạch – Tài chính",
        tags=("Trường chuẩn quốc gia",),
    ),
    DemoStory(
        unit="SGD-DL-CTHS",
        section="chi-dao-dieu-hanh",
        title="Tập huấn phòng, chống đuối nước cho giáo viên thể dục",
        lead="Hai ngày học cứu hộ, sơ cấp cứu và cách dạy bơi an toàn trong bể di động.",
        body=(
            "Một trăm hai mươi giáo viên thể dục được học ném phao, tiếp cận người bị nạn và hồi sức tim "
            "phổi trên mô hình.",
            "Mỗi xã có ít nhất hai giáo viên dạy được lớp bơi cơ bản trước mùa mưa năm sau.",
        ),
        days=-5,
        hour=10,
        byline="Phòng Công tác học sinh",
        tags=("An toàn học đường", "Tập huấn"),
    ),
    DemoStory(
        unit="SGD-DL-VP",
        section="chi-dao-dieu-hanh",
        title="Cách tra cứu và xác minh giấy khen bằng điện thoại",
        lead="Mỗi giấy khen có một mã; quét mã QR hoặc gõ mã vào ô xác minh trên trang này.",
        body=(
            "Mã in ở góc dưới giấy khen, gồm chữ cái, số và dấu gạch. Chữ O và số 0 hay bị nhầm; trang xác "
            "minh sẽ nhắc khi gặp trường hợp này.",
            "Kết quả khớp cho biết người được khen, đơn vị khi được khen, số và ngày quyết định. Giấy khen "
            "đã hủy bỏ cũng hiện ra, kèm số quyết định hủy bỏ.",
            "Không thấy mã, xin gọi Văn phòng Sở để đối chiếu bản gốc.",
        ),
        days=-9,
        hour=9,
        byline="Văn phòng Sở",
        tags=("Giấy khen", "Hỏi đáp"),
        kind=ArticleKind.NOTICE,
    ),
    DemoStory(
        unit="SGD-DL-VP",
        section="chi-dao-dieu-hanh",
        title="Phụ huynh hỏi: trường hợp nào được chuyển trường giữa học kỳ?",
        lead="Việc chuyển trường giữa học kỳ chỉ xét khi gia đình đổi nơi cư trú hoặc có lý do đặc biệt.",
        body=(
            "Hồ sơ gồm đơn của cha mẹ hoặc người giám hộ, học bạ và giấy giới thiệu của trường đang học. "
            "Trường nơi đến trả lời trong ba ngày làm việc.",
            "Với cấp THPT, hồ sơ liên tỉnh nộp tại Sở GD&ĐT; với cấp dưới, phụ huynh liên hệ trường nơi đến.",
        ),
        days=-10,
        hour=14,
        byline="Văn phòng Sở",
        tags=("Hỏi đáp",),
    ),
    DemoStory(
        unit="THPT-PBC-D",
        section="tin-nganh",
        title="Đoàn trường Phan Bội Châu trồng một nghìn cây keo chắn gió",
        lead="Học sinh ba khối chia đất theo lớp, mỗi lớp giữ một hàng cây đến khi ra trường.",
        body=(
            Pic("san-truong", "Học sinh tập trung trước giờ trồng cây"),
            "Khu đất sau trường thường bị gió khô thổi bạt mái che. Đoàn trường xin cây giống của trạm lâm "
            "nghiệp, chia mỗi lớp một hàng.",
            "Mỗi hàng có tấm biển nhỏ ghi tên lớp và năm trồng. Lớp 12 ra trường thì bàn giao cho lớp 10 "
            "mới vào.",
        ),
        days=-6,
        hour=15,
        byline="Huỳnh Công Danh",
        tags=("Đoàn thanh niên",),
    ),
    DemoStory(
        unit="THCS-HV",
        section="day-va-hoc",
        title="Giờ Lịch sử ở bảo tàng: học sinh tự làm người thuyết minh",
        lead="Mỗi nhóm nhận một hiện vật, tìm hiểu trong một tuần rồi đứng giới thiệu cho bạn.",
        body=(
            Pic("lop-hoc", "Nhóm học sinh chuẩn bị bài thuyết minh ở lớp"),
            "Bảo tàng dành buổi sáng thứ Bảy cho Trường THCS Hùng Vương. Cán bộ bảo tàng chỉ đứng nghe và "
            "bổ sung khi học sinh hỏi.",
            "Bài thuyết minh hay nhất được thu tiếng, khách quét mã cạnh hiện vật là nghe được.",
        ),
        days=-7,
        hour=9,
        byline="Lưu Thị Kim Anh",
        tags=("Lịch sử",),
    ),
    DemoStory(
        unit="THPT-CVA",
        section="tin-nganh",
        title="Trường THPT Chu Văn An mở phòng tư vấn tâm lý học đường",
        lead="Phòng mở cửa giờ ra chơi và sau giờ học, học sinh có thể hẹn trước bằng phiếu không ghi tên.",
        body=(
            Pic("thu-vien", "Góc đọc sách cạnh phòng tư vấn"),
            "Hai giáo viên đã qua lớp bồi dưỡng thay nhau trực. Chuyện kể trong phòng được giữ kín; chỉ "
            "khi học sinh gặp nguy hiểm nhà trường mới báo gia đình.",
            "Tuần đầu có mười lăm lượt hẹn, nhiều nhất là hỏi về chọn ngành và về giấc ngủ.",
        ),
        days=-2,
        hour=16,
        writer="ctv",
        approver="truongdonvi",
        tags=("Tư vấn học đường",),
    ),
    DemoStory(
        unit="NT-KA",
        section="guong-sang",
        title="Bếp ăn không lửa tắt của cô cấp dưỡng trường nội trú",
        lead="Bốn giờ sáng bếp đã đỏ lửa để hơn hai trăm học sinh có bữa sáng nóng.",
        body=(
            "Mười một năm nay, cô cấp dưỡng của Trường PTDTNT THCS Krông Ana chưa vắng một buổi sáng nào. "
            "Thực đơn đổi theo mùa, tuần nào cũng có một món của buôn.",
            "Học sinh cũ về thăm trường thường ghé bếp trước khi vào phòng thầy cô.",
        ),
        days=-3,
        hour=14,
        writer="ctv2",
        approver="truongdonvi2",
        tags=("Người tốt việc tốt", "Nội trú"),
        kind=ArticleKind.GOOD_DEED,
    ),
    DemoStory(
        unit="THPT-EHL",
        section="guong-sang",
        title="Người thầy chở thư viện trên xe máy",
        lead="Hai thùng gỗ sau yên xe đựng được tám mươi quyển, mỗi tuần đến một buôn.",
        body=(
            Pic("thu-vien", "Buổi đọc sách khi chuyến xe ghé trường"),
            "Thầy giáo của Trường THPT Ea H’leo đóng hai thùng gỗ, lót bạt chống mưa. Trẻ trong buôn mượn "
            "sách bằng cách kể lại một đoạn mình thích ở quyển vừa trả.",
            "Ba năm, số sách mất chưa đầy hai mươi quyển. Quyển nào rách, người mượn sau dán lại cho người "
            "mượn sau nữa.",
        ),
        days=-11,
        hour=9,
        byline="Ban truyền thông của Sở",
        tags=("Người tốt việc tốt", "Đọc sách"),
        kind=ArticleKind.GOOD_DEED,
    ),
    DemoStory(
        unit="THPT-NGT",
        section="guong-sang",
        title="Hai mươi cây số đến lớp và một chiếc xe đạp dùng chung",
        lead="Năm học sinh ở cuối buôn chia nhau một chiếc xe, tuần nào cũng đổi người cầm lái.",
        body=(
            "Đường từ buôn ra trường dài hai mươi cây số, có đoạn phải dắt xe qua suối. Các em hẹn nhau ở "
            "gốc cây kơ nia lúc bốn giờ rưỡi sáng.",
            "Nhà trường xếp cho cả năm em ở nội trú mùa mưa và đổi giờ học bù vào buổi chiều.",
        ),
        days=-12,
        hour=14,
        byline="Trần Đức Mạnh",
        tags=("Học sinh",),
        kind=ArticleKind.GOOD_DEED,
    ),
)
