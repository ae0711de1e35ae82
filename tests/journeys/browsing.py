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
