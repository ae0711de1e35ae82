"""A long list of a record on its own screens: read by the page, searched, typed, pasted, moved, deleted."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from approvals.enums import RecordStatus
from approvals.models import StatusChange
from awards.models import Decision
from events.models import Delegate, Event, ParticipatingGroup
from records.lists.row_list import PER_PAGE, SHORT
from tests.events.test_admin import as_typed, change_url, typed
from tests.events.test_admin import rows as rows_in_form
from tests.factories.awards import make_award_kind, make_commendation, make_decision
from tests.factories.departments import make_department
from tests.factories.documents import make_document
from tests.factories.events import make_event, make_event_photo

MANY = 2000


@pytest.fixture
def desk(client, desk_editor):
    client.force_login(desk_editor)
    return client


@pytest.fixture
def office(client, registrar):
    client.force_login(registrar)
    return client


def screen(record, part: str, end: str = "rows", *more: int) -> str:
    name = f"admin:{record._meta.app_label}_{record._meta.model_name}_list_{end}"
    return reverse(name, args=[record.pk, part, *more])


def with_guests(event: Event, count: int) -> Event:
    Delegate.objects.bulk_create(
        Delegate(event=event, name=f"Khách {number}", title=f"Giáo viên {number}", position=number)
        for number in range(1, count + 1)
    )
    return event


def names(event: Event) -> list[str]:
    return list(event.delegates.values_list("name", flat=True))


def sent(record, **words) -> dict:
    """What a screen sends: the version it showed and the words."""
    return {"seen_version": type(record).objects.get(pk=record.pk).version} | words


# --- the form of the record ------------------------------------------------------------------------------


def test_a_short_list_stays_in_the_form_and_a_long_one_leads_to_its_screen(desk, province):
    event = with_guests(make_event(host=province), SHORT)
    assert 'name="delegates-0-name"' in desk.get(change_url(event)).text
    event.delegates.create(name="Một người nữa", position=99)
    page = desk.get(change_url(event)).text
    assert 'name="delegates-0-name"' not in page
    assert screen(event, "dai-bieu") in page and f"{SHORT + 1} dòng" in page and "Khách 1;" in page


def test_the_form_of_a_long_list_saves_and_leaves_the_rows_alone(desk, province):
    event = with_guests(make_event(host=province), SHORT + 5)
    data = {
        name: value for name, value in as_typed(event, title="Tên mới").items() if "delegates-" not in name
    }
    assert desk.post(change_url(event), data).status_code == 302
    event.refresh_from_db()
    assert (event.title, event.delegates.count()) == ("Tên mới", SHORT + 5)


def test_rows_typed_before_the_list_grew_long_are_not_lost(desk, province):
    event = make_event(host=province)
    form = as_typed(event) | rows_in_form("delegates", {"name": "Người tôi gõ", "position": ""})
    with_guests(event, SHORT + 5)
    Event.objects.filter(pk=event.pk).update(version=2)
    refused = desk.post(change_url(event), form)
    assert "Có người vừa lưu" in refused.text and 'value="Người tôi gõ"' in refused.text
    assert desk.post(change_url(event), form | {"seen_version": 2}).status_code == 302
    assert names(event)[-1] == "Người tôi gõ" and len(names(event)) == SHORT + 6


def test_every_screen_of_two_thousand_rows_costs_the_same(desk, province):
    few, many = (
        with_guests(make_event(host=province), SHORT + 1),
        with_guests(make_event(host=province), MANY),
    )
    desk.get(change_url(few))
    for address in (
        change_url,
        lambda event: screen(event, "dai-bieu"),
        lambda event: screen(event, "don-vi"),
    ):
        cost = []
        for event in (few, many):
            with CaptureQueriesContext(connection) as asked:
                assert desk.get(address(event)).status_code == 200
            cost.append(len(asked))
        assert cost[0] == cost[1] <= 40


def test_a_new_event_of_many_leads_to_its_table(desk, province):
    assert 'name="_list" value="dai-bieu"' in desk.get(reverse("admin:events_event_add"), follow=True).text
    answer = desk.post(reverse("admin:events_event_add"), typed(province, _list="dai-bieu"))
    assert answer.url == screen(Event.objects.get(), "dai-bieu", "paste")


# --- reading ---------------------------------------------------------------------------------------------


def test_the_list_is_read_by_the_page_and_searched_without_accents(desk, province):
    event = with_guests(make_event(host=province), PER_PAGE + 3)
    event.delegates.create(name="H’Nương Byă", title="Hiệu trưởng", position=999)
    first, second = (
        desk.get(screen(event, "dai-bieu")).text,
        desk.get(screen(event, "dai-bieu"), {"trang": 2}).text,
    )
    assert "Khách 1<" in first and "Khách 51<" not in first
    assert "Khách 51<" in second and "H’Nương Byă" in second and "Khách 1<" not in second
    found = desk.get(screen(event, "dai-bieu"), {"q": "nuong bya"}).text
    assert "H’Nương Byă" in found and "Khách 1<" not in found and "<b>1</b> trong 54 dòng" in found
    assert f">{PER_PAGE + 4}</td>" in found  # where it stands in the whole list
    assert "Không có dòng nào như vậy" in desk.get(screen(event, "dai-bieu"), {"q": "khong-co"}).text


def test_whoever_reads_the_record_reads_its_list_and_changes_nothing(client, auditor, province):
    event = with_guests(make_event(host=province), 3)
    client.force_login(auditor)
    page = client.get(screen(event, "dai-bieu")).text
    assert "Khách 2" in page and 'name="row"' not in page and "Thêm đại biểu" not in page
    for end, more in (("add", ()), ("paste", ()), ("row", (event.delegates.first().pk,))):
        assert client.get(screen(event, "dai-bieu", end, *more)).status_code == 403
        typed = sent(event, name="Khác", text="Khác", save=1)
        assert client.post(screen(event, "dai-bieu", end, *more), typed).status_code == 403
    chosen = sent(event, row=event.delegates.first().pk, act="delete", sure=1)
    assert client.post(screen(event, "dai-bieu"), chosen).status_code == 403
    assert names(event) == ["Khách 1", "Khách 2", "Khách 3"]


def with_papers(editor, unit, count: int) -> Event:
    """A public event of the unit with its draft documents and photos that may not be shown."""
    event = make_event(host=unit)
    event.event_documents.create(document=make_document("99/SGDĐT", issuer=unit), position=count)
    for number in range(count):
        draft = make_document(f"Mật{number}/SGDĐT", issuer=unit, status=RecordStatus.DRAFTING)
        event.event_documents.create(document=draft, position=number)
        hidden = make_event_photo(editor, caption=f"Ảnh kín số {number}", rights_until="2020-01-01")
        event.event_photos.create(photo=hidden, position=number)
    event.event_photos.create(photo=make_event_photo(editor, caption="Ảnh ai cũng xem"), position=count)
    return event


@pytest.mark.parametrize("count", [1, SHORT + 1])
def test_whoever_only_reads_sees_no_draft_document_and_no_hidden_photo(
    desk, desk_editor, collaborator, province, count
):
    event = with_papers(desk_editor, province, count)
    assert "Ảnh kín số 0" in desk.get(screen(event, "anh")).text  # whoever may change it sees each row
    assert "Mật0" in desk.get(screen(event, "tai-lieu")).text
    desk.force_login(collaborator)
    form, documents, photos = (
        desk.get(address) for address in (change_url(event), screen(event, "tai-lieu"), screen(event, "anh"))
    )
    assert "99/SGDĐT" in documents.text and "Ảnh ai cũng xem" in photos.text
    assert ">1 dòng<" in form.text
    asked = (("tai-lieu", "mat"), ("anh", "kín"))
    found = [desk.get(screen(event, part), {"q": words}) for part, words in asked]
    for answer in (form, documents, photos, *found):
        assert answer.status_code == 200
        assert "Mật" not in answer.text and "Ảnh kín" not in answer.text


def test_the_list_of_a_draft_of_another_unit_is_not_there(client, collaborator, other_school):
    event = with_guests(make_event("Bí mật", host=other_school, status=RecordStatus.DRAFTING), 2)
    client.force_login(collaborator)
    answer = client.get(screen(event, "dai-bieu"))
    assert answer.status_code == 302 and answer.url == reverse("admin:index")


def test_a_list_that_does_not_exist_leads_home(desk, province):
    assert desk.get(screen(make_event(host=province), "khong-co")).url == reverse("admin:index")


# --- one row ---------------------------------------------------------------------------------------------


def test_one_row_of_two_thousand_is_saved_with_few_queries(desk, province, desk_editor):
    event = with_guests(make_event(host=province), MANY)
    guest = event.delegates.get(name="Khách 70")
    address = screen(event, "dai-bieu", "row", guest.pk)
    assert 'value="Khách 70"' in desk.get(address).text
    with CaptureQueriesContext(connection) as asked:
        answer = desk.post(address, sent(event, name="Đổi tên", title="", honorific="bà", person=""))
    assert answer.url == f"{screen(event, 'dai-bieu')}?trang=2" and len(asked) <= 50
    guest.refresh_from_db()
    event.refresh_from_db()
    assert (guest.name, guest.honorific, guest.position) == ("Đổi tên", "bà", 70)
    assert event.version == 2 and list(event.writers.all()) == [desk_editor]


def test_a_changed_row_of_a_public_event_is_logged_and_reaches_calendars(desk, province, desk_editor):
    event = with_guests(make_event(host=province), 2)
    before = event.changed_at
    guest = event.delegates.first()
    desk.post(screen(event, "dai-bieu", "row", guest.pk), sent(event, name="Đổi tên", honorific=""))
    event.refresh_from_db()
    assert (event.version, event.sequence) == (2, 1) and event.changed_at > before
    change = StatusChange.objects.get()
    assert (change.label, change.actor) == ("Sửa khi đang công bố", desk_editor)
    assert "đại biểu" in change.note and "Đổi tên" in change.note


def test_an_unchanged_row_changes_nothing(desk, province):
    event = with_guests(make_event(host=province), 2)
    guest = event.delegates.first()
    typed = sent(event, name=guest.name, title=guest.title, honorific="", person="")
    assert desk.post(screen(event, "dai-bieu", "row", guest.pk), typed).status_code == 302
    event.refresh_from_db()
    assert event.version == 1 and not StatusChange.objects.exists() and not LogEntry.objects.exists()


def test_a_new_row_comes_last_and_the_next_one_is_asked_for(desk, province):
    event = with_guests(make_event(host=province), 2)
    answer = desk.post(
        screen(event, "dai-bieu", "add"), sent(event, name="Thứ ba", honorific="", _addanother=1)
    )
    assert answer.url == screen(event, "dai-bieu", "add")
    desk.post(screen(event, "dai-bieu", "add"), sent(event, name="Thứ tư", honorific=""))
    assert names(event) == ["Khách 1", "Khách 2", "Thứ ba", "Thứ tư"]


def test_a_wrong_row_is_refused_at_its_field_and_keeps_what_was_typed(desk, province):
    event = make_event(host=province)
    answer = desk.post(screen(event, "dai-bieu", "add"), sent(event, name="", title="Chức danh đã gõ"))
    assert answer.status_code == 200 and 'href="#id_name"' in answer.text
    assert 'value="Chức danh đã gõ"' in answer.text and not event.delegates.exists()


def test_what_somebody_saved_meanwhile_is_told_and_the_words_stay(desk, province):
    event = with_guests(make_event(host=province), 1)
    typed = sent(event, name="Của tôi", honorific="")
    Event.objects.filter(pk=event.pk).update(version=5)
    answer = desk.post(screen(event, "dai-bieu", "add"), typed)
    assert (
        answer.status_code == 409 and "Có người vừa lưu" in answer.text and 'value="Của tôi"' in answer.text
    )
    assert 'name="seen_version" value="5"' in answer.text and names(event) == ["Khách 1"]
    assert desk.post(screen(event, "dai-bieu", "add"), typed | {"seen_version": 5}).status_code == 302
    assert names(event) == ["Khách 1", "Của tôi"]


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30])
def test_a_version_nobody_was_shown_writes_nothing(desk, province, version):
    event = make_event(host=province)
    answer = desk.post(
        screen(event, "dai-bieu", "add"), {"seen_version": version, "name": "Ai đó", "honorific": ""}
    )
    assert answer.status_code == 409 and not event.delegates.exists()


def test_a_row_of_another_event_is_not_reached(desk, province):
    event, other = make_event(host=province), with_guests(make_event(host=province), 1)
    foreign = other.delegates.get()
    address = screen(event, "dai-bieu", "row", foreign.pk)
    assert desk.get(address).url == screen(event, "dai-bieu")
    assert desk.post(address, sent(event, name="Đổi", honorific="")).status_code == 409
    desk.post(screen(event, "dai-bieu"), sent(event, row=foreign.pk, act="delete", sure=1))
    assert names(other) == ["Khách 1"]


def test_words_typed_into_a_row_that_is_gone_can_be_saved_as_a_new_one(desk, province):
    event = with_guests(make_event(host=province), 2)
    guest = event.delegates.last()
    address = screen(event, "dai-bieu", "row", guest.pk)
    guest.delete()
    answer = desk.post(address, sent(event, name="Chữ đã gõ", honorific=""))
    assert answer.status_code == 409 and 'value="Chữ đã gõ"' in answer.text
    assert f'action="{screen(event, "dai-bieu", "add")}"' in answer.text
    assert names(event) == ["Khách 1"]


def test_words_for_a_record_that_is_gone_are_not_called_saved(desk, province):
    event = make_event(host=province, status=RecordStatus.DRAFTING)
    address = screen(event, "dai-bieu", "add")
    event.delete()
    assert desk.post(address, {"seen_version": 1, "name": "Chữ đã gõ"}).status_code == 404


def test_a_change_of_a_row_makes_the_approver_read_again(desk, province):
    event = with_guests(make_event(host=province, status=RecordStatus.IN_REVIEW), 1)
    desk.post(screen(event, "dai-bieu", "add"), sent(event, name="Thêm", honorific=""))
    event.refresh_from_db()
    assert event.version == 2


def test_photos_documents_and_programme_have_their_screens(desk, province, desk_editor):
    event, photo = make_event(host=province), make_event_photo(desk_editor)
    document = make_document(issuer=province)
    desk.post(screen(event, "anh", "add"), sent(event, photo=photo.pk, caption="Toàn cảnh"))
    desk.post(screen(event, "tai-lieu", "add"), sent(event, document=document.pk))
    desk.post(screen(event, "chuong-trinh", "add"), sent(event, hour="7h30", day="", title="Khai mạc"))
    assert event.event_photos.get().photo == photo and event.event_documents.get().document == document
    assert event.programme.get().starts_at == event.starts_at
    assert list(photo.exposures.values_list("subject", flat=True)) == [f"event:{event.pk}"]
    for part, words in (("anh", "Toàn cảnh"), ("tai-lieu", str(document)), ("chuong-trinh", "Khai mạc")):
        assert words in desk.get(screen(event, part)).text


# --- many rows -------------------------------------------------------------------------------------------


def test_chosen_rows_are_moved_after_a_line(desk, province):
    event = with_guests(make_event(host=province), 6)
    keys = {guest.name: guest.pk for guest in event.delegates.all()}
    chosen = [keys["Khách 5"], keys["Khách 2"]]
    desk.post(screen(event, "dai-bieu"), sent(event, row=chosen, act="move", after="3"))
    assert names(event) == ["Khách 1", "Khách 3", "Khách 2", "Khách 5", "Khách 4", "Khách 6"]
    desk.post(screen(event, "dai-bieu"), sent(event, row=[keys["Khách 6"]], act="move", after="0"))
    assert names(event)[0] == "Khách 6"
    event.refresh_from_db()
    assert event.version == 3


@pytest.mark.parametrize(
    ("words", "said"), [({"after": "x"}, "Hãy ghi số"), ({"row": []}, "Chưa chọn dòng nào")]
)
def test_a_move_without_a_place_or_a_row_is_refused_in_words(desk, province, words, said):
    event = with_guests(make_event(host=province), 2)
    typed = sent(event, row=event.delegates.first().pk, act="move", after="1") | words
    answer = desk.post(screen(event, "dai-bieu"), typed)
    assert answer.status_code == 409 and said in answer.text
    event.refresh_from_db()
    assert event.version == 1


def test_chosen_rows_are_deleted_after_a_question(desk, province):
    event = with_guests(make_event(host=province), 4)
    chosen = [guest.pk for guest in event.delegates.all()[1:3]]
    question = desk.post(screen(event, "dai-bieu"), sent(event, row=chosen, act="delete")).text
    assert "Xóa 2 đại biểu?" in question and "Khách 2" in question and "Khách 1<" not in question
    assert event.delegates.count() == 4
    desk.post(screen(event, "dai-bieu"), sent(event, row=chosen, act="delete", sure=1))
    assert names(event) == ["Khách 1", "Khách 4"]


def test_five_hundred_pasted_rows_are_checked_then_saved_in_few_queries(desk, province):
    event = with_guests(make_event(host=province), 2)
    table = "STT\tHọ và tên\tChức danh\n" + "".join(
        f"{number}\tÔng Trần Văn {number}\tHiệu trưởng\n" for number in range(500)
    )
    page = desk.post(screen(event, "dai-bieu", "paste"), sent(event, text=table, check=1)).text
    assert "Đọc được 500 đại biểu" in page and len(names(event)) == 2
    with CaptureQueriesContext(connection) as asked:
        answer = desk.post(screen(event, "dai-bieu", "paste"), sent(event, text=table, save=1))
    assert answer.url == screen(event, "dai-bieu") and len(asked) <= 50
    assert names(event)[:3] == ["Khách 1", "Khách 2", "Trần Văn 0"] and len(names(event)) == 502
    last = event.delegates.last()
    assert (last.name, last.honorific, last.title) == ("Trần Văn 499", "ông", "Hiệu trưởng")
    assert "Đã thêm 500 đại biểu" in StatusChange.objects.get().note


def test_a_table_with_one_wrong_line_saves_nothing_and_stays_typed(desk, province):
    event = make_event(host=province)
    table = f"Họ tên\tChức danh\nNguyễn Thị Lan\tGiáo viên\n\tThiếu tên\nY Phu\t{'dài ' * 80}\n"
    answer = desk.post(screen(event, "dai-bieu", "paste"), sent(event, text=table, save=1))
    assert (
        "Dòng 3." in answer.text and "Dòng 4." in answer.text and "Nguyễn Thị Lan\tGiáo viên" in answer.text
    )
    assert not event.delegates.exists()


def test_titles_sums_and_cells_that_excel_spoiled_are_told(desk, province):
    event = make_event(host=province)
    table = "SỞ GIÁO DỤC\t\nHọ và tên\tChức danh\nÔng Minh\t#N/A\nBà Lan\t#N/A\nTổng cộng: 2 người\t"
    page = desk.post(screen(event, "dai-bieu", "paste"), sent(event, text=table, check=1)).text
    assert "<b>Dòng 3–4.</b> Ô ghi “#N/A”: công thức trong Excel chưa ra kết quả" in page
    table = table.replace("#N/A", "Hiệu trưởng")
    page = desk.post(screen(event, "dai-bieu", "paste"), sent(event, text=table, check=1)).text
    assert "Bỏ qua phần trên tên cột: “SỞ GIÁO DỤC”" in page and "“Tổng cộng: 2 người”" in page
    assert "Đọc được 2 đại biểu" in page


def test_names_without_headings_are_read_in_order(desk, province):
    event = make_event(host=province)
    typed = "1. Nguyễn Thị Lan, giáo viên, Trường THPT Chu Văn An\n2. Y Phu Êban, hiệu trưởng\n"
    desk.post(screen(event, "dai-bieu", "paste"), sent(event, text=typed, save=1))
    assert list(event.delegates.values_list("name", "title")) == [
        ("Nguyễn Thị Lan", "giáo viên, Trường THPT Chu Văn An"),
        ("Y Phu Êban", "hiệu trưởng"),
    ]


def test_a_column_nobody_knows_is_named_and_nothing_is_saved(desk, province):
    event = make_event(host=province)
    typed = "Họ tên\tNhóm máu\nNguyễn Thị Lan\tO\n"
    answer = desk.post(screen(event, "dai-bieu", "paste"), sent(event, text=typed, save=1))
    assert "Không hiểu cột “Nhóm máu”" in answer.text and not event.delegates.exists()


def test_a_file_is_read_into_the_box_before_it_is_saved(desk, province):
    event = make_event(host=province)
    file = SimpleUploadedFile(
        "don-vi.csv", "Đơn vị;Số đơn vị\nTrường THPT Lắk;\nPhòng GD&ĐT;gần 15\n".encode()
    )
    page = desk.post(screen(event, "don-vi", "paste"), sent(event, upload=file, save=1)).text
    assert "Đọc được 2 đơn vị tham dự" in page and "Trường THPT Lắk" in page
    assert not event.participants.exists()


def test_pasted_units_are_linked_to_the_directory_of_that_day(desk, province):
    school = make_department("Trường THPT Lắk", parent=province)
    event = make_event(host=province)
    typed = "Đơn vị\tSố đơn vị\ntruong thpt lak\t\nCác trường THCS\tgần 200\nTrường khác\tnhiều\n"
    answer = desk.post(screen(event, "don-vi", "paste"), sent(event, text=typed, save=1))
    assert "không đọc được số “nhiều”" in answer.text
    desk.post(screen(event, "don-vi", "paste"), sent(event, text=typed.replace("nhiều", ""), save=1))
    rows = list(ParticipatingGroup.objects.values_list("department", "count", "count_qualifier"))
    assert rows == [(school.pk, None, ""), (None, 200, "gần"), (None, None, "")]


def test_a_pasted_programme_keeps_to_the_days_of_the_event(desk, province):
    event = make_event(host=province, ends_at="11/11/2017 17:00")
    typed = "Giờ\tNội dung\tNgày\n7h30\tĐón đại biểu\t\n8:00\tThảo luận\t11/11/2017\n9:00\tMuộn\t12/11/2017\n"
    answer = desk.post(screen(event, "chuong-trinh", "paste"), sent(event, text=typed, save=1))
    assert "nằm ngoài những ngày" in answer.text and not event.programme.exists()
    desk.post(
        screen(event, "chuong-trinh", "paste"), sent(event, text=typed.replace("12/11", "11/11"), save=1)
    )
    assert list(event.programme.values_list("title", flat=True)) == ["Đón đại biểu", "Thảo luận", "Muộn"]


# --- decisions -------------------------------------------------------------------------------------------


def test_recipients_are_searched_added_and_deleted_on_their_screen(office, province):
    decision = make_decision(issuer=province, status=RecordStatus.DRAFTING)
    kind = make_award_kind()
    for number in range(60):
        make_commendation(decision, f"Giáo viên {number}", position=number)
    page = office.get(screen(decision, "duoc-khen"), {"trang": 2}).text
    assert "Giáo viên 55<" in page and reverse("admin:awards_decision_import", args=[decision.pk]) in page
    typed = sent(decision, recipient_kind="individual", recipient_name="Người mới", award_kind=kind.pk)
    assert office.post(screen(decision, "duoc-khen", "add"), typed).status_code == 302
    added = decision.commendations.get(recipient_name="Người mới")
    assert added.verify_code and added.position == 60
    again = office.post(screen(decision, "duoc-khen", "add"), typed | sent(decision))
    assert "đã có trong danh sách" in again.text and decision.commendations.count() == 61
    office.post(screen(decision, "duoc-khen"), sent(decision, row=added.pk, act="delete", sure=1))
    assert decision.commendations.count() == 60
    decision.refresh_from_db()
    assert decision.version == 3


def test_a_published_recipient_stays_in_the_register(office, province):
    decision = make_decision(issuer=province, status=RecordStatus.WITHDRAWN)
    seen = make_commendation(decision, published_at="2017-11-09T00:00Z")
    answer = office.post(screen(decision, "duoc-khen"), sent(decision, row=seen.pk, act="delete", sure=1))
    assert answer.status_code == 409 and "không xóa được" in answer.text
    assert decision.commendations.count() == 1


@pytest.mark.parametrize("status", [RecordStatus.IN_REVIEW, RecordStatus.PUBLIC])
def test_recipients_of_a_decision_that_moved_on_are_locked_and_the_words_stay(office, province, status):
    decision = make_decision(issuer=province, status=status)
    row, kind = make_commendation(decision), make_award_kind()
    typed = sent(decision, recipient_kind="individual", recipient_name="Gõ dở", award_kind=kind.pk)
    answer = office.post(screen(decision, "duoc-khen", "add"), typed)
    assert answer.status_code == 409 and "không sửa được" in answer.text and 'value="Gõ dở"' in answer.text
    chosen = sent(decision, row=row.pk, act="delete", sure=1)
    assert office.post(screen(decision, "duoc-khen"), chosen).status_code == 409
    assert 'name="row"' not in office.get(screen(decision, "duoc-khen")).text
    decision.refresh_from_db()
    assert (decision.version, decision.commendations.count()) == (1, 1)


def test_the_form_of_a_decision_of_many_leads_to_the_list(office, province):
    decision = make_decision(issuer=province, status=RecordStatus.DRAFTING)
    for number in range(SHORT + 1):
        make_commendation(decision, f"Giáo viên {number}")
    page = office.get(reverse("admin:awards_decision_change", args=[decision.pk])).text
    assert screen(decision, "duoc-khen") in page and Decision.objects.count() == 1
