"""In a browser: a form of the office and its steps drop nothing that was typed, with and without script."""

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from approvals.enums import RecordStatus
from media.uploads import receive
from tests.factories.awards import make_commendation, make_decision
from tests.factories.departments import PASSWORD, make_position
from tests.factories.events import make_event
from tests.factories.media import make_upload
from tests.journeys.browsing import DESK, PHONE, end_sessions, sign_in
from tests.signing_in import code_of, make_app

CUT = "Failed to load resource"
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KEPT = "() => Object.keys(localStorage).filter((key) => key.startsWith('bieu-mau:')).length"


@pytest.fixture
def event(desk_editor, province):
    """A draft with one line of programme, of somebody who enters decisions as well."""
    make_position(desk_editor.person, province, Role.REGISTRAR)
    event = make_event("Lễ khai giảng", host=province, status=RecordStatus.DRAFTING)
    event.programme.create(title="Khai mạc", starts_at=event.starts_at)
    return event


@pytest.fixture
def decision(event, province):
    decision = make_decision(issuer=province, status=RecordStatus.DRAFTING)
    make_commendation(decision)
    return decision


def page_of(record):
    return f"/admin/{record._meta.app_label}/{record._meta.model_name}/{record.pk}/change/"


def open_form(page, address):
    page.goto(address)
    page.locator("[data-kept-form]").wait_for(state="attached")
    page.wait_for_load_state("load")


def leave(page):
    """Go away from the page, whatever the browser asks; answers what it asked."""
    asked = []

    def go(dialog):
        asked.append(dialog.type)
        dialog.accept()

    page.once("dialog", go)
    page.goto("/admin/")
    page.remove_listener("dialog", go)
    return asked


@pytest.mark.parametrize("script", [True, False])
def test_what_is_typed_goes_with_the_step(browse, event, decision, script):
    page = browse(PHONE, java_script_enabled=script)
    sign_in(page, "bientap")
    for record, box in ((event, "#id_title"), (decision, "#id_summary")):
        open_form(page, page_of(record))
        page.fill(box, "")
        page.get_by_role("button", name="Gửi duyệt").click()
        page.get_by_text("Chưa làm được “Gửi duyệt” và chưa lưu gì").wait_for()
        page.fill(box, "Chữ mới gõ")
        page.get_by_role("button", name="Gửi duyệt").click()
        page.get_by_text("Đã lưu. Đã gửi duyệt.").wait_for()
        record.refresh_from_db()
        words = getattr(record, box.removeprefix("#id_"))
        assert (words, record.status) == ("Chữ mới gõ", RecordStatus.IN_REVIEW)
    assert not script or page.evaluate(KEPT) == 0


def test_enter_in_a_box_saves_and_sends_nothing(browse, event):
    page = browse(DESK)
    sign_in(page, "bientap")
    open_form(page, page_of(event))
    page.fill("#id_title", "Lễ khai giảng năm học")
    page.press("#id_title", "Enter")
    page.locator(".messages .ok").wait_for()
    event.refresh_from_db()
    assert (event.title, event.status) == ("Lễ khai giảng năm học", RecordStatus.DRAFTING)


def test_a_double_press_is_one(browse, event):
    page = browse(DESK)
    sign_in(page, "bientap")
    open_form(page, page_of(event))
    page.fill("#id_title", "Lễ khai giảng năm học")
    page.get_by_role("button", name="Gửi duyệt").dblclick()
    page.get_by_text("Đã lưu. Đã gửi duyệt.").wait_for()
    page.get_by_role("button", name="Thu lại để sửa").click()
    page.get_by_text("Đã thu về để sửa.").wait_for()
    open_form(page, page_of(event))
    page.fill("#id_title", "Lễ khai giảng")
    page.locator(".submit-row [name=_continue]").dblclick()
    page.locator(".messages .ok").wait_for()
    event.refresh_from_db()
    assert (event.title, event.version) == ("Lễ khai giảng", 5)


