"""What is remembered beside the stories of a unit or an event is as true as the page kept with it."""

import datetime

import pytest
from django.utils import timezone

from departments.enums import RelationKind
from departments.models import Department
from events.models import Event
from foundation.pagestore.announcing import announce
from tests.factories.articles import make_published, withdraw
from tests.factories.departments import make_department, make_relation, rename
from tests.factories.events import make_event, make_event_photo
from tests.foundation.pagestore.reading import queries, words

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("watched")]


def test_a_unit_s_page_is_dropped_by_its_own_stories_and_those_it_carries_on(reader, collaborator, head):
    old = make_published(collaborator, head, title="Bài thứ nhất")
    unit, elsewhere = old.department, make_department("Trường THPT Ea Súp")
    pages = [f"{one.get_absolute_url()}{more}" for one in (unit, elsewhere) for more in ("", "tin/")]
    for page in pages:
        reader.get(page)
    new = make_published(collaborator, head, title="Bài thứ hai")
    for page in pages[:2]:
        assert "Bài thứ hai" in words(reader.get(page))
    for page in pages[2:]:
        assert queries(reader, page)[1] == 0
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    make_relation(unit, RelationKind.SUCCESSION, elsewhere, valid_from=timezone.localdate())
    Department.objects.filter(pk=unit.pk).update(valid_until=yesterday)
    announce(unit)
    for page in pages[2:]:
        assert "Bài thứ hai" in words(reader.get(page))
    withdraw(new, head)
    for page in pages:
        assert "Bài thứ hai" not in words(reader.get(page))


def test_what_stands_beside_stories_on_a_page_changes_with_its_record(reader, collaborator, head):
    """The rest of an event's and a unit's page is remembered while stories come and go."""
    event = make_event(title="Hội thi giáo viên giỏi")
    page = make_published(collaborator, head, title="Bài kể lại", event=event)
    unit, place = page.department, event.get_absolute_url()
    for address in (place, unit.get_absolute_url()):
        assert "Bài kể lại" in words(reader.get(address))
    withdraw(page, head)
    for address in (place, unit.get_absolute_url()):
        assert "Bài kể lại" not in words(reader.get(address))
    Event.objects.filter(pk=event.pk).update(occurrence="cancelled", occurrence_note="Vì mưa lũ")
    announce(event)
    assert "Sự kiện đã hủy" in words(reader.get(place))
    rename(unit, "Trường THPT mang tên mới", timezone.localdate())
    assert "mang tên mới" in words(reader.get(unit.get_absolute_url()))
    Event.objects.filter(pk=event.pk).update(status="drafting")
    announce(event)
    assert reader.get(place).status_code == 404


def test_what_is_said_of_a_photo_is_said_on_the_page_of_its_event(reader, collaborator):
    photo = make_event_photo(collaborator)
    event = make_event(photos=(photo,))
    assert "GD&amp;TĐ" in words(reader.get(event.get_absolute_url()))
    photo.credit = "Y Thuyên Niê"
    photo.save()
    announce(photo)
    assert "Y Thuyên Niê" in words(reader.get(event.get_absolute_url()))
