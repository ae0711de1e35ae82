"""Pages by key: nothing lost, nothing twice, whatever stands in the address."""

import datetime
import re

import pytest
from django.core.cache import cache
from django.http import QueryDict

from documents.models import OfficialDocument
from foundation.paging.keyset import read_page
from foundation.paging.months import end_of_month
from tests.factories.documents import make_document

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_month_remembered():
    cache.clear()


def read(words="", parts=(), size=3):
    rows = OfficialDocument.objects.public()
    parts = [rows.filter(kind=kind) for kind in parts]
    return read_page(rows, "issued_on", QueryDict(words.lstrip("?")), size, whole=rows, parts=parts)


def numbers(page):
    return [document.number for document in page.items]


def make(count, **fields):
    day = datetime.date(2025, 3, 1)
    return [
        make_document(f"{n}/CV", issued_on=day + datetime.timedelta(days=n // 2), **fields).number
        for n in range(count)
    ][::-1]


@pytest.mark.parametrize("parts", [(), ("letter", "plan")])
def test_forward_and_back_nothing_is_lost_or_seen_twice(parts):
    everything = make(10)
    page, seen = read(parts=parts), []
    while True:
        seen += numbers(page)
        if not page.older_url:
            break
        page = read(page.older_url, parts)
    assert seen == everything
    back = []
    while page.newer_url:
        page = read(page.newer_url, parts)
        back = numbers(page) + back
    assert page.is_first
    assert set(back) <= set(everything)


def test_lists_of_several_parts_are_one_list():
    letters = [make_document(f"{n}/A", issued_on=datetime.date(2025, 1, 2 * n + 1)).number for n in range(4)]
    plans = [
        make_document(f"{n}/B", issued_on=datetime.date(2025, 1, 2 * n + 2), kind="plan").number
        for n in range(4)
    ]
    mixed = [number for pair in zip(plans[::-1], letters[::-1], strict=True) for number in pair]
    page = read(parts=("letter", "plan"))
    assert numbers(page) == mixed[:3]
    assert numbers(read(page.older_url, ("letter", "plan"))) == mixed[3:6]


def test_a_place_stays_good_when_its_row_is_gone():
    everything = make(6)
    page = read()
    OfficialDocument.objects.filter(number=everything[2]).delete()
    assert numbers(read(page.older_url)) == everything[3:]


def test_an_address_can_be_kept_and_keeps_other_words():
    make(6)
    page = read("?loai=cong-van")
    words = QueryDict(page.older_url.lstrip("?"))
    assert words["loai"] == "cong-van"
    assert set(words["truoc"]) <= set("0123456789-") and len(words["truoc"]) <= 40
    assert page.months is None or dict(page.months.others) == {"loai": "cong-van"}


@pytest.mark.parametrize(
    "place",
    [
        "",
        "abc",
        "5",
        "2025-13-01-5",
        "2025-02-30-5",
        "2025-03-01-",
        "2025-03-01-101010-000000-5",
        "2025-03-01-" + "9" * 30,
        "٢٠٢٥-03-01-5",
        "0000-00-00-0",
    ],
)
@pytest.mark.parametrize("name", ["truoc", "sau", "thang"])
def test_a_place_that_cannot_be_read_is_the_first_page(name, place):
    everything = make(4)
    assert numbers(read(f"?{name}={place}")) == everything[:3]


def test_months_begin_at_today_and_end_at_the_first_row():
    make(2)
    years = read().months.years
    assert years[-1] == (2025, years[-1][1])
    assert years[-1][1][-1] == {"value": "2025-03", "label": "Tháng 3/2025", "selected": False}
    assert read("?thang=2025-03").months.years[-1][1][-1]["selected"]


def test_a_month_begins_with_its_last_row():
    make_document("sau/CV", issued_on=datetime.date(2025, 4, 1))
    make_document("cuoi/CV", issued_on=datetime.date(2025, 3, 31))
    page = read("?thang=2025-03")
    assert numbers(page) == ["cuoi/CV"]
    assert numbers(read(page.newer_url)) == ["sau/CV", "cuoi/CV"]


def test_a_month_without_anything_older_leads_back():
    make(2)
    page = read("?thang=2024-01")
    assert (numbers(page), page.older_url, page.newer_url) == ([], "", "?")


@pytest.mark.parametrize(
    ("text", "day"),
    [("2025-12", (2026, 1, 1)), ("2025-02", (2025, 3, 1)), ("2025-0", None), ("2025-13", None)],
)
def test_the_end_of_a_month(text, day):
    assert end_of_month(text) == (datetime.date(*day) if day else None)


def test_a_place_among_words_is_one_that_pages_are_kept_by():
    make(4)
    page = read_page(
        OfficialDocument.objects.public(), "number_order", QueryDict(), 2, whole=None, rising=True
    )
    (words,) = QueryDict(page.older_url.lstrip("?")).values()
    assert re.fullmatch(r"000001cv-[0-9]+", words)
    for odd in ("", "-", "-5", "A-5", "x" * 25 + "-5", "000001cv-", "ổ-5", "2025-03-01-5"):
        again = read_page(
            OfficialDocument.objects.public(),
            "number_order",
            QueryDict(f"truoc={odd}"),
            9,
            whole=None,
            rising=True,
        )
        assert len(again.items) == 4, odd
