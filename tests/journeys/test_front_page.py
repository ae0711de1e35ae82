"""In a browser: the front page is edited by drag, keys and buttons; on a phone also without script."""

import pytest

from frontpage.enums import Slot
from frontpage.models import Placement
from tests.factories.articles import make_published
from tests.journeys.browsing import DESK, PHONE, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AXE = {"preload": False, "rules": {"target-size": {"enabled": True}}}


def order():
    rows = Placement.objects.order_by("slot", "position")
    return [f"{row.slot}: {row.article.title}" for row in rows.select_related("article")]


def told(page, count):
    page.get_by_text(f"{count} thay đổi chưa lưu.").first.wait_for()


def handle(page, title):
    return page.get_by_role("button", name=f": {title}").and_(page.locator("[data-grab^='move:']"))


def test_the_front_page_is_edited_by_drag_keys_and_buttons(browse, managing_editor, collaborator, head):
    pages = [make_published(collaborator, head, title=title) for title in ("Một", "Hai", "Ba", "Bốn")]
    for number, (slot, story) in enumerate(zip((Slot.TOP, Slot.FOCUS, Slot.FOCUS), pages, strict=False)):
        Placement.objects.create(slot=slot, article=story, position=number)

    desk = browse(DESK)
    sign_in(desk, managing_editor.username)
    desk.goto("/admin/trang-chu/")
    handle(desk, "Ba").drag_to(desk.locator("[data-drop='top:0'] .hd"))
    told(desk, 1)
    desk.get_by_role("button", name="Kéo bài: Bốn").drag_to(desk.locator("[data-drop='dont_miss:0']"))
    told(desk, 2)
    handle(desk, "Hai").press("ArrowDown")
    told(desk, 3)
    assert desk.evaluate("document.activeElement.textContent.trim()").endswith(": Hai")
    desk.get_by_role("button", name="Hoàn tác").click()
    told(desk, 2)
    desk.locator("summary.when").first.click()
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    assert axe.run(desk, options=AXE).response["violations"] == []
    desk.get_by_role("button", name="Lưu trang chủ").click()
    desk.get_by_text("Đã lưu trang chủ: 2 thay đổi.").wait_for()
    assert order() == ["dont_miss: Bốn", "focus: Hai", "focus: Một", "top: Ba"]
    desk.context.close()

    for script in (True, False):
        phone = browse(PHONE, java_script_enabled=script)
        sign_in(phone, managing_editor.username)
        phone.goto("/admin/trang-chu/")
        phone.get_by_role("button", name="Đưa bài ở Ô 1 lên").click()
        told(phone, 1)
        phone.get_by_role("button", name="Gỡ bài khỏi Ô 1").click()
        told(phone, 2)
        phone.get_by_role("button", name="Hoàn tác").click()
        told(phone, 1)
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
        if script:
            assert axe.run(phone, options=AXE).response["violations"] == []
        phone.get_by_role("button", name="Lưu trang chủ").click()
        phone.get_by_text("Đã lưu trang chủ: 1 thay đổi.").wait_for()
    assert order() == ["dont_miss: Bốn", "focus: Hai", "focus: Một", "top: Ba"]
