"""LOGGING: lines for people or JSON, and a handler of the operator's own for errors."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from pythonjsonlogger.core import RESERVED_ATTRS

FORMATS = ("line", "json")
_LINE = "{asctime} {levelname} {name}{in_brackets}: {message}"
# `request` of Django's own lines holds what a person sent.
_NOT_TOLD = [*RESERVED_ATTRS, "in_brackets", "request"]
_TIME = "%Y-%m-%dT%H:%M:%S%z"


def logging_of(form: str, error_handler: str) -> dict[str, Any]:
    """Return the configuration; `error_handler` is the path of a logging.Handler class that takes no
    arguments, or "". Raises ImproperlyConfigured for an unknown form.
    """
    if form not in FORMATS:
        raise ImproperlyConfigured(f"LOG_FORMAT is {form!r}: write one of {', '.join(FORMATS)}.")
    ours = ["hide_tokens", "brief_outages", "with_request_id"]
    handlers: dict[str, Any] = {
        "stderr": {"class": "logging.StreamHandler", "formatter": form, "filters": ours}
    }
    if error_handler:
        own = {"class": error_handler, "level": "ERROR", "filters": [*ours, "without_request"]}
        handlers["collector"] = own
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {"format": _LINE, "style": "{", "datefmt": _TIME, "defaults": {"in_brackets": ""}},
            "json": {
                "()": "pythonjsonlogger.json.JsonFormatter",
                "fmt": "{asctime}{levelname}{name}{request_id}{message}",
                "style": "{",
                "datefmt": _TIME,
                "rename_fields": {"asctime": "time", "levelname": "level", "name": "logger"},
                "reserved_attrs": _NOT_TOLD,
                "json_ensure_ascii": False,
            },
        },
        "filters": {
            "hide_tokens": {"()": "newsroom.logs.filters.HideTokens"},
            "brief_outages": {"()": "newsroom.logs.filters.BriefOutages"},
            "with_request_id": {"()": "newsroom.logs.request_ids.WithRequestId"},
            "without_request": {"()": "newsroom.logs.filters.WithoutRequest"},
        },
        "handlers": handlers,
        "root": {"handlers": list(handlers), "level": "INFO"},
        "loggers": {
            # Anybody can send another host's name: no traceback for it.
            "django.security.DisallowedHost": {"handlers": [], "propagate": False},
        },
    }
