"""The units of the demo: before and after 1 July 2025, with the five chains of the reform.

Schools are examples of their kinds. Where a document is not public or not known, the row says so.
"""

import datetime
from typing import NamedTuple

from departments.enums import CommitteeLevel
from departments.enums import DepartmentKind as Kind

LONG_AGO = datetime.date(2004, 1, 1)
LAST_DAY = datetime.date(2025, 6, 30)
REFORM = datetime.date(2025, 7, 1)
RENAMED = datetime.date(2025, 8, 15)

MERGER = "Nghị quyết 202/2025/QH15 về sắp xếp đơn vị hành chính cấp tỉnh"
TWO_LEVELS = "Luật Tổ chức chính quyền địa phương 2025: không còn cấp huyện"
COMMUNES = "Nghị quyết 1660/NQ-UBTVQH15"
PENDING = "chờ văn bản"
EAST = "Phú Yên (cũ)"

NOTICE = (
    "Bản dùng thử: chỉ lời của bài “Đắk Lắk: chú trọng nâng cao công tác truyền thông ngành GD&ĐT” là "
    "thật. Tên người được khen, ngày, số quyết định, số văn bản và các bài khác là dữ liệu minh họa; ảnh "
    "là hình vẽ thay thế."
)
# Whose site the demo is; here alone stand these words.
IDENTITY = {
    "name": "Giáo dục Đắk Lắk",
    "short_name": "GD Đắk Lắk",
    "organization": "Sở Giáo dục và Đào tạo Đắk Lắk",
    "organization_short": "Sở GD&ĐT Đắk Lắk",
    "province": "Đắk Lắk",
    "description": "Tin tức, sự kiện, khen thưởng và văn bản của ngành giáo dục Đắk Lắk.",
    "responsible_title": "Trưởng ban Truyền thông của Sở",
    "email": "bantruyenthong@vidu.example",
    "code_prefix": "DL",
}


class DatedName(NamedTuple):
    """A name of a unit between two days."""

    name: str
    short: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None


class Unit(NamedTuple):
    """A unit of the demo with all its names."""

    code: str
    kind: Kind
    names: tuple[DatedName, ...]
    since: datetime.date = LONG_AGO
    until: datetime.date | None = None
    founding: str = ""
    closing: str = ""
    province: str = ""
    address: str = ""
    functions: str = ""
    phone: str = ""
    email: str = ""

    @property
    def committee_level(self) -> str:
        """Districts ended with June 2025; the committees made then are the communes'."""
        if self.kind != Kind.PEOPLES_COMMITTEE:
            return ""
        return CommitteeLevel.DISTRICT if self.until else CommitteeLevel.COMMUNE


def _closed(code: str, kind: Kind, name: str, short: str = "", **more: str) -> Unit:
    closing = MERGER if kind == Kind.PROVINCE_OFFICE else TWO_LEVELS
    return Unit(code, kind, (DatedName(name, short),), until=LAST_DAY, closing=closing, **more)


def _new(code: str, kind: Kind, name: str, short: str = "", **more: str) -> Unit:
    return Unit(code, kind, (DatedName(name, short),), since=REFORM, **{"founding": COMMUNES} | more)


def _unit(code: str, kind: Kind, name: str, short: str = "", **more: str) -> Unit:
    return Unit(code, kind, (DatedName(name, short),), **more)


OFFICES = (
    _closed(
        "SGD-DL-2004",
        Kind.PROVINCE_OFFICE,
        "Sở Giáo dục và Đào tạo Đắk Lắk",
        "Sở GD&ĐT Đắk Lắk",
        address="Thành phố Buôn Ma Thuột",
    ),
    _closed(
        "SGD-PY", Kind.PROVINCE_OFFICE, "Sở Giáo dục và Đào tạo Phú Yên", "Sở GD&ĐT Phú Yên", province=EAST
    ),
    _new(
        "SGD-DL",
        Kind.PROVINCE_OFFICE,
        "Sở Giáo dục và Đào tạo Đắk Lắk",
        "Sở GD&ĐT Đắk Lắk",
        founding=MERGER,
        address="Phường Buôn Ma Thuột",
        phone="0262 000 0000",  # an unused number, and an address under .example
        email="so.gddt@vidu.example",
        functions="Giúp Ủy ban nhân dân tỉnh quản lý nhà nước về giáo dục và đào tạo; hướng dẫn chuyên "
        "môn, nghiệp vụ đối với các trường, trung tâm trên địa bàn tỉnh.",
    ),
    _new(
        "SGD-DL-VP",
        Kind.OFFICE_DIVISION,
        "Văn phòng Sở",
        founding=PENDING,
        phone="0262 000 0001",
        email="vanphong@vidu.example",
    ),
    _new(
        "SGD-DL-BTT",
        Kind.OFFICE_DIVISION,
        "Ban truyền thông của Sở",
        founding=PENDING,
        phone="0262 000 0002",
        email="bantruyenthong@vidu.example",
    ),
    _new("SGD-DL-TRH", Kind.OFFICE_DIVISION, "Phòng Giáo dục Trung học", founding=PENDING),
    _new("SGD-DL-KHTC", Kind.OFFICE_DIVISION, "Phòng Kế hoạch – Tài chính", founding=PENDING),
    _new("SGD-DL-CTHS", Kind.OFFICE_DIVISION, "Phòng Công tác học sinh", founding=PENDING),
)

