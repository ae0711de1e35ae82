"""The network goes away: what was read is still there with its time, what must not be kept never is."""

import re
import time

import pytest
from django.core.cache import cache

from accounts.models import User
from articles.models import PublishedArticle
from tests.factories.articles import withdraw
from tests.journeys.browsing import PHONE, sign_in
from tests.newsroom.public_site import build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
READY = "navigator.serviceWorker.ready.then((one) => one.active.state === 'activated')"
# Every address kept on the device, photos included.
KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    if (name.startsWith("doc-khung")) continue;
    for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url));
  }
  return found.map((url) => url.pathname + url.search);
}"""


@pytest.fixture
def site(transactional_db):
    cache.clear()
    return build()


@pytest.fixture
def reader(browse):
    """A reader's phone on which the worker has settled: opens one page first."""

    def begin(first, **options):
        page = browse(PHONE, expected="Failed to load resource", service_workers="allow", **options)
        page.goto(first)
        page.evaluate(READY)
        wait_until(page, lambda kept: first in kept)
        return page

    return begin


def heading(page):
    return page.inner_text("h1").replace("\N{NO-BREAK SPACE}", " ")


def kept(page):
    return page.evaluate(KEPT)


def wait_until(page, is_so):
    """The worker keeps and forgets after the page is shown."""
    for _ in range(100):
        if is_so(kept(page)):
            return
        time.sleep(0.1)
    raise AssertionError(kept(page))


def read(page, address):
    """Open it and wait until the device has it."""
    page.goto(address)
    wait_until(page, lambda kept: address in kept)


def test_a_page_that_was_read_is_there_with_its_time_and_others_are_said_to_be_missing(reader, site):
    script = pytest.importorskip("axe_playwright_python.base").AXE_SCRIPT
    axe = f"async () => {{ {script}; return (await axe.run(document, {{ preload: false }})).violations; }}"
    page = reader("/")
    read(page, site["story"])
    title = heading(page)
    assert page.locator("aside .note").count() == 0
    page.context.set_offline(True)
    page.reload()
    assert heading(page) == title
    note = page.inner_text("aside .note")
    assert re.match(r"Đang mất mạng\. Bạn đang đọc bản lưu lúc \d\d:\d\d\.", note), note
    look = "getComputedStyle(document.querySelector('.note')).borderInlineStartWidth"
    assert page.evaluate(look) == "4px"  # the sheet is there, too
    assert page.evaluate(axe) == []
    page.goto("/")
    assert "Bạn đang đọc bản lưu" in page.inner_text("aside .note")
    page.goto(site["documents"] + "?loai=ke-hoach&sap=so")
    assert heading(page) == "Đang mất mạng"
    again = page.get_attribute("main .btn.primary", "href")
    assert again == site["documents"] + "?loai=ke-hoach&sap=so"
    assert page.evaluate(axe) == []
    assert page.locator("main li a").first.inner_text() == title  # what was read last comes first
    page.click("main li a >> nth=0")
    assert heading(page) == title
    page.goto(site["story"] + "?fbclid=abc")  # as a link that was passed on carries it
    assert heading(page) == title
    page.context.set_offline(False)
    page.reload()
    assert page.locator("aside .note").count() == 0


def test_photos_of_a_page_that_was_read_are_there_and_any_size_will_do(reader, site):
    page = reader("/")
    read(page, site["story"])
    shown = "[...document.images].filter((one) => one.complete && one.naturalWidth).length"
    page.locator("figure").last.scroll_into_view_if_needed()
    page.wait_for_function(f"{shown} >= 2")
    wait_until(page, lambda kept: any(path.startswith("/uploads/") for path in kept))
    page.context.set_offline(True)
    page.reload()
    page.wait_for_function(f"{shown} >= 1")
    assert "Ảnh sẽ hiện" not in page.inner_text("aside .note")
    wide = page.evaluate(
        """async () => {
          const [photo] = [...document.images].map((one) => one.currentSrc);
          return (await fetch(photo.replace(/[^/]*$/, "1280.jpg"))).ok;
        }"""
    )
    assert wide


def test_a_story_that_was_taken_down_leaves_the_device_with_the_lists_that_name_it(reader, site):
    page = reader("/")
    read(page, "/gioi-thieu/")
    read(page, site["story"])
    story = PublishedArticle.objects.get(pk=site["story"].rstrip("/").rsplit("-", 1)[1])
    withdraw(story, User.objects.get(username="truongdonvi"))
    page.goto(site["story"])
    wait_until(page, lambda kept: kept == ["/gioi-thieu/"])
    assert heading(page) == "Bài đã được gỡ"
    page.context.set_offline(True)
    page.goto(site["story"])
    assert heading(page) == "Đang mất mạng"


