"""More requests than a person makes, at a server that stands in front of an application."""

import http.client
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@contextmanager
def idle_application() -> Iterator[str]:
    """Answer at once, as an application that is never busy; yields host:port."""

    class Answer(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(429 if self.path == "/hoi-nhieu/" else 200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        do_POST = do_GET

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def statuses(port: int, path: str, times: int, method: str = "GET") -> tuple:
    """Ask over one connection, as fast as it goes: how often each status came, and the last answer."""
    line, found = http.client.HTTPConnection("127.0.0.1", port, timeout=20), Counter()
    for _ in range(times):
        line.request(method, path)
        answer = line.getresponse()
        body = answer.read()
        found[answer.status] += 1
    line.close()
    return found, answer, body.decode()
