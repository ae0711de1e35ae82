"""In a browser: what is typed survives a pause, a cut line, an ended session, and another person."""

import pytest
from django.contrib.sessions.models import Session

from articles.models import Article
from tests.factories.articles import make_draft
from tests.factories.departments import PASSWORD
from tests.journeys.browsing import DESK, PHONE, sign_in

# The browser itself says this of every answer that is no success; our page says it in its own words.
CUT = "Failed to load resource"
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def open_story(page, article):
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    page.locator(".tiptap[aria-label]").wait_for()


def type_at_end(page, words):
    page.locator(".tiptap").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def is_saved(page):
    page.wait_for_function(
        "() => /^Đã lưu \\d\\d:\\d\\d$/.test(document.querySelector('[data-saved]').textContent)"
    )


def test_a_new_story_is_there_after_a_pause(browse, collaborator):
    page = browse(PHONE)
    sign_in(page, "ctv")
    page.goto("/admin/articles/article/add/?kind=activity")
    page.locator(".tiptap[aria-label]").wait_for()
    page.fill("#id_title", "Tin từ điện thoại")
    type_at_end(page, "Câu đầu tiên.")
    is_saved(page)
    article = Article.objects.get()
    assert (article.title, article.body) == ("Tin từ điện thoại", "<p>Câu đầu tiên.</p>")
    assert page.url.endswith(f"/{article.pk}/change/")
    page.reload()
    assert page.input_value("#id_title") == "Tin từ điện thoại"
    assert page.locator("[data-local-copy]").is_hidden()
    page.goto("/admin/articles/article/add/?kind=activity")
    assert page.input_value("#id_title") == ""


def test_a_cut_line_keeps_the_words_here_and_sends_them_later(browse, collaborator):
    article = make_draft(collaborator, body="<p>Trước.</p>")
    page = browse(PHONE, expected=CUT)
    sign_in(page, "ctv")
    open_story(page, article)
    page.context.set_offline(True)
    type_at_end(page, " Giữa chừng câu")
    page.wait_for_function(
        "() => document.querySelector('[data-saved]').textContent.includes('giữ trên máy này')"
    )
    type_at_end(page, " thì có mạng lại.")
    page.context.set_offline(False)
    is_saved(page)
    article.refresh_from_db()
    assert article.body == "<p>Trước. Giữa chừng câu thì có mạng lại.</p>"


def test_a_page_closed_without_a_line_offers_its_copy_when_opened_again(browse, collaborator):
    article = make_draft(collaborator, body="<p>Trước.</p>")
    page = browse(DESK, expected=CUT)
    sign_in(page, "ctv")
    open_story(page, article)
    page.context.set_offline(True)
    type_at_end(page, " Chưa gửi được.")
    page.wait_for_timeout(300)
    page.close()
    page.context.set_offline(False)
    page = page.context.new_page()
    open_story(page, article)
    page.locator("[data-local-copy]").wait_for()
    page.get_by_role("button", name="Xem và ghép hai bản").click()
    dialog = page.locator("#join-dialog")
    dialog.get_by_label("Giữ bản trên máy này").check()
    dialog.get_by_role("button", name="Ghép và lưu").click()
    is_saved(page)
    article.refresh_from_db()
    assert article.body == "<p>Trước. Chưa gửi được.</p>"


def test_an_ended_session_is_renewed_in_place(browse, collaborator):
    article = make_draft(collaborator, body="<p>Trước.</p>")
    page = browse(PHONE)
    sign_in(page, "ctv")
    open_story(page, article)
    Session.objects.all().delete()
    type_at_end(page, " Vẫn gõ tiếp.")
    frame = page.frame_locator("#session-dialog iframe")
    frame.locator("#id_username").fill("ctv")
    frame.locator("#id_password").fill(PASSWORD)
    frame.locator("form [type=submit]").click()
    is_saved(page)
    article.refresh_from_db()
    assert article.body == "<p>Trước. Vẫn gõ tiếp.</p>"


def test_two_people_in_one_story_join_their_texts(browse, collaborator, head):
    article = make_draft(collaborator, body="<p>Đoạn một.</p><p>Đoạn hai.</p>")
    mine, theirs = browse(DESK, expected=CUT), browse(DESK)
    sign_in(mine, "ctv")
    sign_in(theirs, "truongdonvi")
    open_story(mine, article)
    open_story(theirs, article)
    type_at_end(theirs, " Chị thêm.")
    is_saved(theirs)
    mine.locator(".tiptap p").first.click()
    mine.keyboard.press("End")
    mine.keyboard.type(" Em thêm.")
    dialog = mine.locator("#join-dialog")
    dialog.wait_for()
    assert Article.objects.get(pk=article.pk).body == "<p>Đoạn một.</p>\n<p>Đoạn hai. Chị thêm.</p>"
    dialog.get_by_label("Giữ cả hai").first.check()
    dialog.get_by_role("button", name="Ghép và lưu").click()
    is_saved(mine)
    body = Article.objects.get(pk=article.pk).body
    assert "Em thêm." in body
    assert "Chị thêm." in body
    mine.reload()
    mine.get_by_text("Trần Văn Minh cũng đang mở bài này.").wait_for()
