"""Fixed choices about commendations. Imports nothing from this room."""

from django.db import models


class RecipientKind(models.TextChoices):
    """Always counted separately and in this order (Luật Thi đua, khen thưởng 06/2022/QH15)."""

    COLLECTIVE = "collective", "Tập thể"
    INDIVIDUAL = "individual", "Cá nhân"


class SignerPrefix(models.TextChoices):
    """The right by which the signer signs (Nghị định 30/2020/NĐ-CP)."""

    NONE = "", "Ký trực tiếp"
    KT = "KT.", "KT. (ký thay)"
    Q = "Q.", "Q. (quyền)"
    TUQ = "TUQ.", "TUQ. (thừa ủy quyền)"
    TM = "TM.", "TM. (thay mặt)"
    TL = "TL.", "TL. (thừa lệnh)"


class IssuerLevel(models.TextChoices):
    """Who may decide a form of award (Luật 06/2022/QH15, Điều 80): a Sở gives giấy khen, never bằng khen."""

    UNIT = "unit", "Thủ trưởng đơn vị, Giám đốc Sở"
    COMMUNE = "commune", "Chủ tịch UBND cấp xã"
    PROVINCE = "province", "Chủ tịch UBND tỉnh"
    MINISTRY = "ministry", "Bộ trưởng"
    GOVERNMENT = "government", "Thủ tướng Chính phủ"


class Rounding(models.TextChoices):
    """How a computed sum is rounded: older decrees round up, published lists round to the nearest."""

    UP = "up", "Làm tròn lên"
    NEAREST = "nearest", "Làm tròn đến mức gần nhất"
    NONE = "none", "Không làm tròn"
