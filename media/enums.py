"""Fixed choices about photos and pupils; imports no other module of the project."""

from django.db import models


class PhotoRights(models.TextChoices):
    """On what right a photo is used."""

    OWN = "own", "Ảnh của đơn vị"
    PROVIDED = "provided", "Nhân vật cung cấp"
    PRESS = "press", "Báo chí, đã được phép"
    DRAWING = "drawing", "Tranh vẽ, đồ họa"


class AgeBand(models.TextChoices):
    """The age of a pupil; it decides who must consent."""

    UNDER_7 = "under_7", "dưới 7 tuổi"
    FROM_7 = "from_7", "từ 7 đến dưới 16 tuổi"
    FROM_16 = "from_16", "từ 16 tuổi"


class Medium(models.TextChoices):
    """Where a consent applies."""

    PAPER = "paper", "Phiếu giấy có chữ ký"
    FORM = "form", "Biểu mẫu trên mạng"


# Whose consent each age needs (Luật BVDLCN 2025, Điều 24), by the column with its day, and how a page words
# it. This is the only place of the rule, for queries and for messages.
GIVERS: dict[str, dict[str, str]] = {
    AgeBand.UNDER_7: {"guardian_agreed_on": "cha, mẹ hoặc người giám hộ"},
    AgeBand.FROM_7: {"pupil_agreed_on": "học sinh", "guardian_agreed_on": "cha, mẹ hoặc người giám hộ"},
    AgeBand.FROM_16: {"pupil_agreed_on": "học sinh"},
}


class Asked(models.TextChoices):
    """What somebody asks about their data; each kind has its own deadline (media.clocks)."""

    SEE = "see", "Xem, sửa, cung cấp"
    STOP = "stop", "Rút đồng ý, hạn chế, phản đối"
    DELETE = "delete", "Xóa"
