"""One number leads from nginx through the log to the page a reader sees; errors go to a collector too."""

import json
import logging
import logging.config
import re

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError

from newsroom.logs.configuration import logging_of

GIVEN = "3f2a9c0d1e4b5a6978877665544332211"[:32]


class Collector(logging.Handler):
    """An operator's own."""

    records: list[logging.LogRecord] = []

    def emit(self, record):
        self.records.append(record)


@pytest.fixture
def configured(monkeypatch):
    """Configures logging and gives back what the handlers of pytest and Django were."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level

    def configure(*settings):
        logging.config.dictConfig(logging_of(*settings))

    yield configure
    logging.config.dictConfig(logging_of("line", ""))
    root.handlers[:], root.level = before, level


@pytest.fixture
def broken(monkeypatch, client):
    """Makes the address of contact fail as the test says."""
    client.raise_request_exception = False

    def breaks(failure):
        def fail(*args, **kwargs):
            raise failure

        monkeypatch.setattr("newsroom.views.display.keep_choice", fail)

    return breaks


def test_a_number_is_taken_only_in_a_safe_shape(client):
    assert client.get("/healthz", headers={"X-Request-ID": GIVEN})["X-Request-ID"] == GIVEN
    for odd in ("", "short", "x" * 65, "hai dòng\nERROR giả mạo", "<script>alert(1)</script>", "ắ" * 32):
        made = client.get("/healthz", headers={"X-Request-ID": odd})["X-Request-ID"]
        assert re.fullmatch("[0-9a-f]{32}", made)
    assert client.get("/healthz")["X-Request-ID"] != client.get("/healthz")["X-Request-ID"]


@pytest.mark.django_db
def test_the_error_page_tells_the_number_that_the_log_has(client, broken, configured, capsys):
    for failure, status in ((ValueError("hỏng"), 500), (OperationalError("away"), 503)):
        broken(failure)
        configured("line", "")
        answer = client.post("/hien-thi/", headers={"X-Request-ID": GIVEN})
        assert answer.status_code == status
        assert f"<code>{GIVEN[:12]}</code>" in answer.content.decode()
        assert f"django.request [{GIVEN}]: " in capsys.readouterr().err


@pytest.mark.django_db
def test_json_lines_and_a_collector_have_it_too_and_no_request(client, broken, configured, capsys):
    broken(ValueError("hỏng"))
    Collector.records = []
    configured("json", f"{__name__}.Collector")
    client.post("/hien-thi/", {"chu": "điều tôi gõ"}, headers={"X-Request-ID": GIVEN})
    logging.getLogger("newsroom.x").info("dòng thường /xem-truoc/abc123/")
    error, plain = [json.loads(line) for line in capsys.readouterr().err.splitlines()][-2:]
    assert (error["level"], error["logger"], error["request_id"]) == ("ERROR", "django.request", GIVEN)
    assert "ValueError: hỏng" in error["exc_info"]
    assert {"time", "message", "status_code"} <= error.keys()
    assert not {"request", "in_brackets"} & error.keys()
    assert (plain["message"], plain["request_id"]) == ("dòng thường /xem-truoc/…/", "")
    (told,) = Collector.records
    assert (told.request_id, told.exc_info[0], hasattr(told, "request")) == (GIVEN, ValueError, False)


def test_an_unknown_form_is_refused():
    with pytest.raises(ImproperlyConfigured, match="LOG_FORMAT"):
        logging_of("xml", "")