def test_nothing_of_the_office_nothing_searched_and_nothing_of_one_person_is_kept(reader, site):
    page = reader("/gioi-thieu/")
    for address in (
        site["search, found"],
        site["verified"],
        site["verify, mistyped"],
        "/van-ban/?q=khen",
        "/khen-thuong/?ten=an",
    ):
        page.goto(address)
    sign_in(page, "truongdonvi")
    page.goto("/admin/cho-duyet/")
    page.goto("/admin/articles/article/")
    page.goto("/lien-he/")  # whoever is signed in gets an answer for one person
    assert kept(page) == ["/gioi-thieu/"]
    page.context.set_offline(True)
    with pytest.raises(Exception, match="ERR_"):
        page.goto("/admin/cho-duyet/")


def test_who_signs_out_leaves_nothing_of_what_was_read(reader, site):
    page = reader(site["story"])
    sign_in(page, "truongdonvi")
    page.goto("/admin/")
    assert site["story"] in kept(page)
    with page.expect_navigation():
        page.evaluate("document.querySelector('form[action*=logout]').submit()")
    wait_until(page, lambda kept: kept == [])


def in_the_worker(page, script):
    return page.context.service_workers[-1].evaluate(script)


def test_the_device_keeps_no_more_and_no_longer_than_promised(reader, site):
    page = reader("/gioi-thieu/")
    made = """async (count) => {
      const said = new Headers({ "Content-Type": "text/html" });
      for (let n = 0; n < count; n++) await keep(PAGES, `/trang-${n}/`, "", said, MOST_PAGES, LIFE);
    }"""
    in_the_worker(page, f"({made})(35)")
    assert kept(page) == [f"/trang-{n}/" for n in range(5, 35)]
    two_days = 48 * 3600 * 1000
    in_the_worker(page, f"(Date.now = () => {time.time() * 1000 + two_days + 1000}) && ({made})(1)")
    assert kept(page) == ["/trang-0/"]


def test_a_copy_is_shown_when_the_network_is_too_slow_and_a_server_in_trouble_takes_none_away(reader, site):
    page = reader(site["story"])
    title = heading(page)
    in_the_worker(page, "void (self.fromNetwork = () => new Promise(() => {}))")
    page.reload()
    assert heading(page) == title
    assert page.inner_text("aside .note").startswith("Mạng đang rất chậm. Bạn đang đọc bản lưu lúc")
    in_the_worker(page, "void (self.fromNetwork = async () => new Response('bận', { status: 503 }))")
    page.reload()
    assert page.inner_text("body") == "bận"
    assert kept(page)[0] == site["story"]


def test_a_new_version_replaces_the_old_one_and_keeps_what_was_read(reader, site):
    page = reader(site["story"])
    page.evaluate("caches.open('doc-khung-cu').then((old) => old.put('/cu/', new Response('cũ')))")
    in_the_worker(page, "self.registration.unregister()")
    page.goto("/")
    page.evaluate(READY)
    wait_until(page, lambda kept: "/" in kept and site["story"] in kept)
    assert page.evaluate("caches.has('doc-khung-cu')") is False


def test_switched_off_the_worker_takes_away_what_it_kept_and_itself(reader, site, settings):
    page = reader(site["story"])
    settings.OFFLINE_READING = False
    page.evaluate("navigator.serviceWorker.ready.then((one) => one.update())")
    wait_until(page, lambda kept: kept == [])
    for _ in range(50):
        if page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0:
            break
        time.sleep(0.1)
    else:
        raise AssertionError("the worker is still there")
    assert page.evaluate("caches.keys()") == []


def test_signing_out_leaves_a_reader_the_page_for_times_without_a_network(reader, site):
    """The office's pages leave the browser's cache; the worker and what others keep sealed stay."""
    page = reader("/")
    page.evaluate("localStorage.setItem('ban-nhap:99:1', '\\u0001của người khác')")
    sign_in(page, "ctv")
    page.goto("/admin/")
    page.locator("summary.o-me").click()
    with page.expect_response("**/logout/") as left:
        page.get_by_role("button", name="Đăng xuất").first.click()
    assert left.value.all_headers()["clear-site-data"] == '"cache"'
    page.wait_for_url("**/logout/")
    assert page.evaluate("localStorage.getItem('ban-nhap:99:1')").endswith("của người khác")
    page.context.set_offline(True)
    page.goto("/van-ban/")
    assert heading(page) == "Đang mất mạng"
