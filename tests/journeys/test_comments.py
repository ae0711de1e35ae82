"""On a phone: the head marks a sentence and taps a photo, the writer goes to each, mends and answers."""

import re

import pytest
from playwright.sync_api import expect

from articles.models import Article, Comment
from media.uploads import receive
from tests.factories.articles import figure_of, make_draft, submit
from tests.factories.media import make_upload
from tests.journeys.browsing import PHONE, sign_in, wait_until_saved
from tests.newsroom.test_admin_accessibility import Inspection

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SMALL = """() => [...document.querySelectorAll('[data-comments] :is(.btn, summary), [data-comment-bar] .btn,'
  + '[data-new-comment] :is(.btn, summary, select)')].filter((one) => one.checkVisibility())
  .map((one) => [one.textContent.trim(), one.getBoundingClientRect().height])
  .filter(([, height]) => height < 44)"""
MARK = """([block, words]) => {
  const root = document.querySelector(`[data-block="${block}"]`)
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.replaceAll("\\u00a0", " ").indexOf(words)
    if (at < 0) continue
    root.scrollIntoView({ block: "center" })
    getSelection().setBaseAndExtent(node, at, node, at + words.length)
  }
}"""
# Bars stuck to an edge hide part of whatever lies under them just now; axe would measure the rest.
STUCK = """(position) => document.querySelectorAll('.o-top, .decide-bar, .flow.stick, .prose-menubar')
  .forEach((bar) => { bar.style.position = position })"""
# The words right after the caret, which selects none of them.
AFTER_CARET = """() => {
  const { anchorNode, anchorOffset, isCollapsed } = getSelection()
  return isCollapsed && anchorNode.data.slice(anchorOffset).replaceAll("\\u00a0", " ")
}"""


def look(inspection, name):
    inspection.page.evaluate(STUCK, "static")
    inspection.look(name)
    inspection.page.evaluate(STUCK, "")
    assert inspection.found == {}
    assert inspection.page.evaluate(SMALL) == []


