"""How a story begins: by kind, or from an event; guidance stays out of the story."""

import datetime
import html as entities

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.enums import ArticleKind
from articles.models import Article
from articles.text.guidance import GUIDES, starting_points
from articles.writing.new_story import words_about
from events.enums import EventKind
from events.models import Delegate, ParticipatingGroup
from tests.articles.office.test_admin import ADD, typed
from tests.factories.articles import make_draft, make_published, make_section
from tests.factories.awards import make_decision, make_seed_decision
from tests.factories.departments import make_department
from tests.factories.events import make_event


def page(client, address):
    return entities.unescape(client.get(address, follow=True).content.decode())


@pytest.fixture
def conference(province, school):
    event = make_event(
        "Hội nghị tập huấn công tác truyền thông năm học 2017-2018",
        host=province,
        starts_at="10/11/2017 07:30",
        place_name="Hội trường Sở GD&ĐT",
        attendance=200,
        attendance_qualifier="gần",
    )
    Delegate.objects.create(
        event=event, honorific="bà", name="Lê Thị Thanh Xuân", title="Phó Giám đốc Sở GD&ĐT", position=1
    )
    Delegate.objects.create(event=event, honorific="ông", name="Y Blăm Niê", position=2)
    Delegate.objects.create(event=event, name="Đại diện Sở Thông tin", title="Khách mời", position=3)
    rows = ("Phòng GD&ĐT", 15, "gần"), ("Trường THPT", 30, ""), ("UBND các xã", None, "")
    for position, (label, count, qualifier) in enumerate(rows):
        ParticipatingGroup.objects.create(
            event=event, label=label, count=count, count_qualifier=qualifier, position=position
        )
    ParticipatingGroup.objects.create(event=event, label=school.name, department=school, position=9)
    return event


def test_every_kind_has_a_guide_and_is_offered():
    assert set(GUIDES) == set(ArticleKind)
    assert {point["kind"] for point in starting_points()} == set(ArticleKind)
    assert len(GUIDES[ArticleKind.CONFERENCE].parts) == 5


def test_the_start_page_offers_kinds_and_can_be_skipped(client, collaborator):
    client.force_login(collaborator)
    shown = page(client, ADD)
    for kind in ArticleKind:
        assert f'href="?kind={kind.value}"' in shown
    assert "Bỏ qua, viết luôn" in shown
    assert not Article.objects.exists()


@pytest.mark.parametrize("kind", ArticleKind)
def test_a_kind_opens_its_form_with_its_guidance(client, collaborator, kind):
    client.force_login(collaborator)
    shown = page(client, f"{ADD}?kind={kind.value}")
    assert f'<option value="{kind.value}" selected>' in shown
    assert f'placeholder="{GUIDES[kind].title}"' in shown
    assert all(part in shown for part in GUIDES[kind].parts)


def test_guidance_never_becomes_the_story(client, collaborator, school):
    client.force_login(collaborator)
    client.post(f"{ADD}?kind=conference", typed(title="", lead="", body="", department=school.pk))
    article = Article.objects.get()
    assert (article.title, article.lead, article.body) == ("", "", "")


def test_a_story_about_an_event_begins_with_what_is_registered(client, collaborator, school, conference):
    make_seed_decision(number="1247/QĐ-SGDĐT", event=conference)
    section = make_section("Tin ngành")
    client.force_login(collaborator)
    shown = page(client, f"{ADD}?event={conference.pk}")
    assert (
        "Ngày 10/11/2017, tại Hội trường Sở GD&ĐT, Sở GD&ĐT Đắk Lắk tổ chức "
        "Hội nghị tập huấn công tác truyền thông năm học 2017-2018."
    ) in shown
    body = entities.unescape(shown)
    assert (
        "Dự hội nghị có bà Lê Thị Thanh Xuân, Phó Giám đốc Sở GD&ĐT; ông Y Blăm Niê; "
        "đại diện Sở Thông tin; cùng gần 200 đại biểu."
    ) in body
    assert (
        "Tham dự hội nghị có gần 15 phòng GD&ĐT; 30 trường THPT; UBND các xã; Trường THPT Chu Văn An."
    ) in body
    assert (
        "Tại hội nghị, Sở GD&ĐT Đắk Lắk đã trao giấy khen cho 2 tập thể và 5 cá nhân theo "
        "Quyết định số 1247/QĐ-SGDĐT ngày 08/11/2017."
    ) in body
    assert "Tập thể được khen: Phòng GD&ĐT thị xã Buôn Hồ; Trường PTDTNT THCS huyện Lắk." in body
    assert "Cá nhân được khen: " in body
    assert '<option value="conference" selected>' in shown
    assert f'<option value="{section.pk}" selected>' in shown
    assert f'<option value="{school.pk}" selected>' in shown  # the writer's unit owns it, not the host
    assert not Article.objects.exists()


