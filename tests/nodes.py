"""Several machines on one database: a publication or withdrawal on one is seen on all, and nothing old stays.

`DATABASE_URL=… python -m tests.nodes [ROUNDS]` fills the (empty) database, starts two machines (server,
worker, page store each), lets readers read both without a pause while a head approves stories on the
first, and prints what readers saw; it ends with 1 when an old page was read after the bound. pytest runs
a few rounds of it.
"""

# ruff: noqa: E402 (a script: Django has to be set up before its models are imported)
import http.client
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from urllib.parse import urlencode

from django.core.management import call_command
from django.db import connection

from accounts.role_table import write_roles
from articles.models import Article, PublishedArticle
from newsroom import heartbeat
from tests.architecture import ROOT
from tests.factories.articles import make_draft, make_section, submit
from tests.factories.departments import make_department, make_user
from tests.kills import LONGEST, Server, signed_in

BOUND = 1.0  # seconds after the answer to who publishes; on the machine that published: none
READERS = 2  # a machine
NUMBER = re.compile(r"Bài\sso\s(\d+)")  # \s: typography binds words


class Look(NamedTuple):
    """One reading: when it began and ended, and the newest story it showed."""

    began: float
    ended: float
    newest: int


class Node:
    """One machine: a server and a worker over a page store of their own."""

    def __init__(self, folder: Path) -> None:
        own = {
            "VAR_DIR": str(folder),
            "TEST_PAGE_STORE": str(folder / "pages"),
            "TEST_UPLOADS": str(folder / "uploads"),
        }
        self.server = Server(**own)
        command = [sys.executable, "manage.py", "run_worker", "--every", "1"]
        self.worker = subprocess.Popen(  # noqa: S603 (our own words)
            command, cwd=ROOT, env=os.environ | own, stdout=subprocess.DEVNULL
        )
        self._heard = folder / heartbeat.MARK
        self.looks: list[Look] = []
        self.wrong: list[str] = []

    def wait(self) -> None:
        """Until the worker has taken its first turn."""
        deadline = time.monotonic() + LONGEST
        while not self._heard.exists():
            if time.monotonic() > deadline:
                raise RuntimeError("The worker did not start.")
            time.sleep(0.05)

    def read(self, path: str, stop: threading.Event) -> None:
        line = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=20)
        while not stop.is_set():
            began = time.monotonic()
            line.request("GET", path)
            answer = line.getresponse()
            words = answer.read()
            if answer.status != 200:
                self.wrong.append(f"{answer.status} {path}")
            numbers = [int(found) for found in NUMBER.findall(words.decode())]
            self.looks.append(Look(began, time.monotonic(), max(numbers, default=0)))

    def stop(self) -> None:
        self.worker.terminate()
        self.worker.wait()
        self.server.kill()


@contextmanager
def machines(count: int) -> Iterator[list[Node]]:
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        nodes = []
        for number in range(count):
            place = Path(folder, str(number))
            place.mkdir()
            nodes.append(Node(place))
            running.callback(nodes[-1].stop)
        for node in nodes:
            node.wait()
        yield nodes


@contextmanager
def readers(nodes: list[Node], path: str) -> Iterator[None]:
    stop = threading.Event()
    threads = [
        threading.Thread(target=node.read, args=(path, stop)) for node in nodes for _ in range(READERS)
    ]
    for thread in threads:
        thread.start()
    yield
    stop.set()
    for thread in threads:
        thread.join()


def main(rounds: int) -> int:
    call_command("migrate", verbosity=0, interactive=False)
    write_roles()
    school = make_department("Trường THPT Chu Văn An", parent=make_department("Sở GD&ĐT"))
    writer, head = (
        make_user(role="collaborator", department=school),
        make_user(role="head", department=school),
    )
    section = make_section("Tin ngành")
    drafts = [make_draft(writer, title=f"Bài so {n}", section=section) for n in range(1, rounds + 1)]
    waiting = [submit(draft, writer).pk for draft in drafts]
    headers = signed_in(head)
    connection.close()
    with machines(2) as nodes:
        with readers(nodes, section.get_absolute_url()):
            told = [approve(nodes[0], pk, headers) for pk in waiting]
            time.sleep(2 * BOUND)
        wrong = sum(report(name, node, told) for name, node in zip(("first", "second"), nodes, strict=True))
        wrong += withdrawal(nodes, waiting[-1], headers)
    return 1 if wrong else 0


def approve(node: Node, pk: int, headers: dict[str, str]) -> float:
    """Publish one story and answer when the head was told that it is public."""
    article = Article.objects.select_related("review_revision").get(pk=pk)
    form = {"step": "approve", "sha256": article.review_revision.sha256, "version": article.version}
    status, answer = node.server.ask(
        "POST", f"/admin/cho-duyet/{pk}/quyet-dinh/", headers, urlencode(form).encode()
    )
    told = time.monotonic()
    if status != 302:
        raise RuntimeError(f"approve answered {status}: {answer[:300]!r}")
    time.sleep(0.5)
    return told


def report(name: str, node: Node, told: list[float]) -> int:
    """Print what readers of one machine saw; answers how many saw an old page after the bound."""
    bound = 0.0 if name == "first" else BOUND
    stale = late = 0
    delays = []
    for number, at in enumerate(told, start=1):
        old = [look for look in node.looks if look.began > at and look.newest < number]
        late += sum(look.began > at + bound for look in old)
        stale += len(old)
        seen = min((look.ended for look in node.looks if look.newest >= number), default=float("inf"))
        delays.append(max(0.0, seen - at))
    words = (
        f"{len(node.looks)} reads, {stale} old, {late} of them after {bound:g} s, {len(node.wrong)} errors"
    )
    delay = f"visible after {statistics.median(delays) * 1000:.0f} ms (most {max(delays) * 1000:.0f})"
    sys.stdout.write(f"{connection.vendor} {name} machine: {words}; {delay}\n")
    return late + len(node.wrong)


def withdrawal(nodes: list[Node], pk: int, headers: dict[str, str]) -> int:
    """Withdraw on the first machine; answers on how many the story is still read after the bound."""
    page = PublishedArticle.objects.get(pk=pk)
    address = page.get_absolute_url()
    for node in nodes:
        if node.server.ask("GET", address, {})[0] != 200:
            raise RuntimeError("The story is not there to be withdrawn.")
    form = {"version": page.version, "note": "Theo đề nghị của nhà trường."}
    path = f"/admin/articles/publishedarticle/{pk}/buoc/withdraw/"
    status, answer = nodes[0].server.ask("POST", path, headers, urlencode(form).encode())
    if status != 302:
        raise RuntimeError(f"withdraw answered {status}: {answer[:300]!r}")
    at_once = nodes[0].server.ask("GET", address, {})[0]
    time.sleep(BOUND)
    later = nodes[1].server.ask("GET", address, {})[0]
    sys.stdout.write(
        f"{connection.vendor} withdrawn: {at_once} at once, {later} on the other after {BOUND:g} s\n"
    )
    return (at_once != 410) + (later != 410)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 50))
