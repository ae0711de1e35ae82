"""Events and commendation decisions as they are sent and decided about, whichever of the two is asked for."""

from approvals.engine import take
from approvals.enums import RecordStatus
from awards.workflow import DECISIONS, WORKFLOW
from events.models import Event
from events.workflow import EVENT, EVENTS
from tests.factories.awards import make_commendation, make_decision
from tests.factories.events import make_event


def make(kind, unit, status=RecordStatus.DRAFTING):
    if kind == "event":
        return make_event("Lễ khai giảng", host=unit, status=status)
    decision = make_decision(issuer=unit, status=status)
    make_commendation(decision)
    return decision


def kind_of(record):
    return EVENTS if isinstance(record, Event) else DECISIONS


def move(record, step, by, note="Ghi rõ giờ."):
    workflow = EVENT if isinstance(record, Event) else WORKFLOW
    name = "publish" if step == "approve" and workflow is WORKFLOW else step
    return take(workflow, record, name, actor=by, version=record.version, note=note)