def test_unsaved_words_are_warned_of_kept_and_taken_back(browse, event):
    page = browse(PHONE)
    sign_in(page, "bientap")
    open_form(page, page_of(event))
    page.fill("#id_title", "Lễ khai giảng năm học")
    page.check("#id_all_day")
    page.select_option("#id_kind", "ceremony")
    page.fill("#id_programme-0-title", "Đón đại biểu")
    page.locator("#programme-group .add-row a").click()
    for row, words in ((1, "Đánh trống"), (2, "Văn nghệ")):  # the empty row of the page, and one more
        page.fill(f"#id_programme-{row}-hour", f"0{row + 7}:30")
        page.fill(f"#id_programme-{row}-title", words)
    assert leave(page) == ["beforeunload"]
    open_form(page, page_of(event))
    notice = page.locator("[data-kept-form]")
    notice.get_by_text("mà chưa lưu").wait_for()
    assert notice.evaluate("(box) => box === document.activeElement")
    assert page.input_value("#id_title") == "Lễ khai giảng"  # nothing is put in unasked
    notice.get_by_role("button", name="Lấy lại").click()
    notice.get_by_text("Đã lấy lại chữ bạn gõ.").wait_for()
    page.get_by_role("button", name="Gửi duyệt").click()
    page.get_by_text("Đã lưu. Đã gửi duyệt.").wait_for()
    event.refresh_from_db()
    assert (event.title, event.kind, event.all_day) == ("Lễ khai giảng năm học", "ceremony", True)
    assert [item.title for item in event.programme.all()] == ["Đón đại biểu", "Đánh trống", "Văn nghệ"]
    assert page.evaluate(KEPT) == 0
    assert notice.is_hidden()


def test_words_kept_over_anothers_save_are_asked_about_once_more(browse, event):
    page = browse(DESK)
    sign_in(page, "bientap")
    open_form(page, page_of(event))
    page.fill("#id_title", "Chữ của tôi")
    page.fill("#id_programme-0-title", "Mục của tôi")
    leave(page)
    event.programme.all().delete()
    event.programme.create(title="Mục của người khác", starts_at=event.starts_at)
    type(event).objects.filter(pk=event.pk).update(title="Chữ của người khác", version=2)
    open_form(page, page_of(event))
    notice = page.locator("[data-kept-form]")
    notice.get_by_text("đã có bản khác được lưu").wait_for()
    notice.get_by_role("button", name="Lấy lại").click()
    rows = [page.input_value(f"#id_programme-{i}-title") for i in range(2)]
    assert rows == ["Mục của người khác", "Mục của tôi"]  # not written over another's row
    page.get_by_role("button", name="Gửi duyệt").click()
    page.locator(".error-summary").get_by_text("Có người vừa lưu hoặc chuyển bước").wait_for()
    assert page.input_value("#id_title") == "Chữ của tôi"
    page.get_by_role("button", name="Gửi duyệt").click()
    page.get_by_text("Đã lưu. Đã gửi duyệt.").wait_for()
    event.refresh_from_db()
    assert event.title == "Chữ của tôi"


def test_words_outlive_an_ended_session_and_an_old_page(browse, decision, settings):
    settings.SECOND_FACTOR_ROLES = []  # the password is enough
    page = browse(PHONE, expected=CUT)
    sign_in(page, "bientap")
    app = make_app(User.objects.get(username="bientap"))
    open_form(page, page_of(decision))
    page.fill("#id_summary", "Khen gõ lúc hết phiên")
    end_sessions()
    page.get_by_role("button", name="Gửi duyệt").click()
    page.get_by_text("Chữ bạn gõ mà chưa gửi lên vẫn còn trên máy này").wait_for()
    page.fill("#id_username", "bientap")
    page.fill("#id_password", PASSWORD)
    page.click("#login-form [type=submit]")
    page.fill("#confirm_code", code_of(app))
    page.get_by_role("button", name="Xác nhận").click()
    notice = page.locator("[data-kept-form]")
    notice.get_by_role("button", name="Lấy lại").click()
    assert page.input_value("#id_summary") == "Khen gõ lúc hết phiên"
    page.evaluate(
        "document.querySelector('#decision_form [name=csrfmiddlewaretoken]').value = 'x'.repeat(64)"
    )
    page.get_by_role("button", name="Gửi duyệt").click()
    page.get_by_text("Trang đã mở quá lâu").first.wait_for()
    page.get_by_text("bấm Lấy lại").wait_for()
    open_form(page, page_of(decision))
    notice.get_by_role("button", name="Lấy lại").click()
    page.get_by_role("button", name="Gửi duyệt").click()
    page.get_by_text("Đã lưu. Đã gửi duyệt.").wait_for()
    decision.refresh_from_db()
    assert (decision.summary, decision.status) == ("Khen gõ lúc hết phiên", RecordStatus.IN_REVIEW)
    assert page.evaluate(KEPT) == 0


def test_words_of_a_new_record_come_back_and_are_forgotten_once_saved_or_dropped(browse, event):
    page = browse(DESK)
    sign_in(page, "bientap")
    for button in ("Bỏ đi", "Lấy lại"):
        open_form(page, "/admin/events/event/add/")
        page.fill("#id_title", "Hội thảo mới")
        leave(page)
        assert page.evaluate(KEPT) == 1
        open_form(page, "/admin/events/event/add/")
        page.locator("[data-kept-form]").get_by_role("button", name=button).click()
    page.select_option("#id_kind", "training")
    page.fill("#id_place_name", "Hội trường")
    page.locator("#id_starts_at_0").fill("10/11/2017")
    page.locator("#id_starts_at_1").fill("07:30")
    page.get_by_role("button", name="Lưu và gửi duyệt").click()
    page.get_by_text("Đã lưu. Đã gửi duyệt.").wait_for()
    assert page.evaluate(KEPT) == 0
    assert type(event).objects.get(title="Hội thảo mới").status == RecordStatus.IN_REVIEW
    open_form(page, "/admin/events/event/add/")
    assert page.locator("[data-kept-form]").is_hidden()


