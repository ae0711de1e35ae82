"""What the acts of a newsroom cost this process, on the demo: `DEMO=1 python -m tests.writing`.

Opening the writing screen with the seed story, autosaving, saving, sending, approving. Processor time:
the least and the middle of each; other work on the machine changes the least only little.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

import django

django.setup()

from django.test import Client  # noqa: E402

from accounts.models import User  # noqa: E402
from articles.models import Article, Section  # noqa: E402
from articles.writing import drafting  # noqa: E402

SEED = "Đắk Lắk: chú trọng nâng cao công tác truyền thông"
TIMES = 20


def main() -> None:
    writer, head = signed_in("ctv"), signed_in("truongdonvi")
    spent: dict[str, list[float]] = {}

    def timed(name: str, expected: int, act: Callable[..., Any], *about: Any) -> None:
        began = time.process_time()
        answer = act(*about)
        spent.setdefault(name, []).append((time.process_time() - began) * 1000)
        if answer.status_code != expected:
            raise RuntimeError(f"{name} answered {answer.status_code}")

    for number in range(TIMES):
        article = a_draft(number)
        room = f"/admin/articles/article/{article.pk}/"
        timed("the writing screen", 200, writer.get, f"{room}change/")
        typed = as_typed(article, title=f"{article.title}, gõ thêm")
        timed("an autosave", 200, writer.post, f"{room}tu-luu/", typed)
        again = as_typed(Article.objects.get(pk=article.pk), title=f"{article.title}, sửa")
        timed("a save", 302, writer.post, f"{room}change/", again | {"_save": "1"})
        sent = {"version": Article.objects.get(pk=article.pk).version}
        timed("sending for approval", 302, writer.post, f"{room}buoc/submit/", sent)
        waiting = Article.objects.select_related("review_revision").get(pk=article.pk)
        timed("the desk", 200, head.get, f"/admin/cho-duyet/{article.pk}/")
        said = {"step": "approve", "sha256": waiting.review_revision.sha256, "version": waiting.version}
        timed("approving", 302, head.post, f"/admin/cho-duyet/{article.pk}/quyet-dinh/", said)
    for name, times in spent.items():
        sys.stdout.write(f"{name}  {min(times):.1f} ms, middle {statistics.median(times):.1f} ms\n")


def signed_in(name: str) -> Client:
    client = Client(HTTP_HOST="127.0.0.1:8000")
    client.force_login(User.objects.get(username=name))
    return client


def a_draft(number: int) -> Article:
    writer = User.objects.get(username="ctv")
    seed = Article.objects.get(title__startswith=SEED)
    unit = writer.person.positions.first().department
    words = {"title": f"Bài đo {number}", "lead": seed.lead, "body": seed.body}
    return drafting.start(department=unit, by=writer, section=Section.objects.first(), **words)


def as_typed(article: Article, **changed: Any) -> dict[str, Any]:
    """The writing screen's form as a browser sends it."""
    form = {name: getattr(article, name) for name in ("title", "lead", "body", "kind", "slug", "source_mark")}
    form |= {"section": article.section_id, "department": article.department_id, "tags": ""}
    form |= {"event": "", "commendation_decision": "", "seen_number": article.draft_number}
    return form | {"bylines-TOTAL_FORMS": 0, "bylines-INITIAL_FORMS": 0} | changed


if __name__ == "__main__":
    main()
