"""No log line tells an address that opens something by being known; an outage does not fill the disk."""

import logging
import re
import sys

from django.conf import settings
from django.db import OperationalError

from newsroom.logs.filters import BriefOutages, HideTokens


def test_the_token_of_a_preview_is_taken_out_of_every_line():
    record = logging.LogRecord(
        "django.request", 30, "", 1, "%s: %s", ("Not Found", "/xem-truoc/abc-DEF_1/anh/x.jpg"), None
    )
    assert HideTokens().filter(record)
    assert record.getMessage() == "Not Found: /xem-truoc/…/anh/x.jpg"


def test_every_handler_hides_them():
    handlers = settings.LOGGING["handlers"].values()
    assert all("hide_tokens" in handler["filters"] for handler in handlers)


def test_a_request_without_the_database_is_one_line():
    try:
        raise OperationalError("connection refused\n")
    except OperationalError:
        failure = sys.exc_info()
    record = logging.LogRecord("django.request", 40, "", 1, "%s: %s", ("Service Unavailable", "/"), failure)
    assert BriefOutages().filter(record)
    assert logging.Formatter("{message}", style="{").format(record) == (
        "Service Unavailable: / (connection refused)"
    )


def test_a_refused_page_is_logged_with_who_asked_for_it(client, collaborator, caplog):
    client.force_login(collaborator)
    assert client.get("/admin/tinh-trang/", REMOTE_ADDR="203.0.113.9").status_code == 403
    (line,) = [record.getMessage() for record in caplog.records if record.name == "newsroom.refusals"]
    assert line == f"Refused 'GET /admin/tinh-trang/' to account {collaborator.pk} at '203.0.113.9'"


def test_every_line_says_its_time_with_the_offset():
    line = logging.LogRecord("newsroom", 30, "", 1, "một dòng", (), None)
    words = settings.LOGGING["formatters"]["line"]
    said = logging.Formatter(words["format"], words["datefmt"], words["style"], defaults=words["defaults"])
    said = said.format(line)
    assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4} WARNING newsroom: một dòng", said)
