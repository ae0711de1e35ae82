"""The nginx configuration we hand out says the same as the application, and serves the kept files."""

import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests.factories.articles import make_published

FOLDER = Path(settings.BASE_DIR) / "docs" / "nginx"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("kept_site")]


def test_nginx_says_the_same_headers(collaborator, head):
    page = make_published(collaborator, head)
    said = Client().get(page.get_absolute_url()).headers
    text = (FOLDER / "newsroom-headers.conf").read_text()
    written = dict(re.findall(r'^add_header (\S+) "?(.*?)"?;$', text, re.MULTILINE))
    assert written == {name: said[name] for name in written}
    own = {"Content-Type", "Cache-Tag", "ETag", "Content-Length", "Content-Encoding"}
    assert set(said) - own == set(written)


@pytest.fixture
def nginx(kept_site, live_server, tmp_path):
    if NGINX is None:
        pytest.skip("no nginx on this machine (apt-get install nginx-light)")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    conf = (FOLDER / "newsroom.conf").read_text()
    conf = conf.replace("listen 80;", f"listen 127.0.0.1:{port};")
    conf = conf.replace("127.0.0.1:8000", live_server.url.removeprefix("http://"))
    conf = conf.replace("/srv/newsroom/var/pages/live", str(kept_site.live))
    conf = conf.replace("include newsroom-headers", f"include {FOLDER}/newsroom-headers")
    main = f"daemon off; pid {tmp_path}/pid; error_log stderr; events {{}} http {{ access_log off;"
    for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"):
        main += f" {kind}_temp_path {tmp_path}/{kind};"
    (tmp_path / "nginx.conf").write_text(
        main.replace("daemon off;", "daemon off; user root;", 1) + conf + "}"
    )
    command = [NGINX, "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:  # noqa: S603 (our own words)
        _wait_for(port)
        yield f"http://127.0.0.1:{port}"
        server.terminate()


def _wait_for(port):
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("nginx did not start")


def get(url, **headers):
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip", **headers})  # noqa: S310 (loopback)
    try:
        with urllib.request.urlopen(request) as answer:  # noqa: S310 (loopback)
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.headers, b""


def test_nginx_hands_out_the_kept_file_and_asks_the_application_for_the_rest(
    nginx, kept_site, collaborator, head
):
    page = make_published(collaborator, head, title="Từ tệp")
    url = page.get_absolute_url()
    reader = Client(headers={"accept-encoding": "gzip"})
    kept = reader.get(url)
    status, headers, body = get(nginx + url)
    assert (status, body) == (200, kept.content)
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Content-Security-Policy"] == kept.headers["Content-Security-Policy"]
    assert headers["Server"].startswith("nginx")
    assert "Cache-Tag" not in headers  # said by the application only: this was the file
    assert get(nginx + url, **{"If-None-Match": headers["ETag"]})[0] == 304
    kept_site.drop([f"article:{page.pk}"])
    reader.get("/rss.xml")
    assert get(nginx + "/rss.xml")[1]["Content-Type"] == "application/rss+xml; charset=utf-8"
