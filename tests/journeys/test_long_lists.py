"""In a browser: a list of thousands comes from a file, is searched, edited, moved; also without script."""

import pytest

from approvals.enums import RecordStatus
from tests.factories.events import make_event
from tests.journeys.browsing import DESK, PHONE, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MANY = 2000


def is_narrow(page):
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize(("screen", "script"), [(PHONE, True), (PHONE, False), (DESK, True)])
def test_two_thousand_delegates_pass_through_a_browser(browse, desk_editor, province, screen, script):
    event = make_event("Đại hội", host=province, status=RecordStatus.DRAFTING)
    page = browse(screen, java_script_enabled=script)
    sign_in(page, "bientap")
    page.goto(f"/admin/events/event/{event.pk}/change/")
    page.get_by_role("link", name="Dán bảng đại biểu").click()
    lines = "\n".join(f"{number}\tKhách {number}\tGiáo viên số {number}" for number in range(1, MANY + 1))
    table = f"STT\tHọ và tên\tChức vụ\n{lines}".encode()
    page.set_input_files("#id_upload", {"name": "dai-bieu.csv", "mimeType": "text/csv", "buffer": table})
    page.get_by_role("button", name="Kiểm tra").click()
    page.get_by_text(f"Đọc được {MANY} đại biểu").wait_for()
    with page.expect_navigation(timeout=60_000):  # two thousand rows on a busy machine
        page.get_by_role("button", name="Lưu danh sách").click(timeout=60_000)
    page.get_by_text("Đã thêm 2.000 đại biểu.").wait_for()
    assert event.delegates.count() == MANY and is_narrow(page)

    page.fill("#tim-dong", "khach 1999")
    page.get_by_role("button", name="Tìm", exact=True).click()
    page.get_by_role("link", name="Khách 1999").click()
    page.fill("#id_name", "Người đổi tên")
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.get_by_text("Đã lưu đại biểu “Người đổi tên”.").wait_for()
    assert page.url.endswith("?trang=40") and is_narrow(page)

    page.get_by_label("Chọn dòng 1999").check()
    page.fill("#sau-dong", "0")
    page.get_by_role("button", name="Chuyển").click()
    page.get_by_text("Đã chuyển 1 dòng.").wait_for()
    assert event.delegates.first().name == "Người đổi tên"

    page.get_by_label("Chọn dòng 2000").check()
    page.get_by_role("button", name="Xóa").click()
    page.get_by_role("heading", name="Xóa 1 đại biểu?").wait_for()
    page.get_by_role("button", name="Xóa").click()
    page.get_by_text("Đã xóa 1 đại biểu.").wait_for()
    assert event.delegates.count() == MANY - 1

    page.goto(f"/admin/events/event/{event.pk}/change/")
    page.get_by_text("1.999 dòng").wait_for()
    assert is_narrow(page)


def test_a_row_typed_but_not_saved_is_offered_again(browse, desk_editor, province):
    event = make_event("Đại hội", host=province, status=RecordStatus.DRAFTING)
    page = browse(PHONE)
    sign_in(page, "bientap")
    address = f"/admin/events/event/{event.pk}/danh-sach/dai-bieu/them/"
    page.goto(address)
    page.locator("[data-kept-form]").wait_for(state="attached")
    page.wait_for_load_state("load")
    page.fill("#id_name", "Y Phu Êban")
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto("/admin/")
    page.goto(address)
    page.get_by_role("button", name="Lấy lại").click()
    assert page.input_value("#id_name") == "Y Phu Êban"
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.get_by_text("Đã lưu đại biểu").wait_for()
    page.goto(address)
    page.wait_for_load_state("load")
    assert not page.get_by_role("button", name="Lấy lại").is_visible()
