"""In a browser: what is typed survives a pause, a cut line, an ended session, and another person."""

import pytest

from articles.models import Article
from articles.writing import drafting
from tests.factories.articles import make_draft, make_section
from tests.journeys.browsing import (
    DESK,
    PHONE,
    end_sessions,
    leave_unsent,
    open_story,
    sign_in,
    sign_in_again,
    type_at_end,
    wait_until_saved,
)

# The browser itself says this of every answer that is no success; our page says it in its own words.
CUT = "Failed to load resource"
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_new_story_is_there_after_a_pause(browse, collaborator):
    page = browse(PHONE)
    sign_in(page, "ctv")
    page.goto("/admin/articles/article/add/?kind=activity")
    page.locator(".tiptap[aria-label]").wait_for()
    page.fill("#id_title", "Tin từ điện thoại")
    type_at_end(page, "Câu đầu tiên.")
    wait_until_saved(page)
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
    wait_until_saved(page)
    article.refresh_from_db()
    assert article.body == "<p>Trước. Giữa chừng câu thì có mạng lại.</p>"


def test_a_page_closed_without_a_line_offers_its_copy_when_opened_again(browse, collaborator):
    article = make_draft(collaborator, body="<p>Trước.</p>")
    page = browse(DESK, expected=CUT)
    sign_in(page, "ctv")
    page = leave_unsent(page, article, " Chưa gửi được.")
    page.get_by_role("button", name="Xem và ghép hai bản").click()
    dialog = page.locator("#join-dialog")
    dialog.get_by_label("Giữ bản trên máy này").check()
    dialog.get_by_role("button", name="Ghép và lưu").click()
    wait_until_saved(page)
    article.refresh_from_db()
    assert article.body == "<p>Trước. Chưa gửi được.</p>"


def test_an_ended_session_is_renewed_in_place(browse, collaborator):
    article = make_draft(collaborator, body="<p>Trước.</p>")
    page = browse(PHONE)
    sign_in(page, "ctv")
    open_story(page, article)
    end_sessions()
    type_at_end(page, " Vẫn gõ tiếp.")
    sign_in_again(page)
    wait_until_saved(page)
    article.refresh_from_db()
    assert article.body == "<p>Trước. Vẫn gõ tiếp.</p>"


def test_who_closes_the_signing_in_can_still_press_the_buttons(browse, collaborator):
    article = make_draft(collaborator, body="<p>Trước.</p>")
    page = browse(PHONE)
    sign_in(page, "ctv")
    open_story(page, article)
    end_sessions()
    says, frame = page.locator("[data-saved]"), page.frame_locator("#session-dialog iframe")

    def close():
        frame.locator("#id_username").wait_for()
        page.click("#session-title")  # out of the frame, which hears the keys of its own boxes
        page.keyboard.press("Escape")

    page.click("[name=_submit]")
    close()
    says.get_by_text("Chưa đăng nhập lại, bài chưa gửi duyệt").wait_for()
    type_at_end(page, " Gõ tiếp.")
    close()
    says.get_by_text("Chưa đăng nhập lại; chữ của bạn đã giữ trên máy này").wait_for()
    page.click("[name=_submit]")
    sign_in_again(page)
    page.get_by_text("Đã gửi duyệt.").wait_for()
    article.refresh_from_db()
    assert article.body == "<p>Trước. Gõ tiếp.</p>"


def test_words_typed_while_the_conflict_is_on_its_way_are_joined_too(browse, collaborator, head):
    article = make_draft(collaborator, body="<p>Đoạn một.</p>")
    page = browse(DESK, expected=CUT)
    sign_in(page, "ctv")
    open_story(page, article)
    article.body = "<p>Đoạn một. Chị thêm.</p>"
    drafting.save(article, by=head, draft_number=article.draft_number)

    def type_on(route):
        answer = route.fetch()
        page.evaluate("document.querySelector('.tiptap').editor.commands.insertContent(' Gõ thêm.')")
        route.fulfill(response=answer)

    page.route("**/tu-luu/", type_on, times=1)
    type_at_end(page, " Em thêm.")
    dialog = page.locator("#join-dialog")
    dialog.get_by_label("Giữ của bạn").check()
    dialog.get_by_role("button", name="Ghép và lưu").click()
    wait_until_saved(page)
    article.refresh_from_db()
    assert article.body == "<p>Đoạn một. Em thêm. Gõ thêm.</p>"


