"""Two people, two workers, a killed worker: what happens at one moment, on a database really shared.

`DATABASE_URL=… python -m tests.races [ROUNDS]` fills the (empty) database, runs every race so often and
prints a line each; it ends with 1 when one went wrong. pytest runs a few rounds of it on a file of
SQLite, and on a second database of the server when the suite runs on PostgreSQL.
"""

# ruff: noqa: E402 (a script: Django has to be set up before its models are imported)
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp_webauthn.models import WebAuthnCredential

from accounts.models import Purpose, TwoAdminAct, TwoAdminRequest, User
from accounts.tickets import TicketSpent, choose_password, mail_tickets
from accounts.two_admins import AnswerRefused, answer, ask
from approvals.engine import StepRefused, take
from articles.approval import releasing, schedule
from articles.approval.workflow import ARTICLE, PUBLIC
from articles.enums import Status
from articles.models import Article, PublishedArticle, Release, ReviewDecision, UrgentAnswer, UrgentWithdrawal
from awards.models import Commendation, Decision
from inbox.models import Notice
from inbox.posting import send_due
from inbox.telling import tell
from rounds.models import Proposal
from rounds.workflow.round import ROUND
from second_factor.duty import has_device
from second_factor.recovery import make_codes
from staff import letting_in
from tests import passkeys, template
from tests.factories.articles import approve, make_draft, resubmit, submit, take_back, take_down, withdraw
from tests.factories.departments import make_department, make_user
from tests.factories.events import make_event
from tests.factories.rounds import judge, make_proposal, make_round, move
from tests.factories.training import make_enrolment, unit_in
from tests.factories.training import send as send_people
from tests.records.sending import sent_by
from tests.signing_in import code_on, half_sign_in, make_app

assert letting_in  # declares what confirming does
WORKER = "import tests.races as r; print('ready', flush=True); input(); r.schedule.run_due()"


def main(rounds: int) -> int:
    template.fill_if_empty()
    people = cast()
    races = (
        five_openings,
        two_heads,
        approve_against_recall,
        undo_against_withdrawal,
        approve_against_withdrawal,
        release_against_withdrawal,
        approve_against_urgent_withdrawal,
        two_answers,
        one_form_twice,
        one_recovery_code_twice,
        one_code_app,
        two_keys,
        two_workers,
        two_senders,
        one_ticket_twice,
        two_administrators,
        two_drafts_of_a_round,
        one_last_place,
        a_killed_worker,
    )
    wrong = 0
    for race in races:
        good = sum(race(*people) for _ in range(rounds))
        wrong += rounds - good
        sys.stdout.write(f"{connection.vendor} {race.__name__}: {good} / {rounds}\n")
        sys.stdout.flush()
    return 1 if wrong else 0


def cast() -> tuple[User, User, User]:
    province = make_department("Sở GD&ĐT")
    school = make_department("Trường THPT Chu Văn An", parent=province)
    return (
        make_user(role="collaborator", department=school),
        make_user(role="head", department=school),
        make_user(role="head", department=province),
    )


def at_once(*acts: Callable[[], Any]) -> list[bool]:
    """Run the acts together, each on a connection of its own; whether each was done or refused in words."""
    gate, done = threading.Barrier(len(acts)), [False] * len(acts)

    def run(number: int, act: Callable[[], Any]) -> None:
        gate.wait()
        try:
            done[number] = bool(act())
        except (StepRefused, PermissionDenied):
            done[number] = False
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done


def two_drafts_of_a_round(writer: User, head: User, above: User) -> bool:
    """Two presses draft one decision from the list."""
    office = above.person.positions.get().department
    registrar = make_user(role="registrar", department=office)
    round_ = make_round(office, opened_by=registrar)
    proposal = make_proposal(round_, head.person.positions.get().department, "Y Wang", papers=False, by=head)
    Proposal.objects.filter(pk=proposal.pk).update(status="submitted")
    judge(proposal.nominees.get(), "accept", registrar)
    seen = move(ROUND, round_, "close", registrar, "Đủ hồ sơ")

    def draft() -> Any:
        number, today = uuid4().hex, timezone.localdate()
        decision = Decision(number=number, slug=number, issuer=office, signed_on=today, summary="Khen")
        data = {"decision": decision}
        return take(ROUND, seen, "draft", actor=again(registrar), version=seen.version, data=data)

    done = at_once(draft, draft)
    made = Commendation.objects.filter(pk__in=proposal.nominees.values("commendation"))
    return sorted(done) == [False, True] and made.count() == 1


