"""Ten people sign in to a running demo at the same moment: how long it takes, how much memory.

`DEMO=1 uv run manage.py demo --port 8100`, in another window `DEMO=1 uv run python -m tests.rush 8100`.
Prints a line a round: memory (PSS) of all its processes before and at its highest, the slowest sign-in.
"""

import re
import sys
import threading
import time
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from newsroom.settings import DEMO_PASSWORD

NAMES = ("ctv", "truongdonvi", "bientap", "thuky", "thidua", "quantri", "kiemtra", "ctv", "bientap", "thuky")
ROUNDS = 3


def memory(port: int) -> float:
    """Return the PSS of the demo's processes in MiB."""
    found = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"--port\0{port}" in (process / "cmdline").read_text():
                found += int(re.search(r"^Pss:\s+(\d+)", (process / "smaps_rollup").read_text(), re.M)[1])
        except OSError:
            pass  # it has just ended
    return found / 1024


def sign_in(port: int, name: str, start: threading.Barrier, took: list[float]) -> None:
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    door = f"http://127.0.0.1:{port}/admin/login/"
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', browser.open(door).read().decode())[1]
    words = {"username": name, "password": DEMO_PASSWORD, "csrfmiddlewaretoken": token, "next": "/admin/"}
    start.wait()
    began = time.monotonic()
    if "/admin/logout/" in browser.open(door, urlencode(words).encode()).read().decode():
        took.append(time.monotonic() - began)


def rush(port: int) -> str:
    before, highest, over = memory(port), [0.0], threading.Event()
    took: list[float] = []

    def watch() -> None:
        while not over.wait(0.01):
            highest[0] = max(highest[0], memory(port))

    start, watching = threading.Barrier(len(NAMES)), threading.Thread(target=watch)
    people = [threading.Thread(target=sign_in, args=(port, name, start, took)) for name in NAMES]
    for thread in (watching, *people):
        thread.start()
    for thread in people:
        thread.join()
    over.set()
    watching.join()
    return f"{len(took)} signed in, slowest {max(took):.1f} s, {before:.0f} MiB, highest {highest[0]:.0f} MiB"


if __name__ == "__main__":
    for _ in range(ROUNDS):
        print(rush(int(sys.argv[1])))  # noqa: T201 (a script)
