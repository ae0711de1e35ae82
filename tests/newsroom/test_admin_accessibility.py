"""The back-office as a browser draws it: axe finds nothing, the policy blocks nothing, all can be read."""

import datetime

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.test import RequestFactory
from django.urls import reverse

from departments.models import SchoolYear
from tests.factories.departments import make_department, make_school_year, make_user
from tests.factories.events import make_event
from tests.journeys import browsing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# `preload` would fetch the style sheets once more, into inline styles the policy forbids.
AXE = {"preload": False, "rules": {"target-size": {"enabled": True}}}
# Words smaller than 14 px that somebody sees.
SMALL_TEXT = """() => {
  const small = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const box = node.parentElement;
    if (!node.data.trim() || !box.checkVisibility() || box.closest(".vh, script, option")) continue;
    const size = parseFloat(getComputedStyle(box).fontSize);
    if (size < 14 && size > 0) small.push(node.data.trim() + " " + size);
  }
  return small;
}"""

ENGLISH_ANSWERS = """() => [...document.querySelectorAll("img")].map((icon) => icon.alt)
  .filter((words) => ["True", "False", "None"].includes(words))"""
OUT_OF_SIGHT = """() => [...document.querySelectorAll(".menu-panel, .pick ul, dialog, .select2-dropdown")]
  .filter((box) => box.checkVisibility())
  .map((box) => [box.className, box.getBoundingClientRect()])
  .filter(([, place]) => place.left < 0 || place.right > innerWidth)
  .map(([name]) => name + " is cut off")"""


@pytest.fixture
def office(transactional_db):
    """Enough to fill every kind of page; returns their names and addresses."""
    make_user("sep", full_name="Trần Thị Hồng Hạnh", is_superuser=True)
    province = make_department("Sở Giáo dục và Đào tạo Đắk Lắk")
    school = make_department("Trường THPT Chu Văn An", parent=province)
    year = make_school_year()
    event = make_event("Hội nghị", host=province)
    for number in range(60):
        event.delegates.create(name=f"Khách {number}", title="Giáo viên", position=number)
    guests = f"/admin/events/event/{event.pk}/danh-sach/dai-bieu/"
    departments = "admin:departments_department"
    return {
        "index": reverse("admin:index"),
        "list": reverse(f"{departments}_changelist"),
        "filtered list": reverse(f"{departments}_changelist") + "?q=khong+co",
        "accounts": reverse("admin:accounts_user_changelist"),
        "add": reverse("admin:departments_schoolyear_add"),
        "form with inlines": reverse(f"{departments}_change", args=[school.pk]),
        "devices": reverse("admin:devices"),
        "new key": reverse("admin:add_key"),
        "new app": reverse("admin:add_app"),
        "lost device": reverse("admin:staff_new_device", args=[make_user("mat-may").pk]),
        "history": reverse(f"{departments}_history", args=[school.pk]),
        "delete": reverse("admin:departments_schoolyear_delete", args=[year.pk]),
        "form with a long list": reverse("admin:events_event_change", args=[event.pk]),
        "long list": guests,
        "row": f"{guests}{event.delegates.first().pk}/",
        "table to paste": f"{guests}dan/",
        "password": reverse("admin:password_change"),
        "invite": reverse("admin:staff_entry", args=[make_user("moi", password=None).pk]),
        "invite many": reverse("admin:staff_invitations"),
        "change address": reverse("admin:staff_email", args=[1]),
        "second administrator": reverse("admin:staff_requests"),
        "people from a table": reverse("admin:staff_list"),
        "units from a table": reverse("admin:reform_table"),
        "leaving": reverse("admin:staff_change", args=[make_user("nghi", "head", school).person.pk]),
        "lost": "/admin/khong-co/",
    }


LIGHT_PHONE, DARK_PHONE = (390, "light"), (390, "dark")
LIGHT_DESK, DARK_DESK = (1280, "light"), (1280, "dark")
PHONE_AND_DESK = pytest.mark.parametrize("page", [LIGHT_PHONE, DARK_DESK], indirect=True, ids=str)
PHONE = pytest.mark.parametrize("page", [LIGHT_PHONE], indirect=True, ids=str)


@pytest.fixture(params=[LIGHT_PHONE, DARK_PHONE, LIGHT_DESK, DARK_DESK], ids=str)
def page(request, live_server, office, chromium):
    width, scheme = request.param
    context = chromium.new_context(
        base_url=live_server.url,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        timezone_id="Asia/Ho_Chi_Minh",
        locale="vi-VN",
    )
    yield context.new_page()
    context.close()


class Inspection:
    """What is wrong with the pages looked at, by page."""

    def __init__(self, page):
        self.page, self.said, self.found = page, [], {}
        page.on(
            "console", lambda message: self.said.append(message.text) if message.type == "error" else None
        )
        page.on("pageerror", lambda error: self.said.append(str(error)))

    def look(self, name):
        axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
        wrong = list(self.said)
        # A bar stuck to the edge hides part of whatever lies under it just now; axe would measure the rest.
        self.page.evaluate(
            "document.querySelectorAll('.submit-row').forEach((bar) => bar.style.position = 'static')"
        )
        for finding in axe.run(self.page, options=AXE).response["violations"]:
            wrong += [f"{finding['id']}: {node['html'][:200]}" for node in finding["nodes"]]
        for question in (SMALL_TEXT, OUT_OF_SIGHT, ENGLISH_ANSWERS):
            wrong += self.page.evaluate(question)
        if self.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong.append("wider than the screen")
        if wrong:
            self.found[name] = wrong
        self.said.clear()

    def visit(self, name, address):
        self.page.goto(address, wait_until="load")
        # A refused page is a page too; the browser reports its status as an error of its own.
        self.said = [text for text in self.said if "the server responded with a status of 404" not in text]
        self.look(name)


