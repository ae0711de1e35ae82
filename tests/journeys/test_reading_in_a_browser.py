"""Readers of every kind: small and large screens, keyboard, large letters, no script, forced colours."""

import re

import pytest
from django.core.cache import cache
from django.template.loader import render_to_string
from django.test import RequestFactory

from articles.models import PublishedArticle
from events.models import Event
from tests.journeys.browsing import DESK, PHONE
from tests.newsroom.public_site import build
from tests.nginx import FOLDER

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = {"preload": False, "rules": {"target-size": {"enabled": True}}}
COLOURS = {"preload": False, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
FAULTS = """(options) => axe.run(document, options).then(({ violations }) =>
  violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`)))"""
TROUBLE = ("400", "403", "403_csrf", "500", "503")
BOTH = pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
# The date box and the calendar chips are drawn at 13 px.
SMALL = """() => {
  const small = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const box = node.parentElement;
    if (!node.data.trim() || !box.checkVisibility() || box.closest(".vh, option")) continue;
    const size = parseFloat(getComputedStyle(box).fontSize);
    if (size < 13 && size > 0) small.push(node.data.trim() + " " + size);
  }
  return small;
}"""
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"
# Words of headings and facts that begin on one line and end on another.
CUT_WORDS = """() => {
  const cut = [];
  for (const box of document.querySelectorAll("main :is(h1, h2, h3, dd, .facts, .event-card, time)")) {
    const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (const found of node.data.matchAll(/[\\p{L}\\p{M}\\d]+/gu)) {
        const range = document.createRange();
        range.setStart(node, found.index);
        range.setEnd(node, found.index + found[0].length);
        const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
        if (lines.size > 1) cut.push(found[0]);
      }
    }
  }
  return cut;
}"""
# Where the focus is, and whether a reader sees it there.
FOCUS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const look = getComputedStyle(at);
  const inner = at.closest("label") ? getComputedStyle(at.closest("label")) : look;
  const box = at.getBoundingClientRect();
  const drawn = [look, inner].some((one) => one.outlineStyle !== "none" && parseFloat(one.outlineWidth) >= 2
    || one.boxShadow !== "none");
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const words = (at.ariaLabel || at.textContent || at.name || at.tagName).trim().slice(0, 40);
  return { words, drawn, inside };
}"""


@pytest.fixture
def site(transactional_db):
    cache.clear()
    return build()


def test_no_page_has_a_fault_that_a_machine_can_see(browse, site):
    """Narrow and wide, light and dark. Dark differs by its colours only: only they are looked at again."""
    axe = pytest.importorskip("axe_playwright_python.base").AXE_SCRIPT
    # At rest: between two schemes the colours would still be on their way.
    page = browse(PHONE, expected="Failed to load resource", reduced_motion="reduce")
    found = {}
    for name, address in (site | _pages_of_trouble(page)).items():
        page.goto(address)
        page.evaluate(axe)
        for viewport in (PHONE, DESK):
            if viewport == DESK and ", " in name:
                continue  # a state of a page differs from it by words and colours: seen on the phone
            page.set_viewport_size(viewport)
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                wrong = page.evaluate(FAULTS, AXE if scheme == "light" else COLOURS)
                wrong += page.evaluate(SMALL) if scheme == "light" else []
                if page.evaluate(TOO_WIDE):
                    wrong.append("wider than the screen")
                if wrong:
                    found[f"{name}, {viewport['width']}, {scheme}"] = wrong
    assert found == {}


def _pages_of_trouble(page):
    """What no reader can be sent to: drawn without a context, and what nginx says when nobody answers."""
    conf = (FOLDER / "newsroom.conf").read_text()
    asked = RequestFactory().get("/")
    drawn = {name: render_to_string(f"{name}.html", request=asked) for name in TROUBLE}
    drawn["nginx"] = re.search(r"return 503 '(.*)';", conf)[1]
    for name, html in drawn.items():
        page.route(
            f"**/{name}/",
            lambda route, _request, html=html: route.fulfill(body=html, content_type="text/html"),
        )
    return {name: f"/{name}/" for name in drawn}


@BOTH
def test_what_opens_is_as_sound_as_the_page(browse, site, viewport):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = browse(viewport)
    page.goto("/")
    page.click(".menu summary" if viewport == PHONE else ".pop summary")
    assert page.locator("form.display:visible").count() == 1
    assert axe.run(page, options=AXE).response["violations"] == []
    assert not page.evaluate(TOO_WIDE)


@BOTH
@pytest.mark.parametrize("kind", ["home", "story", "documents"])
def test_the_keyboard_goes_through_a_page_and_the_focus_is_always_seen(browse, site, viewport, kind):
    page = browse(viewport)
    page.goto(site[kind])
    seen = []
    for _ in range(200):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus is None:
            break  # past the last one: nothing holds the reader
        seen.append(focus)
    else:
        raise AssertionError("the focus never leaves the page")
    assert seen[0]["words"] == "Đến nội dung chính"
    assert [focus for focus in seen if not (focus["drawn"] and focus["inside"])] == []
    page.goto(site[kind])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_letters_twice_as_large_and_the_narrowest_screen_need_no_sideways_reading(browse, site):
    page = browse(PHONE, expected="Failed to load resource")
    wide = []
    for name, address in site.items():
        page.set_viewport_size({"width": 320, "height": 700})
        page.goto(address)
        if page.evaluate(TOO_WIDE):
            wide.append(f"{name} at 320")
        page.set_viewport_size(PHONE)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        if page.evaluate(TOO_WIDE):
            wide.append(f"{name} at 200 %")
    assert wide == []


def test_letters_twice_as_large_break_no_word_and_cut_no_choice(browse, site):
    """A Vietnamese word cut in two, or a figure of a date, is a spelling mistake."""
    page = browse(PHONE)
    title = "Hội nghị tập huấn công tác truyền thông ngành GD&ĐT"
    PublishedArticle.objects.live().update(title=title)
    Event.objects.update(title=title)
    cut = []
    for name in ("home", "story", "event", "documents", "awards", "unit"):
        page.goto(site[name])
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        cut += [f"{name}: {word}" for word in page.evaluate(CUT_WORDS)]
        narrow = (
            "[...document.querySelectorAll('.filters select')].filter((one) => one.clientWidth < 160).length"
        )
        cut += [f"{name}: a choice nobody can read"] * page.evaluate(narrow)
    assert cut == []


def test_nothing_moves_for_who_asks_for_rest(browse, site):
    page = browse(DESK, reduced_motion="reduce")
    page.goto("/")
    moving = """() => [...document.querySelectorAll("*")].filter((one) => {
      const look = getComputedStyle(one);
      const times = `${look.transitionDuration},${look.animationDuration}`.split(",").map(parseFloat);
      return Math.max(...times) > 0.01;
    }).length"""
    assert page.evaluate(moving) == 0


def test_forced_colours_keep_what_is_current_and_chosen(browse, site):
    page = browse(DESK, forced_colors="active")
    page.goto(site["documents"])
    look = "(one) => getComputedStyle(one)"
    current = page.locator(".nav [aria-current]")
    assert "underline" in current.evaluate(f"(one) => ({look})(one).textDecorationLine")
    other = page.locator(".nav a:not([aria-current])").first
    assert "underline" not in other.evaluate(f"(one) => ({look})(one).textDecorationLine")
    page.click(".pop summary")
    chosen = page.locator(".pop .seg label:has(:checked)").first
    assert chosen.evaluate(f"(one) => ({look})(one).outlineStyle") == "solid"


def test_without_a_script_a_reader_sets_the_page_and_passes_the_story_on(browse, site):
    page = browse(PHONE, java_script_enabled=False)
    page.goto(site["story"])
    assert page.locator(".share a:visible").count() == 2
    assert page.locator(".share button:visible").count() == 0
    page.click(".menu summary")
    page.locator(".menu .seg label", has_text="Tối").click()
    page.click(".menu form.display [type=submit]")
    assert page.url.endswith(site["story"])
    assert page.get_attribute("html", "data-theme") == "toi"


def test_with_a_script_a_reader_prints_and_copies(browse, site, settings):
    page = browse(DESK, permissions=["clipboard-read", "clipboard-write"])
    page.add_init_script("window.print = () => { window.printed = true; };")
    page.goto(site["story"])
    page.get_by_role("button", name="In", exact=True).click()
    assert page.evaluate("window.printed")
    page.get_by_role("button", name="Chép liên kết").click()
    page.wait_for_function("document.querySelector('.share [role=status]').textContent !== ''")
    assert page.evaluate("navigator.clipboard.readText()") == settings.SITE_URL + site["story"]


def test_paper_carries_the_story_and_nothing_to_press(browse, site):
    page = browse(DESK)
    page.goto(site["story"])
    page.emulate_media(media="print", color_scheme="dark")
    for gone in (".nav", ".utility", ".share", ".related", ".art-rail", ".masthead .searchbox"):
        assert page.locator(gone).first.is_hidden(), gone
    assert page.get_by_text("Địa chỉ bài:").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
