"""How a journey drives a browser."""

import re

from tests.factories.departments import PASSWORD

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


def sign_in(page, username):
    page.goto("/admin/")
    page.fill("#id_username", username)
    page.fill("#id_password", PASSWORD)
    page.click("form [type=submit]")
    page.wait_for_url(re.compile(r"/admin/$"))


def wait_until_saved(page):
    """Until the writing screen says that the server holds what it shows."""
    page.wait_for_function(
        "() => /^Đã lưu \\d\\d:\\d\\d$/.test(document.querySelector('[data-saved]').textContent)"
    )
