"""What the rules read: the parts of a content and the related records, each loaded once."""

import datetime
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone

from articles.public.pupil_names import named_in
from articles.text.body import Block, blocks_in
from articles.text.person_names import places_of
from awards.counting import Counts, counts_of
from awards.models import Decision
from events.models import Delegate, Event
from foundation.language.sentences import sentences
from media.models import Photo, Pupil

# Bounded, so that a text with only opening marks does not make the search slow.
_QUOTED = re.compile(r"“[^”]{0,1000}”|\"[^\"]{0,1000}\"|«[^»]{0,1000}»")


@dataclass(frozen=True)
class CheckedPassage:
    """A piece of the story's text and its place: a field, or a block of the body."""

    field: str
    text: str

    @cached_property
    def sentences(self) -> list[str]:
        return sentences(self.text)


class CheckedStory:
    """A content (shape of `freezing.content_of`) for the rules. Each query is made on first use."""

    def __init__(self, content: dict[str, Any], article_id: int | None = None):
        self.content, self.article_id = content, article_id
        self.today = timezone.localdate()

    @cached_property
    def blocks(self) -> list[Block]:
        return blocks_in(self.content["body"])

    @cached_property
    def passages(self) -> list[CheckedPassage]:
        """Title, lead, then the blocks of the body, in reading order. Empty ones are left out."""
        found = [CheckedPassage("title", self.content["title"]), CheckedPassage("lead", self.content["lead"])]
        figures = headings = 0
        for block in self.blocks:
            figures += block.tag == "figure"
            headings += block.is_heading
            places = {"figure": f"figure-{figures}", "h2": f"heading-{headings}", "h3": f"heading-{headings}"}
            found.append(CheckedPassage(places.get(block.tag, "body"), block.text))
        return [passage for passage in found if passage.text]

    @cached_property
    def text(self) -> str:
        return "\n".join(passage.text for passage in self.passages)

    @cached_property
    def day(self) -> datetime.date:
        """The day the story is about: the day of its event, else today."""
        return timezone.localdate(self.event.starts_at) if self.event else self.today

    @cached_property
    def event(self) -> Event | None:
        return Event.objects.filter(pk=self._linked("event")).first() if self._linked("event") else None

    @cached_property
    def delegates(self) -> list[Delegate]:
        return list(Delegate.objects.filter(event=self._linked("event"))) if self._linked("event") else []

    @property
    def decision_name(self) -> str:
        """The linked decision's name; "" when none is linked."""
        linked = self.content["commendation_decision"]
        return linked["name"] if linked else ""

    @cached_property
    def commended(self) -> Counts:
        """How many the linked decision commends; zero when none is linked."""
        key = self._linked("commendation_decision")
        return counts_of([Decision(pk=key)])[key] if key else Counts()

    @cached_property
    def photos(self) -> dict[int, Photo]:
        """The story's photos by id, with only the field needed to check rights."""
        shown = {figure["photo"] for figure in self.content["figures"]}
        return Photo.objects.only("rights_until").in_bulk(shown) if shown else {}

    @cached_property
    def pupils(self) -> list[Pupil]:
        """Pupils of the consent register whom the story names."""
        return named_in(self.content)

    def place_of(self, name: str) -> str:
        """Returns the first field that contains this name; "body" when only an alternative text does."""
        return next((p.field for p in self.passages if places_of(name, p.text)), "body")

    def _linked(self, name: str) -> int | None:
        linked = self.content.get(name)
        return linked["id"] if linked else None


def outside_quotes(sentence: str) -> str:
    """Returns the sentence without quoted speech, which the writer may not correct."""
    return _QUOTED.sub(" ", sentence)


def excerpt(sentence: str, limit: int = 90) -> str:
    """Returns a sentence short enough for a list, cut between words."""
    words = " ".join(sentence.split())
    return words if len(words) <= limit else words[:limit].rsplit(" ", 1)[0] + " …"
