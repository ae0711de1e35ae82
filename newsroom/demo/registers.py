"""The demo's documents, events and commendation decisions as data. All invented.

Of the training conference only what the seed story says is real: its name, its host, who opened it, who came,
“gần 200”, and that 2 collectives and 5 individuals were commended.
"""

import datetime
from typing import NamedTuple

from awards.enums import RecipientKind
from departments.enums import DepartmentKind, Honorific
from documents.enums import DocumentKind
from events.enums import EventKind, Occurrence, Qualifier

OLD, NEW = "SGD-DL-2004", "SGD-DL"
INVENTED = (
    "Dữ liệu minh họa của bản dùng thử: số, ngày, người ký và tên người, tập thể được khen không có thật."
)


class Doc(NamedTuple):
    """`day` is a date, or a number of days from the day the demo is made."""

    number: str
    kind: DocumentKind
    summary: str
    day: datetime.date | int
    issuer: str = NEW
    replaced_by: str = ""
    is_public: bool = True
    expires_in: int | None = None


_DATE = datetime.date
DOCUMENTS = (
    Doc(
        "0871/QĐ-SGDĐT",
        DocumentKind.DECISION,
        "Khen thưởng tổng kết năm học 2016–2017",
        _DATE(2017, 8, 18),
        OLD,
    ),
    Doc(
        "1498/SGDĐT-GDTrH",
        DocumentKind.GUIDANCE,
        "Hướng dẫn tổ chức kiểm tra học kỳ I năm học 2017–2018",
        _DATE(2017, 11, 6),
        OLD,
    ),
    Doc(
        "1188/SGDĐT-GDTrH",
        DocumentKind.GUIDANCE,
        "Hướng dẫn kiểm tra học kỳ I (bản cũ)",
        _DATE(2017, 9, 12),
        OLD,
        replaced_by="1498/SGDĐT-GDTrH",
    ),
    Doc(
        "89/KH-SGDĐT",
        DocumentKind.PLAN,
        "Kế hoạch tổ chức Hội nghị tập huấn công tác truyền thông",
        _DATE(2017, 10, 27),
        OLD,
    ),
    Doc(
        "1247/QĐ-SGDĐT",
        DocumentKind.DECISION,
        "Về việc khen thưởng tập thể, cá nhân có nhiều thành tích trong công tác truyền thông năm 2017",
        _DATE(2017, 11, 8),
        OLD,
    ),
    Doc(
        "1520/SGDĐT-VP",
        DocumentKind.LETTER,
        "Về việc đẩy mạnh công tác truyền thông trong năm học 2017–2018",
        _DATE(2017, 11, 9),
        OLD,
    ),
    Doc("2190/SGDĐT-CTHS", DocumentKind.LETTER, "Phòng, chống tai nạn đuối nước cho học sinh", -20),
    Doc("140/KH-SGDĐT", DocumentKind.PLAN, "Kế hoạch tổ chức Hội thi giáo viên chủ nhiệm giỏi cấp tỉnh", -12),
    Doc(
        "1833/QĐ-SGDĐT",
        DocumentKind.DECISION,
        "Về việc khen thưởng nhân Ngày Nhà giáo Việt Nam",
        -8,
    ),
    Doc(
        "77/TB-SGDĐT",
        DocumentKind.NOTICE,
        "Thông báo lịch tiếp công dân của lãnh đạo Sở",
        -5,
        expires_in=60,
    ),
    Doc("2215/SGDĐT-GDTrH", DocumentKind.GUIDANCE, "Hướng dẫn ôn tập, kiểm tra học kỳ I", -2),
    Doc(
        "81/TB-SGDĐT",
        DocumentKind.NOTICE,
        "Thông báo tuyển dụng viên chức (bản chưa công bố)",
        -1,
        is_public=False,
    ),
)


class Happening(NamedTuple):
    """`day` as in Doc; `hours` are (begin, end), empty for whole days."""

    key: str
    kind: EventKind
    title: str
    day: datetime.date | int
    hours: tuple[str, str] | None
    host: str
    place: str
    summary: str = ""
    address: str = ""
    occurrence: str = Occurrence.AS_PLANNED
    note: str = ""
    days: int = 1
    is_public: bool = True
    approver: str = "thuky"


