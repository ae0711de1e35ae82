"""kill -9 of the web server at any moment: what was acknowledged is there, what is there is whole.

`DATABASE_URL=… python -m tests.kills [ROUNDS]` fills the (empty) database, starts a real server for
every round, kills it while one person works, looks at what is left, and prints a line a deed; it ends
with 1 when something was lost. pytest runs a few rounds of it.
"""

# ruff: noqa: E402 (a script: Django has to be set up before its models are imported)
import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count
from urllib.parse import urlencode
from uuid import uuid4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client

from accounts.models import User
from articles.models import Article, PublishedArticle, ReviewDecision, Revision
from media.models import Photo
from media.renditions import MASTER
from media.storage import stored_name
from tests import template
from tests.factories.articles import make_draft, submit
from tests.factories.departments import make_department, make_user
from tests.factories.media import image_bytes, make_image
from tests.factories.training import make_enrolment
from tests.signing_in import sign_in_fully
from training.attendance import propose_sittings
from training.models import Scan

TOKEN = "k" * 32
LONGEST = 20  # seconds a server may take to start
acknowledged: Counter[str] = Counter()  # a round in which nothing was answered would prove nothing


def main(rounds: int) -> int:
    template.fill_if_empty()
    school = make_department("Trường THPT Chu Văn An", parent=make_department("Sở GD&ĐT"))
    writer, head = (
        make_user(role="collaborator", department=school),
        make_user(role="head", department=school),
    )
    wrong = 0
    for deed in (autosaving, submitting, approving, uploading, checking_in):
        good = sum(is_good(deed, writer, head) for _ in range(rounds))
        wrong += rounds - good
        words = f"{good} / {rounds}, {acknowledged[deed.__name__]} acknowledged"
        sys.stdout.write(f"{connection.vendor} {deed.__name__}: {words}\n")
        sys.stdout.flush()
    return 1 if wrong else 0


def is_good(deed: Callable[[User, User], bool], writer: User, head: User) -> bool:
    """Whether a round lost nothing and had something to lose: without an acknowledged deed it fails."""
    before = acknowledged[deed.__name__]
    return deed(writer, head) and acknowledged[deed.__name__] > before


