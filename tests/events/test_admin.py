import datetime
import re

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from approvals import once
from approvals.enums import RecordStatus
from approvals.models import StatusChange
from events.enums import Occurrence
from events.models import Event
from media.models import PhotoExposure
from tests.factories.departments import make_person, make_user
from tests.factories.documents import make_document
from tests.factories.events import at, make_event, make_event_photo

ADD, LIST = reverse("admin:events_event_add"), reverse("admin:events_event_changelist")
PARTS = ("programme", "delegates", "participants", "event_photos", "event_documents")


def rows(part: str, *new: dict, initial: int = 0) -> dict:
    """Form data of one inline: rows already there first."""
    data = {f"{part}-TOTAL_FORMS": len(new), f"{part}-INITIAL_FORMS": initial}
    for number, row in enumerate(new):
        data |= {f"{part}-{number}-{name}": value for name, value in row.items()}
    return data


def typed(host, **changes) -> dict:
    data = {
        "title": "Hội nghị tập huấn công tác truyền thông",
        "kind": "training",
        "starts_at_0": "10/11/2017",
        "starts_at_1": "07:30",
        "ends_at_0": "",
        "ends_at_1": "",
        "occurrence": "as_planned",
        "place_name": "Hội trường",
        "host": host.pk,
        "attendance_qualifier": "gần",
        "attendance": "200",
    }
    for part in PARTS:
        data |= rows(part)
    return data | changes


def as_typed(event, **changes) -> dict:
    """What the change page sends back untouched."""
    begins = timezone.localtime(event.starts_at)
    same = {
        "title": event.title,
        "kind": event.kind,
        "starts_at_0": f"{begins:%d/%m/%Y}",
        "starts_at_1": f"{begins:%H:%M}",
        "place_name": event.place_name,
        "attendance_qualifier": event.attendance_qualifier,
        "attendance": event.attendance or "",
        "slug": event.slug,
        "seen_version": event.version,
    }
    return typed(event.host, **same) | changes


def change_url(event) -> str:
    return reverse("admin:events_event_change", args=[event.pk])


@pytest.fixture
def desk(client, desk_editor):
    client.force_login(desk_editor)
    return client


def test_one_page_takes_the_whole_event(desk, province, desk_editor):
    person, photo = make_person("Lê Thị Thanh Xuân"), make_event_photo(desk_editor)
    document = make_document(issuer=province)
    data = typed(province, ends_at_0="10/11/2017", ends_at_1="16h30")
    data |= rows(
        "programme", {"hour": "7h30", "title": "Đón đại biểu"}, {"hour": "08:00", "title": "Khai mạc"}
    )
    data |= rows(
        "delegates",
        {
            "honorific": "bà",
            "name": "Lê Thị Thanh Xuân",
            "title": "Phó Giám đốc Sở",
            "person": person.pk,
            "position": 0,
        },
        {"honorific": "", "name": "Lãnh đạo các phòng", "title": "", "person": "", "position": 0},
    )
    data |= rows(
        "participants", {"label": "Trường THPT", "count": "56", "count_qualifier": "", "position": 0}
    )
    data |= rows("event_photos", {"photo": photo.pk, "caption": "Toàn cảnh", "position": 0})
    data |= rows("event_documents", {"document": document.pk, "position": 0})
    response = desk.post(ADD, data)
    assert response.status_code == 302, response.context["errors"]
    event = Event.objects.get()
    assert (event.slug, event.status) == ("hoi-nghi-tap-huan-cong-tac-truyen-thong", RecordStatus.DRAFTING)
    assert (event.starts_at, event.ends_at) == (at("10/11/2017 07:30"), at("10/11/2017 16:30"))
    assert [timezone.localtime(item.starts_at).hour for item in event.programme.all()] == [7, 8]
    assert [row.name for row in event.delegates.all()] == ["Lê Thị Thanh Xuân", "Lãnh đạo các phòng"]
    assert event.delegates.first().person == person
    assert event.participants.get().count == 56
    assert event.event_documents.get().document == document
    assert list(event.writers.all()) == [desk_editor]
    assert not PhotoExposure.objects.exists()


