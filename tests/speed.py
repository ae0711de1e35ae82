"""How fast a kept story is handed out, beside the same bytes as a plain file of nginx.

`DATABASE_URL=… python -m tests.speed [SECONDS] [ROUNDS]` fills the (empty) database with a story, starts
gunicorn (2 processes) and nginx, and lets `wrk` read in turn: the plain file, the page through nginx, the
page from the application alone. Printed are requests a second, the processor's time a request (steadier, as
the machine is never alone), and the median of each round's ratios to the file.
"""

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests import kills
from tests.nginx import NGINX, free_port, nginx, wait_for
from tests.outage import ask, published_story

WRK = shutil.which("wrk")
PLAIN = """daemon off; user root; pid {0}/plain.pid; error_log stderr; worker_processes 1;
events {{}} http {{ access_log off; sendfile on; client_body_temp_path {0}/b; proxy_temp_path {0}/p;
fastcgi_temp_path {0}/f; uwsgi_temp_path {0}/u; scgi_temp_path {0}/s;
server {{ listen 127.0.0.1:{1}; root {0}/plain; gzip_static on; }} }}"""


@contextmanager
def plain_files(folder: Path, packed: bytes) -> Iterator[tuple[int, int]]:
    """An nginx that knows nothing but a file and its packed twin."""
    port = free_port()
    (folder / "plain").mkdir()
    (folder / "plain" / "index.html").write_bytes(b"unpacked")
    (folder / "plain" / "index.html.gz").write_bytes(packed)
    (folder / "plain.conf").write_text(PLAIN.format(folder, port))
    with subprocess.Popen([NGINX, "-p", str(folder), "-c", str(folder / "plain.conf")]) as server:  # noqa: S603 (our own words)
        try:
            wait_for(port, "nginx")
            yield port, server.pid
        finally:
            server.terminate()


class Door(NamedTuple):
    port: int
    process: int  # its time, and its children's, is counted
    path: str


def measured(door: Door, seconds: int) -> tuple[float, float]:
    """Requests a second, and microseconds of the processor a request."""
    options = ["-t1", "-c16", f"-d{seconds}s", "-H", "Accept-Encoding: gzip"]
    before = time_of(door.process)
    run = subprocess.run(  # noqa: S603 (our own words)
        [WRK, *options, f"http://127.0.0.1:{door.port}{door.path}"],
        capture_output=True,
        text=True,
        check=True,
    )
    used = time_of(door.process) - before
    if "Non-2xx" in run.stdout or "Socket errors" in run.stdout:
        raise RuntimeError(run.stdout)
    count = int(re.search(r"(\d+) requests in", run.stdout)[1])
    return float(re.search(r"Requests/sec:\s*([\d.]+)", run.stdout)[1]), used / count * 1e6


def time_of(process: int) -> float:
    """Seconds of the processor of a process and those below it."""
    try:
        words = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        below = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except FileNotFoundError:
        return 0.0
    own = (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")
    return own + sum(time_of(int(child)) for child in below)


def main(seconds: int, rounds: int) -> int:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        pages = folder / "pages"
        story = published_story()
        server = kills.Server(threads=4, TEST_PAGE_STORE=str(pages), GUNICORN_CMD_ARGS="--workers 2")
        try:
            ask(server.port, story)
            packed = next((pages / "live").rglob("*.gz")).read_bytes()
            own = f"127.0.0.1:{server.port}"
            with plain_files(folder, packed) as plain, nginx(pages / "live", own, folder) as front:
                alone = Door(server.port, server.process.pid, story)
                doors = {"file": Door(*plain, "/"), "nginx": Door(*front, story), "alone": alone}
                compare(doors, seconds, rounds)
        finally:
            server.kill()
    return 0


def compare(doors: dict[str, Door], seconds: int, rounds: int) -> None:
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in doors}
    for _ in range(rounds):
        for name, door in doors.items():
            found[name].append(measured(door, seconds))
    for name, runs in found.items():
        pairs = list(zip(found["file"], runs, strict=True))
        slower = statistics.median(file[0] / own[0] for file, own in pairs)
        dearer = statistics.median(own[1] / file[1] for file, own in pairs)
        speed, time = (statistics.median(run[place] for run in runs) for place in (0, 1))
        words = f"{speed:,.0f} requests/s (1/{slower:.2f} of the file)"
        sys.stdout.write(f"{name}: {words}, {time:.0f} µs of processor each (× {dearer:.2f})\n")


if __name__ == "__main__":
    sys.exit(main(*([int(word) for word in sys.argv[1:]] or [5, 5])))