class Server:
    """The product behind gunicorn, as a process group that can be killed without a word."""

    def __init__(self, threads: int = 2, **environment: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        command = [sys.executable, "-m", "gunicorn", "newsroom.wsgi:application", "--log-level", "critical"]
        options = ["--bind", f"127.0.0.1:{self.port}", "--worker-class", "gthread", f"--threads={threads}"]
        self.process = subprocess.Popen(  # noqa: S603 (our own words)
            [*command, *options], start_new_session=True, env=os.environ | environment
        )
        deadline = time.monotonic() + LONGEST
        while not self._answers():
            if time.monotonic() > deadline:
                raise RuntimeError("The server did not start.")
            time.sleep(0.05)

    def _answers(self) -> bool:
        try:
            return self.ask("GET", "/healthz", {})[0] == 200
        except OSError:
            return False

    def ask(self, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> tuple[int, bytes]:
        """Status and answer; OSError or HTTPException when the server is gone."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONGEST)
        try:
            line.request(method, path, body or None, headers)
            answer = line.getresponse()
            return answer.status, answer.read()
        finally:
            line.close()

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def signed_in(user: User) -> dict[str, str]:
    browser = Client()
    sign_in_fully(browser, user)
    session = browser.cookies[settings.SESSION_COOKIE_NAME].value
    cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
    return {"Cookie": cookies, "X-CSRFToken": TOKEN, "Content-Type": "application/x-www-form-urlencoded"}


def until_killed(act: Callable[[Server], Iterator[bool]]) -> None:
    """Let a person act on a fresh server. Within a second of the first answer kill it, in the middle of
    whatever it does.
    """
    server = Server()
    first_heard, say_first = os.pipe()
    pid = os.fork()
    if not pid:  # the hand that kills: it works while the person waits for an answer
        os.read(first_heard, 1)
        time.sleep(random.uniform(0, 0.9))  # noqa: S311 (a moment, not a secret)
        os.killpg(server.process.pid, signal.SIGKILL)
        os._exit(0)
    try:
        for _ in act(server):
            acknowledged[act.__qualname__.partition(".")[0]] += 1
            os.write(say_first, b".")
    except (OSError, http.client.HTTPException):
        os.write(say_first, b".")  # nothing was answered at all: the round is over, and fails
    os.close(first_heard)
    os.close(say_first)
    os.waitpid(pid, 0)
    server.kill()
    connection.close()


def autosaving(writer: User, head: User) -> bool:
    """The stored words are those of the last acknowledged save, or of one sent after it; never a mixture."""
    article = make_draft(writer)
    headers, heard = signed_in(writer), [0]

    def act(server: Server) -> Iterator[bool]:
        number = article.draft_number
        for step in count(1):
            form = words_of(article) | {"title": f"Bài {step}", "lead": f"Sapo {step}", "seen_number": number}
            form["body"] = f"<p>Lời {step}.</p>" * 40
            path = f"/admin/articles/article/{article.pk}/tu-luu/"
            status, answer = server.ask("POST", path, headers, urlencode(form).encode())
            if status != 200:
                raise RuntimeError(f"autosave answered {status}: {answer[:300]!r}")
            number, heard[0] = json.loads(answer)["draft_number"], step
            yield True

    until_killed(act)
    left = Article.objects.get(pk=article.pk)
    step = int(left.title.removeprefix("Bài "))
    said = {left.lead: f"Sapo {step}", left.body: "\n".join([f"<p>Lời {step}.</p>"] * 40)}
    return heard[0] <= step <= heard[0] + 1 and all(one == other for one, other in said.items())


def checking_in(writer: User, head: User) -> bool:
    """Every scan that the server named as kept is there, once; guests come with theirs."""
    office = make_user(role="desk_editor", department=make_department("Sở GD&ĐT"))
    enrolment = make_enrolment(office.person.positions.get().department, kinds=())
    sitting = propose_sittings(enrolment)[0].pk
    headers, kept = signed_in(office) | {"Content-Type": "application/json"}, set()

    def act(server: Server) -> Iterator[bool]:
        for number in count(1):
            guest = {"id": str(uuid4()), "name": f"Khách {number}"}
            scan = {"id": str(uuid4()), "sitting": sitting, "guest": guest, "at": time.time() * 1000}
            for _ in range(2):  # the gate sends again what it did not hear of
                sent = json.dumps({"gate": "A", "scans": [scan]}).encode()
                status, answer = server.ask("POST", f"/admin/cong/{enrolment.pk}/gui/", headers, sent)
                if status != 200:
                    raise RuntimeError(f"the gate was answered {status}: {answer[:300]!r}")
                kept.update(json.loads(answer)["kept"])
            yield True

    until_killed(act)
    there = [str(key) for key in Scan.objects.filter(sitting=sitting).values_list("key", flat=True)]
    whole = Scan.objects.filter(sitting=sitting, participant__full_name__startswith="Khách").count()
    guests = enrolment.people.count()
    return kept <= set(there) and len(there) == whole == guests


def submitting(writer: User, head: User) -> bool:
    """Each story sent and acknowledged waits with a frozen text; none waits without one."""
    drafts = [make_draft(writer) for _ in range(6)]
    headers, heard = signed_in(writer), []

    def act(server: Server) -> Iterator[bool]:
        for article in drafts:
            form = words_of(article) | {"seen_number": article.draft_number, "_submit": "1"}
            form |= {"bylines-TOTAL_FORMS": 0, "bylines-INITIAL_FORMS": 0}
            path = f"/admin/articles/article/{article.pk}/change/"
            status, answer = server.ask("POST", path, headers, urlencode(form).encode())
            if status != 302:
                raise RuntimeError(f"submit answered {status}: {answer[:300]!r}")
            heard.append(article.pk)
            yield True

    until_killed(act)
    ids = [article.pk for article in drafts]
    sent = set(Revision.objects.filter(article__in=ids).values_list("article", flat=True))
    waiting = set(Article.objects.filter(pk__in=ids, status="in_review").values_list("pk", flat=True))
    return sent == waiting and set(heard) <= waiting


def approving(writer: User, head: User) -> bool:
    """Each approval acknowledged is a decision and a page; no page without a decision, nor the reverse."""
    ids = [submit(make_draft(writer), writer).pk for _ in range(6)]
    headers, heard = signed_in(head), []

    def act(server: Server) -> Iterator[bool]:
        for article in Article.objects.select_related("review_revision").filter(pk__in=ids):
            form = {"step": "approve", "sha256": article.review_revision.sha256, "version": article.version}
            path = f"/admin/cho-duyet/{article.pk}/quyet-dinh/"
            status, answer = server.ask("POST", path, headers, urlencode(form).encode())
            if status != 302:
                raise RuntimeError(f"approve answered {status}: {answer[:300]!r}")
            heard.append(article.pk)
            yield True

    until_killed(act)
    decisions = ReviewDecision.objects.filter(revision__article__in=ids)
    decided = set(decisions.values_list("revision__article", flat=True))
    public = set(PublishedArticle.objects.live().filter(pk__in=ids).values_list("pk", flat=True))
    return decided == public and set(heard) <= public


def uploading(writer: User, head: User) -> bool:
    """Each photo acknowledged, and each row there is, has all its files."""
    headers, heard = signed_in(writer), []

    def act(server: Server) -> Iterator[bool]:
        for _ in range(4):
            picture = image_bytes(image=make_image((random.randint(300, 900), random.randint(300, 900))))  # noqa: S311
            body = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n'
            body += b"Content-Type: image/jpeg\r\n\r\n" + picture + b"\r\n--b--\r\n"
            said = headers | {"Content-Type": "multipart/form-data; boundary=b"}
            status, answer = server.ask("POST", "/admin/media/photo/tai-len.json", said, body)
            if status != 200:
                raise RuntimeError(f"upload answered {status}: {answer[:300]!r}")
            heard.append(json.loads(answer)["id"])
            yield True

    until_killed(act)
    rows = Photo.objects.in_bulk()
    return set(heard) <= set(rows) and all(is_whole(photo) for photo in rows.values())


def is_whole(photo: Photo) -> bool:
    names = [MASTER, *(f"{width}.{extension}" for extension, width, _, _ in photo.renditions)]
    return all(default_storage.exists(stored_name(photo.content_hash, name)) for name in names)


def words_of(article: Article) -> dict[str, object]:
    """What the writing screen sends of a story that nobody touches."""
    names = ("title", "lead", "body", "kind", "slug", "source_mark")
    linked = {"section": article.section_id, "department": article.department_id}
    return {name: getattr(article, name) for name in names} | linked | {"tags": ""}


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 50))
