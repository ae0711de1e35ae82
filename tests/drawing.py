"""What drawing a public page anew costs this process: `DEMO=1 python -m tests.drawing [address …]`.

Pages are asked under an address that is not kept. Processor time, the least of sixty drawings: other
work on the machine changes it little.
"""

import io
import os
import sys
import time
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

from django.core.wsgi import get_wsgi_application

ADDRESSES = ("/", "/tin/", "/khen-thuong/", "/su-kien/", "/van-ban/", "/don-vi/", "/rss.xml")
TIMES = 60


def main() -> None:
    site = get_wsgi_application()
    for address in sys.argv[1:] or ADDRESSES:
        spent = sorted(_draw(site, address) for _ in range(TIMES))
        sys.stdout.write(f"{address}  {spent[0]:.1f} ms\n")


def _draw(site: Any, address: str) -> float:
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": address,
        "QUERY_STRING": "chua-luu=1",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "HTTP_HOST": "127.0.0.1:8000",
        "HTTP_ACCEPT_ENCODING": "gzip",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http",
    }
    began = time.process_time()
    answer = site(environ, lambda status, headers, failure=None: None)
    b"".join(answer)
    answer.close()
    return (time.process_time() - began) * 1000


if __name__ == "__main__":
    main()
