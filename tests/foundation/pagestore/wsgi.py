"""Ask a WSGI application as a server would."""

import io
from collections.abc import Callable
from typing import Any


def ask(application: Callable, path: str, **more: Any) -> tuple[dict[str, Any], bytes]:
    """What was said (status, headers) and the body; `more` goes into the request's environ."""
    said = {}
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", "HTTP_HOST": "127.0.0.1"}
    environ |= {
        "wsgi.input": io.BytesIO(),
        "wsgi.url_scheme": "http",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
    } | more
    body = application(environ, lambda status, headers: said.update(status=status, headers=dict(headers)))
    return said, b"".join(body)
