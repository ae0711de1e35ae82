"""In a browser: choices and names under a story are kept, joined and refused like its words."""

import pytest
from django.utils import timezone

from articles.models import Article
from articles.writing import drafting
from tests.factories.articles import figure_of, make_draft, make_section
from tests.factories.media import make_photo
from tests.journeys.browsing import (
    DESK,
    PHONE,
    end_sessions,
    leave_without_a_line,
    nothing_is_kept,
    open_story,
    sign_in,
    sign_in_again,
    type_at_end,
    wait_until_saved,
)

CUT = "Failed to load resource"
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def article(collaborator):
    return make_draft(collaborator, body="<p>Đoạn một.</p>")


def names_of(article):
    return [row.name for row in article.bylines.all()]


def test_every_field_in_which_two_people_differ_is_seen_and_chosen(browse, article, collaborator, head):
    theirs, own = make_section("Của trưởng đơn vị"), make_section("Của người viết")
    page = browse(PHONE, expected=CUT)
    sign_in(page, "ctv")
    with page.expect_response("**/tinh-hinh/"):  # the last the page asks for by itself: the database is free
        open_story(page, article)
    page.wait_for_load_state("networkidle")
    article.section = theirs
    article.embargo_until = timezone.datetime(2027, 1, 5, 7, 30, tzinfo=timezone.get_default_timezone())
    article.planned_on = "2027-01-05"
    drafting.save(article, by=head, draft_number=article.draft_number)
    page.select_option("#id_section", str(own.pk))
    page.fill("#id_planned_on", "2027-01-06")
    dialog = page.locator("#join-dialog")
    section = dialog.get_by_role("group", name="Chuyên mục")
    section.wait_for()
    assert "Của trưởng đơn vị" in section.inner_text()
    assert "Của người viết" in section.inner_text()
    assert section.get_by_label("Giữ của bạn").is_checked()
    embargo = dialog.get_by_role("group", name="Không đăng trước")
    assert "07:30 05/01/2027" in embargo.inner_text()
    assert "(để trống)" in embargo.inner_text()
    assert embargo.get_by_label("Lấy của Trần Văn Minh").is_checked()  # not touched on this screen
    dialog.get_by_role("group", name="Ngày dự kiến đăng").get_by_label("Lấy của Trần Văn Minh").check()
    assert dialog.evaluate("(box) => box.scrollWidth <= box.clientWidth")
    dialog.get_by_role("button", name="Ghép và lưu").click()
    wait_until_saved(page)
    article.refresh_from_db()
    assert (article.section, f"{article.planned_on}") == (own, "2027-01-05")
    assert f"{timezone.localtime(article.embargo_until):%H:%M %d/%m/%Y}" == "07:30 05/01/2027"
    assert page.input_value("#id_embargo_until") == "2027-01-05T07:30"


def add_name(page, name):
    page.locator("#bylines-group .add-row a").click()
    page.locator("[name$='-name']:not([name*=__prefix__])").last.fill(name)


def test_a_name_under_the_story_is_saved_like_its_words(browse, article):
    page = browse(DESK)
    sign_in(page, "ctv")
    open_story(page, article)
    add_name(page, "H’Lan Byă")
    wait_until_saved(page)
    assert names_of(article) == ["Nguyễn Thị Lan", "H’Lan Byă"]
    page.locator("#bylines-1 .inline-deletelink").click()
    type_at_end(page, " Thêm.")
    wait_until_saved(page)
    assert names_of(article) == ["Nguyễn Thị Lan"]
    with page.expect_navigation():
        page.click("[name=_save]")
    assert names_of(article) == ["Nguyễn Thị Lan"]


def test_a_name_taken_away_is_saved_by_itself(browse, article):
    page = browse(DESK)
    sign_in(page, "ctv")
    open_story(page, article)
    add_name(page, "H’Lan Byă")
    page.keyboard.press("Tab")  # out of the box: what follows is told by the row alone
    wait_until_saved(page)
    page.locator("#bylines-1 .inline-deletelink").click()
    page.get_by_text("Đang gõ…").wait_for()
    wait_until_saved(page)
    assert names_of(article) == ["Nguyễn Thị Lan"]


