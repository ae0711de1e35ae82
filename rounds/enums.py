"""Fixed choices about rounds and proposals. Imports nothing from this room."""

from django.db import models


class Regime(models.TextChoices):
    """By which procedure a round runs (Luật 06/2022/QH15, Điều 84, 85; amended by Luật 06/2026/QH16)."""

    USUAL = "usual", "Thường xuyên (thủ tục thông thường)"
    SIMPLIFIED = "simplified", "Thủ tục đơn giản"
    THEMATIC = "thematic", "Chuyên đề"


class RoundStatus(models.TextChoices):
    """Where a round is."""

    PREPARING = "preparing", "Đang chuẩn bị"
    OPEN = "open", "Nhận đề nghị"
    SCREENING = "screening", "Thẩm định"
    DECIDED = "decided", "Đã lập quyết định"
    CLOSED = "closed", "Đã kết thúc"
    CANCELLED = "cancelled", "Đã hủy"


# In these the host may screen, ask, vote and decide.
RUNNING = (RoundStatus.OPEN, RoundStatus.SCREENING, RoundStatus.DECIDED)
OVER = (RoundStatus.CLOSED, RoundStatus.CANCELLED)


class ProposalStatus(models.TextChoices):
    """Where one unit's proposal is."""

    DRAFTING = "drafting", "Đơn vị đang soạn"
    WITH_HEAD = "with_head", "Chờ trưởng đơn vị gửi"
    SUBMITTED = "submitted", "Đã gửi, chờ thẩm định"
    MISSING = "missing", "Chờ đơn vị bổ sung"
    RETURNED = "returned", "Trả lại"
    WITHDRAWN = "withdrawn", "Đơn vị đã rút"


class NomineeStatus(models.TextChoices):
    """What became of one person or collective that was proposed."""

    PROPOSED = "proposed", "Chờ thẩm định"
    ACCEPTED = "accepted", "Đủ điều kiện"
    DECLINED = "declined", "Không đủ điều kiện"
    PASSED = "passed", "Hội đồng thông qua"
    NOT_PASSED = "not_passed", "Hội đồng không thông qua"
    ENTERED = "entered", "Đã vào quyết định"


class PaperKind(models.TextChoices):
    """The papers of a proposal (Luật 06/2022/QH15, Điều 84 khoản 2)."""

    LETTER = "letter", "Tờ trình"
    REPORT = "report", "Báo cáo thành tích"
    MINUTES = "minutes", "Biên bản họp xét của đơn vị"
    OTHER = "other", "Minh chứng khác"


class Quorum(models.TextChoices):
    """How many members must be present for a council to decide."""

    HALF = "half", "Hơn một nửa số thành viên"
    TWO_THIRDS = "two_thirds", "Ít nhất hai phần ba số thành viên"
    ALL = "all", "Đủ mọi thành viên"


class VoteBase(models.TextChoices):
    """Of what number the share of votes is taken."""

    PRESENT = "present", "số thành viên có mặt"
    MEMBERS = "members", "tổng số thành viên"


class Duty(models.TextChoices):
    """What a member does in the council."""

    CHAIR = "chair", "Chủ tịch"
    SECRETARY = "secretary", "Thư ký"
    MEMBER = "member", "Ủy viên"
