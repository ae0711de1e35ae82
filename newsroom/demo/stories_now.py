"""Stories of the last weeks, which the demo's readers see. All invented."""

from articles.enums import ArticleKind
from newsroom.demo.writing import DemoStory, Pic

STORIES: tuple[DemoStory, ...] = (
    DemoStory(
        unit="VHXH-CUMGAR",
        section="day-va-hoc",
        title="Thêm 12 lớp tiếng Ê Đê ở các trường tiểu học xã Cư M’gar",
        lead="Giáo viên người bản địa đứng lớp, học sinh đọc được truyện kể của buôn mình.",
        body=(
            Pic("nha-dai", "Giờ đọc truyện ngoài trời của học sinh buôn Sah"),
            "Từ đầu năm học, xã Cư M’gar mở thêm mười hai lớp tiếng Ê Đê, mỗi tuần bốn tiết. Người dạy là "
            "giáo viên trong xã đã qua lớp bồi dưỡng của Sở GD&ĐT.",
            "Sách dùng chung của tỉnh được bổ sung truyện kể do các già làng đọc, giáo viên ghi lại. Học "
            "sinh lớp 4 tự vẽ tranh cho từng truyện.",
            "“Các cháu về nhà đọc cho ông bà nghe, ông bà sửa lại từng câu”, một cô giáo kể. Cuối học kỳ, "
            "các lớp sẽ chép truyện thành tập đặt ở thư viện.",
        ),
        days=-1,
        hour=8,
        byline="Y Thuyên Kbuôr",
        tags=("Tiếng Ê Đê", "Tiểu học"),
    ),
    DemoStory(
        unit="THCS-EL",
        section="day-va-hoc",
        title="Mười lăm phút đọc sách đầu giờ ở ngôi trường vùng biên Ea Súp",
        lead="Tủ sách lớp học do phụ huynh đóng, học sinh tự quản.",
        body=(
            Pic("thu-vien", "Mười lăm phút đầu giờ ở thư viện"),
            "Bảy giờ sáng, cả trường im lặng. Mười lăm phút đầu giờ, học sinh Trường THCS Ea Lê đọc sách "
            "mình chọn, không phải nộp thu hoạch.",
            "Mỗi lớp có một tủ sách do phụ huynh đóng bằng gỗ tạp. Học sinh cử người giữ sổ mượn, mỗi "
            "tháng đổi tủ cho lớp khác.",
            "Sau một học kỳ, số lượt mượn tăng gấp ba. Những quyển rách nhất được dán lại, đặt ở ngăn "
            "“được yêu”.",
        ),
        days=-1,
        hour=15,
        byline="Nguyễn Văn Thắng",
        tags=("Thư viện", "Đọc sách"),
    ),
    DemoStory(
        unit="NT-LAK",
        section="guong-sang",
        title="Thầy Y Thuyên và dàn chiêng mượn của buôn",
        lead="Chiều thứ Bảy, sân trường nội trú vang tiếng chiêng của học sinh lớp 6.",
        body=(
            Pic("cong-chieng", "Dàn chiêng nhà trường mượn của buôn để tập"),
            "Không có dàn chiêng, thầy giáo trẻ vào buôn hỏi mượn. Già làng đồng ý với một điều kiện: "
            "chiều thứ Bảy thầy phải tự gùi đi, gùi về.",
            "Ba mươi hai học sinh chia hai nhóm, nhóm đánh, nhóm nghe. Bài đầu tiên là bài đón khách, bài "
            "thứ hai là bài mừng lúa mới.",
            "Đến nay dàn chiêng đã ở lại trường qua ba mùa rẫy, và buôn cử thêm một nghệ nhân cùng dạy.",
        ),
        days=-2,
        hour=9,
        byline="Ban truyền thông của Sở",
        tags=("Người tốt việc tốt", "Cồng chiêng"),
        kind=ArticleKind.GOOD_DEED,
    ),
    DemoStory(
        unit="NT-LAK",
        section="tin-nganh",
        title="Trường PTDTNT THCS Lắk mở lớp đánh chiêng cho học sinh lớp 6",
        lead="Nghệ nhân của buôn dạy mỗi chiều thứ Bảy; nhà trường mượn dàn chiêng sáu chiếc để tập.",
        body=(
            "Lớp học mở từ tháng 10, dành cho học sinh lớp 6 tự đăng ký. Hai nghệ nhân của buôn dạy luân "
            "phiên.",
            "Nhà trường dành một phòng có tường dày làm phòng tập và xếp lịch tránh giờ tự học buổi tối.",
        ),
        days=-3,
        hour=8,
        minute=30,
        byline="Ban truyền thông của Sở",
        tags=("Cồng chiêng", "Nội trú"),
    ),
    DemoStory(
        unit="THCS-PCT",
        section="tin-nganh",
        title="Chào cờ đầu tuần, kể một chuyện người tốt việc tốt",
        lead="Mười phút dưới cờ do học sinh tự dẫn, chuyện kể được in ở bảng tin của trường.",
        body=(
            Pic("san-truong", "Giờ chào cờ đầu tuần ở Trường THCS Phan Chu Trinh"),
            "Mỗi sáng thứ Hai, một lớp được giao kể một chuyện có thật trong tuần: trả ví nhặt được, dắt "
            "em nhỏ qua đường, giúp bạn chép bài khi bạn ốm.",
            "Chuyện phải có tên, có ngày và được người trong chuyện đồng ý. Bảng tin của trường in lại cả "
            "tháng.",
        ),
        days=-3,
        hour=10,
        byline="Ban biên tập Trường THCS Phan Chu Trinh",
        tags=("Nền nếp",),
    ),
    DemoStory(
        unit="THCS-YJ",
        section="day-va-hoc",
        title="Một tiết Ngữ văn ở lớp có bốn dân tộc cùng học",
        lead="Cô giáo cho học sinh viết về một việc tốt ở buôn làng, rồi đọc cho nhau nghe.",
        body=(
            Pic("lop-hoc", "Tiết Ngữ văn của lớp 6 Trường THCS Y Jút"),
            "Đề bài trên bảng chỉ một dòng: viết đoạn văn kể một việc tốt em đã làm ở trường, ở buôn làng. "
            "Học sinh được dùng từ tiếng mẹ đẻ, miễn là giải nghĩa cho bạn.",
            "Hết tiết, lớp có thêm mười bốn từ mới của ba thứ tiếng, dán lên bức tường cuối lớp.",
        ),
        days=-4,
        hour=9,
        byline="Ban truyền thông của Sở",
        tags=("Ngữ văn",),
    ),
    DemoStory(
        unit="SGD-DL-TRH",
        section="day-va-hoc",
        title="Ngân hàng câu hỏi dùng chung: 36 trường THPT góp 4.200 câu",
        lead="Câu hỏi được ba giáo viên khác trường đọc trước khi nhập kho, ghi rõ mức độ và bài học.",
        body=(
            "Kho câu hỏi dùng chung của các trường THPT mở từ tháng 9. Sau mười tuần đã có 4.200 câu của "
            "chín môn, nhiều nhất là Toán và Tiếng Anh.",
            "Mỗi câu có tên người soạn, hai người đọc và lịch sử sửa. Trường nào dùng câu nào đều ghi lại "
            "để tránh trùng giữa hai kỳ kiểm tra.",
        ),
        days=-5,
        hour=14,
        byline="Phòng Giáo dục Trung học",
        tags=("Kiểm tra, đánh giá", "THPT"),
    ),
    DemoStory(
        unit="MN-HPL",
        section="day-va-hoc",
        title="Giáo viên mầm non tự làm đồ chơi từ vỏ cà phê, lõi ngô",
        lead="Ba mươi bộ đồ chơi được làm trong hai buổi chiều, dùng ngay ở góc chơi của trẻ.",
        body=(
            Pic("nha-dai", "Nguyên liệu lấy từ rẫy quanh trường"),
            "Vỏ cà phê phơi khô, lõi ngô, hạt bời lời được rửa sạch, mài nhẵn rồi nhuộm màu từ lá. Giáo "
            "viên Trường Mầm non Hoa Pơ Lang làm xong ba mươi bộ xếp hình.",
            "Trẻ học đếm, học màu bằng chính thứ các cháu vẫn thấy ở nhà.",
        ),
        days=-6,
        hour=9,
        byline="Đỗ Thị Ngọc Ánh",
        tags=("Mầm non",),
    ),
    DemoStory(
        unit="THPT-BMT",
        section="guong-sang",
        title="Nhóm học sinh làm máy sấy cà phê từ tấm pin cũ",
        lead="Máy sấy được mười cân quả một mẻ, làm từ tấm pin năng lượng hỏng và quạt máy tính.",
        body=(
            "Câu lạc bộ Khoa học của Trường THPT Buôn Ma Thuột thu lại những tấm pin bị vỡ góc, đo từng ô "
            "còn dùng được rồi ghép lại.",
            "Mẻ đầu tiên mất hai ngày, mẻ thứ năm còn chín giờ. Nhóm đang viết hướng dẫn để trường khác "
            "làm theo.",
        ),
        days=-7,
        hour=16,
        byline="Ban truyền thông của Sở",
        tags=("Khoa học kỹ thuật", "Học sinh"),
        kind=ArticleKind.GOOD_DEED,
    ),
    DemoStory(
        unit="TT-EK",
        section="guong-sang",
        title="Lớp xóa mù chữ buổi tối ở buôn M’Um",
        lead="Ba mươi hai học viên, người lớn tuổi nhất 61, học từ 19 giờ sau khi đi rẫy về.",
        body=(
            Pic("nha-dai", "Nhà sinh hoạt cộng đồng buôn M’Um, nơi mở lớp"),
            "Lớp học ở nhà sinh hoạt cộng đồng, bảng kê trên hai ghế. Học viên đến muộn không phải xin "
            "lỗi, chỉ phải kể vì sao muộn bằng một câu viết lên bảng.",
            "Sau ba tháng, hai mươi bảy người đã tự viết đơn. Người lớn tuổi nhất viết thư đầu tiên cho "
            "con gái làm ở xa.",
        ),
        days=-8,
        hour=9,
        byline="Lê Quốc Việt",
        tags=("Xóa mù chữ", "Người tốt việc tốt"),
        kind=ArticleKind.GOOD_DEED,
    ),
    DemoStory(
        unit="SGD-DL-VP",
        section="chi-dao-dieu-hanh",
        title="Lịch tiếp công dân tháng tới của lãnh đạo Sở",
        lead="Lãnh đạo Sở tiếp công dân vào sáng thứ Năm hằng tuần tại phòng tiếp công dân.",
        body=(
            "Công dân đăng ký trước tại Văn phòng Sở hoặc đến trực tiếp từ 07:30. Khi đến, xin mang theo "
            "giấy tờ tùy thân và đơn (nếu có).",
            "Trường hợp trùng ngày nghỉ, buổi tiếp chuyển sang ngày làm việc kế tiếp và báo trên trang này.",
        ),
        days=-1,
        hour=11,
        minute=20,
        byline="Văn phòng Sở",
        tags=("Thông báo",),
        kind=ArticleKind.NOTICE,
    ),
)