@pytest.mark.parametrize(
    "day", ["10/11/2017", "ngày 10 tháng 11 năm 2017", "10-11-2017", "Thứ Sáu, 10/11/2017"]
)
def test_days_are_typed_as_people_write_them(desk, province, day):
    assert desk.post(ADD, typed(province, starts_at_0=day, starts_at_1="14 giờ 30")).status_code == 302
    assert Event.objects.get().starts_at == at("10/11/2017 14:30")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"starts_at_0": "31/11/2017"}, "Hãy ghi ngày/tháng/năm có thật"),
        ({"starts_at_0": "10/11/0017"}, "Hãy ghi ngày/tháng/năm có thật"),
        ({"starts_at_1": "25:00"}, "Hãy ghi giờ như 7:30"),
        ({"starts_at_1": ""}, "Hãy ghi giờ, hoặc đánh dấu “cả ngày”."),
        ({"ends_at_0": "09/11/2017", "ends_at_1": "8:00"}, "Giờ kết thúc phải bằng hoặc sau giờ bắt đầu."),
        ({"ends_at_0": "12/11/2018", "ends_at_1": "8:00"}, "dài quá một năm"),
        ({"occurrence": "cancelled"}, "hãy ghi lý do để bạn đọc biết"),
    ],
)
def test_a_mistake_is_told_and_every_word_stays(desk, province, wrong, message):
    data = typed(province) | rows("programme", {"hour": "8:00", "title": "Khai mạc long trọng"}) | wrong
    response = desk.post(ADD, data)
    assert response.status_code == 200 and message in response.text
    assert "Khai mạc long trọng" in response.text and "Hội nghị tập huấn công tác" in response.text
    assert not Event.objects.exists()


def test_whole_days_need_no_hour(desk, province):
    data = typed(province, all_day="on", starts_at_1="", ends_at_0="12/11/2017")
    assert desk.post(ADD, data).status_code == 302
    event = Event.objects.get()
    assert (event.starts_at, event.ends_at) == (at("10/11/2017 00:00"), at("12/11/2017 00:00"))


def test_two_events_of_one_name_get_two_addresses(desk, province):
    for _ in range(2):
        desk.post(ADD, typed(province))
    slugs = Event.objects.order_by("pk").values_list("slug", flat=True)
    assert list(slugs) == [
        "hoi-nghi-tap-huan-cong-tac-truyen-thong",
        "hoi-nghi-tap-huan-cong-tac-truyen-thong-2",
    ]


def test_a_programme_item_outside_the_event_is_told(desk, province):
    data = typed(province) | rows("programme", {"day": "11/11/2017", "hour": "8:00", "title": "Tham quan"})
    assert "nằm ngoài những ngày diễn ra" in desk.post(ADD, data).text


def with_programme(event, count, day="10/11/2017"):
    for number in range(count):
        event.programme.create(starts_at=at(f"{day} {8 + number % 10:02}:15"), title=f"Mục {number}")
    return event


def days_of(event):
    return [f"{timezone.localtime(item.starts_at):%d/%m %H:%M}" for item in event.programme.order_by("pk")]


def moved(desk, event, **days):
    data = {name: value for name, value in as_typed(event, **days).items() if "programme-" not in name}
    assert desk.post(change_url(event), data).status_code == 302


def test_a_programme_too_long_for_the_form_moves_with_the_event(desk, province):
    event = with_programme(make_event(host=province), 25)
    moved(desk, event, starts_at_0="17/11/2017")
    assert days_of(event) == [f"17/11 {8 + number % 10:02}:15" for number in range(25)]
    noted = admin.models.LogEntry.objects.latest("pk").get_change_message()
    assert "25 mục" in noted and "chương trình" in noted
    event.refresh_from_db()
    moved(desk, event, title="Tên khác")
    assert days_of(event)[0] == "17/11 08:15"


def test_a_long_programme_of_several_days_keeps_its_days(desk, province):
    event = with_programme(make_event(host=province, ends_at="12/11/2017 16:00"), 20)
    with_programme(event, 5, "11/11/2017")
    moved(desk, event, starts_at_0="17/11/2017", ends_at_0="19/11/2017", ends_at_1="16:00")
    assert [day[:5] for day in days_of(event)] == ["17/11"] * 20 + ["18/11"] * 5
    event.refresh_from_db()  # one more day before: the other days stay
    moved(desk, event, starts_at_0="16/11/2017", ends_at_0="19/11/2017", ends_at_1="16:00")
    assert [day[:5] for day in days_of(event)] == ["16/11"] * 20 + ["18/11"] * 5


def test_the_programme_moves_with_the_event(desk, province):
    event = make_event(host=province, status=RecordStatus.DRAFTING)
    item = event.programme.create(starts_at=at("10/11/2017 08:00"), title="Khai mạc")
    row = {"id": item.pk, "event": event.pk, "day": "", "hour": "08:00", "title": "Khai mạc", "note": ""}
    moved = as_typed(event, starts_at_0="17/11/2017") | rows("programme", row, initial=1)
    assert desk.post(change_url(event), moved).status_code == 302
    item.refresh_from_db()
    assert item.starts_at == at("17/11/2017 08:00")


def test_hosts_are_the_units_in_ones_scope(client, school, other_school, province):
    client.force_login(make_user("bientap-truong", Role.DESK_EDITOR, school))
    page = client.get(ADD, follow=True)
    assert set(page.context["adminform"].form.fields["host"].queryset) == {school}
    assert page.context["adminform"].form["host"].value() == school.pk
    assert client.post(ADD, typed(other_school)).status_code == 200
    assert not Event.objects.exists()


