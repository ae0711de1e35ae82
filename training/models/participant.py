"""One person who takes part in an event: what they were asked, and nothing else."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q

from departments.models import Person
from foundation.language.fields import DerivedField, NormalCharField, NormalEmailField
from foundation.language.searching import search_text
from foundation.language.vietnamese import fold, name_sort_key
from training.models.enrolment import Enrolment, InvitedUnit
from training.querysets import ParticipantQuerySet


def new_code() -> str:
    """Return an unguessable number for a ticket: 96 bits, easy to read by a camera."""
    return secrets.token_hex(12)


class Participant(models.Model):
    """A person with a place, on the waiting list, or withdrawn.

    The row outlives the personal data: after the day of deletion it only counts one person of a unit.
    """

    enrolment = models.ForeignKey(
        Enrolment, models.PROTECT, related_name="people", verbose_name="đợt đăng ký"
    )
    unit = models.ForeignKey(
        InvitedUnit, models.PROTECT, null=True, blank=True, related_name="people", verbose_name="đơn vị"
    )
    unit_name = NormalCharField("đơn vị ghi trên giấy", max_length=200, blank=True)
    number = models.PositiveIntegerField("số thứ tự", editable=False)
    full_name = NormalCharField("họ và tên", max_length=150, blank=True)
    title = NormalCharField("chức vụ", max_length=150, blank=True)
    email = NormalEmailField("thư điện tử", blank=True)
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="người trong danh bạ"
    )
    answers = models.JSONField("câu trả lời", default=dict, blank=True)
    code = models.CharField("mã vé", max_length=24, default=new_code, editable=False, null=True, unique=True)
    is_guest = models.BooleanField("khách ghi tại cổng", default=False, editable=False)
    # Made by the gate that wrote the guest, so that a guest sent twice is one person.
    gate_key = models.UUIDField("khóa của cổng", null=True, unique=True, editable=False)
    has_answered = models.BooleanField("đã góp ý", default=False, editable=False)
    waiting_since = models.DateTimeField("vào danh sách chờ lúc", null=True, editable=False)
    withdrawn_at = models.DateTimeField("rút lúc", null=True, editable=False)
    enrolled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người đăng ký"
    )
    enrolled_at = models.DateTimeField("đăng ký lúc", auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    search_key = DerivedField(source="full_name", derive=search_text)
    sort_key = DerivedField(source="full_name", derive=name_sort_key)

    objects = ParticipantQuerySet.as_manager()

    owner_field = "owner_id"

    class Meta:
        verbose_name = "người dự"
        verbose_name_plural = "người dự"
        ordering = ["sort_key", "pk"]
        permissions = [("check_in_participant", "Điểm danh tại cổng")]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "number"], name="a_number_once_in_an_enrolment"),
            models.UniqueConstraint(
                fields=["enrolment", "person"],
                condition=Q(withdrawn_at=None, person__isnull=False),
                name="a_person_takes_part_once",
                violation_error_message="Người này đã có trong danh sách của sự kiện.",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or f"Người dự số {self.number}"

    @property
    def owner_id(self) -> int:
        """The unit that sent the person; for guests of the gate the host."""
        return self.unit.department_id if self.unit else self.enrolment.host_id

    @property
    def name_key(self) -> str:
        """Equal for the same name, however its marks and capitals were typed."""
        return fold(self.full_name)

    @property
    def line_under_name(self) -> str:
        return ", ".join(filter(None, (self.title, self.unit_name)))
