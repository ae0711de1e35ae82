"""A step never drops what stands in the form: for an event, a commendation decision and a document."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import html

from accounts.roles import Role
from approvals.enums import RecordStatus
from approvals.models import StatusChange
from awards.models import Decision
from documents.models import OfficialDocument
from events.models import Event
from tests.factories.awards import make_award_kind, make_commendation, make_decision
from tests.factories.departments import make_position, make_user
from tests.factories.documents import make_document
from tests.factories.events import make_event
from tests.records.sending import sent_by
from tests.records.steps import move

pytestmark = pytest.mark.django_db
# kind: (model, name of the sending step, the status after it, a field of words, a required field)
KINDS = {
    "event": (Event, "submit", RecordStatus.IN_REVIEW, "title", "place_name"),
    "decision": (Decision, "submit", RecordStatus.IN_REVIEW, "summary", "signed_on"),
    "document": (OfficialDocument, "publish", RecordStatus.PUBLIC, "summary", "issued_on"),
}
SAID = "chữ đã gõ vẫn còn nguyên"


@pytest.fixture(params=list(KINDS))
def kind(request):
    return request.param


@pytest.fixture
def record(kind, school):
    if kind == "event":
        return make_event("Lễ khai giảng", host=school, status=RecordStatus.DRAFTING)
    if kind == "decision":
        decision = make_decision(issuer=school, status=RecordStatus.DRAFTING)
        make_commendation(decision)
        return decision
    return make_document(issuer=school, status=RecordStatus.DRAFTING, gist="Tóm tắt.")


@pytest.fixture
def office(client, clerk):
    client.force_login(clerk)
    return client


def page_of(record):
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


def press(client, record, step, **typed):
    page = client.get(page_of(record)).text
    return client.post(page_of(record), sent_by(page, "_step", step, **typed))


def test_a_step_saves_what_is_typed_and_then_goes(office, record, kind):
    _, step, after, words, _ = KINDS[kind]
    answer = press(office, record, step, **{words: "Chữ mới gõ"})
    assert answer.url == page_of(record)
    record.refresh_from_db()
    assert (getattr(record, words), record.status) == ("Chữ mới gõ", after)
    assert "Đã lưu. Đã " in office.get(answer.url).text
    change = StatusChange.objects.get(step=step)
    assert (change.object_id, change.version) == (record.pk, record.version - 1)  # of the words just saved


def test_a_step_with_nothing_typed_only_goes(office, record, kind):
    _, step, after, *_ = KINDS[kind]
    page = office.get(press(office, record, step).url).text
    record.refresh_from_db()
    assert (record.status, record.version) == (after, 2)
    assert "Đã lưu. " not in page
    assert record.get_status_display() in page


def test_a_refused_save_sends_nothing_and_keeps_every_word(office, record, kind):
    _, step, _, words, required = KINDS[kind]
    wrong = {"title": ""} if kind == "event" else {required: "hôm nào"}
    kept = "place_name" if kind == "event" else words
    answer = press(office, record, step, **wrong | {kept: "Chữ mới gõ"})
    assert answer.status_code == 200
    assert "Chữ mới gõ" in answer.text
    assert SAID in answer.text and "Chưa làm được “" in answer.text
    assert 'href="#id_title"' in answer.text or f'href="#id_{required}"' in answer.text
    record.refresh_from_db()
    assert (record.status, record.version) == (RecordStatus.DRAFTING, 1)
    right = {"title": "Lễ khai giảng"} if kind == "event" else {required: "09/11/2017"}
    again = sent_by(answer.text, "_step", step, **right)
    assert office.post(page_of(record), again).status_code == 302
    record.refresh_from_db()
    assert (getattr(record, kept), record.status) == ("Chữ mới gõ", KINDS[kind][2])


def test_another_persons_save_stops_the_step_and_keeps_every_word(office, record, kind):
    model, step, _, words, _ = KINDS[kind]
    page = office.get(page_of(record)).text
    model.objects.filter(pk=record.pk).update(version=5, **{words: "Chữ của người khác"})
    answer = office.post(page_of(record), sent_by(page, "_step", step, **{words: "Chữ mới gõ"}))
    assert "Có người vừa lưu hoặc chuyển bước" in answer.text
    assert "Chữ mới gõ" in answer.text and "Chưa làm được “" in answer.text
    record.refresh_from_db()
    assert (record.status, record.version) == (RecordStatus.DRAFTING, 5)
    assert getattr(record, words) == "Chữ của người khác"


def test_a_guard_that_refuses_saves_nothing_and_speaks_at_its_field(office, record, kind):
    _, step, _, words, field = KINDS[kind]
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    bad = {"place_name": ""} if kind == "event" else {field: f"{tomorrow:%d/%m/%Y}"}
    answer = press(office, record, step, **bad | {words: "Chữ mới gõ"})
    assert answer.status_code == 200
    assert f'href="#id_{field}"' in answer.text
    assert "Chữ mới gõ" in answer.text and "Chưa làm được “" in answer.text
    record.refresh_from_db()
    assert (record.status, record.version) == (RecordStatus.DRAFTING, 1)
    assert getattr(record, words) != "Chữ mới gõ"
    saved = sent_by(answer.text, "_continue")  # the form that was refused can still simply be saved
    assert office.post(page_of(record), saved).status_code == 302
    record.refresh_from_db()
    assert (getattr(record, words), record.status) == ("Chữ mới gõ", RecordStatus.DRAFTING)


def test_the_same_form_sent_twice_takes_the_step_once(office, record, kind):
    _, step, after, words, _ = KINDS[kind]
    data = sent_by(office.get(page_of(record)).text, "_step", step, **{words: "Chữ mới gõ"})
    first, second = (office.post(page_of(record), data | {"csrfmiddlewaretoken": key}) for key in "ab")
    assert (first.status_code, second.status_code, second.url) == (302, 302, page_of(record))
    assert "đã được làm ở lần bấm trước" in office.get(second.url).text
    record.refresh_from_db()
    assert (record.status, record.version) == (after, 3)
    assert StatusChange.objects.filter(step=step).count() == 1


def test_a_second_window_with_other_words_is_told_and_keeps_them(office, record, kind):
    _, step, after, words, _ = KINDS[kind]
    typed = {words: "Chữ ở cửa sổ hai", "saved_copy": "ban2"}
    other = sent_by(office.get(page_of(record)).text, "_step", step, **typed)
    press(office, record, step, **{words: "Chữ ở cửa sổ một"})
    answer = office.post(page_of(record), other)
    assert answer.status_code in (200, 409)
    assert "Chữ ở cửa sổ hai" in answer.text
    assert "Có người vừa" in answer.text and "hưa làm" in answer.text
    assert "ban2" not in answer.text
    record.refresh_from_db()
    assert (getattr(record, words), record.status) == ("Chữ ở cửa sổ một", after)
    assert StatusChange.objects.filter(step=step).count() == 1


def test_the_device_keeps_the_words_when_the_record_was_deleted_meanwhile(office, record, kind):
    page, copy = office.get(page_of(record)).text, {"saved_copy": "ban3"}
    saved = office.post(page_of(record), sent_by(page, "_continue") | copy)
    assert saved.cookies["saved_copy"].value == "ban3"  # saved, so the device may forget its copy
    del office.cookies["saved_copy"]
    typed = sent_by(office.get(page_of(record)).text, "_continue") | copy
    address = page_of(record)
    if kind == "decision":
        record.commendations.all().delete()
    type(record).objects.filter(pk=record.pk).delete()
    answer = office.post(address, typed)
    assert answer.status_code == 302 and "saved_copy" not in answer.cookies


@pytest.mark.parametrize("name", ["decision_import", "decision_revoke"])
def test_a_page_of_a_decision_that_is_gone_says_nothing_is_saved(office, name):
    typed = {"text": "Cá nhân\tNguyễn Thị Lan", "reason": "Trùng", "saved_copy": "ban4"}
    answer = office.post(reverse(f"admin:awards_{name}", args=[999]), typed)
    assert answer.status_code == 302 and "saved_copy" not in answer.cookies


def add_page(kind):
    model = KINDS[kind][0]
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")


def first_words(kind):
    """What a new record needs to be saved, and not yet to be sent."""
    if kind == "event":
        return {
            "kind": "training",
            "title": "Chữ mới gõ",
            "starts_at_0": "10/11/2017",
            "starts_at_1": "07:30",
        }
    if kind == "document":
        return {"kind": "letter", "number": "1/SGDĐT", "summary": "Chữ mới gõ", "issued_on": "08/11/2017"}
    signer = {"signer_name": "Lê Thị Thanh Xuân", "signer_title": "Phó Giám đốc"}
    return {"number": "12/QĐ", "summary": "Chữ mới gõ", "signed_on": "08/11/2017"} | signer


def last_words(kind):
    """What it needs besides, to be sent."""
    if kind == "event":
        return {"place_name": "Sân trường"}
    if kind == "document":
        return {"gist": "Tóm tắt."}
    row = {"recipient_kind": "individual", "award_kind": make_award_kind().pk, "position": "0"}
    row |= {"recipient_name": "Lê Quốc Việt"}
    words = {f"commendations-0-{name}": value for name, value in row.items()}
    return words | {"commendations-TOTAL_FORMS": 1}


def test_a_new_record_is_saved_and_sent_in_one_press(office, kind):
    model, step, after, words, _ = KINDS[kind]
    page = office.get(add_page(kind), follow=True).text
    data = sent_by(page, "_step", step, **first_words(kind), **last_words(kind))
    answers = [office.post(add_page(kind), data) for _ in range(2)]
    made = model.objects.get()
    assert (getattr(made, words), made.status) == ("Chữ mới gõ", after)
    assert [answer.url for answer in answers] == [page_of(made)] * 2
    assert StatusChange.objects.filter(step=step).count() == 1


def test_a_new_record_whose_step_is_refused_is_not_made(office, kind):
    model, step, *_ = KINDS[kind]
    page = office.get(add_page(kind), follow=True).text
    answer = office.post(add_page(kind), sent_by(page, "_step", step, **first_words(kind)))
    assert "Chữ mới gõ" in answer.text and "Chưa làm được “" in answer.text
    assert not model.objects.exists()
    again = sent_by(answer.text, "_step", step, **last_words(kind))
    assert office.post(add_page(kind), again).url == page_of(model.objects.get())


def test_a_reader_gets_no_button_and_may_press_none(client, office, record, kind, auditor):
    _, step, _, words, _ = KINDS[kind]
    data = sent_by(office.get(page_of(record)).text, "_step", step, **{words: "Chữ mới gõ"})
    client.force_login(auditor)
    assert 'name="_step"' not in client.get(page_of(record)).text
    assert client.post(page_of(record), data).status_code == 403
    record.refresh_from_db()
    assert (record.status, record.version) == (RecordStatus.DRAFTING, 1)


def test_one_who_may_edit_but_not_take_the_step_keeps_the_words(client, school, clerk):
    """Nobody has such a role; a made-up request must still change nothing."""
    event = make_event("Lễ khai giảng", host=school, status=RecordStatus.DRAFTING)
    client.force_login(clerk)
    data = sent_by(client.get(page_of(event)).text, "_step", "submit", title="Chữ mới gõ")
    answer = client.post(page_of(event), data | {"_step": "withdraw"})
    assert answer.status_code == 403
    assert "Bạn không được làm “Gỡ sự kiện”" in answer.text
    assert "Chữ mới gõ" in answer.text
    event.refresh_from_db()
    assert (event.title, event.status) == ("Lễ khai giảng", RecordStatus.DRAFTING)


# --- steps with words of their own -------------------------------------------------------------------------


@pytest.fixture
def public(school):
    return make_event("Lễ khai giảng", host=school, published_at=timezone.now())


@pytest.fixture
def secretary(client, school):
    """May change and withdraw what is public."""
    client.force_login(make_user("thukyso", Role.MANAGING_EDITOR, school))
    return client


def test_a_withdrawal_saves_the_form_and_takes_its_reason(secretary, public):
    typed = {"title": "Lễ khai giảng năm học", "note-withdraw": "Sai ngày."}
    answer = press(secretary, public, "withdraw", **typed)
    assert answer.status_code == 302
    public.refresh_from_db()
    assert (public.title, public.status) == ("Lễ khai giảng năm học", RecordStatus.WITHDRAWN)
    assert StatusChange.objects.get(step="withdraw").note == "Sai ngày."


def test_a_withdrawal_without_a_reason_changes_nothing_that_readers_see(secretary, public):
    answer = press(secretary, public, "withdraw", title="Lễ khai giảng năm học")
    assert 'id="note-withdraw-missing"' in answer.text
    assert 'value="Lễ khai giảng năm học"' in answer.text
    public.refresh_from_db()
    assert (public.title, public.status, public.version) == ("Lễ khai giảng", RecordStatus.PUBLIC, 1)


@pytest.mark.parametrize("button", ["_step", "_continue"])
def test_a_reason_outlives_a_refused_save(secretary, public, button):
    page = secretary.get(page_of(public)).text
    value = "withdraw" if button == "_step" else "1"
    data = sent_by(page, button, value, title="", place_name="Sân mới", **{"note-withdraw": "Sai ngày."})
    text = secretary.post(page_of(public), data).text
    assert ">Sai ngày.</textarea>" in text
    assert 'value="Sân mới"' in text
    public.refresh_from_db()
    assert public.status == RecordStatus.PUBLIC


# --- deciding ---------------------------------------------------------------------------------------------


@pytest.fixture
def waiting(school, clerk):
    event = make_event("Lễ khai giảng", host=school, status=RecordStatus.DRAFTING, attendance=200)
    event.programme.create(title="Khai mạc", starts_at=event.starts_at)
    return move(event, "submit", clerk)


@pytest.fixture
def editing_head(client, school):
    """Decides, and may also change the event."""
    user = make_user("hieutruong", Role.HEAD, school, full_name="Trần Văn Minh")
    make_position(user.person, school, Role.MANAGING_EDITOR)
    client.force_login(user)
    return client


def test_an_approval_from_an_untouched_form_makes_nobody_a_writer(editing_head, waiting):
    assert "chỉ được khi chưa sửa chữ nào" in editing_head.get(page_of(waiting)).text
    assert press(editing_head, waiting, "approve").status_code == 302
    before = waiting.version
    waiting.refresh_from_db()
    assert (waiting.status, waiting.version) == (RecordStatus.PUBLIC, before + 1)
    assert "Trần Văn Minh" not in [str(user) for user in waiting.writers.all()]


@pytest.mark.parametrize("step", ["approve", "send_back"])
def test_nothing_is_decided_while_words_are_typed_over(editing_head, waiting, step):
    for typed in ({"title": "Chữ của người duyệt"}, {"programme-0-title": "Chữ của người duyệt"}):
        answer = press(editing_head, waiting, step, **typed | {"note-send_back": "Ghi rõ giờ."})
        assert "người sửa thì không tự duyệt" in answer.text
        assert 'value="Chữ của người duyệt"' in answer.text
        assert ">Ghi rõ giờ.</textarea>" in answer.text
        waiting.refresh_from_db()
        assert (waiting.title, waiting.status) == ("Lễ khai giảng", RecordStatus.IN_REVIEW)


def test_an_approval_is_of_the_version_shown_even_after_a_refused_save(editing_head, waiting):
    """A row that somebody adds meanwhile is not in the form, and so was not read."""
    page = editing_head.get(page_of(waiting)).text
    waiting.programme.create(title="Chưa ai đọc", starts_at=waiting.starts_at)
    Event.objects.filter(pk=waiting.pk).update(version=waiting.version + 1)
    text = editing_head.post(page_of(waiting), sent_by(page, "_continue")).text
    for button in ("_step", "_step"):
        text = editing_head.post(page_of(waiting), sent_by(text, button, "approve")).text
        assert "Chưa làm được “Duyệt, công bố”" in text
    waiting.refresh_from_db()
    assert waiting.status == RecordStatus.IN_REVIEW
    assert press(editing_head, waiting, "approve").status_code == 302  # read anew


def test_one_who_only_decides_has_the_buttons_as_before(client, waiting, head):
    client.force_login(head)
    page = client.get(page_of(waiting)).text
    step = reverse("admin:events_event_step", args=[waiting.pk, "approve"])
    assert f'action="{step}"' in page and 'name="_step"' not in page
    assert client.post(step, {"version": waiting.version}).status_code == 302
    waiting.refresh_from_db()
    assert waiting.status == RecordStatus.PUBLIC


def test_enter_in_a_box_saves_and_takes_no_step(office, school):
    event = make_event("Lễ khai giảng", host=school, status=RecordStatus.DRAFTING)
    page = html.fromstring(office.get(page_of(event)).text)
    buttons = page.xpath("//button[@form='event_form' or ancestor::form[@id='event_form']]")
    assert [button.get("name") for button in buttons][:2] == ["_save", "_step"]
