"""A part is made once and never shown after what it says has changed."""

import datetime

import pytest
from django.utils import timezone

from foundation.pagestore import parts
from foundation.pagestore.parts import part
from foundation.pagestore.store import EVERYTHING


@pytest.fixture
def made():
    return []


@pytest.fixture
def read(made):
    def read_part(*tags, name="bảng vàng"):
        return part(name, tags or ["awards"], lambda: made.append(1) or len(made))

    return read_part


def test_a_part_is_made_once_until_one_of_its_tags_is_dropped(kept_site, read):
    assert [read(), read()] == [1, 1]
    kept_site.drop(["stories"])
    assert read() == 1
    kept_site.drop(["awards"])
    assert [read(), read()] == [2, 2]
    kept_site.drop([EVERYTHING])
    assert read() == 3


def test_what_was_read_before_a_change_and_comes_late_is_not_used(kept_site, read):
    def slow():
        kept_site.drop(["awards"])  # somebody publishes while this is being read
        return "cũ"

    assert part("bảng vàng", ["awards"], slow) == "cũ"
    assert read() == 1


def test_a_part_ends_with_the_day(kept_site, read, monkeypatch):
    read()
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    monkeypatch.setattr(parts.timezone, "localdate", lambda: tomorrow)
    assert read() == 2


def test_a_process_remembers_a_bounded_number_of_parts(kept_site, read, monkeypatch):
    monkeypatch.setattr(parts, "MOST", 2)
    for name in "abcd":
        read(name=name)
    assert len(parts._parts) <= 2
    made = read(name="d")
    read(name="e")
    assert read(name="d") == made  # the oldest go, not all


def test_a_very_long_part_is_not_remembered(kept_site):
    made = []
    long = {"lists": "x" * (parts.LONGEST + 1)}
    for _ in range(2):
        assert part("dài", ["awards"], lambda: made.append(1) or long) == long
    assert len(made) == 2


def test_where_pages_are_not_kept_a_part_is_made_each_time(settings, read):
    assert settings.PAGE_STORE == ""
    assert [read(), read()] == [1, 2]


def test_pages_drawn_one_after_another_use_the_part_until_it_changes(kept_site, read):
    """The mark is looked up once a turn; a change is another turn."""
    with kept_site.filling("mot.gz"):
        assert [read(), read()] == [1, 1]
        kept_site.drop(["awards"])  # somebody publishes while this page is drawn
    for file in ("hai.gz", "ba.gz"):
        with kept_site.filling(file):
            assert read() == 2
    kept_site.drop(["stories"])
    with kept_site.filling("bon.gz"):
        assert read() == 2
    kept_site.drop(["awards"])
    with kept_site.filling("nam.gz"):
        assert read() == 3
