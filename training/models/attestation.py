"""Papers of attendance (giấy xác nhận tham gia): the list that a head approves, and its numbered rows.

No rule says what such a paper is; chứng chỉ have one, so it is never called that. The
rows are the register: they outlive the other personal data of the event, because a paper must be verifiable.
"""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from approvals.enums import RecordStatus
from awards.enums import SignerPrefix
from departments.models import Department
from documents.numbering import book_year
from foundation.language.fields import DerivedField, NormalCharField, NormalTextField
from foundation.language.searching import search_text
from foundation.language.vietnamese import name_sort_key
from foundation.paging.addresses import address_of
from training.enums import RuleKind
from training.models.enrolment import Enrolment
from training.models.participant import Participant
from training.querysets import AttestationListQuerySet, AttestationQuerySet


class AttestationList(models.Model):
    """Who gets a paper of one event, by which rule, signed by whom. `status` changes by its workflow only."""

    enrolment = models.OneToOneField(
        Enrolment,
        models.PROTECT,
        related_name="attestation_list",
        editable=False,
        verbose_name="đợt đăng ký",
    )
    host = models.ForeignKey(
        Department, models.PROTECT, related_name="+", editable=False, verbose_name="cơ quan xác nhận"
    )
    rule = models.CharField(
        "được xác nhận khi dự ít nhất", max_length=8, choices=RuleKind, default=RuleKind.SITTINGS
    )
    at_least = models.DecimalField(
        "số buổi hoặc số giờ",
        max_digits=5,
        decimal_places=1,
        default=Decimal(1),
        validators=[MinValueValidator(Decimal("0.5")), MaxValueValidator(Decimal(500))],
    )
    content = NormalTextField("nội dung", help_text="Ghi trên giấy: đã tham gia …")
    grounds = NormalCharField(
        "căn cứ", max_length=250, blank=True, help_text="Ví dụ: Kế hoạch số 89/KH-SGDĐT ngày 01/11/2026."
    )
    signed_on = models.DateField("ngày ký")
    signer_prefix = models.CharField(
        "tư cách ký", max_length=6, choices=SignerPrefix, blank=True, default=SignerPrefix.NONE
    )
    signer_name = NormalCharField("tên người ký", max_length=150)
    signer_title = NormalCharField("chức danh người ký", max_length=150)
    shows_names = models.BooleanField(
        "trang xác minh hiện đủ họ tên",
        default=False,
        help_text="Chỉ chọn khi người dự đã đồng ý; không chọn thì trang công khai chỉ hiện chữ cái đầu.",
    )
    # Everybody who wrote it; none of them may approve it.
    writers: models.ManyToManyField = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", editable=False, verbose_name="người đã nhập"
    )
    search_key = DerivedField(source="content", derive=search_text)
    status = models.CharField(
        "trạng thái", max_length=12, choices=RecordStatus, default=RecordStatus.DRAFTING, editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    published_at = models.DateTimeField("duyệt lúc", null=True, editable=False)

    objects = AttestationListQuerySet.as_manager()

    owner_field = "host_id"

    class Meta:
        verbose_name = "danh sách xác nhận tham gia"
        verbose_name_plural = "danh sách xác nhận tham gia"
        ordering = ["-signed_on", "-pk"]
        permissions = [
            ("submit_attestationlist", "Gửi duyệt danh sách xác nhận tham gia"),
            ("approve_attestationlist", "Duyệt danh sách xác nhận tham gia"),
            ("withdraw_attestationlist", "Gỡ danh sách, thu hồi giấy xác nhận tham gia"),
        ]

    def __str__(self) -> str:
        return f"Xác nhận tham gia: {self.enrolment}"

    @property
    def issuer(self) -> Department:
        """The unit in whose name it is signed (awards.paper.words)."""
        return self.host


class Attestation(models.Model):
    """One line of the register: who, of which unit, how long; its number once the list is approved.

    A numbered row is never deleted: it is revoked, with the day and the reason.
    """

    list = models.ForeignKey(
        AttestationList, models.PROTECT, related_name="rows", verbose_name="danh sách xác nhận"
    )
    participant = models.ForeignKey(
        Participant, models.PROTECT, related_name="attestations", verbose_name="người dự"
    )
    full_name = NormalCharField("họ và tên", max_length=150)
    title = NormalCharField("chức vụ", max_length=150, blank=True)
    unit_name = NormalCharField("đơn vị", max_length=200, blank=True)
    sittings = models.PositiveSmallIntegerField("số buổi")
    hours = models.DecimalField("số giờ", max_digits=5, decimal_places=1)
    host = models.ForeignKey(Department, models.PROTECT, related_name="+", editable=False)
    year = models.PositiveSmallIntegerField("năm của sổ", null=True, editable=False)
    number = models.PositiveIntegerField("số", null=True, editable=False)
    verify_code = models.CharField("mã", max_length=20, unique=True, editable=False)
    revoked_on = models.DateField("thu hồi ngày", null=True, editable=False)
    revoked_for = NormalCharField("lý do thu hồi", max_length=200, blank=True, editable=False)
    sort_key = DerivedField(source="full_name", derive=name_sort_key)

    objects = AttestationQuerySet.as_manager()

    owner_field = "host_id"

    class Meta:
        verbose_name = "giấy xác nhận tham gia"
        verbose_name_plural = "sổ giấy xác nhận tham gia"
        ordering = ["unit_name", "sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["list", "participant"], name="one_attestation_a_person"),
            models.UniqueConstraint(fields=["host", "year", "number"], name="attestation_number_given_once"),
            models.CheckConstraint(
                name="revoked_attestation_says_why", condition=Q(revoked_on=None) | ~Q(revoked_for="")
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def number_words(self) -> str:
        """“12/GXN”; empty before the list is approved."""
        return f"{self.number}/GXN" if self.number else ""

    def get_absolute_url(self) -> str:
        """The public page that verifies it, the same as that of commendations."""
        return address_of("awards:verify_code", self.verify_code)


def year_of(row: AttestationList) -> int:
    """Return the year of the book in which the rows of the list are numbered."""
    return int(book_year(row.signed_on))