def test_names_and_words_of_an_event_are_text_not_markup(client, collaborator):
    event = make_event("Hội <b>thi</b>", attendance=3)
    Delegate.objects.create(event=event, name="<script>alert(1)</script>")
    client.force_login(collaborator)
    assert "<script>alert(1)" not in client.get(f"{ADD}?event={event.pk}", follow=True).content.decode()


def test_an_event_ahead_will_take_place_and_gives_no_awards_yet(client, collaborator, province):
    event = make_event(
        "Hội thi", kind=EventKind.CONTEST, starts_at=timezone.now() + datetime.timedelta(days=3)
    )
    make_seed_decision(event=event)
    client.force_login(collaborator)
    shown = page(client, f"{ADD}?event={event.pk}")
    assert "sẽ tổ chức Hội thi." in shown
    assert "đã trao" not in shown
    assert '<option value="activity" selected>' in shown


def test_what_the_writer_may_not_see_is_not_filled_in(client, collaborator, conference):
    hidden = make_event("Sự kiện còn giấu", status="drafting", host=make_department("Trường THPT Xa"))
    make_decision(number="99/QĐ-MAT", event=conference, status="drafting", issuer=make_department("Trường B"))
    client.force_login(collaborator)
    assert "Sự kiện còn giấu" not in page(client, f"{ADD}?event={hidden.pk}")
    assert "99/QĐ-MAT" not in page(client, f"{ADD}?event={conference.pk}")
    assert client.get(f"{ADD}?event=999999", follow=True).status_code == 200
    assert client.get(f"{ADD}?event=x&kind=khong-co", follow=True).status_code == 200


def test_the_section_is_that_of_the_hosts_last_story(client, collaborator, head, conference, province):
    make_section("Tin ngành")
    right = make_section("Thi đua")
    make_published(collaborator, head, event=conference, section=right)
    client.force_login(collaborator)
    assert f'<option value="{right.pk}" selected>' in page(client, f"{ADD}?event={conference.pk}")


@pytest.mark.parametrize(
    ("who", "may"), [("collaborator", True), ("head", True), ("registrar", False), ("auditor", False)]
)
def test_who_may_begin_a_story(client, request, conference, who, may):
    client.force_login(request.getfixturevalue(who))
    for query in ("", "?kind=activity", f"?event={conference.pk}"):
        assert client.get(ADD + query, follow=True).status_code == (200 if may else 403)
    events = page(client, reverse("admin:events_event_changelist"))
    assert (f"{ADD}?event={conference.pk}" in events) == may
    event = page(client, reverse("admin:events_event_change", args=[conference.pk]))
    assert ("Viết bài về sự kiện này" in event) == may


def test_the_last_draft_and_recent_events_come_first(client, collaborator, other_collaborator):
    make_draft(other_collaborator, title="Bài của trường bạn")
    first = make_draft(collaborator, title="Bài cũ")
    make_draft(collaborator, title="Bài mới")
    event = make_event("Lễ vừa xong", starts_at=timezone.now() - datetime.timedelta(days=1))
    client.force_login(collaborator)
    shown = page(client, ADD)
    assert "Viết tiếp: Bài mới" in shown
    assert "Bài của trường bạn" not in shown
    assert f"?event={event.pk}" in shown
    client.post(
        reverse("admin:articles_article_change", args=[first.pk]),
        typed(first, title="Bài cũ vừa sửa", department=first.department_id),
    )
    assert "Viết tiếp: Bài cũ vừa sửa" in page(client, ADD)


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Gặp mặt, tuyên dương nhà giáo", "tổ chức gặp mặt, tuyên dương nhà giáo."),
        ("Lễ khai giảng", "tổ chức Lễ khai giảng."),
        ("STEM trong trường học", "tổ chức STEM trong trường học."),
    ],
)
def test_the_events_name_fits_the_sentence(client, collaborator, title, told):
    event = make_event(title)
    client.force_login(collaborator)
    assert told in page(client, f"{ADD}?event={event.pk}")


def test_a_story_about_an_event_of_thousands_names_the_first_and_counts_the_others(collaborator, conference):
    Delegate.objects.bulk_create(
        Delegate(event=conference, name=f"Khách {number}", position=number) for number in range(10, 2000)
    )
    ParticipatingGroup.objects.bulk_create(
        ParticipatingGroup(event=conference, label=f"Cơ quan {number}", position=number)
        for number in range(10, 100)
    )
    body = words_about(conference, collaborator)["body"]
    assert "Khách 26; 1.973 đại biểu khác; cùng gần 200 đại biểu." in body and "Khách 27" not in body
    assert "cơ quan 25; 74 đơn vị khác." in body
