"""What office pages cost one busy person, on a demo with generated stories: `DEMO=1 python -m tests.growth`.

First with `--make-busy`, once for a copy of the demo made for the purpose: every generated story then belongs
to `ctv`, was sent by them in this school year, and was decided by `truongdonvi`, the last hundred just now.
Processor time is the least of some; other work on the machine changes it only little.
"""

import datetime
import os
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.db.models import DateTimeField, ExpressionWrapper, F, QuerySet  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import User  # noqa: E402
from articles.models import (  # noqa: E402
    Article,
    PublishedArticle,
    ReviewDecision,
    Revision,
    WorkingEdit,
)
from foundation.inserting import statistics  # noqa: E402
from newsroom.demo.generating import MARK  # noqa: E402

TIMES = 7
JUST_DECIDED = 100
LISTS = {
    "board": "admin:writing_board",
    "statistics": "admin:figures",
    "calendar": "admin:planning",
    "stories": "admin:articles_article_changelist",
    "published": "admin:articles_publishedarticle_changelist",
    "desk": "admin:review_desk",
    "first page": "admin:index",
    "waits": "admin:waits",
    "inbox": "admin:inbox",
}
PEOPLE = ("ctv", "truongdonvi", "bientap", "kiemtra")


def main() -> None:
    if "--make-busy" in sys.argv:
        make_busy()
        return
    for name in PEOPLE:
        client = Client(HTTP_HOST="127.0.0.1:8000")
        client.force_login(User.objects.get(username=name))
        for page, address in LISTS.items():
            measure(client, f"{name:12} {page}", reverse(address))


def measure(client: Client, label: str, address: str) -> None:
    if client.get(address).status_code != 200:
        return
    spent = []
    for _ in range(TIMES):
        began = time.process_time()
        client.get(address)
        spent.append((time.process_time() - began) * 1000)
    with CaptureQueriesContext(connection) as found:
        size = len(client.get(address).content)
    sql = sum(float(query["time"]) for query in found.captured_queries) * 1000
    line = f"{label:28} {min(spent):8.1f} ms  {len(found):4} queries  SQL {sql:7.1f} ms  {size // 1024} KB\n"
    sys.stdout.write(line)
    if "--slow" in sys.argv:
        for query in sorted(found.captured_queries, key=lambda one: -float(one["time"]))[:5]:
            if float(query["time"]) > 0.004:
                sys.stdout.write(f"      {query['time']}  {query['sql'][:1500]}\n")


@transaction.atomic
def make_busy() -> None:
    writer, head = User.objects.get(username="ctv"), User.objects.get(username="truongdonvi")
    unit = writer.person.positions.first().department
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'articles_%%'"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')
    pages = PublishedArticle.objects.filter(source_mark=MARK)
    pages.update(department=unit, department_name=unit.name)
    stories = Article.objects.filter(pk__in=pages.values("pk"))
    stories.update(department=unit, created_by=writer)
    revisions = Revision.objects.filter(article__in=stories.values("pk"))
    QuerySet.update(revisions, created_by=writer, editor_ids=[writer.pk])
    decisions = ReviewDecision.objects.filter(revision__in=revisions.values("pk"))
    an_hour_ago = ExpressionWrapper(F("decided_at") - datetime.timedelta(hours=1), DateTimeField())
    QuerySet.update(decisions, decided_by=head, decided_at=an_hour_ago)
    last = list(decisions.order_by("-pk").values_list("pk", flat=True)[:JUST_DECIDED])
    newest = ReviewDecision.objects.filter(pk__in=last)
    QuerySet.update(newest, decided_at=timezone.now())
    WorkingEdit.objects.bulk_create(
        (WorkingEdit(article=story, editor=writer) for story in stories.only("pk")), ignore_conflicts=True
    )
    statistics.refresh_statistics()


if __name__ == "__main__":
    main()
