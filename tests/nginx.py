"""A real nginx with the configuration we hand out, in front of a server of the test."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.architecture import ROOT

FOLDER = ROOT / "docs" / "nginx"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def wait_for(port: int, name: str) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"{name} did not start")


@contextmanager
def nginx(pages: Path, application: str, folder: Path) -> Iterator[tuple[int, int]]:
    """Serve what is kept under `pages`, ask `application` (host:port) for the rest; yields port, process."""
    port = free_port()
    conf = (FOLDER / "newsroom.conf").read_text()
    conf = conf.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("  listen [::]:80;\n", "")
    conf = conf.replace("/srv/newsroom/var/pages/live", str(pages))
    conf = conf.replace("/srv/newsroom/var/static", str(folder / "static"))
    (folder / "static").mkdir()
    (folder / "static" / "icon.svg").write_text("<svg/>")
    shutil.copytree(ROOT / "static" / "root", folder / "static" / "root")
    for part in ("headers", "security"):  # nginx reads what is included beside its own file
        shutil.copy(FOLDER / f"newsroom-{part}.conf", folder)
    upstream = (FOLDER / "newsroom-upstream.conf").read_text()
    (folder / "newsroom-upstream.conf").write_text(upstream.replace("127.0.0.1:8000", application))
    main = f"daemon off; user root; pid {folder}/pid; error_log stderr; events {{}} http {{ access_log off;"
    for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"):
        main += f" {kind}_temp_path {folder}/{kind};"
    (folder / "nginx.conf").write_text(main + conf + "}")
    command = [NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf")]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:  # noqa: S603 (our own words)
        try:
            wait_for(port, "nginx")
            yield port, server.pid
        finally:
            server.terminate()
