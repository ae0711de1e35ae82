"""What `tests.unannounced` is for is caught by it; what rooms declare is what their pages carry."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import transaction

from foundation.pagestore.admin import AnnouncingAdminMixin
from foundation.pagestore.announcing import announce, tags_of
from tests.factories.events import make_event
from tests.unannounced import HIDDEN, ROOT, tag_of, tag_written

STORIES = "stories"  # of a story `articles.public.page_tags` says itself where it stands


def product(source, **known):
    """Run as though it stood in a room."""
    exec(compile(source, f"{ROOT}/events/planted.py", "exec"), known)  # noqa: S102 (the test's own words)


WRITE = "type(event).objects.filter(pk=event.pk).update(title='Khác')"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("source", "is_caught"),
    [
        (f"with atomic(): {WRITE}", True),
        (f"with atomic(): {WRITE}; announce(event)", False),
        (f"with atomic(): announce(event); {WRITE}", False),
        (f"with atomic():\n  with atomic(): {WRITE}\n  announce(event)", False),
        (f"with atomic(): {WRITE}\nwith atomic(): announce(event)", True),
        (f"{WRITE}; announce(event)", True),  # a process killed between the two would leave the old page
        ("with atomic(): event.title = 'Khác'; event.save()", True),
        ("with atomic(): event.delete()", True),
        ("with atomic(): type(event).objects.filter(pk=0).update(title='Khác')", False),
        ("with atomic(): event.refresh_from_db()", False),
    ],
)
def test_a_change_that_is_not_announced_in_its_transaction_is_caught(changes, source, is_caught):
    product(source, atomic=transaction.atomic, announce=announce, event=make_event())
    found = changes.missing()
    changes.written.clear()
    assert [words.partition(" ")[0] for words in found] == ["events/planted.py:1"] * is_caught


@pytest.mark.django_db
def test_what_a_test_writes_by_itself_is_not_caught(changes):
    make_event()
    assert changes.written == {}


def test_each_room_declares_every_table_its_readers_see():
    wrong = {
        model._meta.db_table: tags_of(model)
        for model in apps.get_models()
        if tag_written(f'UPDATE "{model._meta.db_table}"') not in (STORIES, *(tags_of(model) or (None,)))
    }
    assert wrong == {}


def test_nothing_hidden_or_unknown_is_declared():
    tables = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    assert HIDDEN <= tables.keys()
    assert [table for table in HIDDEN if tags_of(tables[table])] == []
    assert [table for table, model in tables.items() if tags_of(model) and not tag_of(table)] == []


def test_every_form_of_the_back_office_for_rows_readers_see_announces_them():
    silent = [
        page
        for model, page in admin.site._registry.items()
        if any(map(tags_of, (model, *(inline.model for inline in page.inlines))))
        and not isinstance(page, AnnouncingAdminMixin)
    ]
    assert silent == []
