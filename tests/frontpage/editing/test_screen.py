"""The front page is edited on the front page: what the screen shows, does, refuses and stores."""

import datetime
import re

import pytest
from django.utils import timezone

from approvals.models import AuditEntry
from articles.models import PublishedArticle
from frontpage.editing.saving import SomebodySaved, last_edition, save, stored_arrangement
from frontpage.enums import Slot
from frontpage.models import Edition, Placement
from tests.factories.articles import approve, make_draft, make_published, submit, withdraw

PAGE, WHOLE = "/admin/trang-chu/", "/admin/trang-chu/ca-trang/"
HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)


def typed(moment):
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}"


def soon(days=1):
    return (timezone.now() + days * DAY).replace(second=0, microsecond=0)


class Desk:
    """The form as a browser without script sends it: what the last answer held, and one button."""

    def __init__(self, client, **asked):
        self.client = client
        self.answer = client.get(PAGE, asked)

    def press(self, button, **fields):
        draft, screen = self.answer.context["draft"], self.answer.context["screen"]
        form = {
            "viec": draft.acts_field,
            "lam_lai": draft.undone_field,
            "ban": draft.seen,
            "luc": draft.moment_word,
            "chon": screen.chosen,
            "q": draft.words,
        }
        self.sent = form | fields | {"lam": button}
        answer = self.client.post(PAGE, self.sent)
        if answer.context:
            self.answer = answer
        return answer

    def titles(self):
        sections = self.answer.context["screen"].sections
        return [[card.story.title for card in section.cards] for section in sections]

    def key(self, title):
        cards = [
            card for s in self.answer.context["screen"].sections for card in (*s.cards, *s.over, *s.ahead)
        ]
        return next(card.place.key for card in cards if card.story.title == title)


@pytest.fixture
def desk(client, managing_editor):
    client.force_login(managing_editor)
    return lambda **asked: Desk(client, **asked)


@pytest.fixture
def publish(collaborator, head):
    return lambda *titles: [make_published(collaborator, head, title=title) for title in titles]


def place(page, slot, position=1, **fields):
    fields.setdefault("starts_at", timezone.now() - HOUR)
    return Placement.objects.create(article=page, slot=slot, position=position, **fields)


