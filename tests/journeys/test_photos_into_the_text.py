"""In a browser: photos dropped, pasted and chosen, one that fails and is tried again, nothing lost."""

import base64

import pytest

from articles.models import Article
from tests.factories.articles import figure_of, make_draft
from tests.factories.media import image_bytes, make_image, make_photo
from tests.journeys.browsing import DESK, open_story, sign_in, wait_until_saved

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
GIVE = """([area, kind, files]) => {
  const data = new DataTransfer()
  for (const [name, words] of files) {
    const bytes = Uint8Array.from(atob(words), (letter) => letter.charCodeAt(0))
    data.items.add(new File([bytes], name, { type: "image/jpeg" }))
  }
  const box = area.querySelector("p").getBoundingClientRect()
  const place = { clientX: box.left + 5, clientY: box.top + 5, bubbles: true, cancelable: true }
  const event = kind === "drop"
    ? new DragEvent("drop", { dataTransfer: data, ...place })
    : new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
  area.dispatchEvent(event)
}"""

SELECTED = "document.querySelector('.tiptap').editor.state.selection.toJSON()"


@pytest.fixture
def page(browse, collaborator):
    article = make_draft(collaborator, body="<p>Đoạn một.</p><p>Đoạn hai.</p>")
    opened = browse(DESK, expected="Failed to load resource")
    sign_in(opened, "ctv")
    opened.goto(f"/admin/articles/article/{article.pk}/change/")
    opened.locator(".tiptap[aria-label]").wait_for()
    return opened


def picture(width):
    return base64.b64encode(image_bytes(image=make_image((width, 480)))).decode()


def give(page, kind, *files):
    page.evaluate(GIVE, [page.query_selector(".tiptap"), kind, [list(file) for file in files]])


def body(page):
    wait_until_saved(page)
    return Article.objects.get().body


def test_two_dropped_photos_stand_where_they_were_dropped_in_order(page):
    give(page, "drop", ("mot.jpg", picture(640)), ("hai.jpg", picture(660)))
    page.locator(".tiptap .figblock").nth(1).wait_for()
    page.locator(".figblock").nth(0).get_by_label("Chú thích").fill("Ảnh một")
    page.locator(".figblock").nth(1).get_by_label("Chú thích").fill("Ảnh hai")
    text = body(page)
    places = [text.index(words) for words in ("Đoạn một.", "Ảnh một", "Ảnh hai", "Đoạn hai.")]
    assert places == sorted(places)


def test_a_pasted_photo_comes_in(page):
    page.locator(".tiptap p").first.click()
    give(page, "paste", ("dan.jpg", picture(670)))
    page.locator(".tiptap .figblock").wait_for()
    assert body(page).count("<figure") == 1


def test_a_failed_photo_is_tried_again_and_the_text_stays(page):
    page.route("**/tai-len.json", lambda route: route.abort())
    give(page, "drop", ("mot.jpg", picture(680)))
    page.get_by_text("Mất kết nối khi tải ảnh").wait_for()
    page.locator(".tiptap p").last.click()
    page.keyboard.press("End")
    page.keyboard.type(" Gõ tiếp.")
    page.unroute("**/tai-len.json")
    page.get_by_role("button", name="Thử lại").click()
    page.locator(".tiptap .figblock").wait_for()
    text = body(page)
    assert text.index("Đoạn một.") < text.index("<figure") < text.index("Đoạn hai. Gõ tiếp.")


def test_a_file_that_is_no_picture_is_refused_in_words_and_can_be_left(page):
    give(page, "drop", ("hong.jpg", base64.b64encode(b"not a picture").decode()))
    page.get_by_text("Đây không phải ảnh JPEG").wait_for()
    page.get_by_role("button", name="Bỏ ảnh này").click()
    assert page.locator("[data-uploads] li").count() == 0
    assert page.locator(".tiptap").inner_text().split("\n")[0] == "Đoạn một."


def test_an_upright_photo_is_shown_whole_and_a_table_keeps_its_margins(page):
    upright = base64.b64encode(image_bytes(image=make_image((640, 960)))).decode()
    give(page, "drop", ("dung.jpg", upright))
    page.locator(".figblock img[src]").wait_for()
    page.locator(".tiptap > p").last.click()
    table = "<table><tbody><tr><td>Lớp 10A1</td><td>42</td></tr></tbody></table>"
    page.evaluate(
        "([area, html]) => area.editor.commands.insertContent(html)", [page.query_selector(".tiptap"), table]
    )
    wait_until_saved(page)
    for place in (".figblock", ".prose"):
        if place == ".prose":
            page.click("[name=_preview]")
            page.wait_for_url("**/xem-thu/**")
        shown = page.locator(f"{place} .ph img").first
        assert shown.evaluate("(image) => getComputedStyle(image).objectFit") == "contain"
        box = shown.bounding_box()
        assert box["height"] > box["width"] or box["height"] >= 0.8 * DESK["height"] - 1
    assert page.locator(".prose td").first.evaluate("(cell) => getComputedStyle(cell).paddingLeft") == "12px"


def test_typing_while_a_photo_is_chosen_keeps_the_photo(browse, collaborator):
    article = make_draft(collaborator, body=figure_of(make_photo(), "Sân trường") + "<p>Đoạn hai.</p>")
    page = browse(DESK, expected="Failed to load resource")
    sign_in(page, "ctv")
    open_story(page, article)
    page.locator(".tiptap > p").click()
    page.keyboard.press("Home")
    page.wait_for_function(f"() => {SELECTED}.anchor === 2")
    page.keyboard.press("ArrowLeft")
    page.wait_for_function(f"() => {SELECTED}.type === 'node'")
    page.keyboard.type("Lời mới.")
    text = body(page)
    assert text.count("<figure") == 1
    assert text.index("Sân trường") < text.index("<p>Lời mới.</p>") < text.index("Đoạn hai.")
