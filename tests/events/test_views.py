import datetime
import json
import re

import pytest
from django.utils import timezone

from approvals.enums import RecordStatus
from articles.enums import Status
from departments.enums import Honorific
from events.enums import Occurrence, Qualifier
from tests.factories.articles import make_article, withdraw
from tests.factories.awards import make_decision, make_seed_decision
from tests.factories.daybook import make_material, make_note
from tests.factories.departments import make_department, make_person
from tests.factories.documents import make_document, make_upload
from tests.factories.events import at, make_event, make_event_photo

LIST = "/su-kien/"
HIDDEN = [status for status in RecordStatus if status != RecordStatus.PUBLIC]


def page(client, address=LIST, **asked) -> str:
    response = client.get(address, asked)
    assert response.status_code == 200
    return response.text.replace("\xa0", " ")  # words bound for the eye are still two words


def in_days(days: int) -> datetime.datetime:
    return timezone.localtime().replace(hour=7, minute=30, second=0, microsecond=0) + datetime.timedelta(days)


@pytest.fixture
def seed_event(province):
    """The training conference of the story, with what is said of it there."""
    event = make_event(
        "Hội nghị tập huấn công tác truyền thông ngành GD&ĐT năm học 2017-2018",
        host=province,
        ends_at="10/11/2017 16:30",
        place_address="Thành phố Buôn Ma Thuột",
        attendance=200,
        attendance_qualifier=Qualifier.NEARLY,
    )
    event.programme.create(starts_at=at("10/11/2017 08:00"), title="Khai mạc")
    event.programme.create(starts_at=at("10/11/2017 07:30"), title="Đón đại biểu")
    event.delegates.create(
        honorific=Honorific.MRS,
        name="Lê Thị Thanh Xuân",
        title="Chủ tịch Công đoàn ngành GD&ĐT Đắk Lắk - Phó Giám đốc Sở GD&ĐT",
        position=1,
    )
    event.delegates.create(name="Lãnh đạo các phòng chuyên môn", position=2)
    event.participants.create(label="Trường THPT", count=56)
    event.participants.create(label="Trung tâm GDNN-GDTX", count=15, count_qualifier=Qualifier.ABOUT)
    return event


def test_the_page_says_when_where_who(client, seed_event):
    text = page(client, seed_event.get_absolute_url())
    for words in (
        "Đã diễn ra",
        "Hội nghị tập huấn",
        "Thứ Sáu, 10/11/2017",
        "07:30 – 16:30",
        "Hội trường Sở GD&amp;ĐT",
        "Gần 200 đại biểu",
        "Sở GD&amp;ĐT Đắk Lắk</a> chủ trì",
        "Bà Lê Thị Thanh Xuân",
        "Chủ tịch Công đoàn ngành GD&amp;ĐT Đắk Lắk - Phó Giám đốc Sở GD&amp;ĐT",
        "56 đơn vị",
        "khoảng 15 đơn vị",
        "Thêm vào lịch",
    ):
        assert words in text, words
    assert text.index("Đón đại biểu") < text.index("Khai mạc")
    assert text.index("Lê Thị Thanh Xuân") < text.index("Lãnh đạo các phòng")


def test_date_and_place_come_right_after_the_title(client, seed_event):
    text = page(client, seed_event.get_absolute_url())
    order = ["</h1>", "Thứ Sáu, 10/11/2017", "Thêm vào lịch", "Chương trình", "Đại biểu", "Đơn vị tham dự"]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


def test_names_and_titles_stay_those_of_the_day(client, seed_event, province):
    delegate = seed_event.delegates.first()
    delegate.person = make_person("Lê Thị Thanh Xuân (đã nghỉ hưu)")
    delegate.save()
    province.names.update(valid_until=datetime.date(2025, 6, 30))
    province.names.create(name="Sở GDĐT tỉnh mới", short_name="Sở mới", valid_from=datetime.date(2025, 7, 1))
    text = page(client, seed_event.get_absolute_url())
    assert "Bà Lê Thị Thanh Xuân" in text and "nghỉ hưu" not in text
    assert "Sở GD&amp;ĐT Đắk Lắk</a> chủ trì" in text and "Sở mới" not in text


def test_commendations_given_there_are_counted_and_only_public_ones_shown(client, seed_event):
    make_seed_decision(event=seed_event, number="1247/QĐ-SGDĐT")
    make_decision("666/MẬT", event=seed_event, status=RecordStatus.DRAFTING)
    text = page(client, seed_event.get_absolute_url())
    for words in ("Khen thưởng tại hội nghị", "2 tập thể", "5 cá nhân", "QĐ 1247/QĐ-SGDĐT, 08/11/2017"):
        assert words in text
    assert "666/MẬT" not in text


