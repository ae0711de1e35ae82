"""What one unit proposes in a round: people and collectives, why, with what papers."""

import secrets
from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.db.models import Q

from articles.models import PublishedArticle
from awards.enums import RecipientKind
from awards.models import AwardKind, Commendation, LawVersion
from departments.models import Department, Person
from documents.sizes import size_words
from events.models import Event
from foundation.language.fields import DerivedField, NormalCharField, NormalTextField
from foundation.language.searching import search_text
from foundation.language.vietnamese import fold
from media.models import Photo
from rounds.bounds import is_of_our_time
from rounds.enums import NomineeStatus, PaperKind, ProposalStatus
from rounds.models.round import Round
from rounds.querysets import NomineeQuerySet, ProposalQuerySet


class Proposal(models.Model):
    """The proposal of one unit; it has one in a round. `status` changes only through `rounds.workflow`."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="proposals", verbose_name="đợt khen")
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="+", verbose_name="đơn vị đề nghị"
    )
    letter_number = NormalCharField("số tờ trình", max_length=80, blank=True)
    letter_day = models.DateField("ngày tờ trình", null=True, blank=True, validators=[is_of_our_time])
    words = NormalTextField("lời đề nghị", blank=True)
    law = models.ForeignKey(
        LawVersion, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="luật áp dụng"
    )
    received_on = models.DateField("ngày nhận hồ sơ", null=True, editable=False)
    is_late = models.BooleanField("gửi muộn, được phép", default=False, editable=False)
    status = models.CharField(
        "trạng thái", max_length=12, choices=ProposalStatus, default=ProposalStatus.DRAFTING, editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ProposalQuerySet.as_manager()

    owner_field = "department_id"  # the unit that owns the record (departments.access)

    class Meta:
        verbose_name = "hồ sơ đề nghị"
        verbose_name_plural = "hồ sơ đề nghị"
        ordering = ["department__sort_key", "pk"]
        permissions = [
            ("submit_proposal", "Gửi hồ sơ đề nghị khen thưởng"),
            ("screen_proposal", "Thẩm định hồ sơ đề nghị khen thưởng"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["round", "department"], name="one_proposal_a_unit_in_a_round"),
        ]

    def __str__(self) -> str:
        return f"Đề nghị của {self.department}, {self.round}"

    @property
    def host_id(self) -> int:
        """The unit that receives the proposal."""
        return self.round.host_id


class ReceivedProposal(Proposal):
    """The same row as its receiver sees it: rights over it come from the host of the round."""

    owner_field = "host_id"

    class Meta:
        proxy = True
        default_permissions = ()
        verbose_name = "hồ sơ đề nghị"
        verbose_name_plural = "hồ sơ đề nghị"


class Nominee(models.Model):
    """One person or collective that a unit proposes, in the words of the paper to come."""

    proposal = models.ForeignKey(
        Proposal, models.CASCADE, related_name="nominees", verbose_name="hồ sơ đề nghị"
    )
    award_kind = models.ForeignKey(
        AwardKind, models.PROTECT, related_name="+", verbose_name="hình thức đề nghị"
    )
    recipient_kind = models.CharField("đối tượng", max_length=12, choices=RecipientKind)
    recipient_name = NormalCharField("tập thể, cá nhân", max_length=200)
    recipient_title = NormalCharField("chức vụ hoặc lớp", max_length=150, blank=True)
    unit_name = NormalCharField("đơn vị ghi trên giấy khen", max_length=200, blank=True)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đơn vị"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người trong danh bạ"
    )
    is_pupil = models.BooleanField("là học sinh", default=False)
    achievement = NormalTextField(
        "thành tích", blank=True, help_text="Một, hai câu; để trống thì lấy nội dung khen của đợt."
    )
    is_under_discipline = models.BooleanField(
        "đang bị xem xét kỷ luật, thanh tra hoặc có đơn thư chưa giải quyết",
        default=False,
        help_text="Theo xác nhận của đơn vị.",
    )
    discipline_words = NormalCharField("về việc gì", max_length=200, blank=True)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    votes_for = models.PositiveSmallIntegerField("phiếu đồng ý", null=True, editable=False)
    votes_against = models.PositiveSmallIntegerField("phiếu không đồng ý", null=True, editable=False)
    session = models.ForeignKey(
        "rounds.CouncilSession",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="nominees",
        verbose_name="phiên họp",
    )
    reason = NormalTextField("lý do của cơ quan khen", blank=True, editable=False)
    commendation = models.OneToOneField(
        Commendation, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="lượt khen"
    )
    search_key = DerivedField(source="recipient_name", derive=search_text, max_length=600)
    status = models.CharField(
        "kết quả", max_length=12, choices=NomineeStatus, default=NomineeStatus.PROPOSED, editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = NomineeQuerySet.as_manager()

    owner_field = "host_id"  # who screens and decides, not who proposes

    class Meta:
        verbose_name = "đề nghị khen"
        verbose_name_plural = "các đề nghị khen"
        ordering = ["recipient_kind", "position", "pk"]  # "collective" sorts before "individual"
        constraints = [
            models.CheckConstraint(
                name="a_proposed_pupil_is_one_person",
                condition=Q(is_pupil=False) | Q(recipient_kind=RecipientKind.INDIVIDUAL),
                violation_error_message="Chỉ cá nhân mới đánh dấu là học sinh.",
            ),
            models.CheckConstraint(
                name="discipline_says_what",
                condition=Q(is_under_discipline=False) | ~Q(discipline_words=""),
                violation_error_message="Hãy ghi đang bị xem xét về việc gì.",
            ),
        ]

    def __str__(self) -> str:
        return self.recipient_name

    @property
    def host_id(self) -> int:
        return self.proposal.round.host_id

    @property
    def has_award(self) -> bool:
        """Whether the nominee stands in a decision now: the row is there and was not revoked."""
        row = self.commendation
        return self.status == NomineeStatus.ENTERED and row is not None and row.revoked_on is None

    @property
    def identity(self) -> tuple[str, ...]:
        """Rows with equal identity are the same person or collective; ignores accents and case."""
        return (self.recipient_kind, fold(self.recipient_name), fold(self.unit_name))

    @property
    def line_under_name(self) -> str:
        lead = ("Tập thể",) if self.recipient_kind == RecipientKind.COLLECTIVE else ()
        return ", ".join(filter(None, (*lead, self.recipient_title, self.unit_name)))


class Evidence(models.Model):
    """A thing of this site that speaks for a nominee, chosen by the unit."""

    nominee = models.ForeignKey(Nominee, models.CASCADE, related_name="evidence", verbose_name="đề nghị khen")
    story = models.ForeignKey(
        PublishedArticle, models.CASCADE, null=True, related_name="+", verbose_name="bài đã đăng"
    )
    photo = models.ForeignKey(Photo, models.CASCADE, null=True, related_name="+", verbose_name="ảnh")
    event = models.ForeignKey(Event, models.CASCADE, null=True, related_name="+", verbose_name="sự kiện")
    award = models.ForeignKey(
        Commendation, models.CASCADE, null=True, related_name="+", verbose_name="lần khen trước"
    )

    class Meta:
        verbose_name = "minh chứng"
        verbose_name_plural = "minh chứng"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="evidence_is_one_thing",
                condition=Q(story__isnull=False, photo=None, event=None, award=None)
                | Q(story=None, photo__isnull=False, event=None, award=None)
                | Q(story=None, photo=None, event__isnull=False, award=None)
                | Q(story=None, photo=None, event=None, award__isnull=False),
            ),
            *(
                models.UniqueConstraint(fields=["nominee", name], name=f"evidence_{name}_once")
                for name in ("story", "photo", "event", "award")
            ),
        ]

    def __str__(self) -> str:
        return str(self.story or self.photo or self.event or self.award)


def storage_name(paper: "Paper", filename: str) -> str:
    """Return a random name: a file is reached through its page only, and not by guessing."""
    return f"rounds/{secrets.token_hex(16)}{PurePath(filename).suffix.lower()}"


class Paper(models.Model):
    """A file of a proposal. It is deleted some time after the round; the row stays and says so."""

    proposal = models.ForeignKey(
        Proposal, models.CASCADE, related_name="papers", verbose_name="hồ sơ đề nghị"
    )
    kind = models.CharField("loại", max_length=8, choices=PaperKind)
    file = models.FileField("tệp", upload_to=storage_name, blank=True)
    file_name = NormalCharField("tên tệp", max_length=150)
    file_size = models.PositiveIntegerField("dung lượng")
    file_type = models.CharField("kiểu tệp", max_length=8)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người gửi"
    )
    sent_at = models.DateTimeField("lúc", auto_now_add=True)
    deleted_on = models.DateField("tệp đã xóa ngày", null=True)

    class Meta:
        verbose_name = "tệp của hồ sơ"
        verbose_name_plural = "tệp của hồ sơ"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.file_name}"

    @property
    def file_words(self) -> str:
        """“PDF, 412 KB”."""
        return f"{self.file_type}, {size_words(self.file_size)}"