TRAINING = Happening(
    "tap-huan",
    EventKind.TRAINING,
    "Hội nghị tập huấn công tác truyền thông ngành GD&ĐT năm học 2017-2018",
    datetime.date(2017, 11, 10),
    ("07:30", "16:30"),
    OLD,
    "Hội trường Sở GD&ĐT",
    "Sở GD&ĐT Đắk Lắk tổ chức, với gần 200 cán bộ lãnh đạo, chuyên viên, giáo viên làm công tác truyền "
    "thông của các đơn vị trong tỉnh.",
    "Thành phố Buôn Ma Thuột",
)
ATTENDANCE = (Qualifier.NEARLY, 200)
PROGRAMME = (
    ("07:30", "Đón đại biểu, nhận tài liệu", ""),
    (
        "08:00",
        "Khai mạc",
        "Bà Lê Thị Thanh Xuân, Chủ tịch Công đoàn ngành GD&ĐT Đắk Lắk - Phó Giám đốc Sở GD&ĐT.",
    ),
    (
        "08:20",
        "Báo cáo công tác truyền thông năm học vừa qua",
        "Kết quả đưa tin trên website, tạp chí của ngành và Báo Giáo dục và Thời đại.",
    ),
    ("09:30", "Trao giấy khen công tác truyền thông năm 2017", "2 tập thể và 5 cá nhân."),
    ("10:00", "Chia sẻ kinh nghiệm, thảo luận", "Khó khăn, vướng mắc của cộng tác viên và cách tháo gỡ."),
    ("13:30", "Thực hành: viết tin, chụp ảnh, đặt chú thích", "Chia nhóm theo cụm đơn vị."),
)
DELEGATES = (
    (
        "Lê Thị Thanh Xuân",
        Honorific.MRS,
        "Chủ tịch Công đoàn ngành GD&ĐT Đắk Lắk - Phó Giám đốc Sở GD&ĐT",
        True,
    ),
    ("Lãnh đạo các phòng chuyên môn thuộc Sở", Honorific.NONE, "", False),
    ("Đại diện Sở Thông tin và Truyền thông", Honorific.NONE, "Khách mời", False),
    ("Đại diện Ban Tuyên giáo Tỉnh ủy", Honorific.NONE, "Khách mời", False),
)
PARTICIPANTS = (
    ("Phòng GD&ĐT huyện, thị xã, thành phố", DepartmentKind.DISTRICT_OFFICE),
    ("Trường THPT", DepartmentKind.HIGH_SCHOOL),
    ("Trung tâm GDNN-GDTX", DepartmentKind.CONTINUING_CENTRE),
    ("Trường PTDTNT THCS huyện, thị xã, thành phố", DepartmentKind.BOARDING_SCHOOL),
)


class Given(NamedTuple):
    """One award; `person` if the recipient is in the directory."""

    kind: RecipientKind
    name: str
    unit: str = ""
    title: str = ""
    unit_name: str = ""
    is_pupil: bool = False


class PaperOrder(NamedTuple):
    """A commendation decision and its recipients."""

    number: str
    day: datetime.date | int
    issuer: str
    summary: str
    achievement: str
    event: str
    given: tuple[Given, ...]
    revoked: str = ""


_ALL, _ONE = RecipientKind.COLLECTIVE, RecipientKind.INDIVIDUAL
SEED_ORDER = "1247/QĐ-SGDĐT"
MEDIA_WORK = "Công tác truyền thông năm 2017"
ORDERS = (
    PaperOrder(
        "0871/QĐ-SGDĐT",
        datetime.date(2017, 8, 18),
        OLD,
        "Tổng kết năm học 2016–2017",
        "Hoàn thành xuất sắc nhiệm vụ năm học 2016–2017",
        "",
        (
            Given(_ALL, "Trường THPT Buôn Ma Thuột", "THPT-BMT"),
            Given(_ALL, "Trung tâm GDNN-GDTX huyện Ea Kar", "TT-EK"),
            Given(_ONE, "H’Ngăm Êban", "TH-EP", "Giáo viên", "Trường Tiểu học Ea Phê"),
            Given(_ONE, "Đỗ Thị Ngọc Ánh", "MN-HPL", "Giáo viên", "Trường Mầm non Hoa Pơ Lang"),
        ),
        revoked="Đỗ Thị Ngọc Ánh",
    ),
    PaperOrder(
        "1247/QĐ-SGDĐT",
        datetime.date(2017, 11, 8),
        OLD,
        "Tập thể, cá nhân có nhiều thành tích trong công tác truyền thông năm 2017",
        MEDIA_WORK,
        "tap-huan",
        (
            Given(_ALL, "Phòng GD&ĐT thị xã Buôn Hồ", "PGD-BH"),
            Given(_ALL, "Trường PTDTNT THCS huyện Lắk", "NT-LAK"),
            Given(_ONE, "H’Nương Byă", "NT-KA", "Giáo viên", "Trường PTDTNT THCS huyện Krông Ana"),
            Given(_ONE, "Y Thuyên Kbuôr", "PGD-CM", "Chuyên viên", "Phòng GD&ĐT huyện Cư M’gar"),
            Given(_ONE, "Nguyễn Thị Hồng Nhung", "THPT-CVA", "Giáo viên", "Trường THPT Chu Văn An"),
            Given(_ONE, "Trần Đức Mạnh", "THPT-NGT", "Phó Hiệu trưởng", "Trường THPT Ngô Gia Tự"),
            Given(_ONE, "Lê Quốc Việt", "TT-EK", "Viên chức", "Trung tâm GDNN-GDTX huyện Ea Kar"),
        ),
    ),
    PaperOrder(
        "1833/QĐ-SGDĐT",
        -8,
        NEW,
        "Tập thể, cá nhân tiêu biểu nhân Ngày Nhà giáo Việt Nam",
        "Thành tích tiêu biểu trong dạy và học",
        "nha-giao",
        (
            Given(_ALL, "Trường THCS Ea Lê", "THCS-EL"),
            Given(_ONE, "Lưu Thị Kim Anh", "THCS-HV", "Giáo viên", "Trường THCS Hùng Vương"),
            Given(_ONE, "Y Sĩ Niê", "TT-EK", "Phó Giám đốc", "Trung tâm GDNN-GDTX Ea Kar"),
            Given(_ONE, "Trần Gia Hân", "THPT-CVA", "Lớp 11A2", "Trường THPT Chu Văn An", is_pupil=True),
        ),
    ),
)