def test_leaving_a_box_that_is_saved_says_nothing_new(browse, article):
    """Else its words could move the button that is pressed away under the finger."""
    page = browse(DESK)
    sign_in(page, "ctv")
    open_story(page, article)
    page.fill("#id_title", "Chào cờ đầu tuần này")
    wait_until_saved(page)
    said = page.locator("[data-saved]").inner_text()
    page.evaluate("document.activeElement.blur()")
    assert page.locator("[data-saved]").inner_text() == said


def test_what_is_said_of_saving_moves_nothing(browse, article):
    page = browse(DESK)
    sign_in(page, "ctv")
    open_story(page, article)
    moved = """(words) => {
      const places = words.map((one) => {
        document.querySelector("[data-saved]").textContent = one;
        return [...document.querySelectorAll(".flow .btn, .sheet")].map((part) => part.offsetTop).join();
      });
      return new Set(places).size > 1;
    }"""
    words = ["Đã lưu 10:16, 30/11", "Đang gõ…", "Đang lưu…", "Đã lưu 10:16"]
    for width in range(800, 1500, 20):
        page.set_viewport_size(DESK | {"width": width})
        assert not page.evaluate(moved, words), width


def test_a_name_typed_without_a_line_is_kept_and_taken_back(browse, article):
    section = make_section("Mục khác")
    page = browse(PHONE, expected=CUT)
    sign_in(page, "ctv")
    open_story(page, article)
    page.context.set_offline(True)
    add_name(page, "H’Lan Byă")
    page.select_option("#id_section", str(section.pk))
    page = leave_without_a_line(page)
    open_story(page, article)
    page.get_by_text("Bản trên máy mới hơn").wait_for()
    page.get_by_role("button", name="Lấy lại bản trên máy").click()
    wait_until_saved(page)
    assert names_of(article) == ["Nguyễn Thị Lan", "H’Lan Byă"]
    article.refresh_from_db()
    assert article.section == section
    nothing_is_kept(page)


def test_a_new_story_shows_the_name_it_was_signed_with(browse, collaborator):
    page = browse(DESK)
    sign_in(page, "ctv")
    page.goto("/admin/articles/article/add/?kind=activity")
    page.locator(".tiptap[aria-label]").wait_for()
    page.fill("#id_title", "Tin đầu tiên")
    wait_until_saved(page)
    assert page.input_value("[name=bylines-0-name]") == "Nguyễn Thị Lan"
    type_at_end(page, "Thêm.") if page.locator(".tiptap > p").count() else None
    wait_until_saved(page)
    assert names_of(Article.objects.get()) == ["Nguyễn Thị Lan"]


def test_a_name_added_before_the_answer_does_not_take_the_writers_place(browse, collaborator):
    page = browse(DESK)
    sign_in(page, "ctv")
    page.goto("/admin/articles/article/add/?kind=activity")
    page.locator(".tiptap[aria-label]").wait_for()

    def add_meanwhile(route):
        answer = route.fetch()
        add_name(page, "H’Lan")
        page.focus("[name=bylines-0-name]")
        route.fulfill(response=answer)

    page.route("**/tu-luu/", add_meanwhile, times=1)
    page.fill("#id_title", "Tin đầu tiên")
    page.wait_for_function("() => document.activeElement.name === 'bylines-1-name'")
    page.keyboard.type(" Byă")
    wait_until_saved(page)
    assert [page.input_value(f"[name=bylines-{row}-name]") for row in (0, 1)] == [
        "Nguyễn Thị Lan",
        "H’Lan Byă",
    ]
    assert names_of(Article.objects.get()) == ["Nguyễn Thị Lan", "H’Lan Byă"]


