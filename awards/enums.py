"""Fixed choices about commendations; a leaf module."""

from django.db import models


class RecipientKind(models.TextChoices):
    """Always counted apart and in this order (Luật Thi đua, khen thưởng 06/2022/QH15)."""

    COLLECTIVE = "collective", "Tập thể"
    INDIVIDUAL = "individual", "Cá nhân"


class SignerPrefix(models.TextChoices):
    """By what right the signer signs (Nghị định 30/2020/NĐ-CP)."""

    NONE = "", "Ký trực tiếp"
    KT = "KT.", "KT. (ký thay)"
    TUQ = "TUQ.", "TUQ. (thừa uỷ quyền)"
    TM = "TM.", "TM. (thay mặt)"
    TL = "TL.", "TL. (thừa lệnh)"


class IssuerLevel(models.TextChoices):
    """Who may decide a form of award (Luật 06/2022/QH15, Điều 80): a Sở signs giấy khen, never bằng khen."""

    UNIT = "unit", "Thủ trưởng đơn vị, Giám đốc Sở"
    COMMUNE = "commune", "Chủ tịch UBND cấp xã"
    PROVINCE = "province", "Chủ tịch UBND tỉnh"
    MINISTRY = "ministry", "Bộ trưởng"
    GOVERNMENT = "government", "Thủ tướng Chính phủ"


class Rounding(models.TextChoices):
    """How a computed sum is made round: older decrees say up, published lists round both ways."""

    UP = "up", "Làm tròn lên"
    NEAREST = "nearest", "Làm tròn đến mức gần nhất"
    NONE = "none", "Không làm tròn"
