"""Fixed choices about fees; imports no other module of the project."""

from django.db import models


class MonthStatus(models.TextChoices):
    """How far the sheet of a month is; what is closed never changes."""

    OPEN = "open", "Đang lập"
    PREPARED = "prepared", "Chờ kế toán kiểm tra"
    CHECKED = "checked", "Chờ thủ trưởng duyệt"
    APPROVED = "approved", "Đã duyệt, chờ chi"
    CLOSED = "closed", "Đã chi, đóng sổ"


class Part(models.TextChoices):
    """What somebody is paid for in a work."""

    AUTHOR = "author", "Tác giả"
    PHOTOGRAPHER = "photographer", "Tác giả ảnh"
    EDITOR = "editor", "Biên tập"
    TRANSLATOR = "translator", "Biên dịch"


class Relation(models.TextChoices):
    """What the payee is to who pays; the tax follows from it."""

    STAFF = "staff", "Người của cơ quan chi (biên chế, hợp đồng từ 3 tháng)"
    OUTSIDE = "outside", "Ngoài cơ quan, cư trú tại Việt Nam"
    NON_RESIDENT = "non_resident", "Không cư trú tại Việt Nam"


class Measure(models.TextChoices):
    """How a rate is written."""

    COEFFICIENT = "coefficient", "Hệ số"
    DONG = "dong", "Số tiền (đồng)"
