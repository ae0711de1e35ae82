"""How acts change the places of the front page, at the moment they are about; no database."""

import datetime

import pytest

from frontpage.editing.acts import Act, ActsUnreadable, read_acts, write_acts
from frontpage.editing.arrangement import ActImpossible, Arrangement, Place
from frontpage.enums import Slot

NOW = datetime.datetime(2026, 11, 18, 8, tzinfo=datetime.UTC)
HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)


def arranged(top=(), focus=(), dont_miss=()):
    slots = {Slot.TOP: top, Slot.FOCUS: focus, Slot.DONT_MISS: dont_miss}
    return Arrangement(
        [
            Place(str(story), story, slot, position, NOW - DAY, row=story)
            for slot, stories in slots.items()
            for position, story in enumerate(stories, 1)
        ],
        NOW,
    )


def shown(page, at=NOW):
    return [list(stories) for stories in page.placed(at).values()]


def test_up_and_down_go_through_the_list_and_between_the_lead_and_the_stories_below():
    page = arranged([1], [2, 3, 4], [8, 9])
    page.do_act(Act("up", 1, "4"))
    assert shown(page) == [[1], [2, 4, 3], [8, 9]]
    page.do_act(Act("up", 2, "2"))
    assert shown(page) == [[2], [1, 4, 3], [8, 9]]
    page.do_act(Act("down", 3, "2"))
    assert shown(page) == [[1], [2, 4, 3], [8, 9]]
    page.do_act(Act("down", 4, "8"))
    assert shown(page) == [[1], [2, 4, 3], [9, 8]]
    for kind, place in (("up", "1"), ("up", "9"), ("down", "8"), ("down", "3"), ("up", "77")):
        with pytest.raises(ActImpossible):
            page.do_act(Act(kind, 5, place))
    assert shown(page) == [[1], [2, 4, 3], [9, 8]]
    empty = arranged(focus=[2])
    empty.do_act(Act("up", 1, "2"))
    assert shown(empty) == [[2], [], []]


def test_a_story_is_put_in_before_the_one_that_stands_there_and_a_new_lead_pushes_the_old_one_down():
    page = arranged([1], [2, 3, 4, 5], [8])
    page.do_act(Act("put", 1, story=6, slot=Slot.FOCUS, index=1))
    assert shown(page) == [[1], [2, 6, 3, 4, 5], [8]]
    page.do_act(Act("put", 2, story=7, slot=Slot.TOP))
    assert shown(page) == [[7], [1, 2, 6, 3, 4, 5], [8]]
    page.do_act(Act("put", 3, story=8, slot=Slot.FOCUS, index=99))  # it stands elsewhere: it moves
    assert shown(page) == [[7], [1, 2, 6, 3, 4, 5, 8], []]
    page.do_act(Act("move", 4, "3", slot=Slot.TOP))  # from below: the two change places
    assert shown(page) == [[3], [1, 2, 6, 7, 4, 5, 8], []]
    page.do_act(Act("remove", 5, "3"))
    assert shown(page) == [[], [1, 2, 6, 7, 4, 5, 8], []]


def test_an_act_for_later_leaves_what_readers_see_until_then():
    page, then = arranged([1], [2, 3]), NOW + DAY
    page.do_act(Act("put", 1, story=9, slot=Slot.TOP, at=then))
    with pytest.raises(ActImpossible):
        page.do_act(Act("remove", 2, "3", at=then))  # the part before that moment
    page.do_act(Act("remove", 2, "3.1", at=then))
    page.do_act(Act("up", 3, "2.1", at=then))  # it has stood below the old lead since then
    assert shown(page, NOW) == shown(page, then - HOUR) == [[1], [2, 3], []]
    assert shown(page, then) == [[9], [2, 1], []]
    page.do_act(Act("time", 4, "n1", since=then, until=then + HOUR))
    assert shown(page, then + HOUR) == [[], [2, 1], []]
    stored = sorted(place.row for place in page.places.values() if place.row)
    assert stored == [1, 2, 3]  # what holds today is ended, not rewritten


def test_a_place_ends_after_it_begins_and_what_has_begun_is_deleted_when_removed_now():
    page = arranged([1])
    with pytest.raises(ActImpossible):
        page.do_act(Act("time", 1, "1", since=NOW, until=NOW))
    page.do_act(Act("remove", 2, "1"))
    assert page.places == {}


def test_acts_pass_through_a_form_as_they_are_and_nothing_else_passes():
    acts = [
        Act("put", 1, story=5, slot=Slot.FOCUS, index=2, at=NOW),
        Act("time", 2, "n1", since=NOW, until=NOW + HOUR),
        Act("remove", 3, "7"),
    ]
    assert read_acts(write_acts(acts)) == acts
    assert read_acts("") == []
    odd = (
        "không phải",
        "{}",
        "[1]",
        '[{"kind": "put"}]',
        '[{"kind": "drop", "number": 1}]',
        '[{"kind": "put", "number": 1, "slot": "đầu"}]',
        '[{"kind": "put", "number": 1}]',
        '[{"kind": "up", "number": -1}]',
        '[{"kind": "up", "number": true}]',
        '[{"kind": "up", "number": 1, "place": 3}]',
        '[{"kind": "time", "number": 1}]',
        '[{"kind": "time", "number": 1, "since": "mai"}]',
        '[{"kind": "time", "number": 1, "since": "2026-11-18T08:00:00"}]',
        "[" * 30_000,
    )
    for typed in odd:
        with pytest.raises(ActsUnreadable):
            read_acts(typed)