def test_comments_from_the_desk_to_the_text_and_back(browse, collaborator, head, school):
    body = "<p>Sáng nay, trường chào cờ. Gần 200 em <strong>dự lễ</strong> ở sân.</p>"
    words = {"caption": "Sân trường", "alt_text": "Cờ", "credit": "Lan", "rights": "own"}
    photo, _ = receive(make_upload(), department=school, uploaded_by=collaborator, **words)
    body += figure_of(photo) + "<p>Lễ xong lúc 8 giờ.</p>"
    article = submit(make_draft(collaborator, title="Chào cờ", body=body), collaborator)
    desk = browse(PHONE, has_touch=True)
    sign_in(desk, "truongdonvi")
    desk.goto(f"/admin/cho-duyet/{article.pk}/")
    desk.fill("#id_note", "Lời nhắn gõ dở")

    # a marked sentence
    desk.evaluate(MARK, ["0", "Gần 200 em"])
    desk.get_by_role("button", name="Góp ý câu này").tap()
    desk.get_by_label("Nội dung góp ý").fill("Số này lấy ở đâu?")
    inspection = Inspection(desk)
    look(inspection, "writing a comment")
    desk.get_by_role("button", name="Ghi góp ý").tap()
    expect(desk.locator("[data-comments] .remark")).to_have_count(1)

    # a tapped photo; then the page is left and opened again
    desk.locator('[data-block="1"] img').tap()
    desk.get_by_role("button", name="Góp ý ảnh này").tap()
    desk.get_by_label("Nội dung góp ý").fill("Ghi rõ buổi lễ nào.")
    desk.get_by_role("button", name="Ghi góp ý").tap()
    expect(desk.locator("[data-comments] .remark")).to_have_count(2)
    assert desk.input_value("#id_note") == "Lời nhắn gõ dở"

    # words changed in place: half a word is marked, the whole one is changed
    desk.evaluate(MARK, ["2", "ễ xong lúc 8"])
    desk.get_by_role("button", name="Góp ý câu này").tap()
    proposal = desk.get_by_label("Sửa thẳng vào chữ")
    assert proposal.input_value() == "Lễ xong lúc 8"
    proposal.fill("Buổi lễ xong lúc 8")
    desk.get_by_role("button", name="Ghi góp ý").tap()
    expect(desk.locator("[data-comments] .remark")).to_have_count(3)
    desk.evaluate(MARK, ["2", "Lễ xong"])
    desk.get_by_role("button", name="Góp ý câu này").tap()
    desk.get_by_label("Nội dung góp ý").fill("Gõ dở, chưa ghi")
    desk.goto("/admin/hop-thu/")
    desk.goto(f"/admin/cho-duyet/{article.pk}/")
    assert desk.get_by_label("Nội dung góp ý").input_value() == "Gõ dở, chưa ghi"
    desk.get_by_label("Nội dung góp ý").fill("")
    look(inspection, "two drafts")
    quotes = ["Gần 200 em", "Sân trường", "Lễ xong lúc 8"]
    assert list(Comment.objects.values_list("quote", flat=True)) == quotes
    assert list(Comment.objects.values_list("proposal", flat=True)) == ["", "", "Buổi lễ xong lúc 8"]
    desk.get_by_role("button", name=re.compile("^Trả lại")).tap()
    desk.wait_for_url(re.compile(r"/cho-duyet/\?da-quyet-dinh#"))

    # the writer goes to each place, mends, answers
    text = browse(PHONE, has_touch=True)
    sign_in(text, "ctv")
    text.goto(f"/admin/articles/article/{article.pk}/change/")
    text.locator(".tiptap[aria-label]").wait_for()
    first = text.locator("[data-comments] .remark").first
    first.get_by_role("link", name="Đến câu ấy").tap()
    assert text.evaluate(AFTER_CARET).startswith("Gần 200 em")
    for _ in "Gần 200 em":
        text.keyboard.press("Shift+ArrowRight")
    text.wait_for_timeout(200)  # the editor hears of a selection a moment after the page has it
    text.keyboard.insert_text("Có 187 em")
    wait_until_saved(text)
    expect(first).to_contain_text("đã đổi thành")
    first.get_by_role("button", name="Đã sửa").tap()
    expect(first).to_contain_text("Người viết: đã sửa")
    photo = text.locator("[data-comments] .remark").nth(1)
    photo.locator("summary").tap()
    photo.get_by_role("textbox").fill("Lễ sáng thứ Hai, chú thích vậy là đủ ạ.")
    photo.get_by_role("button", name="Gửi trả lời").tap()
    expect(photo).to_contain_text("chú thích vậy là đủ ạ.")
    proposed = text.locator("[data-comments] .remark").nth(2)
    proposed.get_by_role("button", name="Lấy chữ này").tap()
    expect(proposed).to_contain_text("Đã lấy chữ đề nghị")
    wait_until_saved(text)
    assert "<p>Buổi lễ xong lúc 8 giờ.</p>" in Article.objects.get().body
    look(Inspection(text), "the writer's list")
    text.get_by_role("button", name="Gửi duyệt").tap()
    text.wait_for_load_state()
    expect(text.locator(".steps [aria-current]")).to_have_text("Chờ duyệt")

    # the head reads what became of both
    desk.goto("/admin/cho-duyet/")
    desk.get_by_role("link", name="Chào cờ").tap()
    first = desk.locator("[data-comments] .remark").first
    expect(first).to_contain_text("đã đổi thành")
    expect(first.locator("ins")).to_contain_text("Có 187")
    for left in (2, 1, 0):
        desk.get_by_role("button", name=re.compile("^Được rồi")).first.tap()
        expect(desk.get_by_role("button", name=re.compile("^Được rồi"))).to_have_count(left)
    desk.get_by_role("button", name="Duyệt, đăng").first.tap()
    expect(desk.get_by_text("Đã duyệt và đăng")).to_be_visible()
    assert Article.objects.get().status == "approved"
