"""Start page, board and pre-flight list in a browser: axe, and no lost text."""

import pytest
from django.urls import reverse

from articles.models import Article
from tests.factories.articles import make_draft, make_published, send_back, submit
from tests.factories.departments import PASSWORD
from tests.factories.events import make_event
from tests.newsroom.test_admin_accessibility import Inspection

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=[(390, "light"), (1280, "dark")], ids=str)
def page(request, live_server, chromium):
    width, scheme = request.param
    context = chromium.new_context(
        base_url=live_server.url, viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    yield context.new_page()
    context.close()


def sign_in(page):
    page.goto(reverse("admin:login"))
    page.fill("#id_username", "ctv")
    page.fill("#id_password", PASSWORD)
    page.click("#login-form [type=submit]")
    page.wait_for_url("**/admin/")


def test_the_board_and_the_start_page(page, collaborator, head):
    make_draft(collaborator)
    submit(make_draft(collaborator), collaborator)
    send_back(submit(make_draft(collaborator), collaborator), head)
    make_published(collaborator, head)
    event = make_event()
    sign_in(page)
    inspection = Inspection(page)
    inspection.look("board")
    inspection.visit("start", reverse("admin:articles_article_add"))
    inspection.visit("board of its own", reverse("admin:writing_board"))
    inspection.visit("events", reverse("admin:events_event_changelist"))
    inspection.visit("event", reverse("admin:events_event_change", args=[event.pk]))
    assert inspection.found == {}


def test_the_list_is_answered_and_followed_without_losing_what_is_typed(page, collaborator):
    article = make_draft(
        collaborator, lead="", body="<p>Sáng nay, trường họp.</p><h2>Mục</h2><p>Em đi trưòng.</p>"
    )
    sign_in(page)
    page.goto(reverse("admin:articles_article_change", args=[article.pk]))
    page.wait_for_selector(".tiptap")
    page.fill("#id_title", "Tít đang gõ dở")
    answers = page.locator("[data-checks] .answer")
    answers.first.locator("summary").click()
    answers.first.locator("input").fill("Đăng ngay trong ngày.")
    page.keyboard.press("Enter")
    page.locator(".reply").wait_for()
    assert "Đăng ngay trong ngày." in page.locator(".reply").inner_text()
    assert page.input_value("#id_title") == "Tít đang gõ dở"
    assert Article.objects.get().check_answers.count() == 1

    page.locator("a[data-place=body]", has_text="trưòng").click()
    assert page.evaluate("getSelection().isCollapsed && getSelection().anchorNode.data.endsWith('trưòng.')")
    assert page.evaluate("[...CSS.highlights.get('gop-y')].map(String)") == ["trưòng"]
    page.keyboard.type("x")  # before the words, in their place nothing
    assert "xtrưòng" in page.locator(".tiptap").inner_text()
    page.keyboard.press("Backspace")
    page.locator("a[data-place=lead]").click()
    assert page.evaluate("document.activeElement.id") == "id_lead"

    # What is being typed into the list stays when a save elsewhere brings a new one.
    open_answer = page.locator("[data-checks] .answer", has_text="trưòng")
    open_answer.locator("summary").click()
    open_answer.locator("input").fill("Chữ đang gõ")
    Article.objects.update(lead="Đã có sapo.")
    page.evaluate(
        "document.querySelector('[data-editor-form]').dispatchEvent(new CustomEvent('draft:saved'))"
    )
    page.locator("[data-checks] .bad").wait_for(state="detached")
    assert open_answer.locator("input").input_value() == "Chữ đang gõ"

    # A list that cannot be reached keeps the reason in its box.
    page.route("**/kiem/**", lambda route: route.abort())
    open_answer.locator("button").click()
    assert open_answer.locator("input").input_value() == "Chữ đang gõ"


TABLE = (
    "<table><tbody><tr><td><p><strong>Ô chữ đậm</strong></p></td><td><p>Ô hai</p></td></tr></tbody></table>"
)
BAR = ".flow.stick, .prose-menubar"


def test_axe_finds_nothing_with_buttons_on_and_lists_open(page, collaborator):
    article = make_draft(collaborator, lead="", body=f"<p>Sáng nay, trường họp ở GDĐT.</p>{TABLE}<p>Hết.</p>")
    sign_in(page)
    page.goto(reverse("admin:articles_article_change", args=[article.pk]))
    page.wait_for_selector(".prose-menubar[data-vi]", state="attached")
    is_wide = page.viewport_size["width"] > 1000
    if is_wide:
        assert page.locator(".flow.stick").bounding_box()["height"] == 60
        page.locator("[data-open-items]").click()
        bar = page.locator(".flow.stick").bounding_box()
        assert page.locator("#kiem").bounding_box()["y"] >= bar["y"] + bar["height"]
    else:
        page.set_viewport_size({"width": 360, "height": 780})
    page.locator(".tiptap strong").click()
    page.locator('[data-name="bold"].active').wait_for()
    page.locator('[data-name="table:deleteRow"]:not(.hidden)').wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator(".prose-menubar").bounding_box()["height"] <= (110 if is_wide else 70)
    for summary in page.locator("[data-checks] summary").all():
        summary.click()
    inspection = Inspection(page)
    # What sticks hides part of whatever lies under it just now; axe would measure the rest.
    page.evaluate(
        "(bars) => document.querySelectorAll(bars).forEach((bar) => bar.style.position = 'static')", BAR
    )
    inspection.look("list")
    if is_wide:
        page.get_by_role("button", name="Xem thử bên cạnh").click()
        page.frame_locator(".beside-page").get_by_text("trường họp ở GDĐT").wait_for()
        inspection.look("page beside the text")
    assert inspection.found == {}


def test_a_new_story_gets_its_list_with_the_first_save(page, collaborator):
    sign_in(page)
    page.goto(reverse("admin:articles_article_add") + "?kind=activity")
    page.wait_for_selector(".tiptap")
    badge = page.locator("[data-open-items]")
    assert not badge.is_visible()
    page.fill("#id_title", "Bài vừa gõ")
    page.locator("[data-checks] .bad").first.wait_for()
    required = page.locator("[data-checks] .bad").count()
    assert badge.inner_text() == f"Còn {required} mục"
    page.locator("a[data-place=section]").click()
    assert page.evaluate("document.activeElement.id") == "id_section"