DISTRICTS = (
    _closed("UBND-KP", Kind.PEOPLES_COMMITTEE, "Ủy ban nhân dân huyện Krông Pắc", "UBND huyện Krông Pắc"),
    _closed("UBND-TH", Kind.PEOPLES_COMMITTEE, "Ủy ban nhân dân thành phố Tuy Hòa", province=EAST),
    _closed("UBND-KA", Kind.PEOPLES_COMMITTEE, "Ủy ban nhân dân huyện Krông Ana", "UBND huyện Krông Ana"),
    _closed("UBND-CM", Kind.PEOPLES_COMMITTEE, "Ủy ban nhân dân huyện Cư M’gar", "UBND huyện Cư M’gar"),
    _closed("UBND-BH", Kind.PEOPLES_COMMITTEE, "Ủy ban nhân dân thị xã Buôn Hồ", "UBND thị xã Buôn Hồ"),
    _closed(
        "PGD-KP",
        Kind.DISTRICT_OFFICE,
        "Phòng Giáo dục và Đào tạo huyện Krông Pắc",
        "Phòng GD&ĐT huyện Krông Pắc",
    ),
    _closed(
        "PGD-TH",
        Kind.DISTRICT_OFFICE,
        "Phòng Giáo dục và Đào tạo thành phố Tuy Hòa",
        "Phòng GD&ĐT TP. Tuy Hòa",
        province=EAST,
    ),
    _closed(
        "PGD-CM",
        Kind.DISTRICT_OFFICE,
        "Phòng Giáo dục và Đào tạo huyện Cư M’gar",
        "Phòng GD&ĐT huyện Cư M’gar",
    ),
    _closed(
        "PGD-BH",
        Kind.DISTRICT_OFFICE,
        "Phòng Giáo dục và Đào tạo thị xã Buôn Hồ",
        "Phòng GD&ĐT thị xã Buôn Hồ",
    ),
    _closed("DB-BMT-TP", Kind.LOCALITY, "Thành phố Buôn Ma Thuột", "TP. Buôn Ma Thuột"),
)

COMMUNE_UNITS = (
    _new("UBND-EAPHE", Kind.PEOPLES_COMMITTEE, "Ủy ban nhân dân xã Ea Phê", "UBND xã Ea Phê"),
    _new("UBND-CUMGAR", Kind.PEOPLES_COMMITTEE, "Ủy ban nhân dân xã Cư M’gar", "UBND xã Cư M’gar"),
    _new("UBND-BUONHO", Kind.PEOPLES_COMMITTEE, "Ủy ban nhân dân phường Buôn Hồ", "UBND phường Buôn Hồ"),
    _new(
        "UBND-TUYHOA",
        Kind.PEOPLES_COMMITTEE,
        "Ủy ban nhân dân phường Tuy Hòa",
        "UBND phường Tuy Hòa",
        province=EAST,
    ),
    _new(
        "UBND-PHUYEN",
        Kind.PEOPLES_COMMITTEE,
        "Ủy ban nhân dân phường Phú Yên",
        "UBND phường Phú Yên",
        province=EAST,
    ),
    _new("UBND-BINHKIEN", Kind.PEOPLES_COMMITTEE, "Ủy ban nhân dân phường Bình Kiến", province=EAST),
    _new("VHXH-EAPHE", Kind.COMMUNE_OFFICE, "Phòng Văn hóa - Xã hội xã Ea Phê"),
    _new("VHXH-CUMGAR", Kind.COMMUNE_OFFICE, "Phòng Văn hóa - Xã hội xã Cư M’gar"),
    _new("VHXH-BUONHO", Kind.COMMUNE_OFFICE, "Phòng Văn hóa - Xã hội phường Buôn Hồ"),
    _new("VHXH-TUYHOA", Kind.COMMUNE_OFFICE, "Phòng Văn hóa - Xã hội phường Tuy Hòa", province=EAST),
    _new("VHXH-PHUYEN", Kind.COMMUNE_OFFICE, "Phòng Văn hóa - Xã hội phường Phú Yên", province=EAST),
    _new("VHXH-BINHKIEN", Kind.COMMUNE_OFFICE, "Phòng Văn hóa - Xã hội phường Bình Kiến", province=EAST),
    _new("DB-BMT", Kind.LOCALITY, "Phường Buôn Ma Thuột"),
)


