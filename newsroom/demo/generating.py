"""Generate thousands of stories, to see and measure a full newsroom: `demo --articles N`, `bulk_generate N`.

The stories have photos, events and commendation decisions, and are written by the product's bulk functions:
the same log, revisions, decisions and releases as for a single story, in one insert per table.
"""

import datetime
import random
from collections.abc import Callable
from itertools import batched
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from approvals.engine import Step, Workflow
from articles.approval.freezing import content_of
from articles.bulk.second_core import SecondCore
from articles.bulk.wholesale import Door, Ready, begin_drawing, make_public
from articles.enums import Status, Verdict
from articles.models import Article, PublishedArticle, Section
from articles.text.body import figures_in
from departments.access import capacity
from departments.models import Department
from foundation.inserting import statistics
from foundation.language.vietnamese import slug
from media.models import Photo
from newsroom.demo import photos, seed_story
from newsroom.demo.generating_records import Records
from newsroom.demo.phrases import body, lead, title
from newsroom.demo.writing import Pic, html

MARK, TAG = "Bài sinh", "Bài sinh tự động"
BATCH, RECORDS = 2000, 500  # records of the same few weeks are published at the same moment
APART = datetime.timedelta(minutes=53)
OLDEST_FIRST_DAY = datetime.timedelta(days=15)
DOOR = Door(
    Workflow(
        name="generated story",
        capacity=capacity,
        steps=(
            Step(
                name="generate",
                label=TAG,
                sources=(Status.DRAFTING,),
                target=Status.APPROVED,
                permission="articles.import_article",
            ),
        ),
    ),
    "generate",
    Verdict.APPROVED,
)


def top_up(count: int, report: Callable[[int], None] = lambda done: None) -> int:
    """Generate stories until there are `count`; returns how many. If interrupted, whole batches stay."""
    present = PublishedArticle.objects.filter(source_mark=MARK).count()
    generator = _Generator()
    with SecondCore(count - present) as core:
        for batch in batched(range(present, count), BATCH, strict=False):
            with transaction.atomic():
                generator.insert(batch, core)
            report(batch[-1] + 1)
    if count > present:
        statistics.refresh_statistics()
    return max(0, count - present)


class _Generator:
    """The data from which stories are made, read once."""

    def __init__(self) -> None:
        self.head = User.objects.get(username="thuky")
        self.sections = list(Section.objects.order_by("pk"))
        self.units = list(Department.objects.filter(valid_until=None, code__regex="^(THPT|THCS|TH|MN|NT)-"))
        pictures = Photo.objects.filter(credit=photos.CREDIT).order_by("pk")
        self.photo_ids = dict(zip(photos.ALT, pictures.values_list("pk", flat=True), strict=True))
        self.shape = content_of(Article.objects.get(title=seed_story.TITLE))
        self.newest = timezone.now() - OLDEST_FIRST_DAY
        self.records = Records(self.head)

    def insert(self, numbers: tuple[int, ...], core: SecondCore) -> None:
        """Write a part here while the next one is computed in another process."""
        before = None
        for some in batched(numbers, RECORDS, strict=False):
            given = self.records.insert(some, {n: self._unit(n) for n in some}, self._moment)
            drawing = begin_drawing([self._ready(number, given) for number in some], core)
            if before:
                make_public(before, by=self.head, door=DOOR)
            before = drawing
        if before:
            make_public(before, by=self.head, door=DOOR)

    def _ready(self, number: int, given: dict[int, dict[str, Any]]) -> Ready:
        moment = self._moment(number)
        return Ready(self.content(number) | given.get(number, {}), moment, moment)

    def _moment(self, number: int) -> datetime.datetime:
        return self.newest - number * APART

    def _unit(self, number: int) -> Department:
        return random.Random(number).choice(self.units)  # noqa: S311 (sentences, not secrets)

    def content(self, number: int) -> dict[str, Any]:
        """Return the content of a story; the same for the same number on every machine."""
        chance = random.Random(number)  # noqa: S311 (sentences, not secrets)
        unit, section = chance.choice(self.units), chance.choice(self.sections)
        words = title(chance, unit.name, number)
        picture = Pic(chance.choice(list(self.photo_ids)), f"Hoạt động của {unit.name}")
        text = html((picture, *body(chance, unit.name)), self.photo_ids)
        return self.shape | {
            "kind": "activity",
            "title": words,
            "slug": slug(words),
            "lead": lead(chance, unit.name),
            "source_mark": MARK,
            "body": text,
            "section": {"id": section.pk, "name": section.name},
            "department": {"id": unit.pk, "name": unit.name},
            "event": None,
            "commendation_decision": None,
            "bylines": [],
            "tags": [TAG],
            "figures": self._figures(text),
        }

    def _figures(self, text: str) -> list[dict[str, Any]]:
        shape = self.shape["figures"][0]
        return [
            shape | {"photo": f.photo_id, "caption": f.caption, "credit": f.credit, "alt": f.alt}
            for f in figures_in(text)
        ]
