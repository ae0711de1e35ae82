"""In a browser: two photos in one row, the library's words back, a document as a card."""

import pytest

from articles.models import Article
from documents.models import OfficialDocument
from media.models import Photo
from tests.factories.articles import figure_of, make_draft
from tests.factories.documents import make_document
from tests.factories.media import make_photo
from tests.journeys.browsing import PHONE, sign_in, wait_until_saved

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


CHOOSE_PHOTO = """({ editor }) => editor.state.doc.descendants((node, place) => {
  if (node.type.name === "photo") editor.commands.setNodeSelection(place)
})"""


@pytest.fixture
def page(browse, collaborator, school):
    one = make_photo("Lời trong kho", department=school, credit="Trần Bưởi", alt_text="Hai em bé")
    two = make_photo("", department=school, credit="", alt_text="")
    body = f"<p>Đoạn một.</p>{figure_of(one, 'Lời riêng')}{figure_of(two, 'Ảnh hai')}<p>Đoạn hai.</p>"
    make_document(summary="Kế hoạch ngày hội đọc sách")  # before the page begins to ask and to save
    article = make_draft(collaborator, body=body)
    opened = browse(PHONE, expected="Failed to load resource")  # these rows have no files
    sign_in(opened, "ctv")
    opened.goto(f"/admin/articles/article/{article.pk}/change/")
    opened.locator(".tiptap[aria-label]").wait_for()
    opened.locator(".figblock").nth(1).wait_for()
    return opened


def body(page):
    wait_until_saved(page)
    return Article.objects.get().body


def test_a_photo_is_put_beside_the_one_before_it_and_taken_away(page):
    first, second = page.locator(".figblock").nth(0), page.locator(".figblock").nth(1)
    name = "Cạnh ảnh trước: hai ảnh thành một hàng"
    assert not first.get_by_role("button", name=name).is_visible()
    second.get_by_role("button", name=name).click()
    assert second.get_by_role("button", name=name).get_attribute("aria-pressed") == "true"
    assert body(page).count('data-beside="1"') == 1
    page.reload()
    page.locator(".figblock").nth(1).wait_for()
    second = page.locator(".figblock").nth(1)
    assert second.get_by_role("button", name=name).get_attribute("aria-pressed") == "true"
    second.get_by_role("button", name=name).click()
    assert 'data-beside="1"' not in body(page)


def test_the_librarys_words_come_back_with_one_click(page):
    first, second = page.locator(".figblock").nth(0), page.locator(".figblock").nth(1)
    name = "Lời trong kho: lấy lại lời ghi ở kho ảnh"
    first.get_by_role("button", name=name).click()
    page.get_by_text("Đã lấy lời trong kho ảnh").wait_for()
    text = body(page)
    assert "Lời trong kho" in text
    assert 'data-credit="Trần Bưởi"' in text
    assert 'data-alt="Hai em bé"' in text
    second.get_by_role("button", name=name).click()
    page.get_by_text("Trong kho, ảnh này chưa có lời nào.").wait_for()
    assert "Ảnh hai" in Article.objects.get().body
    assert Photo.objects.get(caption="Lời trong kho").credit == "Trần Bưởi"

    # another picture in its place: its words stay until somebody has said whose they are
    second.get_by_role("button", name="Thay ảnh này bằng ảnh khác").click()
    page.get_by_label("Hoặc chọn trong kho ảnh").fill("loi trong kho")
    page.locator(".photo-choice", has_text="Lời trong kho").click()
    page.get_by_text("Lời dưới ảnh còn là của ảnh cũ").wait_for()
    page.wait_for_timeout(100)
    text, one = body(page), Photo.objects.get(caption="Lời trong kho").pk
    assert (text.count(f'data-photo="{one}"'), text.count("Ảnh hai")) == (2, 1)
    second.get_by_role("button", name="Lấy lời của ảnh mới").click()
    text = body(page)
    assert (text.count("Ảnh hai"), text.count('data-credit="Trần Bưởi"')) == (0, 2)

    # one name for all
    second.get_by_label("Ảnh của").fill("Y Moan Niê")
    second.get_by_role("button", name="Ghi cho 1 ảnh còn lại").click()
    page.get_by_text("Đã ghi “Y Moan Niê” cho 1 ảnh, thay tên cũ ở 1 ảnh.").wait_for()
    assert body(page).count('data-credit="Y Moan Niê"') == 2
    second.get_by_role("button", name="Hoàn tác").click()
    assert body(page).count('data-credit="Y Moan Niê"') == 1


def test_a_document_of_the_register_becomes_a_card(page):
    document = OfficialDocument.objects.get()
    page.locator(".tiptap p").first.click()
    page.get_by_role("button", name="Chèn văn bản").click()
    page.get_by_label("Tìm văn bản đã công bố").fill("doc sach")
    page.get_by_role("button", name="Kế hoạch ngày hội đọc sách").click()
    link = f'<p><a href="{document.get_absolute_url()}">'
    text = body(page)
    assert text.index("Đoạn một.") < text.index(link) < text.index("Lời riêng")
    assert f"{document.number}: Kế hoạch ngày hội đọc sách</a></p>" in text

    # between two paragraphs, without a way to the end of the text
    page.locator(".tiptap p").first.click()
    page.get_by_role("button", name="Chèn vào chỗ này").click()
    page.get_by_role("group", name="Chèn vào giữa hai đoạn").get_by_role("button", name="Trích lời").click()
    page.keyboard.type("Lời kể.")
    text = body(page)
    assert text.index("Đoạn một.") < text.index("<blockquote><p>Lời kể.</p></blockquote>") < text.index(link)

    # a chosen photo has its name in the tool bar
    page.locator(".tiptap").evaluate(CHOOSE_PHOTO)
    assert page.locator(".prose-menubar__selected").inner_text() == "image"


def test_the_keys_that_the_buttons_name_work(page):
    page.get_by_title("Đậm (Ctrl+B)").wait_for()
    page.locator(".tiptap p").first.click()
    page.keyboard.press("End")
    for keys in ("Shift+Home", "Control+b", "Control+Alt+2"):
        page.keyboard.press(keys)
        page.wait_for_timeout(200)  # the editor hears of a selection a moment after the browser has it
    assert body(page).startswith("<h2><strong>Đoạn một.</strong></h2>")
    with page.expect_navigation():
        page.keyboard.press("Control+s")
    page.get_by_text("Đã lưu nháp.").wait_for()
