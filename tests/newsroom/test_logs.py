"""No log line tells an address that opens something by being known."""

import logging

from django.conf import settings

from newsroom.logs import HideTokens


def test_the_token_of_a_preview_is_taken_out_of_every_line():
    record = logging.LogRecord(
        "django.request", 30, "", 1, "%s: %s", ("Not Found", "/xem-truoc/abc-DEF_1/anh/x.jpg"), None
    )
    assert HideTokens().filter(record)
    assert record.getMessage() == "Not Found: /xem-truoc/…/anh/x.jpg"


def test_every_handler_hides_them():
    handlers = settings.LOGGING["handlers"].values()
    assert all("hide_tokens" in handler["filters"] for handler in handlers)
