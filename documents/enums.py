"""Fixed choices about official documents; imports no other module of the project."""

from django.db import models


class DocumentKind(models.TextChoices):
    """The kind of a document."""

    DECISION = "decision", "Quyết định"
    PLAN = "plan", "Kế hoạch"
    REPORT = "report", "Báo cáo"
    NOTICE = "notice", "Thông báo"
    SUBMISSION = "submission", "Tờ trình"
    GUIDANCE = "guidance", "Hướng dẫn"
    DIRECTIVE = "directive", "Chỉ thị"
    PROGRAMME = "programme", "Chương trình"
    INVITATION = "invitation", "Giấy mời"
    LETTER = "letter", "Công văn"
    REGULATION = "regulation", "Quy chế, quy định"


class Ending(models.TextChoices):
    """What a later document does to this one."""

    REPLACED = "replaced", "Thay thế"
    REPEALED = "repealed", "Bãi bỏ"