def test_a_pasted_list_is_kept_until_it_is_saved(browse, decision):
    page = browse(DESK)
    sign_in(page, "bientap")
    address = page_of(decision).replace("/change/", "/nhap-danh-sach/")
    open_form(page, address)
    page.fill("#id_text", "Họ tên\nLê Quốc Việt")
    page.get_by_role("button", name="Kiểm tra").click()
    page.get_by_text("không có lỗi").wait_for()
    assert leave(page) == ["beforeunload"]
    open_form(page, address)
    page.locator("[data-kept-form]").get_by_role("button", name="Lấy lại").click()
    page.get_by_role("button", name="Kiểm tra").click()
    page.get_by_role("button", name="Lưu danh sách").click()
    page.get_by_text("Đã thêm 1 dòng").wait_for()
    assert page.evaluate(KEPT) == 0


def test_a_row_on_its_own_screen_is_kept_until_it_is_saved(browse, event):
    page = browse(PHONE)
    sign_in(page, "bientap")
    address = page_of(event).replace("/change/", "/danh-sach/dai-bieu/them/")
    open_form(page, address)
    page.fill("#id_name", "H’Nương Byă")
    assert leave(page) == ["beforeunload"]
    open_form(page, address)
    page.locator("[data-kept-form]").get_by_role("button", name="Lấy lại").click()
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.locator(".messages .ok").wait_for()
    assert event.delegates.get().name == "H’Nương Byă"
    assert page.evaluate(KEPT) == 0


def test_nothing_stays_after_signing_out(browse, event):
    page = browse(DESK)
    sign_in(page, "bientap")
    open_form(page, page_of(event))
    page.fill("#id_title", "Chữ trên máy chung")
    assert page.evaluate(KEPT) == 1
    page.locator("summary.o-me").click()
    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url("**/logout/")
    assert page.evaluate(KEPT) == 0


def test_an_account_is_warned_about_and_never_kept(browse, administrator):
    page = browse(DESK)
    sign_in(page, "quantri")
    open_form(page, "/admin/accounts/user/add/")
    page.fill("#id_full_name", "Nguyễn Thị Lan")
    assert page.evaluate(KEPT) == 0
    assert leave(page) == ["beforeunload"]
    open_form(page, "/admin/accounts/user/add/")
    assert page.locator("[data-kept-form]").is_hidden()


def test_words_for_a_form_now_closed_can_still_be_copied(browse, decision):
    page = browse(PHONE)
    sign_in(page, "bientap")
    open_form(page, page_of(decision))
    page.fill("#id_summary", "Chữ chưa lưu kịp")
    leave(page)
    type(decision).objects.filter(pk=decision.pk).update(
        status=RecordStatus.PUBLIC, version=2, published_at=timezone.now()
    )
    open_form(page, page_of(decision))
    notice = page.locator("[data-kept-form]")
    notice.get_by_text("Trang này nay không sửa được").wait_for()
    assert "Chữ chưa lưu kịp" in notice.get_by_label("Chữ máy còn giữ").input_value()
    notice.get_by_role("button", name="Bỏ đi").click()
    assert page.evaluate(KEPT) == 0


def test_words_about_photos_are_asked_for_and_kept(browse, collaborator, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    unit = collaborator.person.positions.get().department
    receive(make_upload(), department=unit, uploaded_by=collaborator, caption="Cờ", alt_text="Cờ", credit="L")
    page = browse(PHONE)
    sign_in(page, "ctv")

    def open_upload():
        open_form(page, "/admin/media/photo/add/")

    def open_batch():
        page.goto("/admin/media/photo/")
        page.locator("[name=_selected_action]").first.check(force=True)
        page.locator("select[name=action]").select_option("edit_many")
        page.locator("[name=index]").first.click()
        page.locator("[data-kept-form]").wait_for(state="attached")
        page.wait_for_load_state("load")

    for opens in (open_upload, open_batch):
        opens()
        page.locator("#id_credit").fill("Nguyễn Thị Lan")
        assert leave(page) == ["beforeunload"]
        opens()
        page.get_by_role("button", name="Lấy lại").click()
        assert page.locator("#id_credit").input_value() == "Nguyễn Thị Lan"
    page.locator("[name=apply]").click()
    page.get_by_text("Đã sửa 1 ảnh.").wait_for()