def test_stories_and_documents_about_it_are_public_ones(client, seed_event, province, collaborator, head):
    shown = make_article(Status.APPROVED, collaborator, head, title="Bài đã đăng", event=seed_event)
    make_article(Status.IN_REVIEW, collaborator, head, title="Bài chờ duyệt", event=seed_event)
    plan = make_document("89/KH-SGDĐT", "Kế hoạch hội nghị", issuer=province, upload=make_upload())
    draft = make_document("90/KH", "Kế hoạch mật", issuer=province, status=RecordStatus.DRAFTING)
    for document in (plan, draft):
        seed_event.event_documents.create(document=document)
    text = page(client, seed_event.get_absolute_url())
    assert "Bài đã đăng" in text and "Bài chờ duyệt" not in text
    assert "Kế hoạch hội nghị" in text and "PDF, 1 KB" in text and "Kế hoạch mật" not in text
    live = seed_event.published_articles.live().get(pk=shown.pk)
    withdraw(live, head)
    assert "Bài đã đăng" not in page(client, seed_event.get_absolute_url())


def test_the_page_of_a_document_leads_back(client, seed_event, province, collaborator, head):
    document = make_document("1247/QĐ-SGDĐT", issuer=province)
    seed_event.event_documents.create(document=document)
    decision = make_seed_decision(event=seed_event, document=document)
    hidden = make_event("Sự kiện chưa duyệt", status=RecordStatus.IN_REVIEW)
    hidden.event_documents.create(document=document)
    make_decision(document=document, status=RecordStatus.DRAFTING, summary="Khen mật")
    make_article(
        Status.APPROVED, collaborator, head, title="Bài nói về khen thưởng", commendation_decision=decision
    )
    text = page(client, document.get_absolute_url())
    for words in (seed_event.get_absolute_url(), decision.get_absolute_url(), "Bài nói về khen thưởng"):
        assert words in text
    assert "Sự kiện chưa duyệt" not in text and "Khen mật" not in text


@pytest.mark.parametrize(
    ("occurrence", "title", "badge"),
    [
        (Occurrence.CANCELLED, "Sự kiện đã hủy.", "Đã hủy"),
        (Occurrence.POSTPONED, "Sự kiện tạm hoãn.", "Tạm hoãn"),
        (Occurrence.RESCHEDULED, "Sự kiện đã dời lịch.", "Đã dời lịch"),
    ],
)
def test_what_is_off_the_plan_is_said_before_the_title(client, db, occurrence, title, badge):
    event = make_event(starts_at=in_days(7), occurrence=occurrence, occurrence_note="Do mưa bão")
    text = page(client, event.get_absolute_url())
    assert text.index(title) < text.index("Do mưa bão.") < text.index("<h1")
    assert badge in text and badge in page(client)
    assert ("Thêm vào lịch" in text) == (occurrence == Occurrence.RESCHEDULED)


def test_photos_come_with_caption_and_credit_in_their_order(client, seed_event, head):
    lead = make_event_photo(head, caption="Ảnh mở đầu")
    seed_event.lead_photo = lead
    seed_event.save()
    last, first = make_event_photo(head, caption="Sau"), make_event_photo(head, caption="Chú thích kho")
    seed_event.event_photos.create(photo=last, position=2)
    seed_event.event_photos.create(photo=first, caption="Trao giấy khen", position=1)
    seed_event.event_photos.create(photo=lead, position=3)
    ended = make_event_photo(head, caption="Hết quyền", rights_until=datetime.date(2020, 1, 1))
    seed_event.event_photos.create(photo=ended, position=4)
    text = page(client, seed_event.get_absolute_url())
    assert text.index("Ảnh mở đầu") < text.index("Trao giấy khen") < text.index("Sau")
    assert text.count("Ảnh mở đầu") == 1 and "Chú thích kho" not in text and "Hết quyền" not in text
    assert "Ảnh: GD&amp;TĐ" in text and 'alt="Hội trường kín chỗ"' in text


def test_a_link_to_take_part_is_there_only_while_it_helps(client, db):
    ahead = make_event(starts_at=in_days(7), online_url="https://hop.vidu.example/1")
    over = make_event(online_url="https://hop.vidu.example/2")
    assert "Tham dự trực tuyến" in page(client, ahead.get_absolute_url())
    assert "Tham dự trực tuyến" not in page(client, over.get_absolute_url())


def test_a_programme_of_several_days_names_them(client, seed_event):
    assert "Thứ Bảy, 11/11/2017" not in page(client, seed_event.get_absolute_url())
    seed_event.programme.create(starts_at=at("11/11/2017 08:00"), title="Tham quan")
    assert "Thứ Bảy, 11/11/2017" in page(client, seed_event.get_absolute_url())


