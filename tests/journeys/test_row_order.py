"""In a browser: rows of a form are ordered by buttons, keys and drag; no box asks for a number."""

import pytest

from approvals.enums import RecordStatus
from tests.factories.events import make_event
from tests.journeys.browsing import DESK, PHONE, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AXE = {"preload": False, "rules": {"target-size": {"enabled": True}}}


def test_delegates_are_ordered_by_hand(browse, desk_editor, province):
    event = make_event("Đại hội", host=province, status=RecordStatus.DRAFTING)
    for number, name in enumerate(("Ông Một", "Bà Hai", "Ông Ba")):
        event.delegates.create(name=name, title="Giáo viên", position=number)

    def order():
        return list(event.delegates.values_list("name", flat=True))

    def rows(page):
        return page.locator("#delegates-group tbody tr.form-row:not(.empty-form)")

    page = browse(DESK)
    sign_in(page, desk_editor.username)
    page.goto(f"/admin/events/event/{event.pk}/change/")
    rows(page).first.locator(".row-order").wait_for()
    assert page.locator(".field-position input").filter(visible=True).count() == 0
    rows(page).nth(2).get_by_role("button", name="Đưa dòng này lên").click()
    handle = rows(page).first.locator(".grab")
    handle.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.classList.contains('grab')")
    rows(page).nth(3).locator("input[name$=-name]").fill("Bà Mới")
    page.locator(".submit-row [name=_save]").click()
    page.locator(".messages .ok").wait_for()
    assert order() == ["Ông Ba", "Bà Hai", "Ông Một", "Bà Mới"]

    # A new row is moved up, another new one is removed: Django numbers them anew.
    page.goto(f"/admin/events/event/{event.pk}/change/")
    page.locator("#delegates-group .add-row a").click()
    rows(page).nth(4).locator("input[name$=-name]").fill("Bà Đầu")
    for _ in range(4):
        rows(page).filter(has=page.locator("input[name$=-name]")).nth(
            next(
                i
                for i in range(6)
                if rows(page).nth(i).locator("input[name$=-name]").input_value() == "Bà Đầu"
            )
        ).get_by_role("button", name="Đưa dòng này lên").click()
    page.locator("#delegates-group .add-row a").click()
    page.locator("#delegates-group .inline-deletelink").last.click()
    page.locator(".submit-row [name=_save]").click()
    page.locator(".messages .ok").wait_for()
    assert order() == ["Bà Đầu", "Ông Ba", "Bà Hai", "Ông Một", "Bà Mới"]
    page.context.close()

    phone = browse(PHONE)
    sign_in(phone, desk_editor.username)
    phone.goto(f"/admin/events/event/{event.pk}/change/")
    rows(phone).first.locator(".row-order").wait_for()
    rows(phone).nth(1).locator(".grab").drag_to(rows(phone).first.locator("td.field-name"), force=True)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    assert axe.run(phone, "#delegates-group", options=AXE).response["violations"] == []
    phone.locator(".submit-row [name=_save]").click()
    phone.locator(".messages .ok").wait_for()
    assert order()[:2] == ["Ông Ba", "Bà Đầu"]
