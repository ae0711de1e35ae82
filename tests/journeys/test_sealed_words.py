"""In a browser: words that wait on a shared machine can be read by their own person alone."""

import pytest

from tests.factories.articles import make_draft
from tests.journeys.browsing import DESK, end_sessions, leave_without_a_line, open_story, sign_in, type_at_end

CUT = "Failed to load resource"
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SECRET = "Lời chưa ai được đọc"
STORED = """async () => {
  const said = []
  for (const store of [localStorage, sessionStorage]) {
    for (const name of Object.keys(store)) said.push(name, store.getItem(name))
  }
  for (const { name } of await indexedDB.databases()) said.push(`IndexedDB ${name}`)
  for (const name of await caches.keys()) said.push(`cache ${name}`)
  return said.join("\\n")
}"""


def type_and_lose_the_session(page, article):
    """The line goes while somebody types, then the session ends by time."""
    open_story(page, article)
    page.context.set_offline(True)
    type_at_end(page, f" {SECRET}.")
    page = leave_without_a_line(page)
    end_sessions()
    return page


def test_a_stranger_at_the_machine_finds_no_words_and_their_owner_gets_them_back(browse, collaborator, head):
    article = make_draft(collaborator, body="<p>Đoạn mở.</p>")
    page = browse(DESK, expected=CUT)
    sign_in(page, "ctv")
    page = type_and_lose_the_session(page, article)
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    page.get_by_text("Chữ bạn gõ mà chưa gửi lên vẫn còn trên máy này").wait_for()
    found = page.evaluate(STORED)
    assert f"ban-nhap:{collaborator.pk}:{article.pk}" in found  # there, and sealed
    assert not [word for word in (SECRET, "chưa ai", "Đoạn mở", article.title) if word in found]
    assert "IndexedDB" not in found

    sign_in(page, "truongdonvi")
    open_story(page, article)
    assert page.locator("[data-local-copy]").is_hidden()
    assert SECRET not in page.evaluate(STORED)
    page.locator("summary.o-me").click()
    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url("**/logout/")

    sign_in(page, "ctv")
    open_story(page, article)
    page.get_by_text("Máy này còn giữ một bản chưa gửi lên").wait_for()
    page.get_by_role("button", name="Lấy lại").click()
    assert f"Đoạn mở. {SECRET}." in page.locator(".tiptap").inner_text()


def test_a_form_of_the_office_is_sealed_too(browse, desk_editor, administrator):
    page = browse(DESK, expected=CUT)
    sign_in(page, "bientap")
    page.goto("/admin/events/event/add/")
    page.fill("#id_title", SECRET)
    page.wait_for_function("() => Object.keys(localStorage).some((name) => name.startsWith('bieu-mau:'))")
    page.evaluate(
        "() => window.addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), true)"
    )
    end_sessions()
    page.on("dialog", lambda asked: asked.accept())  # “leave without saving?”
    page.goto("/admin/login/")
    found = page.evaluate(STORED)
    assert "bieu-mau:" in found
    assert SECRET not in found
    sign_in(page, "quantri")
    page.goto("/admin/events/event/")
    assert SECRET not in page.evaluate(STORED)
    sign_in(page, "bientap")
    page.goto("/admin/events/event/add/")
    page.get_by_role("button", name="Lấy lại").click()
    assert page.input_value("#id_title") == SECRET


def test_words_kept_before_there_were_seals_are_sealed_for_their_owner(browse, collaborator):
    article = make_draft(collaborator, body="<p>Đoạn mở.</p>")
    page = browse(DESK, expected=CUT)
    page.goto("/admin/login/")
    copy = {"at": "08:00", "number": "1", "texts": {"title": SECRET, "lead": "", "body": "<p>Đoạn mở.</p>"}}
    place = f"ban-nhap:{collaborator.pk}:{article.pk}"
    page.evaluate("([place, copy]) => localStorage.setItem(place, JSON.stringify(copy))", [place, copy])
    sign_in(page, "ctv")
    page.goto("/admin/")
    page.wait_for_function(f"(place) => !localStorage.getItem(place).includes('{SECRET}')", arg=place)
    open_story(page, article)
    page.get_by_text("Máy này còn giữ một bản chưa gửi lên, lúc 08:00.").wait_for()
