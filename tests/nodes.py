"""Several machines on one database: a publication or withdrawal on one is seen on all, and nothing old stays.

`DATABASE_URL=… python -m tests.nodes [ROUNDS]` fills the (empty) database, starts two machines (server,
worker, page store each), lets readers read both without a pause while a head approves stories on the
first, and prints what readers saw; it ends with 1 when an old page was read after the bound. pytest runs
a few rounds of it. `--varnish` puts a real Varnish with the configuration we hand out in front of both and
lets readers read through it alone.
"""

# ruff: noqa: E402 (a script: Django has to be set up before its models are imported)
import http.client
import os
import re
import shutil
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

from django.db import connection

from articles.models import Article, PublishedArticle
from newsroom.health import readiness
from tests import template
from tests.architecture import ROOT
from tests.factories.articles import make_draft, make_section, submit
from tests.factories.departments import make_department, make_user
from tests.kills import LONGEST, Server, signed_in
from tests.nginx import free_port, wait_for

BEHIND_VARNISH = 2.0  # the second telling comes after one: pagestore.edge
READERS = 2  # a door
TOKEN = "tests-only"
VARNISH = shutil.which("varnishd") or shutil.which("varnishd", path="/usr/sbin")
NUMBER = re.compile(r"Bài\sso\s(\d+)")  # \s: typography binds words


class Look(NamedTuple):
    """One reading: when it began and ended, and the newest story it showed."""

    began: float
    ended: float
    newest: int


class Door:
    """Where readers come in: one machine, or what stands in front of several; what they saw there."""

    def __init__(self, name: str, port: int, bound: float) -> None:
        self.name, self.port, self.bound = name, port, bound
        self.looks: list[Look] = []
        self.wrong: list[str] = []

    def read(self, path: str, stop: threading.Event) -> None:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        while not stop.is_set():
            began = time.monotonic()
            line.request("GET", path)
            answer = line.getresponse()
            words = answer.read().decode()
            if answer.status != 200:
                self.wrong.append(f"{answer.status} {path}")
            numbers = [int(found) for found in NUMBER.findall(words)]
            self.looks.append(Look(began, time.monotonic(), max(numbers, default=0)))
        line.close()

    def ask(self, path: str) -> int:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        line.request("GET", path)
        status = line.getresponse().status
        line.close()
        return status


class Node:
    """One machine: a server and a worker over a page store of their own."""

    def __init__(self, folder: Path, **more: str) -> None:
        own = {
            "VAR_DIR": str(folder),
            "TEST_PAGE_STORE": f"{folder}/pages",
            "TEST_UPLOADS": f"{folder}/uploads",
        }
        self.server = Server(threads=4, **own, **more)
        command = [sys.executable, "manage.py", "run_worker", "--every", "1"]
        self.worker = subprocess.Popen(  # noqa: S603 (our own words)
            command, cwd=ROOT, env=os.environ | own | more, stdout=subprocess.DEVNULL
        )
        self._heard = folder / readiness.WORKER_MARK

    def wait(self) -> None:
        """Until the worker has taken its first turn."""
        deadline = time.monotonic() + 3 * LONGEST  # four programs begin at once
        while not self._heard.exists():
            if time.monotonic() > deadline:
                raise RuntimeError("The worker did not start.")
            time.sleep(0.05)

    def stop(self) -> None:
        self.worker.terminate()
        self.worker.wait()
        self.server.kill()


@contextmanager
def machines(count: int, **more: str) -> Iterator[list[Node]]:
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        nodes = []
        for number in range(count):
            place = Path(folder, str(number))
            place.mkdir()
            nodes.append(Node(place, **more))
            running.callback(nodes[-1].stop)
        for node in nodes:
            node.wait()
        yield nodes


@contextmanager
def readers(doors: list[Door], path: str) -> Iterator[None]:
    stop = threading.Event()
    threads = [threading.Thread(target=door.read, args=(path, stop)) for door in doors * READERS]
    for thread in threads:
        thread.start()
    yield
    stop.set()
    for thread in threads:
        thread.join()