def sign_in(page):
    """As by the form and a device; the page stands on the first page of the office."""
    browsing.sign_in(page, "sep")
    page.goto(reverse("admin:index"))


def test_every_page_of_the_office(page, office):
    inspection = Inspection(page)
    inspection.visit("sign-in", reverse("admin:login"))
    page.fill("#id_username", "sep")
    page.fill("#id_password", "sai")
    page.click("#login-form [type=submit]")
    inspection.look("sign-in refused")
    sign_in(page)
    for name, address in office.items():
        inspection.visit(name, address)
    assert inspection.found == {}


@PHONE_AND_DESK
def test_every_list_and_every_new_form(page, office):
    inspection = Inspection(page)
    sign_in(page)
    user = get_user_model().objects.get(username="sep")
    request = RequestFactory().get("/")
    request.user = user
    for model, model_admin in admin.site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        inspection.visit(f"{name} list", reverse(f"{name}_changelist"))
        if model_admin.has_add_permission(request):
            inspection.visit(f"{name} form", reverse(f"{name}_add"))
    assert inspection.found == {}


def test_what_opens_on_a_page(page, office):
    """Menus, filters, a new row, the date picker, a search in a field, a refused form."""
    inspection = Inspection(page)
    sign_in(page)
    page.goto(office["list"])
    page.click(".o-top .me summary")
    inspection.look("account menu")
    if page.viewport_size["width"] < 1024:
        page.click(".o-top .rooms summary")
        inspection.look("rooms menu")
        page.click(".o-top .rooms summary")
    else:
        page.click(".o-top .me summary")
    page.click(".pick summary >> nth=0")
    inspection.look("filter")
    page.goto(office["form with inlines"], wait_until="load")
    page.click(".add-row a >> nth=0")
    page.click(".datetimeshortcuts button >> nth=0")
    page.wait_for_selector("dialog[open]")
    inspection.look("date picker")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog[open]", state="detached")
    page.click(".select2-selection >> nth=0")
    page.wait_for_selector(".select2-results__option")
    inspection.look("autocomplete")
    page.goto(office["add"])
    page.click("[name=_save]")
    page.wait_for_selector(".error-summary")
    inspection.look("refused form")
    assert inspection.found == {}


def test_the_bar_of_steps_and_the_words_a_device_keeps(page, office):
    """A withdrawal without its reason; words left unsaved; the same words taken back."""
    event = make_event("Lễ khai giảng")
    address = reverse("admin:events_event_change", args=[event.pk])
    inspection = Inspection(page)
    sign_in(page)
    page.goto(address, wait_until="load")
    page.click(".flow-note summary")
    inspection.look("step with a note")
    page.click("[name=_step][value=withdraw]")
    page.wait_for_selector("#note-withdraw-missing")
    inspection.look("note missing")
    page.fill("#id_title", "Lễ khai giảng năm học")
    page.goto(reverse("admin:index"))
    page.goto(address, wait_until="load")
    page.wait_for_selector("[data-kept-form] [data-restore]")
    inspection.look("kept words")
    page.click("[data-restore]")
    inspection.look("taken back")
    assert inspection.found == {}


@PHONE
def test_axe_would_have_found_something(page, office):
    inspection = Inspection(page)
    sign_in(page)
    page.evaluate(
        "document.querySelector('h1').insertAdjacentHTML('afterend', '<input><img src=\"/x.png\">')"
    )
    inspection.look("planted")
    assert {finding.split(":")[0] for finding in inspection.found["planted"]} >= {"label", "image-alt"}


@PHONE_AND_DESK
def test_a_changed_display_keeps_what_is_typed(page, office):
    sign_in(page)
    page.goto(office["add"])
    page.fill("#id_first_year", "2031")
    if page.viewport_size["width"] < 1024:
        page.click(".o-top .rooms summary")
    with page.expect_response("**/hien-thi/"):
        page.check(".display input[value=toi]:visible", force=True)
    assert page.input_value("#id_first_year") == "2031"
    assert page.evaluate("document.documentElement.dataset.theme") == "toi"
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "toi"


@PHONE
def test_a_school_year_is_entered_by_hand(page, office):
    """The date fields, the save bar and the message, used as a person would."""
    sign_in(page)
    page.goto(office["add"])
    page.fill("#id_first_year", "2031")
    page.fill("#id_starts_on", "05/09/2031")
    page.fill("#id_ends_on", "31/05/2032")
    page.click("[name=_save]")
    assert page.text_content("[role=status]").strip() == "Đã thêm năm học “2031–2032”."
    assert SchoolYear.objects.get(first_year=2031).starts_on == datetime.date(2031, 9, 5)


@PHONE_AND_DESK
def test_escape_closes_a_menu_and_gives_the_focus_back(page, office):
    sign_in(page)
    page.click(".o-top .me summary")
    page.focus("#logout-form button")
    page.keyboard.press("Escape")
    assert page.locator(".o-top .me[open]").count() == 0
    assert page.evaluate("document.activeElement.matches('.o-top .me summary')")


@PHONE
def test_the_editors_buttons_speak_vietnamese(page, office):
    sign_in(page)
    page.goto(reverse("admin:articles_article_add") + "?kind=activity")
    page.wait_for_selector(".prose-menubar[data-vi]", state="attached")
    said = page.evaluate("""() => [...document.querySelectorAll(".prose-menubar *")].flatMap((part) => [
        part.title, part.ariaLabel,
        part.children.length || part.matches(".material-icons") ? "" : part.textContent,
    ]).filter((words) => words?.trim())""")
    assert len(said) > 20
    assert [words for words in said if words.isascii()] == []
