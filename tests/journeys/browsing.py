"""How a journey drives a browser."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client

from accounts.models import Session
from tests.factories.departments import PASSWORD

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


def end_sessions():
    """Every session ends, as by time."""
    Session.objects.all().delete()


def sign_in(page, username):
    """Signed in as by the form and a device; the page stays where it is."""
    client = Client()
    client.force_login(get_user_model().objects.get(username=username))
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies(
        [{"name": session.key, "value": session.value, "domain": "localhost", "path": "/"}]
    )


def sign_in_again(page, username="ctv"):
    """In the window over the text, when the session has ended."""
    frame = page.frame_locator("#session-dialog iframe")
    frame.locator("#id_username").fill(username)
    frame.locator("#id_password").fill(PASSWORD)
    frame.locator("form [type=submit]").click()


def nothing_is_kept(page):
    """Wait until the device holds no words that the server does not have."""
    page.wait_for_function("() => !Object.keys(localStorage).some((key) => key.startsWith('ban-nhap:'))")


def wait_until_saved(page):
    """Until the writing screen says that the server holds what it shows."""
    page.wait_for_function(
        "() => /^Đã lưu \\d\\d:\\d\\d$/.test(document.querySelector('[data-saved]').textContent)"
    )


def open_story(page, article):
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    page.locator(".tiptap[aria-label]").wait_for()


CARET_IS_THERE = "(block) => block.contains(getSelection().anchorNode) && block.closest(':focus') !== null"


def type_at_end(page, words):
    last = page.locator(".tiptap > p").last
    for _ in range(10):  # a picture that takes its place moves the words away under the pointer
        last.click()
        if last.evaluate(CARET_IS_THERE):
            break
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def leave_without_a_line(page):
    """The page goes while there is no line.

    Chromium lets through what a page sends in going, whatever it was told about the line.
    """
    page.evaluate("() => void (window.fetch = () => Promise.reject(new TypeError('no line')))")
    page.goto("about:blank")
    page.close()
    page.context.set_offline(False)
    return page.context.new_page()


def leave_unsent(page, article, words):
    """The page goes while there is no line; the next one opens with it."""
    open_story(page, article)
    page.context.set_offline(True)
    type_at_end(page, words)
    page = leave_without_a_line(page)
    open_story(page, article)
    page.locator("[data-local-copy]").wait_for()
    return page