def one_last_place(writer: User, head: User, above: User) -> bool:
    """Four people at once ask for the last place: one has it, three wait, each with a number of their own."""
    school = head.person.positions.get().department
    editor = make_user(role="desk_editor", department=above.person.positions.get().department)
    enrolment = make_enrolment(editor.person.positions.get().department, opened_by=editor, places=1, a_unit=9)
    unit = unit_in(enrolment, school)
    asks = [
        lambda name=name: send_people(unit, name, by=again(head)) for name in ("Lan", "Phu", "Bih", "Nga")
    ]
    done, people = at_once(*asks), enrolment.people
    numbers = set(people.values_list("number", flat=True))
    return all(done) and people.placed().count() == 1 and numbers == {1, 2, 3, 4}


def again(user: User) -> User:
    """The person as another request sees them."""
    return User.objects.get(pk=user.pk)


def five_openings(writer: User, head: User, other: User) -> bool:
    """A screen whose network stalls sends its first save five times: one story, five equal answers."""
    key = str(uuid4())
    words = {
        "client_key": key,
        "title": "Khai giảng",
        "body": "<p>Một</p>",
        "tags": "thi đua",
        "kind": "-",
    }
    answers = []

    def send() -> bool:
        client = Client(raise_request_exception=False, SERVER_NAME="127.0.0.1")
        client.force_login(again(writer))
        answer = client.post("/admin/articles/article/tu-luu/", words)
        answers.append((answer.status_code, answer.content))
        return answer.status_code == 200

    done = at_once(*[send] * 5)
    return all(done) and len(set(answers)) == 1 and Article.objects.filter(client_key=key).count() == 1


def waiting(writer: User) -> Article:
    article = submit(make_draft(writer), writer)
    return Article.objects.select_related("review_revision").get(pk=article.pk)


def two_heads(writer: User, head: User, other: User) -> bool:
    """Exactly one approves, in turn or out of it; one decision, one release, one page."""
    article = waiting(writer)
    early = {"early_reason": "Việc gấp, phải báo tin ngay trong đêm."}
    done = at_once(lambda: approve(article, again(head)), lambda: approve(article, again(other), **early))
    decisions = ReviewDecision.objects.filter(revision__article=article)
    page = PublishedArticle.objects.live().filter(pk=article.pk)
    return sum(done) == decisions.count() == page.count() == 1


def approve_against_recall(writer: User, head: User, other: User) -> bool:
    """The writer takes the text back as the head approves it: it is public, or a draft, never both."""
    article = waiting(writer)
    done = at_once(
        lambda: approve(article, again(head)),
        lambda: take(ARTICLE, article, "recall", actor=again(writer), version=article.version),
    )
    now, live = Article.objects.get(pk=article.pk), PublishedArticle.objects.live().filter(pk=article.pk)
    return sum(done) == 1 and (now.status == Status.APPROVED) == done[0] == live.exists()


def undo_against_withdrawal(writer: User, head: User, other: User) -> bool:
    """One takes the approval back as another withdraws the page: nobody reads it, one record says why."""
    article = approve(waiting(writer), head)
    page = PublishedArticle.objects.get(pk=article.pk)
    done = at_once(lambda: take_back(article, again(head)), lambda: withdraw(page, again(other)))
    left = PublishedArticle.objects.get(pk=article.pk)
    ends = {(True, False): "taken_back", (False, True): "withdrawn"}
    return left.state == ends.get(tuple(done)) and left.body_html == ""


def approve_against_withdrawal(writer: User, head: User, other: User) -> bool:
    """One approves a correction as another withdraws the page: a withdrawal is never undone unseen."""
    article = approve(waiting(writer), head)
    page = PublishedArticle.objects.get(pk=article.pk)
    article = Article.objects.get(pk=article.pk)
    resubmit(article, writer, lead="Lời dẫn đã sửa cho rõ hơn.")
    article = Article.objects.select_related("review_revision").get(pk=article.pk)
    done = at_once(lambda: approve(article, again(head)), lambda: withdraw(page, again(other)))
    left = PublishedArticle.objects.get(pk=article.pk)
    ends = {(True, False): ("live", 2), (False, True): ("withdrawn", 1)}
    return (left.state, left.revision_number) == ends.get(tuple(done))


def release_against_withdrawal(writer: User, head: User, other: User) -> bool:
    """The hour of a correction strikes as the page is withdrawn: out and then gone, or never out."""
    article = Article.objects.get(pk=approve(waiting(writer), head).pk)
    article = resubmit(article, writer, lead="Lời dẫn đã sửa cho rõ hơn.")
    soon = timezone.now() + timezone.timedelta(milliseconds=300)
    approve(Article.objects.get(pk=article.pk), head, due_at=soon)
    time.sleep(0.32)
    page = PublishedArticle.objects.get(pk=article.pk)
    done = at_once(schedule.run_due, lambda: withdraw(page, again(other)))
    schedule.run_due()
    left = PublishedArticle.objects.get(pk=article.pk)
    return left.state == ("withdrawn" if done[1] else "live")


