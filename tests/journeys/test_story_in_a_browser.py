"""Collaborator, head and reader, each in a browser: a story from a phone to the front page."""

import re
import time

import pytest
from playwright.sync_api import expect

from newsroom.demo import photos
from tests.factories.articles import make_section
from tests.journeys.browsing import DESK, PHONE, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DECIDED = re.compile(r"/admin/cho-duyet/\?da-quyet-dinh#noi-dung$")
TITLE = "Tiết Vật lý ngoài sân: đo chiều cao cột cờ"
LEAD = "Không dùng thang, bốn nhóm học sinh cho bốn kết quả gần bằng nhau."
FIRST = "Mỗi nhóm tự chọn dụng cụ: thước cuộn, cây gậy, một tờ giấy gấp góc 45 độ."
CAPTION = "Giờ thực hành môn Vật lý trên sân trường"


def write(page, section):
    """The writing screen on a phone: words, one photo with its words, the section."""
    page.goto("/admin/articles/article/add/")
    page.get_by_role("link", name="Tin hoạt động").click()
    page.fill("#id_title", TITLE)
    page.fill("#id_lead", LEAD)
    # Until its script runs, the plain text area bears this name.
    page.locator(".tiptap[aria-label]").wait_for()
    page.get_by_role("textbox", name="Nội dung bài").click()
    page.keyboard.type(FIRST)
    page.click("[data-insert-photo]")
    page.set_input_files("#photo-files", photos.path("san-truong"))
    block = page.locator(".figblock")
    block.wait_for()
    block.get_by_label("Chú thích").fill(CAPTION)
    block.get_by_label("Ảnh của").fill("Nguyễn Thị Lan")
    block.get_by_label("Mô tả ảnh").fill("Học sinh đứng quanh cột cờ, một em giơ thước")
    page.select_option("#id_section", label=section.name)


def test_from_a_phone_to_the_front_page(browse, collaborator, head):
    section = make_section("Dạy và học", slug="day-va-hoc", on_front_page=True)

    writer = browse(PHONE)
    sign_in(writer, "ctv")
    write(writer, section)
    writer.get_by_role("button", name="Gửi duyệt").click()
    writer.get_by_text("Đã gửi duyệt.").wait_for()
    assert "Chờ duyệt" in writer.locator("[aria-current=step]").inner_text()

    reader = browse(PHONE, java_script_enabled=False)
    reader.goto("/")
    assert TITLE not in reader.content()

    approver = browse(PHONE)
    sign_in(approver, "truongdonvi")
    approver.goto("/admin/cho-duyet/")
    assert FIRST not in approver.locator("main").inner_text()  # a phone shows the queue first
    approver.get_by_role("link", name=TITLE).click()
    assert FIRST in approver.locator("main").inner_text()
    expect(approver.get_by_role("heading", name=TITLE).last).to_be_in_viewport()
    approver.get_by_role("button", name=re.compile("^Duyệt, đăng")).click()
    approver.wait_for_url(DECIDED)
    approved = time.monotonic()
    expect(approver.get_by_text(f"Đã duyệt và đăng “{TITLE}”")).to_be_in_viewport()

    reader.goto("/")
    assert time.monotonic() - approved < 5  # a second on a machine of its own; tests share theirs
    reader.get_by_role("link", name=TITLE).first.click()
    assert reader.locator("h1").inner_text() == TITLE
    assert LEAD in reader.locator(".sapo-lg").inner_text()
    assert FIRST in reader.locator("main").inner_text()
    figure = reader.locator("figure").first
    assert CAPTION in figure.inner_text()
    picture = figure.locator("img")
    picture.scroll_into_view_if_needed()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    assert reader.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_return_reaches_the_writer_and_the_mended_text_the_reader(browse, collaborator, head):
    section = make_section("Dạy và học", slug="day-va-hoc")
    writer, approver = browse(DESK), browse(DESK)
    sign_in(writer, "ctv")
    write(writer, section)
    writer.get_by_role("button", name="Gửi duyệt").click()
    writer.get_by_text("Đã gửi duyệt.").wait_for()

    sign_in(approver, "truongdonvi")
    approver.goto("/admin/cho-duyet/")
    approver.get_by_label("Chú thích ảnh chưa rõ").check()
    approver.get_by_label("Lời nhắn cho người viết").fill("Em ghi giúp chị tên lớp.")
    approver.get_by_role("button", name="Trả lại").click()
    approver.wait_for_url(DECIDED)

    writer.goto("/admin/articles/article/")
    writer.get_by_role("link", name=TITLE).click()
    assert "Em ghi giúp chị tên lớp." in writer.locator("main").inner_text()
    mended = f"{CAPTION}, lớp 10A2"
    writer.locator(".figblock").get_by_label("Chú thích").fill(mended)
    writer.get_by_role("button", name="Gửi duyệt").click()
    writer.get_by_text("Đã gửi duyệt.").wait_for()
    assert "Chờ duyệt" in writer.locator("[aria-current=step]").inner_text()

    approver.goto("/admin/cho-duyet/")
    approver.get_by_role("button", name=re.compile("^Duyệt, đăng")).click()
    approver.wait_for_url(DECIDED)
    reader = browse(DESK, java_script_enabled=False)
    reader.goto("/")
    reader.get_by_role("link", name=TITLE).first.click()
    assert mended in reader.locator("figure").first.inner_text()


def test_the_editor_has_its_name_and_its_photo_button_when_our_script_comes_last(browse, collaborator):
    page = browse(PHONE)
    sign_in(page, "ctv")
    late = []

    def hold(route):
        late.append(route)

    page.route(re.compile(r"/js/articles/form\b.*\.js"), hold)
    page.goto("/admin/articles/article/add/?kind=activity", wait_until="commit")
    page.locator(".tiptap").wait_for()
    assert late
    late[0].continue_()
    page.locator(".tiptap[aria-label]").wait_for()
    page.get_by_role("textbox", name="Nội dung bài").click()
    assert page.locator("[data-insert-photo]").is_visible()


def test_sent_too_early_it_is_kept_and_the_first_open_item_has_the_focus(browse, collaborator):
    page = browse(PHONE)
    sign_in(page, "ctv")
    page.goto("/admin/articles/article/add/?kind=activity")
    page.locator(".tiptap[aria-label]").wait_for()
    page.fill("#id_title", TITLE)
    page.get_by_role("button", name="Gửi duyệt").click()
    page.wait_for_url(re.compile(r"/change/#kiem$"))
    assert page.input_value("#id_title") == TITLE
    page.wait_for_function("() => document.activeElement.innerText.startsWith('Đến chỗ đó')")
