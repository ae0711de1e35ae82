"""Names and pictures of pupils in stories: they need consent, and disappear when it is withdrawn."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles.approval import checks
from articles.approval.freezing import content_of
from articles.approval.releasing import redraw_outdated
from articles.models import Article, PublishedArticle
from articles.text.person_names import children_in, places_of
from media.models import Pupil
from tests.factories.articles import figure_of, make_draft, make_published
from tests.factories.media import make_photo, make_pupil

pytestmark = pytest.mark.django_db
NAME = "Trần Thị Bưởi"


def told(article, rule):
    article = Article.objects.get(pk=article.pk)
    found = checks.of_working_copy(article, content_of(article))
    return [(one.message, one.field) for one in found if one.is_open and one.rule == rule]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Em Nguyễn Thị Hoa đạt giải.", ["Nguyễn Thị Hoa"]),
        ("Cô trao quà cho em Y Jăk Niê và H'Lan Byă.", ["Y Jăk Niê", "H'Lan Byă"]),
        (
            "Các em Lê Na, lớp 5A, Trần Bình (5B) và Phạm Thị Hậu vui mừng.",
            ["Lê Na", "Trần Bình", "Phạm Thị Hậu"],
        ),
        ("Học sinh Trường THPT Chu Văn An chào cờ.", []),
        ("Các em học sinh Trường Tiểu học Lê Lợi.", []),
        ("Em Hoa đạt giải.", []),
        ("Cô Nguyễn Thị Lan và các em.", []),
        ("Các em Việt Nam.", []),
        ("", []),
    ],
)
def test_which_names_a_text_says_are_childrens(text, names):
    assert [name.text for name in children_in(text)] == names


def test_a_name_is_found_in_any_case_and_either_way_of_marking():
    text = "Em Trần Thúy Hòa. TRẦN THÚY HÒA; Trần Thuý Hoà, Trần Thúy Hoa, Trần Thúy Hòan."
    assert [text[a:b] for a, b in places_of("Trần Thúy Hòa", text)] == [
        "Trần Thúy Hòa",
        "TRẦN THÚY HÒA",
        "Trần Thuý Hoà",
    ]


def test_a_child_nobody_asked_for_blocks(collaborator):
    draft = make_draft(collaborator, body="<p>Lời mở.</p><p>Em Nguyễn Thị Hoa kể chuyện.</p>")
    assert told(draft, "names_of_pupils") == [
        ("Nêu tên em Nguyễn Thị Hoa: chưa có sự đồng ý nào trong Sổ đồng ý", "body")
    ]
    assert any(one.is_blocking for one in checks.of_working_copy(draft, content_of(draft)) if one.is_open)
    make_pupil("Nguyễn Thị Hoa", department=draft.department)
    assert told(draft, "names_of_pupils") == []


def test_the_consent_must_stand_in_a_book_near_the_story(collaborator, other_school):
    draft = make_draft(collaborator, body="<p>Em Nguyễn Thị Hoa kể chuyện.</p>")
    make_pupil("Nguyễn Thị Hoa", department=other_school)
    assert len(told(draft, "names_of_pupils")) == 1


def test_a_pupil_of_the_book_is_noticed_wherever_named(collaborator, school):
    make_pupil(NAME, department=school, withdrawn_on=datetime.date(2026, 10, 1))
    draft = make_draft(collaborator, title=f"{NAME} và ước mơ", body="<p>Một chuyện.</p>")
    assert told(draft, "names_of_pupils") == [
        (f"Nêu tên em {NAME}: đã rút sự đồng ý ngày 01/10/2026", "title")
    ]
    namesake = make_draft(collaborator, title="Trần Thị Buổi và ước mơ")
    assert told(namesake, "names_of_pupils") == []


def test_a_photo_of_a_pupil_without_consent_blocks(collaborator, school):
    photo = make_photo(department=school)
    photo.pupils.add(make_pupil(NAME, department=school, guardian_agreed_on=None))
    draft = make_draft(collaborator, body=figure_of(photo) + "<p>Lời.</p>")
    assert told(draft, "pupils_on_photos") == [
        (f"Ảnh 1 có em {NAME} (lớp 8A): chưa có sự đồng ý của cha, mẹ hoặc người giám hộ", "figure-1")
    ]


def test_the_ethnic_group_of_a_named_pupil_needs_a_consent_that_says_so(collaborator, school):
    pupil = make_pupil("Y Jăk Niê", department=school)
    draft = make_draft(collaborator, body="<p>Em Y Jăk Niê, dân tộc Ê Đê, học giỏi.</p><p>Lễ hội Ê Đê.</p>")
    assert told(draft, "ethnic_group_of_pupils") == [
        ("Nêu “dân tộc Ê Đê” cạnh tên em Y Jăk Niê: sự đồng ý không gồm việc nêu thành phần dân tộc", "body")
    ]
    Pupil.objects.filter(pk=pupil.pk).update(covers_ethnic_group=True)
    assert told(draft, "ethnic_group_of_pupils") == []


# --- after publication ---------------------------------------------------------------------------------


@pytest.fixture
def pupil(school):
    return make_pupil(NAME, department=school)


@pytest.fixture
def photo(school, pupil):
    photo = make_photo("Giờ ra chơi", department=school)
    photo.pupils.add(pupil)
    return photo


@pytest.fixture
def page(collaborator, head, photo):
    return make_published(
        collaborator,
        head,
        title=f"Em {NAME} đoạt giải nhất",
        lead=f"Với bài thi về buôn làng, {NAME} làm cả trường vui.",
        body=figure_of(photo, f"Em {NAME} nhận giải")
        + f"<p>Em {NAME} kể.</p><p>Cô khen <strong>Trần Thị</strong> Bưởi.</p>"
        + f"<ul><li>{NAME.upper()}</li></ul>",
    )


def ways(page):
    section = page.section.get_absolute_url()
    unit = page.department.get_absolute_url()
    return [
        "/",
        "/rss.xml",
        "/atom.xml",
        "/feed.json",
        section,
        unit,
        page.get_absolute_url(),
        "/tim-kiem/?q=tran+thi+buoi",
    ]


def saying(client, page, *words):
    found = set()
    for way in ways(page):
        text = client.get(way, follow=True).text
        found |= {way for word in words if word.lower() in text.lower()}
    return found


@pytest.fixture
def withdraw(client, collaborator, pupil):
    """The collaborator writes the withdrawal into the book."""
    fields = ["name", "class_name", "age_band", "covers_picture", "covers_name", "guardian_name", "medium"]
    words = {field: getattr(pupil, field) for field in fields} | {"department": pupil.department_id}
    words |= {"pupil_agreed_on": "05/09/2026", "guardian_agreed_on": "06/09/2026"}
    words |= {"withdrawn_on": "01/10/2026", "withdrawal_note": "Cha em viết đơn"}

    def write():
        client.force_login(collaborator)
        assert client.post(f"/admin/media/pupil/{pupil.pk}/change/", words).status_code == 302
        client.logout()

    return write


def test_withdrawing_takes_name_and_picture_from_every_public_place(client, page, photo, withdraw):
    assert len(saying(client, page, NAME)) == len(ways(page))
    assert saying(client, page, photo.content_hash)
    withdraw()
    page.refresh_from_db()
    assert (
        saying(client, page, NAME, photo.content_hash, "thi-buoi", "Trần Thị</strong>")
        - {"/tim-kiem/?q=tran+thi+buoi"}
        == set()
    )
    assert "T.T.B." not in client.get("/tim-kiem/?q=tran+thi+buoi").text
    shown = client.get(page.get_absolute_url()).text
    assert "Em T.T.B. đoạt giải nhất" in shown
    assert "Cô khen T.T.B." in shown


def test_the_old_address_leads_to_the_new_one(client, page, withdraw):
    old = page.get_absolute_url()
    assert "tran-thi-buoi" in old
    withdraw()
    page.refresh_from_db()
    answer = client.get(old)
    assert (answer.status_code, answer.headers["Location"]) == (301, page.get_absolute_url())


def test_the_approved_text_itself_stays_and_comes_back_with_a_new_consent(page, pupil):
    before = PublishedArticle.objects.values().get(pk=page.pk)
    Pupil.objects.filter(pk=pupil.pk).update(withdrawn_on=timezone.localdate())
    assert redraw_outdated() == 1
    assert redraw_outdated() == 0
    assert PublishedArticle.objects.get(pk=page.pk).title == "Em T.T.B. đoạt giải nhất"
    Pupil.objects.filter(pk=pupil.pk).update(withdrawn_on=None)
    assert redraw_outdated() == 1
    assert redraw_outdated() == 0
    assert PublishedArticle.objects.values().get(pk=page.pk) == before


def test_consent_that_runs_out_is_followed_by_the_worker(client, page, pupil):
    Pupil.objects.filter(pk=pupil.pk).update(until=timezone.localdate() - datetime.timedelta(days=1))
    call_command("run_worker", once=True)
    assert NAME not in client.get(page.get_absolute_url(), follow=True).text


def test_a_family_that_asks_after_publication_is_heard(client, collaborator, head, school):
    """The story named a former pupil without consent record; the request is recorded, the name disappears."""
    page = make_published(collaborator, head, body="<p>Bạn Lê Văn Cam hát. Lê Văn Cam cười.</p>")
    assert "Lê Văn Cam" in client.get(page.get_absolute_url()).text
    make_pupil("Lê Văn Cam", department=school, covers_name=False, withdrawn_on=timezone.localdate())
    redraw_outdated()
    assert "Lê Văn Cam" not in client.get(page.get_absolute_url()).text
    assert "Bạn L.V.C. hát. L.V.C. cười." in client.get(page.get_absolute_url()).text


def test_a_namesake_far_away_keeps_the_name(client, other_collaborator, other_head, school):
    page = make_published(other_collaborator, other_head, body="<p>Bạn Lê Văn Cam hát.</p>")
    make_pupil("Lê Văn Cam", department=school, withdrawn_on=timezone.localdate())
    redraw_outdated()
    assert "Lê Văn Cam" in client.get(page.get_absolute_url()).text