def test_what_the_server_refuses_is_not_called_saved(browse, article):
    page = browse(PHONE, expected=CUT)
    sign_in(page, "ctv")
    open_story(page, article)
    long = "Tiêu đề rất dài " * 20
    page.fill("#id_title", long)
    says = page.locator("[data-saved]")
    says.get_by_text("Tiêu đề chưa lưu được, xem đầu trang.").wait_for()
    assert "giữ trên máy này" in says.inner_text()
    told = page.get_by_role("alert").filter(has_text="Còn những chỗ này")
    assert "Tiêu đề dài quá 200 ký tự" in told.inner_text()
    told.get_by_role("link", name="Tiêu đề").click()
    assert page.evaluate("document.activeElement.id") == "id_title"
    at_field = page.locator("#title .errorlist")
    assert "Tiêu đề dài quá 200 ký tự" in at_field.inner_text()
    box = page.locator("#id_title")
    assert box.get_attribute("aria-invalid") == "true"
    assert box.get_attribute("aria-describedby") == at_field.get_attribute("id")
    page.reload()
    page.get_by_role("button", name="Xem và ghép hai bản").wait_for()
    page.get_by_role("button", name="Lấy lại bản trên máy").click()
    at_field.wait_for()
    assert page.input_value("#id_title").strip() == long.strip()
    page.fill("#id_title", "Tiêu đề vừa")
    wait_until_saved(page)
    assert at_field.count() == 0
    assert told.count() == 0
    assert box.get_attribute("aria-invalid") is None


def test_signing_in_can_be_put_off_by_a_button_and_from_within_its_frame(browse, article):
    page = browse(PHONE)
    sign_in(page, "ctv")
    open_story(page, article)
    end_sessions()
    says, frame = page.locator("[data-saved]"), page.frame_locator("#session-dialog iframe")
    for number, put_off in enumerate(("button", "Escape")):
        type_at_end(page, f" Câu {number}.")
        frame.locator("#id_username:focus").wait_for()
        if put_off == "button":
            page.locator("#session-dialog").get_by_role("button", name="Để sau").click()
        else:
            frame.locator("#id_username").press("Escape")
        says.get_by_text("Chưa đăng nhập lại; chữ của bạn đã giữ trên máy này").wait_for()
        assert page.locator("#session-dialog").is_hidden()
        assert page.locator(".tiptap").evaluate("(area) => area.contains(document.activeElement)")
    page.fill("#id_lead", "Sapo gõ lúc hết phiên.")
    page.locator("#session-dialog").get_by_role("button", name="Để sau").click()
    page.wait_for_timeout(3500)
    assert page.locator("#session-dialog").is_hidden()  # not asked again before the next words
    page.click("[name=_save]")
    sign_in_again(page)
    page.get_by_text("Đã lưu nháp.").wait_for()
    article.refresh_from_db()
    assert article.body == "<p>Đoạn một. Câu 0. Câu 1.</p>"


def test_a_long_text_left_at_once_comes_back_whole(browse, article):
    """A browser sends no more than 64 KB on its way out."""
    page = browse(DESK, expected=CUT)
    sign_in(page, "ctv")
    open_story(page, article)
    page.route("**/tu-luu/", lambda route: route.abort())  # what goes out with the page does not arrive
    long = "Một câu dài của bài. " * 5000
    page.evaluate("(words) => document.querySelector('.tiptap').editor.commands.insertContent(words)", long)
    page.evaluate("location.assign('/admin/')")
    page.wait_for_url("**/admin/")
    page.unroute("**/tu-luu/")
    open_story(page, article)
    page.get_by_text("Bản trên máy mới hơn: bài lưu lần cuối trước đó (Nguyễn Thị Lan, ").wait_for()
    page.get_by_role("button", name="Lấy lại bản trên máy").click()
    wait_until_saved(page)
    article.refresh_from_db()
    assert article.body.count("Một câu dài của bài.") == 5000


def test_a_photo_in_the_text_holds_its_place_while_it_loads(browse, collaborator):
    photo = make_photo(department=collaborator.person.positions.first().department)
    article = make_draft(collaborator, body=figure_of(photo) + "<p>Đoạn kết.</p>")
    page = browse(PHONE, expected=CUT)
    page.route("**/uploads/**", lambda route: None)  # never answered
    sign_in(page, "ctv")
    page.goto(f"/admin/articles/article/{article.pk}/change/", wait_until="domcontentloaded")
    picture = page.locator(".figblock img")
    _, width, height, _ = photo.renditions[-1]
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    assert box["height"] == pytest.approx(box["width"] * height / width, abs=2)