def test_a_photo_one_may_not_see_is_not_taken(client, school, other_head, desk_editor):
    secret = make_event_photo(other_head)
    client.force_login(make_user("bientap-truong", Role.DESK_EDITOR, school))
    data = typed(school) | rows("event_photos", {"photo": secret.pk, "caption": "", "position": 0})
    assert client.post(ADD, data).status_code == 200
    assert client.post(ADD, typed(school, lead_photo=secret.pk)).status_code == 200
    assert not Event.objects.exists()


def test_a_change_of_a_public_event_is_recorded_and_reaches_calendars_and_photos(desk, province, desk_editor):
    event, photo = make_event(host=province), make_event_photo(desk_editor)
    data = as_typed(event, starts_at_1="08:00") | rows("event_photos", {"photo": photo.pk, "position": 0})
    assert desk.post(change_url(event), data).status_code == 302
    event.refresh_from_db()
    assert (event.version, event.sequence, event.status) == (2, 1, RecordStatus.PUBLIC)
    change = StatusChange.objects.get()
    assert (change.label, change.actor) == ("Sửa khi đang công bố", desk_editor)
    assert "ảnh sự kiện" in change.note.lower()
    assert list(photo.exposures.values_list("subject", flat=True)) == [f"event:{event.pk}"]


@pytest.mark.parametrize("part", ["field", "row"])
def test_every_change_of_a_public_event_is_a_change_to_calendars(desk, province, part):
    event = make_event(host=province)
    before = event.changed_at
    row = rows("programme", {"hour": "7h30", "title": "Đón đại biểu"})
    changes = as_typed(event, attendance="200") if part == "field" else as_typed(event) | row
    desk.post(change_url(event), changes)
    event.refresh_from_db()
    assert (event.version, event.sequence) == (2, 1)
    assert event.changed_at > before


def test_saving_without_a_change_counts_nothing(desk, province, desk_editor):
    event = make_event(host=province)
    assert desk.post(change_url(event), as_typed(event)).status_code == 302
    event.refresh_from_db()
    assert event.version == 1 and not event.writers.exists() and not StatusChange.objects.exists()


def test_a_change_of_a_part_alone_makes_the_approver_read_again(desk, client, province):
    event = make_event(host=province, status=RecordStatus.IN_REVIEW)
    data = as_typed(event) | rows("delegates", {"name": "Khách mời", "honorific": "", "position": 0})
    desk.post(change_url(event), data)
    event.refresh_from_db()
    assert event.version == 2


def test_what_somebody_else_saved_meanwhile_is_not_overwritten_silently(desk, province):
    event = make_event("Cũ", host=province)
    Event.objects.filter(pk=event.pk).update(version=2, title="Của đồng nghiệp")
    response = desk.post(change_url(event), as_typed(event, title="Của tôi"))
    assert "Có người vừa lưu" in response.text and "Của tôi" in response.text
    event.refresh_from_db()
    assert event.title == "Của đồng nghiệp"


@pytest.mark.parametrize("who", ["collaborator", "head", "registrar", "auditor", "administrator"])
def test_others_read_and_change_nothing(request, client, province, who):
    event = make_event("Hội nghị đã công bố", host=province)
    event.programme.create(starts_at=event.starts_at, title="Khai mạc")
    client.force_login(request.getfixturevalue(who))
    page = client.get(change_url(event))
    assert page.status_code == 200 and 'name="title"' not in page.text and "Khai mạc" in page.text
    assert client.post(change_url(event), as_typed(event, title="Khác")).status_code == 403
    assert client.get(ADD).status_code == 403


def test_drafts_of_other_units_are_not_seen(client, other_school, collaborator):
    event = make_event("Bí mật", host=other_school, status=RecordStatus.DRAFTING)
    client.force_login(collaborator)
    assert "Bí mật" not in client.get(LIST).text
    assert client.get(change_url(event)).status_code == 302


def test_the_list_is_searched_and_filtered(desk, province):
    make_event("Hội thi giáo viên giỏi", host=province, kind="contest")
    make_event("Lễ khai giảng", host=province, starts_at="05/09/2025 07:00", occurrence=Occurrence.POSTPONED)
    assert "Lễ khai giảng" not in desk.get(LIST, {"q": "hoi thi"}).text
    assert "Hội thi giáo viên" not in desk.get(LIST, {"nam": "2025"}).text
    page = desk.get(LIST, {"occurrence__exact": "postponed"})
    assert "Lễ khai giảng" in page.text and "Tạm hoãn" in page.text and "Hội thi giáo viên" not in page.text