def main(rounds: int, behind_varnish: bool) -> int:
    template.fill_if_empty()
    school = make_department("Trường THPT Chu Văn An", parent=make_department("Sở GD&ĐT"))
    writer = make_user(role="collaborator", department=school)
    head = make_user(role="head", department=school)
    section = make_section("Tin ngành")
    drafts = [make_draft(writer, title=f"Bài so {n}", section=section) for n in range(1, rounds + 1)]
    waiting = [submit(draft, writer).pk for draft in drafts]
    headers = signed_in(head)
    connection.close()
    with ExitStack() as running:
        port = free_port()
        told_too = {"PURGE_URL": f"http://127.0.0.1:{port}/", "PURGE_TOKEN": TOKEN} if behind_varnish else {}
        nodes = running.enter_context(machines(2, **told_too))
        doors = [
            Door("first machine", nodes[0].server.port, 0),
            Door("second machine", nodes[1].server.port, 0),
        ]
        if behind_varnish:
            running.enter_context(varnish(port, [node.server.port for node in nodes]))
            doors = [Door("varnish", port, BEHIND_VARNISH)]
        with readers(doors, section.get_absolute_url()):
            told = [approve(nodes[0], pk, headers) for pk in waiting]
            time.sleep(2 * BEHIND_VARNISH)
        wrong = sum(report(door, told) for door in doors)
        wrong += withdrawal(nodes[0], doors, waiting[-1], headers)
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


def report(door: Door, told: list[float]) -> int:
    """Print what readers of one door saw; answers how many saw an old page after its bound."""
    stale = late = 0
    delays, longest = [], 0.0
    for number, at in enumerate(told, start=1):
        old = [look.began - at for look in door.looks if look.began > at and look.newest < number]
        late += sum(after > door.bound for after in old)
        stale += len(old)
        longest = max(longest, *old, 0.0)
        seen = min((look.ended for look in door.looks if look.newest >= number), default=float("inf"))
        delays.append(max(0.0, seen - at))
    words = f"{len(door.looks)} reads, {stale} old, {late} of them after {door.bound:g} s"
    seen = f"visible after {statistics.median(delays) * 1000:.0f} ms (most {max(delays) * 1000:.0f})"
    last = f"last old read after {longest * 1000:.0f} ms"
    sys.stdout.write(f"{connection.vendor} {door.name}: {words}, {len(door.wrong)} errors; {seen}; {last}\n")
    return late + len(door.wrong)


def withdrawal(node: Node, doors: list[Door], pk: int, headers: dict[str, str]) -> int:
    """Withdraw on the first machine; answers through how many doors the story is read after the bound."""
    page = PublishedArticle.objects.get(pk=pk)
    address = page.get_absolute_url()
    if (found := [door.ask(address) for door in doors]) != [200] * len(doors):
        raise RuntimeError(f"The story is not there to be withdrawn: {found}")
    form = {"version": page.version, "note": "Theo đề nghị của nhà trường."}
    path = f"/admin/articles/publishedarticle/{pk}/buoc/withdraw/"
    status, answer = node.server.ask("POST", path, headers, urlencode(form).encode())
    if status != 302:
        raise RuntimeError(f"withdraw answered {status}: {answer[:300]!r}")
    left = 0
    for door in sorted(doors, key=lambda door: door.bound):
        time.sleep(door.bound)
        said = door.ask(address)
        sys.stdout.write(f"{connection.vendor} {door.name}: withdrawn story {said} after {door.bound:g} s\n")
        left += said != 410
    return left


@contextmanager
def varnish(port: int, backends: list[int], limited: bool = False) -> Iterator[None]:
    """The configuration we hand out, with these two machines behind it; `limited`: with limits.vcl too."""
    text = (ROOT / "docs" / "varnish" / "default.vcl").read_text().replace("CHANGE-ME", TOKEN)
    text = text.replace("# include", "include") if limited else text
    text = text.replace("/etc/varnish/limits.vcl", str(ROOT / "docs" / "varnish" / "limits.vcl"))
    text = text.replace("# backend two", "backend two").replace("# newsrooms.add", "newsrooms.add")
    text = text.replace('"10.0.0.2"; .port = "8000"', f'"127.0.0.1"; .port = "{backends[1]}"')
    text = text.replace('"127.0.0.1"; .port = "8000"', f'"127.0.0.1"; .port = "{backends[0]}"')
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        vcl = Path(folder, "default.vcl")
        vcl.write_text(text)
        options = [
            "-F",
            "-n",
            f"{folder}/work",
            "-a",
            f"127.0.0.1:{port}",
            "-f",
            str(vcl),
            "-s",
            "malloc,64m",
        ]
        command = [VARNISH, "-j", "none", *options]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:  # noqa: S603 (our own words)
            try:
                wait_for(port, "Varnish")
                time.sleep(2)  # the probes have to find the machines healthy
                yield
            finally:
                server.terminate()


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdecimal()]
    sys.exit(main(*(numbers or [50]), behind_varnish="--varnish" in sys.argv))
