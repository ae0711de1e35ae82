"""The mail server, from the environment's EMAIL_URL."""

from typing import Any

_MAIL_OPTIONS = {
    "host": "EMAIL_HOST",
    "port": "EMAIL_PORT",
    "username": "EMAIL_HOST_USER",
    "password": "EMAIL_HOST_PASSWORD",
    "use_tls": "EMAIL_USE_TLS",
    "use_ssl": "EMAIL_USE_SSL",
    "file_path": "EMAIL_FILE_PATH",
}


def mailer_of(named: dict[str, Any]) -> dict[str, Any]:
    """Return the entry of MAILERS."""
    options = {option: named[name] for option, name in _MAIL_OPTIONS.items() if named.get(name)}
    if named["EMAIL_BACKEND"].endswith("smtp.EmailBackend"):
        # A mail server that hangs must not block the worker, which also publishes.
        options.setdefault("timeout", 15)
    return {"BACKEND": named["EMAIL_BACKEND"], "OPTIONS": options}