def _renamed(code: str, kind: Kind, *names: DatedName, **more: str) -> Unit:
    return Unit(code, kind, names, **more)


_HIGH = Kind.HIGH_SCHOOL
SCHOOLS = (
    _unit("THPT-CVA", _HIGH, "Trường THPT Chu Văn An", address="Buôn Ma Thuột"),
    _unit("THPT-BMT", _HIGH, "Trường THPT Buôn Ma Thuột"),
    _unit("THPT-NGT", _HIGH, "Trường THPT Ngô Gia Tự"),
    _unit("THPT-EHL", _HIGH, "Trường THPT Ea H’leo"),
    # Fourteen schools of the east had the name of one in the west: the east was given “số 2” in the summer,
    # then kept its old name, and the west took “số 1”.
    _renamed(
        "THPT-PBC-T",
        _HIGH,
        DatedName("Trường THPT Phan Bội Châu", until=RENAMED - datetime.timedelta(days=1)),
        DatedName("Trường THPT Phan Bội Châu số 1", since=RENAMED),
    ),
    _renamed(
        "THPT-PBC-D",
        _HIGH,
        DatedName("Trường THPT Phan Bội Châu", until=LAST_DAY),
        DatedName("Trường THPT Phan Bội Châu số 2", since=REFORM, until=RENAMED - datetime.timedelta(days=1)),
        DatedName("Trường THPT Phan Bội Châu", since=RENAMED),
        province=EAST,
    ),
    _unit("THCS-PCT", Kind.LOWER_SECONDARY, "Trường THCS Phan Chu Trinh"),
    _unit("THCS-YJ", Kind.LOWER_SECONDARY, "Trường THCS Y Jút"),
    _unit("THCS-EL", Kind.LOWER_SECONDARY, "Trường THCS Ea Lê"),
    _unit("THCS-HV", Kind.LOWER_SECONDARY, "Trường THCS Hùng Vương", province=EAST),
    _unit("TH-EP", Kind.PRIMARY, "Trường Tiểu học Ea Phê"),
    _unit("TH-LLQ", Kind.PRIMARY, "Trường Tiểu học Lạc Long Quân", province=EAST),
    _unit("TH-BK", Kind.PRIMARY, "Trường Tiểu học Bình Kiến", province=EAST),
    _unit("MN-HPL", Kind.KINDERGARTEN, "Trường Mầm non Hoa Pơ Lang"),
    _renamed(
        "NT-KA",
        Kind.BOARDING_SCHOOL,
        DatedName("Trường PTDTNT THCS huyện Krông Ana", until=LAST_DAY),
        DatedName("Trường PTDTNT THCS Krông Ana", since=REFORM),
    ),
    _renamed(
        "NT-LAK",
        Kind.BOARDING_SCHOOL,
        DatedName("Trường PTDTNT THCS huyện Lắk", until=LAST_DAY),
        DatedName("Trường PTDTNT THCS Lắk", since=REFORM),
    ),
    _unit("NT-NTL", Kind.BOARDING_SCHOOL, "Trường PTDTNT Nơ Trang Lơng"),
    _renamed(
        "TT-KA",
        Kind.CONTINUING_CENTRE,
        DatedName("Trung tâm GDNN-GDTX huyện Krông Ana", until=LAST_DAY),
        DatedName("Trung tâm GDNN-GDTX Krông Ana", since=REFORM),
    ),
    _renamed(
        "TT-EK",
        Kind.CONTINUING_CENTRE,
        DatedName("Trung tâm GDNN-GDTX huyện Ea Kar", until=LAST_DAY),
        DatedName("Trung tâm GDNN-GDTX Ea Kar", since=REFORM),
    ),
)

UNITS = OFFICES + DISTRICTS + COMMUNE_UNITS + SCHOOLS
