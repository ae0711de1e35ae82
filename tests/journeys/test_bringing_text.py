"""In a browser: real paste events and a Word file, with the way back."""

import pytest

from articles.models import Article
from tests.factories.articles import make_draft
from tests.factories.media import image_bytes, make_image
from tests.factories.word import make_docx, paragraph
from tests.journeys.browsing import DESK, PHONE, sign_in, wait_until_saved

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASTE = """([area, html, text]) => {
  const data = new DataTransfer()
  if (html) data.setData("text/html", html)
  data.setData("text/plain", text)
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
  area.dispatchEvent(event)
}"""
ITEM = (
    '<p class=MsoListParagraph style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">· </span>{}</p>'
)
WORD_LIST = ITEM.format("Đoạn một") + ITEM.format("Đoạn hai")


@pytest.fixture
def story(collaborator):
    return make_draft(collaborator, body="<p>Trước.</p>")


def open_story(page, article):
    sign_in(page, "ctv")
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    page.locator(".tiptap[aria-label]").wait_for()
    page.locator(".tiptap").click()
    page.keyboard.press("Control+End")


def paste(page, html, text=""):
    page.wait_for_timeout(100)  # a person pastes after the cursor has settled
    page.evaluate(PASTE, [page.query_selector(".tiptap"), html, text])


def stored(page, article):
    wait_until_saved(page)
    return Article.objects.get(pk=article.pk).body


def test_a_list_of_word_is_a_list(browse, story):
    page = browse(DESK)
    open_story(page, story)
    paste(page, WORD_LIST, "· Đoạn một\n· Đoạn hai")
    page.locator(".tiptap ul li").nth(1).wait_for()
    assert stored(page, story) == "<p>Trước.</p>\n<ul><li>Đoạn một</li><li>Đoạn hai</li></ul>"


def test_old_fonts_are_told_and_can_be_taken_back(browse, story):
    page = browse(PHONE)
    open_story(page, story)
    paste(page, "", "Së Gi¸o dôc vµ §µo t¹o tæ chøc héi nghÞ")
    page.get_by_text("gõ bằng phông chữ cũ TCVN3").wait_for()
    assert "Sở Giáo dục và Đào tạo tổ chức hội nghị" in page.locator(".tiptap").inner_text()
    page.get_by_role("button", name="Hoàn tác đoạn dán").click()
    assert page.locator(".tiptap").inner_text().strip() == "Trước."
    assert stored(page, story) == "<p>Trước.</p>"


def test_the_notice_leaves_two_thirds_of_a_small_phone_and_goes_when_typing_goes_on(browse, story):
    small = {"width": 360, "height": 640}
    page = browse(small)
    open_story(page, story)
    paste(page, "", "Së Gi¸o dôc vµ §µo t¹o tæ chøc héi nghÞ\na) Mét\nb) Hai")
    page.get_by_text("gõ bằng phông chữ cũ TCVN3").wait_for()
    notice = page.locator("[data-brought]").bounding_box()
    assert notice["height"] <= small["height"] / 3 + 1
    done = page.get_by_role("button", name="Đã xem").bounding_box()
    assert notice["y"] < done["y"] < done["y"] + done["height"] <= notice["y"] + notice["height"]
    assert notice["y"] + notice["height"] <= page.locator(".flow").bounding_box()["y"]
    page.keyboard.type(" Gõ tiếp.")
    assert page.get_by_text("gõ bằng phông chữ cũ TCVN3").is_hidden()
    assert page.locator("[data-brought]").bounding_box()["height"] < 64
    page.get_by_role("button", name="Hoàn tác đoạn dán").click()
    assert page.locator("[data-brought]").is_hidden()
    assert "hội nghị" not in page.locator(".tiptap").inner_text()


def test_taking_back_returns_the_words_that_were_pasted_over(browse, story):
    page = browse(DESK)
    open_story(page, story)
    page.keyboard.press("Control+A")
    paste(page, "", "Së Gi¸o dôc vµ §µo t¹o tæ chøc héi nghÞ")
    page.get_by_text("gõ bằng phông chữ cũ TCVN3").wait_for()
    assert "Trước." not in page.locator(".tiptap").inner_text()
    page.get_by_role("button", name="Hoàn tác đoạn dán").click()
    assert page.locator(".tiptap").inner_text().strip() == "Trước."
    assert stored(page, story) == "<p>Trước.</p>"


def test_taking_back_keeps_what_was_typed_since(browse, story):
    page = browse(DESK)
    open_story(page, story)
    page.keyboard.press("Shift+Home")
    paste(page, "", "Së Gi¸o dôc vµ §µo t¹o tæ chøc héi nghÞ")
    page.get_by_text("gõ bằng phông chữ cũ TCVN3").wait_for()
    page.keyboard.press("Enter")
    page.keyboard.type("Gõ sau.")
    page.get_by_role("button", name="Hoàn tác đoạn dán").click()
    words = page.locator(".tiptap").inner_text()
    assert "Trước." in words
    assert "Gõ sau." in words
    assert "hội nghị" not in words


