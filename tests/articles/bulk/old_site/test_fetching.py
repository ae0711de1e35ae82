"""Pictures are fetched only from the operator's hosts, never from a machine inside the network."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from articles.bulk.old_site.fetching import FetchRefused, fetch, is_public


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.5",
        "192.168.1.1",
        "172.16.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 (an address to be refused)
        "224.0.0.1",
        "::1",
        "fe80::1",
        "fd00::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
    ],
)
def test_addresses_inside_a_network_are_not_public(address):
    assert not is_public(address)


def test_an_address_of_the_internet_is_public():
    assert is_public("8.8.8.8")
    assert is_public("2606:4700::1111")


@pytest.fixture
def server():
    class Old(BaseHTTPRequestHandler):
        def do_GET(self):
            if self.path.startswith("/di"):
                self.send_response(302)
                self.send_header("Location", self.server.leads_to)
                self.end_headers()
                return
            self.send_response(200 if self.path.startswith("/anh") else 404)
            self.end_headers()
            self.wfile.write(self.path.encode())

        def log_message(self, *args):
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Old)
    server.leads_to = "/anh-moi.jpg"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def place(server):
    return f"127.0.0.1:{server.server_port}"


def anywhere(address):
    return True


def test_a_picture_is_fetched_through_a_redirect_of_the_same_machine(server):
    host = place(server)
    assert (
        fetch(f"http://{host}/anh ở trường.jpg", {host}, may_reach=anywhere)
        == b"/anh%20%E1%BB%9F%20tr%C6%B0%E1%BB%9Dng.jpg"
    )
    assert fetch(f"http://{host}/di", {host}, may_reach=anywhere) == b"/anh-moi.jpg"


def test_a_machine_of_this_network_is_not_asked(server):
    host = place(server)
    with pytest.raises(FetchRefused, match="mạng riêng"):
        fetch(f"http://{host}/anh.jpg", {host})


@pytest.mark.parametrize(
    "url",
    [
        "http://khac.example/a.jpg",
        "file:///etc/passwd",
        "ftp://{host}/a",
        "http://a@{host}/anh.jpg",
        "http://{host}@khac.example/a",
        "http://127.0.0.1/anh.jpg",
        "//{host}/anh.jpg",
        "http://[x/",
        "",
    ],
)
def test_only_the_named_machine_is_asked(server, url):
    with pytest.raises(FetchRefused):
        fetch(url.format(host=place(server)), {place(server)}, may_reach=anywhere)


@pytest.mark.parametrize(
    "leads_to", ["http://169.254.169.254/", "file:///etc/passwd", "http://khac.example/", "/di"]
)
def test_a_redirect_is_checked_again(server, leads_to):
    server.leads_to = leads_to
    with pytest.raises(FetchRefused):
        fetch(f"http://{place(server)}/di", {place(server)}, may_reach=anywhere)


def test_an_answer_that_is_no_picture_is_refused(server):
    with pytest.raises(FetchRefused, match="404"):
        fetch(f"http://{place(server)}/khong", {place(server)}, may_reach=anywhere)
