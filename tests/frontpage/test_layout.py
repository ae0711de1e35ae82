"""What stands on the front page: placed, filled, dated, never twice, never a draft."""

import datetime
from collections.abc import Iterable
from typing import Any

import pytest
from django.utils import timezone

from articles.models import Article, PublishedArticle
from frontpage.enums import CAPACITY, Slot
from frontpage.layout import NEWEST, assemble
from frontpage.models import Placement
from tests.factories.articles import make_draft, make_published, make_section, submit, withdraw
from tests.factories.awards import make_collective, make_commendation, make_decision
from tests.factories.documents import make_document

HOUR = datetime.timedelta(hours=1)
LIMIT = 8


@pytest.fixture
def publish(collaborator, head):
    def make(count: int = 1, **words: Any) -> list[PublishedArticle]:
        return [make_published(collaborator, head, **words) for _ in range(count)]

    return make


def place(article: PublishedArticle, slot: str, **fields: Any) -> Placement:
    fields.setdefault("starts_at", timezone.now() - HOUR)
    return Placement.objects.create(article=article, slot=slot, **fields)


def page() -> dict[str, Any]:
    return assemble(timezone.now())


def titles(stories: Iterable[PublishedArticle]) -> list[str]:
    return [story.title for story in stories]


def everything(shown: dict[str, Any]) -> list[str]:
    """Titles of all stories on the page, in the order a reader meets them."""
    blocks = [story for block in shown["section_blocks"] for story in (block["first"], *block["rest"])]
    top = [shown["top"]["title"]] if shown["top"] else []
    return top + titles([*shown["newest"], *shown["focus"], *blocks, *shown["dont_miss"]])


def test_an_empty_newsroom_has_an_empty_page(db):
    shown = page()
    assert shown.pop("top") is None
    assert not any(shown.values())


def test_placed_stories_stand_where_the_desk_put_them(publish):
    old = publish(6)
    newer = publish(8)
    place(old[0], Slot.TOP)
    place(old[1], Slot.FOCUS, position=2)
    place(old[2], Slot.FOCUS, position=1)
    place(old[3], Slot.DONT_MISS)
    shown = page()
    assert shown["top"]["title"] == old[0].title
    placed = [old[2].title, old[1].title]
    filled = [newer[1].title, newer[0].title]  # the six newest stand beside the lead
    assert titles(shown["focus"]) == placed + filled
    assert titles(shown["dont_miss"]) == [old[3].title]


def test_nobody_placed_anything_so_the_newest_fill_top_and_focus(publish):
    stories = publish(12)
    newest = [story.title for story in reversed(stories)]
    shown = page()
    assert shown["top"]["title"] == newest[0]
    assert titles(shown["newest"]) == newest[1:7]
    assert titles(shown["focus"]) == newest[7:11]
    assert shown["dont_miss"] == []


def test_a_slot_takes_no_more_than_it_holds(publish):
    for number, story in enumerate(publish(CAPACITY[Slot.FOCUS] + 2)):
        place(story, Slot.FOCUS, position=number)
    assert len(page()["focus"]) == CAPACITY[Slot.FOCUS]


def test_of_two_leads_the_later_placed_wins(publish):
    first, second = publish(2)
    place(first, Slot.TOP, starts_at=timezone.now() - 2 * HOUR)
    place(second, Slot.TOP)
    assert page()["top"]["title"] == second.title


def test_a_placement_holds_from_its_hour_to_its_hour(publish):
    early, due, late = publish(3)
    now = timezone.now()
    place(early, Slot.DONT_MISS, starts_at=now - 2 * HOUR, ends_at=now)
    place(due, Slot.DONT_MISS, starts_at=now, ends_at=now + HOUR)
    place(late, Slot.DONT_MISS, starts_at=now + HOUR)
    assert titles(assemble(now)["dont_miss"]) == [due.title]
    assert titles(assemble(now + HOUR)["dont_miss"]) == [late.title]


def test_a_withdrawn_story_leaves_its_place_and_the_page(publish, head):
    gone, *_ = publish(3)
    for slot in Slot:
        place(gone, slot)
    assert gone.title in everything(page())
    withdraw(gone, head)
    assert gone.title not in everything(page())