def test_what_is_typed_while_the_server_is_slow_stays(browse, story):
    page = browse(DESK)
    open_story(page, story)
    waiting = []
    page.route("**/dan/", lambda route: waiting.append(route))  # noqa: PLW0108
    paste(page, WORD_LIST, "Đoạn một\nĐoạn hai")
    page.get_by_text("Đang dọn đoạn vừa dán").wait_for()
    page.keyboard.type(" Gõ trong lúc chờ.")
    waiting[0].continue_()
    page.locator(".tiptap ul li").nth(1).wait_for()
    assert "Gõ trong lúc chờ." in page.locator(".tiptap").inner_text()


def test_without_the_server_the_words_are_there_all_the_same(browse, story):
    page = browse(DESK, expected="Failed to load resource")
    open_story(page, story)
    page.route("**/dan/", lambda route: route.abort())
    paste(page, WORD_LIST, "Đoạn một\nĐoạn hai")
    page.get_by_text("Máy chủ chưa trả lời").wait_for()
    body = stored(page, story)
    assert "Đoạn một" in body
    assert "mso" not in body


WHOLE = (
    "<p class=MsoNormal><b>Ngày hội đọc sách ở Trường THPT Chu Văn An</b></p>"
    "<p class=MsoNormal>GD&amp;TĐ - Hơn 600 học sinh dự ngày hội.</p>"
    "<p class=MsoNormal>Mười hai gian sách.</p>"
)


def test_a_whole_story_pasted_into_an_empty_screen_brings_its_title_and_sapo(browse, collaborator):
    page = browse(PHONE)
    sign_in(page, "ctv")
    page.goto("/admin/articles/article/add/?kind=activity")
    page.locator(".tiptap[aria-label]").wait_for()
    page.locator(".tiptap").click()
    paste(page, WHOLE, "x")
    page.get_by_text("Đã nhận tiêu đề, sapo ở đầu đoạn dán.").wait_for()
    page.get_by_role("button", name="Hoàn tác đoạn dán").click()
    assert (page.input_value("#id_title"), page.locator(".tiptap").inner_text().strip()) == ("", "")
    paste(page, WHOLE, "x")
    page.get_by_text("Đã nhận tiêu đề, sapo ở đầu đoạn dán.").wait_for()
    wait_until_saved(page)
    article = Article.objects.get()
    assert (article.title, article.lead, article.source_mark, article.body) == (
        "Ngày hội đọc sách ở Trường THPT Chu Văn An",
        "Hơn 600 học sinh dự ngày hội.",
        "GD&TĐ",
        "<p>Mười hai gian sách.</p>",
    )


def test_a_picture_inside_the_text_becomes_a_photo(browse, story):
    page = browse(DESK)
    open_story(page, story)
    pixel = page.evaluate(
        """() => {
          const canvas = document.createElement("canvas")
          canvas.width = canvas.height = 400
          return canvas.toDataURL("image/png")
        }"""
    )
    paste(page, f'<p>Có ảnh</p><p><img src="{pixel}" alt="Sân trường"></p><p>Sau ảnh</p>', "Có ảnh\nSau ảnh")
    page.locator(".tiptap .figblock").wait_for()
    body = stored(page, story)
    assert body.count("<figure") == 1
    assert "data:" not in body
    assert body.index("Có ảnh") < body.index("<figure") < body.index("Sau ảnh")


def test_a_word_file_becomes_a_story(browse, collaborator):
    pictures = [image_bytes(image=make_image((640, 480))), image_bytes(image=make_image((660, 480)))]
    content = make_docx(
        paragraph("Tin từ tệp Word", style="Title"),
        paragraph("GD&amp;TĐ - Sapo của bài."),
        paragraph(picture="p0"),
        paragraph("Chú thích một", style="Caption"),
        paragraph("Đoạn giữa."),
        paragraph(picture="p1"),
        pictures=pictures,
    )
    page = browse(PHONE)
    sign_in(page, "ctv")
    page.goto("/admin/articles/article/add/?kind=activity")
    page.locator(".tiptap[aria-label]").wait_for()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Mở tệp Word").click()
    chooser.value.set_files({"name": "bai.docx", "mimeType": "", "buffer": content})
    page.locator(".tiptap .figblock").nth(1).wait_for()
    wait_until_saved(page)
    article = Article.objects.get()
    assert (article.title, article.lead, article.source_mark) == ("Tin từ tệp Word", "Sapo của bài.", "GD&TĐ")
    assert article.body.count("<figure") == 2
    assert "Chú thích một" in article.body


def test_a_word_file_into_a_text_with_words_asks_where_and_a_broken_one_is_refused_in_words(browse, story):
    page = browse(PHONE, expected="Failed to load resource")
    open_story(page, story)
    page.get_by_role("button", name="Mở tệp Word").click()
    page.set_input_files("#word-file", {"name": "hong.docx", "mimeType": "", "buffer": b"PK\x03\x04 hong"})
    page.get_by_role("button", name="Đưa vào bài").click()
    page.get_by_text("Tệp Word hỏng").wait_for()
    good = make_docx(paragraph("Thêm từ tệp."))
    page.set_input_files("#word-file", {"name": "bai.docx", "mimeType": "", "buffer": good})
    page.get_by_role("button", name="Đưa vào bài").click()
    page.locator(".tiptap p", has_text="Thêm từ tệp.").wait_for()
    assert stored(page, story) == "<p>Trước.</p>\n<p>Thêm từ tệp.</p>"
