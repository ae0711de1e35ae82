"""Fixed choices about units and people; imports no other module of the project."""

from django.db import models


class DepartmentKind(models.TextChoices):
    """The kind of a unit."""

    PROVINCE_OFFICE = "province_office", "Sở GD&ĐT"
    OFFICE_DIVISION = "office_division", "Phòng thuộc Sở"
    DISTRICT_OFFICE = "district_office", "Phòng GD&ĐT"
    HIGH_SCHOOL = "high_school", "Trường THPT"
    LOWER_AND_HIGH = "lower_and_high", "Trường THCS và THPT"
    ALL_LEVELS = "all_levels", "Trường TH, THCS và THPT"
    LOWER_SECONDARY = "lower_secondary", "Trường THCS"
    PRIMARY_AND_LOWER = "primary_and_lower", "Trường TH và THCS"
    PRIMARY = "primary", "Trường tiểu học"
    KINDERGARTEN = "kindergarten", "Trường mầm non"
    BOARDING_SCHOOL = "boarding_school", "Trường PTDTNT"
    SEMI_BOARDING = "semi_boarding", "Trường PTDTBT"
    SPECIAL_SCHOOL = "special_school", "Trường chuyên biệt"
    CONTINUING_CENTRE = "continuing_centre", "Trung tâm GDNN-GDTX"
    EDUCATION_CENTRE = "education_centre", "Trung tâm GDTX"
    PEOPLES_COMMITTEE = "peoples_committee", "Ủy ban nhân dân"
    COMMUNE_OFFICE = "commune_office", "Phòng Văn hóa - Xã hội xã, phường"
    LOCALITY = "locality", "Địa bàn"
    OTHER = "other", "Cơ quan khác"


# Schools and centres: each with legal personality, so its head signs and gives giấy khen.
SCHOOLS = (
    DepartmentKind.HIGH_SCHOOL,
    DepartmentKind.LOWER_AND_HIGH,
    DepartmentKind.ALL_LEVELS,
    DepartmentKind.LOWER_SECONDARY,
    DepartmentKind.PRIMARY_AND_LOWER,
    DepartmentKind.PRIMARY,
    DepartmentKind.KINDERGARTEN,
    DepartmentKind.BOARDING_SCHOOL,
    DepartmentKind.SEMI_BOARDING,
    DepartmentKind.SPECIAL_SCHOOL,
    DepartmentKind.CONTINUING_CENTRE,
    DepartmentKind.EDUCATION_CENTRE,
)
# They stand under nobody of this newsroom.
UNMANAGED_KINDS = (
    DepartmentKind.PROVINCE_OFFICE,
    DepartmentKind.PEOPLES_COMMITTEE,
    DepartmentKind.LOCALITY,
    DepartmentKind.OTHER,
)


class CommitteeLevel(models.TextChoices):
    """Whose people's committee it is; awards that its chairman may give follow from it."""

    PROVINCE = "province", "Tỉnh, thành phố trực thuộc trung ương"
    DISTRICT = "district", "Huyện, thị xã, thành phố (đến 30/6/2025)"
    COMMUNE = "commune", "Xã, phường, đặc khu"


class RelationKind(models.TextChoices):
    """`department` —kind→ `related`: its owner, its professional guide, its location, its successor."""

    ADMINISTRATIVE = "administrative", "Hành chính (cơ quan chủ quản)"
    PROFESSIONAL = "professional", "Chuyên môn (hướng dẫn nghiệp vụ)"
    LOCATION = "location", "Địa bàn (nơi đặt trụ sở)"
    SUCCESSION = "succession", "Kế thừa (đơn vị tiếp nối)"


class SuccessionKind(models.TextChoices):
    """How a unit was succeeded."""

    RENAME = "rename", "Đổi tên"
    MERGE = "merge", "Sáp nhập"
    SPLIT = "split", "Chia tách"
    TRANSFER = "transfer", "Tiếp nhận khi giải thể"


class Honorific(models.TextChoices):
    """A title before a person's name."""

    MR = "ông", "Ông"
    MRS = "bà", "Bà"
    TEACHER_M = "thầy", "Thầy"
    TEACHER_F = "cô", "Cô"
    PUPIL = "em", "Em"
    NONE = "", "Không ghi"