def words(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def test_stories_are_put_in_moved_undone_and_saved_in_one_go_with_every_act_in_the_book(
    desk, publish, managing_editor, client
):
    lead, other, new = publish("Bài dẫn", "Bài thứ hai", "Bài mới lên")
    place(lead, Slot.TOP)
    place(other, Slot.FOCUS)
    page = desk()
    assert page.titles() == [["Bài dẫn"], ["Bài thứ hai"], []]
    assert "Ô 2 còn trống" in words(page.answer)
    page.press(f"put:{new.pk}")  # into the first empty place
    page.press(f"up:{page.key('Bài thứ hai')}")
    assert page.titles() == [["Bài thứ hai"], ["Bài dẫn", "Bài mới lên"], []]
    assert "2 thay đổi chưa lưu" in words(page.answer)
    page.press("hoan-tac")
    assert page.titles() == [["Bài dẫn"], ["Bài thứ hai", "Bài mới lên"], []]
    page.press("lam-lai")
    assert Placement.objects.count() == 2  # nothing is written before it is saved
    assert page.press("luu").status_code == 302
    stored = Placement.objects.order_by("slot", "position").values_list("slot", "article__title")
    assert list(stored) == [("focus", "Bài dẫn"), ("focus", "Bài mới lên"), ("top", "Bài thứ hai")]
    assert client.get("/").context["top"]["title"] == "Bài thứ hai"
    noted = AuditEntry.objects.filter(action="Xếp trang chủ").order_by("pk")
    assert [(entry.actor, entry.note) for entry in noted] == [
        (managing_editor, "đặt “Bài mới lên” vào ô 2"),
        (managing_editor, "đưa “Bài thứ hai” vào Tin chính"),
    ]


def test_two_editors_never_overwrite_each_other_and_neither_types_anew(
    desk, publish, client, managing_editor, province
):
    lead, one, two = publish("Bài dẫn", "Bài của Hương", "Bài của Lan")
    place(lead, Slot.TOP)
    first, second = desk(), desk()
    first.press(f"put:{one.pk}:focus:0")
    second.press(f"put:{two.pk}:focus:0")
    assert first.press("luu").status_code == 302
    answer = second.press("luu")
    assert answer.status_code == 200
    assert "vừa lưu trang chủ lúc" in words(answer)
    assert second.titles() == [["Bài dẫn"], ["Bài của Lan", "Bài của Hương"], []]
    assert Placement.objects.filter(article=two).count() == 0
    assert second.press("luu").status_code == 302
    assert set(Placement.objects.values_list("article__title", flat=True)) == {
        "Bài dẫn",
        "Bài của Hương",
        "Bài của Lan",
    }
    # What the other has taken away meanwhile is told, and the rest stays.
    third = desk()
    third.press(f"up:{third.key('Bài của Hương')}")
    third.press(f"put:{lead.pk}:dont_miss:0")
    Placement.objects.filter(article=one).delete()
    answer = third.press("luu")
    assert "Không làm được: bài ấy không còn ở trang chủ." in words(answer)
    assert third.titles()[2] == ["Bài dẫn"]


def test_of_two_who_save_the_same_edition_one_is_refused_by_the_database(publish, managing_editor, db):
    now = timezone.now()
    before = stored_arrangement(now, now)
    save(before, before, ["một"], actor=managing_editor, seen=0)
    with pytest.raises(SomebodySaved):
        save(before, before, ["hai"], actor=managing_editor, seen=0)
    assert last_edition().number == Edition.objects.count() == 1
    assert AuditEntry.objects.filter(action="Xếp trang chủ").count() == 1


def test_a_story_with_its_hour_takes_its_place_at_that_hour(desk, publish, collaborator, head, client):
    (lead,) = publish("Bài hôm nay")
    place(lead, Slot.TOP)
    due = soon()
    story = submit(make_draft(collaborator, title="Bài hẹn sáng mai"), collaborator)
    approve(story, head, due_at=due)
    assert not PublishedArticle.objects.filter(pk=story.pk).exists()
    page = desk(q="bai hen")
    assert "hẹn" in words(page.answer)
    page.press(f"put:{story.pk}:top:0")
    assert page.titles() == [["Bài hôm nay"], [], []]  # until then as it was
    assert "Sắp lên Bài hẹn sáng mai" in words(page.answer)
    page.press("luu")
    placed = Placement.objects.get(article_id=story.pk)
    assert (placed.slot, placed.starts_at) == (Slot.TOP, due)
    assert "Bài hẹn sáng mai" not in client.get("/").text
    later = desk(luc=typed(due))
    assert later.titles() == [["Bài hẹn sáng mai"], ["Bài hôm nay"], []]
    assert client.get(WHOLE, {"luc": typed(due)}).context["top"]["title"] == "Bài hẹn sáng mai"
    assert client.get(WHOLE, {"luc": typed(due - HOUR)}).context["top"]["title"] == "Bài hôm nay"
    # Its release is put off: the place waits, and the screen says so.
    approve(submit(make_draft(collaborator, title="Bài khác"), collaborator), head)
    story.refresh_from_db()
    place(PublishedArticle(pk=story.pk), Slot.DONT_MISS)
    assert "mới hiện" in words(desk().answer)


def test_a_place_gets_its_times_and_what_cannot_be_is_told_at_the_field(desk, publish):
    (page,) = publish("Bài có hạn")
    row = place(page, Slot.FOCUS)
    board = desk()
    fields = {f"tu-{row.pk}": typed(row.starts_at), f"den-{row.pk}": typed(soon())}
    for until, said in (
        (typed(row.starts_at - HOUR), "Giờ kết thúc phải sau giờ bắt đầu."),
        (typed(timezone.now() - HOUR / 2), "Giờ kết thúc đã qua."),
        ("mai", "Hãy chọn ngày và giờ trong vòng một năm."),
    ):
        board.press(f"time:{row.pk}", **(fields | {f"den-{row.pk}": until}))
        assert said in words(board.answer)
        assert f'value="{until}"' in board.answer.text  # what was typed stays
        assert not board.answer.context["draft"].acts
    board.press(f"time:{row.pk}", **fields)
    board.press("luu")
    row.refresh_from_db()
    assert row.ends_at == soon()


def test_empty_expired_withdrawn_and_crowded_places_are_told(desk, publish, head):
    pages = publish("Hết hạn", "Bị gỡ", *(f"Bài {number}" for number in range(1, 6)))
    over, gone, *rest = pages
    now = timezone.now()
    row = place(over, Slot.DONT_MISS, starts_at=now - DAY, ends_at=now - HOUR)
    place(gone, Slot.DONT_MISS)
    withdraw(gone, head)
    for number, page in enumerate(rest):
        place(page, Slot.FOCUS, position=number)
    board = desk()
    said = words(board.answer)
    assert "Bạn đọc không còn thấy bài này ở Đừng bỏ lỡ." in said
    assert "Bài không còn đăng, bạn đọc không thấy" in said
    assert "Hết chỗ, bạn đọc chưa thấy bài này" in said
    assert "Tin chính còn trống" in said
    assert "Lúc này bài mới nhất tự lên thay:" not in said.split("Tin tiêu điểm")[1]
    board.press(f"longer:{row.pk}")
    board.press("luu")
    row.refresh_from_db()
    assert row.ends_at > now + 6 * DAY
    assert "Hết hạn" in desk().titles()[2]


def test_an_empty_place_of_the_page_is_filled_with_the_newest_and_the_screen_says_with_which(
    desk, publish, client
):
    pages = publish(*(f"Bài số {number}" for number in range(9)))
    place(pages[0], Slot.FOCUS)
    board, seen = desk(), client.get("/").context
    empty = board.answer.context["screen"].sections[1].empty
    instead = [one.instead.title for one in empty if one.instead]
    assert instead == [story.title for story in seen["focus"][1:]]
    # Of nine stories: the lead, six beside it, the placed one, and one that fills up.
    assert (len(instead), len(empty)) == (1, 3)
    assert board.answer.context["screen"].sections[0].empty[0].instead.title == seen["top"]["title"]


def test_another_moment_is_looked_at_without_losing_what_is_not_saved(desk, publish):
    one, two = publish("Bài một", "Bài hai")
    place(one, Slot.TOP, starts_at=soon(1), ends_at=soon(2))
    board = desk()
    assert f"luc:{typed(soon(1))}" in board.answer.text
    board.press(f"put:{two.pk}:focus:0")
    board.press("xem", gio="07:30", ngay=f"{soon(1) + DAY:%Y-%m-%d}")
    assert board.answer.context["draft"].acts
    board.press(f"luc:{typed(soon(1) + HOUR)}")
    assert board.titles() == [["Bài một"], ["Bài hai"], []]
    for field in ({"gio": "25:99", "ngay": "2026-12-01"}, {"gio": "07:00", "ngay": "9999-01-01"}, {}):
        board.press("xem", **field)
        assert board.answer.context["draft"].form.errors
        assert board.answer.context["draft"].acts
    board.press(f"luc:{typed(timezone.now() - DAY)}")
    assert not board.answer.context["is_editable"]
    board.press(f"put:{one.pk}:focus:0")
    assert "Lúc ấy đã qua" in words(board.answer)


@pytest.mark.parametrize("asked", ["hôm qua", "2026-13-40T99:99", "9999-12-31T23:59", "T", ""])
def test_odd_addresses_and_forms_are_answered_in_words(desk, publish, client, asked):
    publish("Bài một")
    assert client.get(WHOLE, {"luc": asked}).status_code in (200, 302, 403)
    board = desk(luc=asked, chon="lead:9", q="\x00", ban="x")
    assert board.answer.status_code == 200
    for button in ("put:9:top:0", "put:x", "move::", "up:77", "time:5", "longer:", "là gì", "put:1:top:0"):
        assert board.press(button).status_code == 200
    assert board.press("luu", viec="[{}]").status_code == 200
    assert "Không đọc được các thay đổi chưa lưu" in words(board.answer)
    assert not Placement.objects.exists()


def test_only_the_managing_editor_changes_it_and_the_auditor_looks(client, request, publish):
    (page,) = publish("Bài một")
    place(page, Slot.TOP)
    people = {"auditor": 200, "collaborator": 403, "head": 403, "desk_editor": 403, "registrar": 403}
    for name, status in people.items():
        client.force_login(request.getfixturevalue(name))
        assert client.get(PAGE).status_code == client.get(WHOLE).status_code == status
        assert client.post(PAGE, {"lam": "luu"}).status_code == 403
        if status == 200:
            assert "Bài một" in words(client.get(PAGE))
            assert 'value="remove:' not in client.get(PAGE).text
            seen = client.get(PAGE, {"lam": "tim", "q": "khong co"})
            assert "Không có bài nào có “khong co”" in words(seen)
    client.logout()
    assert client.get(PAGE).status_code == 302


def test_the_screen_costs_the_same_queries_however_full(desk, publish, django_assert_max_num_queries):
    counts = []
    for titles in (["Bài đầu"], [f"Bài thứ {number}" for number in range(12)]):
        for number, page in enumerate(publish(*titles)):
            place(page, list(Slot)[number % 3], position=number)
        desk()
        with django_assert_max_num_queries(40) as seen:
            desk()
        counts.append(len(seen))
    assert counts[0] == counts[1]
