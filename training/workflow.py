"""The steps of an enrolment: opened, shut, opened again."""

from django.utils import timezone

from approvals.engine import Attempt, Step, StepRefused, Workflow
from approvals.enums import RecordStatus
from departments.access import capacity
from events.enums import Occurrence
from foundation.pagestore.purging import purge
from training.attendance import propose_sittings
from training.bounds import moment
from training.enums import EnrolmentStatus
from training.inviting import invite_units
from training.models import Enrolment
from training.querysets import RUN
from training.telling import units_invited


def event_takes_place(attempt: Attempt) -> None:
    """Refuses for an event that nobody can read of, or that was cancelled."""
    event = attempt.record.event
    if event.status != RecordStatus.PUBLIC:
        raise StepRefused("Sự kiện chưa công bố: công bố rồi mới mở đăng ký.")
    if event.occurrence == Occurrence.CANCELLED:
        raise StepRefused("Sự kiện đã hủy nên không mở đăng ký được.")


def deadline_is_ahead(attempt: Attempt) -> None:
    """Refuses to open when nobody could enrol any more."""
    if attempt.record.deadline <= timezone.now():
        words = f"Hạn đăng ký {moment(attempt.record.deadline)} đã qua: hãy sửa hạn trước."
        raise StepRefused(words, field="deadline")


def somebody_is_invited(attempt: Attempt) -> None:
    """Refuses an enrolment that invites no kind and no unit."""
    if not (attempt.record.kinds.exists() or attempt.record.units.exists()):
        raise StepRefused("Hãy chọn ít nhất một loại đơn vị được mời.")


def tell_readers(attempt: Attempt) -> None:
    """Draw the event's page anew: it says whether units may enrol."""
    purge(f"event:{attempt.record.event_id}")


def call_units(attempt: Attempt) -> None:
    """Write the invited units and tell them."""
    enrolment = Enrolment.objects.select_related("event__host").get(pk=attempt.record.pk)
    invite_units(enrolment)
    propose_sittings(enrolment)
    units_invited(enrolment, list(enrolment.units.all()))


ENROLMENT = Workflow(
    name="enrolment",
    capacity=capacity,
    steps=(
        Step(
            name="open",
            label="Mở đăng ký",
            sources=(EnrolmentStatus.PREPARING, EnrolmentStatus.CLOSED),
            target=EnrolmentStatus.OPEN,
            permission=RUN,
            guards=(event_takes_place, deadline_is_ahead, somebody_is_invited),
            effects=(call_units, tell_readers),
            style="primary",
            done="Đã mở đăng ký, các đơn vị được báo.",
        ),
        Step(
            name="close",
            label="Khóa đăng ký",
            sources=(EnrolmentStatus.OPEN,),
            target=EnrolmentStatus.CLOSED,
            permission=RUN,
            effects=(tell_readers,),
            done="Đã khóa đăng ký. Ban tổ chức vẫn sửa được danh sách.",
        ),
    ),
)
