"""The people of the demo: nine accounts, one for each role, and more people of the directory.

Only Lê Thị Thanh Xuân is real, with the titles that the seed story gives her; the others are invented.
"""

import datetime
from typing import NamedTuple

from accounts.models import FormOfAddress
from accounts.roles import Role
from departments.enums import Honorific
from newsroom.demo.units import LAST_DAY, REFORM

HIRED = datetime.date(2015, 9, 1)
OLD_OFFICE, OFFICE = "SGD-DL-2004", "SGD-DL"


class Held(NamedTuple):
    """A title in a unit from one day to another."""

    unit: str
    title: str
    role: str = ""
    since: datetime.date = HIRED
    until: datetime.date | None = None
    document: str = ""


class Somebody(NamedTuple):
    """A person of the demo, with an account if `username` is set."""

    name: str
    held: tuple[Held, ...]
    honorific: str = Honorific.NONE
    username: str = ""
    form_of_address: str = FormOfAddress.FRIEND


def _office(title: str, *roles: Role) -> tuple[Held, ...]:
    """The same position in the Sở before and after the merger: two units, so two rows per role."""
    return tuple(
        held
        for role in roles
        for held in (
            Held(OLD_OFFICE, title, role, until=LAST_DAY),
            Held(OFFICE, title, role, since=REFORM),
        )
    )


ACCOUNTS = (
    Somebody(
        "Nguyễn Thị Hồng Nhung",
        (Held("THPT-CVA", "Giáo viên", Role.COLLABORATOR),),
        Honorific.TEACHER_F,
        "ctv",
        FormOfAddress.TEACHER_F,
    ),
    Somebody(
        "H’Nương Byă",
        (Held("NT-KA", "Giáo viên", Role.COLLABORATOR),),
        Honorific.TEACHER_F,
        "ctv2",
        FormOfAddress.TEACHER_F,
    ),
    Somebody(
        "Lê Thị Minh Tâm",
        (Held("THPT-CVA", "Hiệu trưởng", Role.HEAD),),
        Honorific.MRS,
        "truongdonvi",
        FormOfAddress.SISTER,
    ),
    Somebody(
        "Y Blăm Niê",
        (Held("NT-KA", "Hiệu trưởng", Role.HEAD),),
        Honorific.MR,
        "truongdonvi2",
        FormOfAddress.BROTHER,
    ),
    Somebody(
        "Trần Quốc Bảo",
        _office("Biên tập viên Ban truyền thông", Role.DESK_EDITOR),
        Honorific.MR,
        "bientap",
        FormOfAddress.BROTHER,
    ),
    Somebody(
        "Đặng Thị Thu Hương",
        _office("Trưởng ban Truyền thông", Role.MANAGING_EDITOR, Role.HEAD),
        Honorific.MRS,
        "thuky",
        FormOfAddress.SISTER,
    ),
    Somebody(
        "Võ Thị Ngọc Hà",
        _office("Văn thư, thường trực thi đua", Role.REGISTRAR),
        Honorific.MRS,
        "thidua",
        FormOfAddress.SISTER,
    ),
    Somebody(
        "Hoàng Minh Đức",
        _office("Quản trị hệ thống", Role.ADMINISTRATOR),
        Honorific.MR,
        "quantri",
        FormOfAddress.BROTHER,
    ),
    Somebody(
        "Bùi Thanh Sơn",
        _office("Thanh tra viên", Role.AUDITOR),
        Honorific.MR,
        "kiemtra",
        FormOfAddress.BROTHER,
    ),
)

_SEED_DAY = "Theo tin về hội nghị tập huấn; không rõ ngày giữ chức"
_2017 = {"since": datetime.date(2017, 1, 1), "until": datetime.date(2017, 12, 31)}
DIRECTORY = (
    Somebody(
        "Lê Thị Thanh Xuân",
        (
            Held(OLD_OFFICE, "Phó Giám đốc Sở GD&ĐT", document=_SEED_DAY, **_2017),
            Held(OLD_OFFICE, "Chủ tịch Công đoàn ngành GD&ĐT Đắk Lắk", document=_SEED_DAY, **_2017),
        ),
        Honorific.MRS,
    ),
    Somebody(
        "Y Thuyên Kbuôr",
        (Held("PGD-CM", "Chuyên viên", until=LAST_DAY), Held("VHXH-CUMGAR", "Chuyên viên", since=REFORM)),
    ),
    Somebody("Trần Đức Mạnh", (Held("THPT-NGT", "Phó Hiệu trưởng"),)),
    Somebody("Lê Quốc Việt", (Held("TT-EK", "Viên chức, cộng tác viên truyền thông"),)),
    Somebody("Phạm Thị Thu Hà", (Held("TT-EK", "Giám đốc", since=datetime.date(2016, 9, 1)),), Honorific.MRS),
    Somebody("Y Sĩ Niê", (Held("TT-EK", "Phó Giám đốc", since=datetime.date(2017, 2, 1)),), Honorific.MR),
    Somebody("Đỗ Thị Ngọc Ánh", (Held("MN-HPL", "Giáo viên"),), Honorific.TEACHER_F),
    Somebody("H’Ngăm Êban", (Held("TH-EP", "Giáo viên"),), Honorific.TEACHER_F),
    Somebody("Nguyễn Văn Thắng", (Held("THCS-EL", "Tổng phụ trách Đội"),), Honorific.TEACHER_M),
    Somebody("Lưu Thị Kim Anh", (Held("THCS-HV", "Giáo viên"),), Honorific.TEACHER_F),
    Somebody("Huỳnh Công Danh", (Held("THPT-PBC-D", "Bí thư Đoàn trường"),), Honorific.TEACHER_M),
)

PEOPLE = ACCOUNTS + DIRECTORY