@pytest.mark.parametrize("items", [1, 3])
def test_the_list_costs_the_same_with_one_and_with_three(
    desk, province, items, django_assert_max_num_queries
):
    for _ in range(items):
        make_event(host=province)
    with django_assert_max_num_queries(16):
        desk.get(LIST)


def test_submit_and_approve_by_the_buttons(desk, client, province, managing_editor):
    event = make_event(host=province, status=RecordStatus.DRAFTING)
    assert "Gửi duyệt" in desk.get(change_url(event)).text
    step = "admin:events_event_step"
    desk.post(reverse(step, args=[event.pk, "submit"]), {"version": 1})
    client.force_login(managing_editor)
    page = client.get(change_url(event)).text
    assert "Duyệt, công bố" in page and "Trả lại" in page
    client.post(reverse(step, args=[event.pk, "approve"]), {"version": 2})
    client.logout()
    assert client.get(event.get_absolute_url()).status_code == 200
    event.refresh_from_db()
    assert event.published_at - timezone.now() < datetime.timedelta(minutes=1)


def test_a_form_that_was_sent_makes_no_second_event_without_a_word(desk, province):
    page = desk.get(ADD, follow=True)
    # The key stands in the address: going back asks for this very form, with or without a script.
    assert page.redirect_chain[-1][0] == f"{ADD}?khoa={page.context['form_key']}"
    sent = typed(province, khoa=page.context["form_key"])
    assert desk.post(ADD, sent).status_code == 302
    event = Event.objects.get()
    again = desk.post(ADD, sent | {"title": "Tên sửa lại"})
    text = again.content.decode()
    change = reverse("admin:events_event_change", args=[event.pk])
    assert again.status_code == 200
    assert f"thành sự kiện <a href='{change}'>{event.title}</a>" in text
    assert 'value="Tên sửa lại"' in text or ">Tên sửa lại<" in text
    assert Event.objects.count() == 1
    assert desk.get(f"{ADD}?khoa={sent['khoa']}").url == change
    desk.post(ADD, sent | {"title": "Một sự kiện nữa", "khoa": again.context["form_key"]})
    assert Event.objects.count() == 2


def test_a_key_of_somebody_else_opens_nothing(client, desk_editor, managing_editor, province):
    client.force_login(desk_editor)
    key = client.get(ADD, follow=True).context["form_key"]
    client.post(ADD, typed(province, khoa=key))
    client.force_login(managing_editor)
    assert client.get(f"{ADD}?khoa={key}").status_code == 200


def test_a_used_form_is_known_after_signing_in_again(client, desk_editor, province):
    client.force_login(desk_editor)
    key = client.get(ADD, follow=True).context["form_key"]
    client.post(ADD, typed(province, khoa=key))
    client.logout()
    client.force_login(desk_editor)
    event = Event.objects.get()
    assert client.get(f"{ADD}?khoa={key}").url == change_url(event)
    assert client.post(ADD, typed(province, khoa=key)).status_code == 200
    assert Event.objects.count() == 1


def test_a_form_sent_twice_in_the_same_moment_makes_one_event(desk, province, monkeypatch):
    """Both requests began before either had made its event."""
    sent = typed(province, khoa=desk.get(ADD, follow=True).context["form_key"])
    with monkeypatch.context() as early:
        early.setattr(once.OneRecordAdminMixin, "get_form", admin.ModelAdmin.get_form)
        assert desk.post(ADD, sent).status_code == 302
        answer = desk.post(ADD, sent)
    assert answer.url == change_url(Event.objects.get())
    assert Event.objects.count() == 1


def test_a_kept_form_makes_its_event_anew_once_that_is_deleted(desk, province):
    """The browser that goes back shows the form as it was, with its old key."""
    sent = typed(province, khoa=desk.get(ADD, follow=True).context["form_key"])
    desk.post(ADD, sent)
    gone = Event.objects.get()
    desk.post(reverse("admin:events_event_delete", args=[gone.pk]), {"post": "yes"})
    assert not Event.objects.exists()
    assert desk.post(ADD, sent).status_code == 302
    made = Event.objects.get()
    assert made.pk != gone.pk
    assert desk.get(f"{ADD}?khoa={sent['khoa']}").url == change_url(made)
    assert desk.post(ADD, sent).status_code == 200  # from here on as any form that was sent
    assert Event.objects.count() == 1


def test_each_wrong_field_of_a_refused_form_is_reached_from_the_list_on_top(desk, province):
    row = {"day": "", "hour": "", "title": "", "note": "Chỉ có ghi chú"}
    html = desk.post(ADD, typed(province, title="", starts_at_0="hôm nào") | rows("programme", row)).text
    targets = re.findall(r'href="#([^"]+)"', html[html.index("error-summary") :].split("</div>")[0])
    assert {"id_title", "id_starts_at_0", "id_programme-0-title"} <= set(targets)
    assert [target for target in targets if f'id="{target}"' not in html] == []