def approve_against_urgent_withdrawal(writer: User, head: User, other: User) -> bool:
    """One approves a correction as another takes the page down at once: never taken down and live."""
    article = Article.objects.get(pk=approve(waiting(writer), head).pk)
    page = PublishedArticle.objects.get(pk=article.pk)
    resubmit(article, writer, lead="Lời dẫn đã sửa cho rõ hơn.")
    article = Article.objects.select_related("review_revision").get(pk=article.pk)
    done = at_once(lambda: approve(article, again(head)), lambda: take_down(page, again(other)))
    left = PublishedArticle.objects.get(pk=article.pk)
    ends = {(True, False): ("live", 2), (False, True): ("suspended", 1)}
    rows = UrgentWithdrawal.objects.filter(page=page.pk).count()
    return (left.state, left.revision_number) == ends.get(tuple(done)) and rows == done[1]


def two_answers(writer: User, head: User, other: User) -> bool:
    """One confirms an urgent withdrawal as another puts the page back: one answer, and the page obeys it."""
    page = PublishedArticle.objects.get(pk=approve(waiting(writer), head).pk)
    deputy = make_user(role="deputy", department=page.department)
    page = take_down(page, head)

    def answer(by: User, step: str) -> Any:
        return take(PUBLIC, page, step, actor=again(by), version=page.version, note="Đã hỏi gia đình.")

    done = at_once(lambda: answer(other, "confirm_urgent"), lambda: answer(deputy, "restore_urgent"))
    left = PublishedArticle.objects.get(pk=page.pk)
    said = UrgentAnswer.objects.get(withdrawal__page=page.pk)
    ends = {(True, False): ("withdrawn", True), (False, True): ("live", False)}
    return (left.state, said.is_confirmed) == ends.get(tuple(done))


def one_form_twice(writer: User, head: User, other: User) -> bool:
    """A form is sent twice in the same moment: saved once, sent once, and both windows are led on."""
    editor = make_user(role="desk_editor", department=writer.person.positions.get().department)
    event = make_event("Lễ khai giảng", host=editor.person.positions.get().department, status="drafting")
    page = f"/admin/events/event/{event.pk}/change/"

    def browser() -> Client:
        client = Client(headers={"host": "localhost"})
        client.force_login(again(editor))
        return client

    form = sent_by(browser().get(page).text, "_step", "submit", title="Lễ khai giảng năm học")
    windows = [browser(), browser()]
    done = at_once(*(lambda one=one: one.post(page, form).headers.get("Location") == page for one in windows))
    event.refresh_from_db()
    now = (event.title, event.status, event.version)
    return all(done) and now == ("Lễ khai giảng năm học", "in_review", 3)


def one_recovery_code_twice(writer: User, head: User, other: User) -> bool:
    """A recovery code is typed at two doors in the same moment: it opens one."""
    if not has_device(head):
        make_app(head)
    typed = {"confirm_by": "recovery", "confirm_recovery": make_codes(head)[0]}

    def door() -> Client:
        client = Client(headers={"host": "localhost"})
        half_sign_in(client, again(head))
        return client

    doors = [door(), door()]
    at_once(*(lambda one=one: one.post("/admin/xac-nhan/", typed) for one in doors))
    return sorted(one.get("/admin/").status_code for one in doors) == [200, 302]


def one_code_app(writer: User, head: User, other: User) -> bool:
    """A form that adds a code app is sent twice, and once from another session: one app, no error."""
    TOTPDevice.objects.filter(user=other).delete()
    doors = [Client(headers={"host": "localhost"}) for _ in range(3)]
    for door in (doors[0], doors[2]):
        half_sign_in(door, again(other))
    codes = [code_on(door.get("/admin/thiet-bi/ung-dung/")) for door in (doors[0], doors[2])]
    doors[1].cookies.update(doors[0].cookies)
    sent = zip(doors, (codes[0], codes[0], codes[1]), strict=True)
    answers: list[int] = []

    def send(door: Client, code: str) -> None:
        answers.append(door.post("/admin/thiet-bi/ung-dung/", {"code": code}).status_code)

    at_once(*(lambda pair=pair: send(*pair) for pair in sent))
    inside = [door.get("/admin/").status_code == 200 for door in doors]
    found = TOTPDevice.objects.filter(user=other).count()
    TOTPDevice.objects.filter(user=other).delete()
    return found == 1 and set(answers) <= {200, 302} and inside[2] != any(inside[:2])