def test_another_persons_choice_beside_the_same_words_is_not_overwritten_unseen(browse, collaborator, head):
    article = make_draft(collaborator, body="<p>Đoạn một.</p>")
    page = browse(DESK, expected=CUT)
    sign_in(page, "ctv")
    own = make_section("Của em")
    open_story(page, article)
    article.section = make_section("Của chị")
    drafting.save(article, by=head, draft_number=article.draft_number)
    page.evaluate(
        """(pk) => {
          const box = document.querySelector("#id_section")
          box.append(new Option("Của em", pk))
          box.value = pk
          box.dispatchEvent(new Event("change", { bubbles: true }))
        }""",
        str(own.pk),
    )
    page.locator("#join-dialog").wait_for()
    article.refresh_from_db()
    assert article.section.name == "Của chị"


def test_words_not_saved_yet_are_not_replaced_by_a_waiting_copy(browse, collaborator):
    article = make_draft(collaborator, body="<p>Trước.</p>")
    page = browse(DESK, expected=CUT)
    sign_in(page, "ctv")
    page = leave_unsent(page, article, " Chưa gửi.")
    page.route("**/tu-luu/", lambda route: route.fulfill(status=500))
    type_at_end(page, " Gõ tiếp.")
    page.get_by_role("button", name="Xem và ghép hai bản").click()
    page.get_by_text("Chưa ghép được: chữ đang hiện ở đây chưa lưu xong.").wait_for()
    assert page.locator("#join-dialog").is_hidden()
    page.unroute("**/tu-luu/")
    page.get_by_role("button", name="Xem và ghép hai bản").click()
    dialog = page.locator("#join-dialog")
    dialog.wait_for()
    assert "Gõ tiếp." in dialog.inner_text()


def test_a_copy_on_a_nearly_full_device_still_waits_to_be_looked_at(browse, collaborator):
    article = make_draft(collaborator, body="<p>Trước.</p>")
    page = browse(DESK)
    sign_in(page, "ctv")
    page.goto("/admin/")
    page.evaluate(
        """async (key) => {
          const { keep } = await import("/static/js/office/device.js")
          const body = `<p>${"Chưa gửi. ".repeat(5000)}</p>`
          const copy = { at: "08:00", number: "1", texts: { title: "", lead: "", body } }
          keep(key, copy)
          for (let size = 4e6; size > 1e4; size /= 2) {
            try {
              for (let n = 0; n < 2; n++) localStorage.setItem(`khác-${size}-${n}`, "x".repeat(size))
            } catch {}
          }
        }""",
        f"ban-nhap:{collaborator.pk}:{article.pk}",
    )
    open_story(page, article)
    page.get_by_text("Máy này còn giữ một bản chưa gửi lên, lúc 08:00.").wait_for()


def test_two_people_in_one_story_join_their_texts(browse, collaborator, head):
    article = make_draft(collaborator, body="<p>Đoạn một.</p><p>Đoạn hai.</p>")
    mine, theirs = browse(DESK, expected=CUT), browse(DESK)
    sign_in(mine, "ctv")
    sign_in(theirs, "truongdonvi")
    open_story(mine, article)
    open_story(theirs, article)
    type_at_end(theirs, " Chị thêm.")
    wait_until_saved(theirs)
    mine.locator(".tiptap p").first.click()
    mine.keyboard.press("End")
    mine.keyboard.type(" Em thêm.")
    dialog = mine.locator("#join-dialog")
    dialog.wait_for()
    assert Article.objects.get(pk=article.pk).body == "<p>Đoạn một.</p>\n<p>Đoạn hai. Chị thêm.</p>"
    dialog.get_by_label("Giữ cả hai").first.check()
    dialog.get_by_role("button", name="Ghép và lưu").click()
    wait_until_saved(mine)
    body = Article.objects.get(pk=article.pk).body
    assert "Em thêm." in body
    assert "Chị thêm." in body
    mine.reload()
    mine.get_by_text("Trần Văn Minh cũng đang mở bài này.").wait_for()
