"""What a long list of an event costs this process, on the demo: `DEMO=1 python -m tests.lists [ROWS]`.

Opening the form and the list, searching, saving and moving one row, pasting as many rows again; on a public
event, so that everything that follows a change is in it. Processor time (the least of a few) and queries.
Everything is rolled back.
"""

import os
import sys
import time
from collections.abc import Callable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from accounts.models import User  # noqa: E402
from events.models import Delegate, Event  # noqa: E402
from tests.writing import signed_in  # noqa: E402

TIMES = 5


def main(rows: int) -> None:
    if not User.objects.filter(username="bientap").exists():
        raise SystemExit("No demo here; run first: manage.py demo --no-serve")
    with transaction.atomic():
        measure(rows)
        transaction.set_rollback(True)


def measure(rows: int) -> None:
    editor, event = signed_in("bientap"), Event.objects.public().earliest("pk")
    Delegate.objects.filter(event=event).delete()
    Delegate.objects.bulk_create(
        Delegate(event=event, name=f"Khách {number}", title=f"Giáo viên {number}", position=number)
        for number in range(1, rows + 1)
    )
    room = f"/admin/events/event/{event.pk}/"
    names = f"{room}danh-sach/dai-bieu/"
    last = event.delegates.last().pk
    table = "\n".join(f"Ông Trần Văn {number}\tHiệu trưởng" for number in range(rows))

    def sent(**words: Any) -> dict[str, Any]:
        return {"seen_version": Event.objects.get(pk=event.pk).version} | words

    timed("the form of the event", 200, lambda turn: editor.get(f"{room}change/"))
    timed("a page of the list", 200, lambda turn: editor.get(names))
    timed("a search in the list", 200, lambda turn: editor.get(names, {"q": "khach 7"}))
    timed("a row", 200, lambda turn: editor.get(f"{names}{last}/"))
    words = {"honorific": "", "title": "", "person": ""}
    timed("saving a row", 302, lambda turn: editor.post(f"{names}{last}/", sent(name=f"Đổi {turn}", **words)))
    move = {"row": last, "act": "move"}
    timed("moving a row", 302, lambda turn: editor.post(names, sent(after=turn % 2 * rows, **move)))
    timed("reading a table", 200, lambda turn: editor.post(f"{names}dan/", sent(text=table, check=1)))
    timed("saving a table", 302, lambda turn: editor.post(f"{names}dan/", sent(text=table, save=1)), times=1)


def timed(name: str, expected: int, act: Callable[[int], Any], *, times: int = TIMES) -> None:
    spent, asked = [], 0
    for turn in range(times):
        with CaptureQueriesContext(connection) as queries:
            began = time.process_time()
            answer = act(turn)
            spent.append((time.process_time() - began) * 1000)
        asked = len(queries)
        if answer.status_code != expected:
            raise RuntimeError(f"{name} answered {answer.status_code}")
    size = len(answer.content) // 1024
    sys.stdout.write(f"{name}  {min(spent):.0f} ms, {asked} queries, {size} KB\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
