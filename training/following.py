"""What the room of events asks this one: who else is told of changed plans, what readers learn of places."""

from django.urls import reverse

from events.enums import Occurrence
from events.models import Event
from events.pages import Enrolling, declare_enrolling
from events.telling import PlansChanged, declare_follower
from inbox.telling import Letter, send_letters
from records.notices import Said, tell_people
from training.bounds import moment
from training.enrolling import places_left
from training.enums import EnrolmentStatus
from training.models import Enrolment
from training.telling import people_of
from training.tickets import letter_key, ticket_address


def tell_enrolled(changed: PlansChanged) -> None:
    """Tell the units that sent somebody, in the inbox, and everybody with an address, by mail."""
    event, said = changed.event, changed.said
    enrolment = Enrolment.objects.filter(event=event, forgotten_on=None).select_related("event__host").first()
    if enrolment is None:
        return
    standing = enrolment.people.standing()
    units = list(enrolment.units.filter(pk__in=standing.order_by().values("unit")))
    told = {user for users in people_of(units).values() for user in users} - changed.told
    notice = {"about": event.title, "address": reverse("admin:enrolment_page", args=[enrolment.pk])}
    words = Said(said.kind, said.heading, f"{said.words}Gửi thông báo này vì đơn vị của bạn đã đăng ký dự.")
    tell_people([user for user in told if user.pk != changed.actor.pk], words, notice, urgent=True)
    letters = [
        Letter(
            f"{letter_key(enrolment)}{person.code}:{said.kind}:{event.sequence}",
            person.email,
            person.full_name,
            f"{event}. {said.words}",
            ticket_address(person),
        )
        for person in standing.exclude(email="")
    ]
    send_letters(letters, f"{said.heading}: {event}"[:100], by=changed.actor)


def enrolling_words(event: Event) -> Enrolling | None:
    """Return what readers learn: whether units still enrol, until when, how many places are left."""
    enrolment = Enrolment.objects.filter(event=event).exclude(status=EnrolmentStatus.PREPARING).first()
    if enrolment is None or event.occurrence == Occurrence.CANCELLED:
        return None
    if enrolment.status == EnrolmentStatus.CLOSED:
        return Enrolling("Đã khóa đăng ký")
    left = places_left(enrolment)
    places = "" if left is None else "Hết chỗ, còn danh sách chờ." if left == 0 else f"Còn {left} chỗ."
    return Enrolling(f"Nhận đăng ký đến {moment(enrolment.deadline)}", places, until=enrolment.deadline)


declare_follower(tell_enrolled)
declare_enrolling(enrolling_words)