def two_keys(writer: User, head: User, other: User) -> bool:
    """Two people with the same password add a key at the door: who was first has enrolled."""
    WebAuthnCredential.objects.filter(user=other).delete()
    doors = [Client(headers={"host": "localhost"}) for _ in range(2)]
    sent = []
    for door in doors:
        half_sign_in(door, again(other))
        sent.append(json.dumps(passkeys.answer_to(door.post(passkeys.BEGIN).json())))
    answers: list[int] = []

    def send(door: Client, words: str) -> None:
        answers.append(door.post(passkeys.DONE, words, content_type="application/json").status_code)

    at_once(*(lambda pair=pair: send(*pair) for pair in zip(doors, sent, strict=True)))
    inside = [door.get("/admin/").status_code == 200 for door in doors]
    found = WebAuthnCredential.objects.filter(user=other).count()
    WebAuthnCredential.objects.filter(user=other).delete()
    return (found, sorted(answers), sorted(inside)) == (1, [200, 403], [False, True])


def two_workers(writer: User, head: User, other: User) -> bool:
    """Two workers find the same due release: one publishes it."""
    release = due_releases(1, writer, head)[0]
    done = at_once(lambda: releasing.execute(release), lambda: releasing.execute(release))
    page = PublishedArticle.objects.get(pk=release.decision.revision.article_id)
    return sum(done) == 1 and page.version == 1


def two_senders(writer: User, head: User, other: User) -> bool:
    """Several workers find the same mail due: each goes out once."""
    Notice.objects.all().delete()
    mail.outbox = []
    people = [writer, head, other]
    for number in range(5):
        tell(people, "race", f"Việc {number}", about="x", address="/admin/")
    at_once(*[send_due] * 3)
    send_due()
    sent = [(message.to[0], message.subject) for message in mail.outbox]
    return len(sent) == len(set(sent)) == 15


def one_ticket_twice(writer: User, head: User, other: User) -> bool:
    """Two windows choose a password with one link in the same moment: one password, the other is told."""
    user = make_user(password=None)
    (ticket,) = mail_tickets([user], Purpose.INVITATION, by=None)

    def choose(password: str) -> bool:
        try:
            return bool(choose_password(ticket, password))
        except TicketSpent:
            return False

    words = ("ca-phe-sua-da-17", "mat-khau-khac-2026")
    done = at_once(*(lambda word=word: choose(word) for word in words))
    return sum(done) == 1 and again(user).check_password(words[done.index(True)])


def two_administrators(writer: User, head: User, other: User) -> bool:
    """One confirms as another refuses: one answer, and the address obeys it."""
    user = make_user()
    asked = ask(TwoAdminAct.NEW_EMAIL, user, by=writer, reason="Mất hộp thư", email="moi@vidu.example")

    def say(by: User, confirms: bool) -> bool:
        try:
            return bool(answer(TwoAdminRequest.objects.get(pk=asked.pk), by=again(by), confirms=confirms))
        except AnswerRefused:
            return False

    done = at_once(lambda: say(head, True), lambda: say(other, False))
    return sum(done) == 1 and (again(user).email == "moi@vidu.example") == done[0]


def a_killed_worker(writer: User, head: User, other: User) -> bool:
    """kill -9 at any moment: each story is published whole or not at all, and later by the next turn."""
    releases = due_releases(5, writer, head)
    worker = subprocess.Popen(  # noqa: S603 (our own words)
        [sys.executable, "-c", WORKER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    worker.stdout.readline()
    worker.stdin.write("\n")
    worker.stdin.flush()
    time.sleep(random.uniform(0, 0.15))  # noqa: S311 (a moment, not a secret)
    worker.send_signal(signal.SIGKILL)
    worker.communicate()
    whole = all(is_whole(release) for release in releases)
    schedule.run_due()
    return whole and all(is_whole(release) and _done(release) for release in releases)


def is_whole(release: Release) -> bool:
    page = PublishedArticle.objects.live().filter(pk=release.decision.revision.article_id)
    return page.exists() == _done(release)


def _done(release: Release) -> bool:
    return Release.objects.filter(pk=release.pk, done_at__isnull=False).exists()


def due_releases(number: int, writer: User, head: User) -> list[Release]:
    """Releases whose hour has come and that nobody has run."""
    articles = [waiting(writer) for _ in range(number)]
    soon = timezone.now() + timezone.timedelta(seconds=1)
    for article in articles:
        approve(article, head, due_at=soon)
    releases = list(schedule.waiting().filter(decision__revision__article__in=articles))
    time.sleep(max(0, (soon - timezone.now()).total_seconds()) + 0.01)
    return releases


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 50))