@pytest.mark.parametrize("status", HIDDEN)
def test_what_is_not_public_is_nowhere(client, province, status):
    event = make_event("Sự kiện mật Hoàng Long", status=status, host=province, starts_at=in_days(3))
    past = make_event("Hội nghị mật Hoàng Long", status=status, host=province)
    assert "Hoàng Long" not in page(client)
    for hidden in (event, past):
        assert client.get(hidden.get_absolute_url()).status_code == 404
        assert client.get(f"{hidden.get_absolute_url()}lich.ics").status_code == 404


def test_staff_read_the_public_page_like_everybody(client, desk_editor, province):
    client.force_login(desk_editor)
    draft = make_event(status=RecordStatus.DRAFTING, host=province)
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_the_list_puts_what_is_ahead_first_and_nearest_first(client, db):
    for days in (40, 2, -3, -40):
        make_event(f"Sự kiện {days:+}", starts_at=in_days(days))
    text = page(client)
    titles = ["Sắp diễn ra", "Sự kiện +2", "Sự kiện +40", "Đã diễn ra", "Sự kiện -3", "Sự kiện -40"]
    places = [text.index(title) for title in titles]
    assert places == sorted(places)
    assert f"Tháng {in_days(2).month}/{in_days(2).year}" in text


def test_the_past_is_read_page_by_page_without_loss(client, db, django_assert_max_num_queries):
    make_event("Sắp tới", starts_at=in_days(5))
    for number in range(45):
        make_event(f"e{number}", starts_at=at("10/11/2017 07:30") - datetime.timedelta(days=number // 3))
    client.get(LIST)  # the menu and the months are remembered from here on
    seen, address, first = [], LIST, True
    while address:
        with django_assert_max_num_queries(2) as captured:
            response = client.get(address)
        assert not any("COUNT" in query["sql"] or "OFFSET" in query["sql"] for query in captured)
        assert ("Sắp tới" in response.text) == first
        listing, first = response.context["listing"], False
        seen += [row["title"] for month in listing.past for row in month.rows]
        address = listing.page.older_url and LIST + listing.page.older_url
    assert sorted(seen) == sorted(f"e{number}" for number in range(45)) and len(seen) == 45


def test_an_empty_list_says_so(client, db):
    assert "Chưa có sự kiện nào sắp tới" in page(client)


@pytest.mark.parametrize("items", [1, 3])
def test_the_page_costs_the_same_with_one_and_with_three(
    client, collaborator, head, items, django_assert_num_queries
):
    event = make_event(lead_photo=make_event_photo(head))
    for number in range(items):
        unit = make_department(f"Trường số {number}")
        event.co_hosts.add(unit)
        event.programme.create(starts_at=event.starts_at, title="Mục")
        event.delegates.create(name="Lê Văn A", person=make_person())
        event.participants.create(label="Trường", department=unit)
        event.event_documents.create(document=make_document())
        event.event_photos.create(photo=make_event_photo(head))
        make_seed_decision(event=event)
        make_article(Status.APPROVED, collaborator, head, event=event)
    make_material(event)
    make_note(event)
    page(client, event.get_absolute_url())
    with django_assert_num_queries(16):  # the last asks whether units may enrol
        page(client, event.get_absolute_url())


@pytest.mark.parametrize("items", [1, 3])
def test_the_list_costs_the_same_with_one_and_with_three(client, db, items, django_assert_num_queries):
    for number in range(items):
        make_event(starts_at=in_days(3 + number))
        make_event()
    page(client)
    with django_assert_num_queries(2):
        page(client)


def test_machines_read_the_programme_as_parts_of_the_event(client, db):
    event = make_event(place_name="Hội trường A", occurrence=Occurrence.CANCELLED, occurrence_note="Mưa lũ")
    event.programme.create(starts_at=at("10/11/2017 08:00"), title="Khai mạc </script>", note="Toàn thể")
    blocks = re.findall(
        r'<script type="application/ld\+json"[^>]*>(.*?)</script>',
        page(client, event.get_absolute_url()),
        re.S,
    )
    (said,) = [one for one in map(json.loads, blocks) if one["@type"] == "Event"]
    (part,) = said["subEvent"]
    assert (part["name"], part["description"]) == ("Khai mạc </script>", "Toàn thể")
    assert part["startDate"] == "2017-11-10T08:00:00+07:00"
    assert part["eventStatus"] == "https://schema.org/EventCancelled"
    assert part["location"]["name"] == "Hội trường A"