def test_a_story_waiting_for_approval_is_nowhere(publish, collaborator):
    publish(2)
    draft = make_draft(collaborator, title="Lời chưa duyệt", section=make_section(on_front_page=True))
    submit(draft, collaborator)
    assert Article.objects.filter(title="Lời chưa duyệt").exists()
    assert "Lời chưa duyệt" not in everything(page())


def test_a_story_stands_on_the_page_once(publish):
    section = make_section("Dạy và học", on_front_page=True)
    stories = publish(20, section=section)
    place(stories[0], Slot.TOP)
    place(stories[0], Slot.FOCUS)
    place(stories[1], Slot.FOCUS)
    place(stories[-1], Slot.DONT_MISS)
    shown = everything(page())
    assert len(shown) == len(set(shown))
    assert len(shown) == 1 + NEWEST + CAPACITY[Slot.FOCUS] + 4 + 1


def test_a_section_has_its_block_even_when_the_newest_are_all_of_another(publish):
    quiet = make_section("Gương sáng", on_front_page=True, order=20)
    busy = make_section("Dạy và học", on_front_page=True, order=10)
    rare = publish(2, section=quiet)
    publish(30, section=busy)
    blocks = page()["section_blocks"]
    assert [(block["name"], 1 + len(block["rest"])) for block in blocks] == [
        ("Dạy và học", 4),
        ("Gương sáng", 2),
    ]
    assert blocks[1]["first"].title == rare[1].title


def test_a_section_without_a_block_has_none(publish):
    publish(2, section=make_section("Tin ngành", on_front_page=False))
    assert page()["section_blocks"] == []


def test_the_lead_says_whom_its_decision_commends(publish):
    decision = make_decision()
    make_collective(decision)
    make_commendation(decision, "H’Nương Byă")
    make_commendation(decision, "Y Thuyên Kbuôr")
    publish(1, commendation_decision=decision)
    top = page()["top"]
    assert top["decision_counts"] == "1 tập thể, 2 cá nhân"
    assert top["decision_url"] == decision.get_absolute_url()


def test_the_lead_does_not_name_a_decision_that_is_not_public(publish):
    decision = make_decision(status="drafting")
    make_commendation(decision)
    publish(1, commendation_decision=decision)
    assert "decision_url" not in page()["top"]


def _line(honour):
    return ", ".join(filter(None, (honour["title"], honour["unit"], honour["reason"])))


def test_honours_are_the_latest_and_leave_out_the_revoked_and_the_unpublished(db):
    decision = make_decision("1247/QĐ-SGDĐT")
    make_commendation(decision, "H’Nương Byă", recipient_title="Giáo viên", unit_name="Trường A")
    named = {"is_pupil": True, "consent_asked": True, "unit_name": "Trường B"}
    make_commendation(decision, "Trần Thị Mai", recipient_title="Lớp 9A", **named)
    make_commendation(decision, "Lê Thị Không Trong Sổ", is_pupil=True)
    revoked = {"revoked_on": datetime.date(2018, 1, 1), "revocation_number": "9/QĐ", "revocation_reason": "x"}
    make_commendation(decision, "Người bị hủy", **revoked)
    make_commendation(make_decision(status="drafting"), "Chưa công bố")
    make_collective(decision, "Tổ Văn")
    shown = [(honour["name"], _line(honour)) for honour in page()["honours"]]
    assert shown == [
        ("Tổ Văn", decision.summary),
        ("H’Nương Byă", "Giáo viên, Trường A"),
        ("Trần Thị Mai", "Trường B"),
    ]


def test_documents_are_the_newest_public_ones(db):
    make_document("1/SGDĐT-VP", issued_on=datetime.date(2025, 9, 1))
    make_document("2/SGDĐT-VP", issued_on=datetime.date(2025, 9, 2))
    make_document("3/SGDĐT-VP", issued_on=datetime.date(2025, 9, 3), status="drafting")
    assert [document["number"] for document in page()["documents"]] == ["2/SGDĐT-VP", "1/SGDĐT-VP"]


@pytest.mark.parametrize("count", [1, 12])
def test_the_page_costs_the_same_queries_however_full(publish, django_assert_num_queries, count):
    section = make_section("Dạy và học", on_front_page=True)
    decision = make_decision()
    for number in range(count):
        make_commendation(decision, f"Người thứ {number}")
        make_document()
    for story in publish(count, section=section, commendation_decision=decision):
        place(story, Slot.FOCUS)
    with django_assert_num_queries(LIMIT):
        page()
