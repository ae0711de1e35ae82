"""Turns the posts of an old site into stories: public ones with their whole record, the others as drafts."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import batched
from typing import Any

from django.db import transaction

from approvals.engine import StepRefused
from articles.approval.freezing import FROZEN
from articles.approval.pages import tags_named
from articles.bulk.old_site.adding import PHOTOS, is_as_brought, lacks_pictures, put_into_story
from articles.bulk.old_site.bodies import holds_pictures, read_plainly
from articles.bulk.old_site.doors import DOOR
from articles.bulk.old_site.leading import lead_the_rest
from articles.bulk.old_site.links import Links
from articles.bulk.old_site.pictures import Pictures
from articles.bulk.old_site.posts import OldPost, OldSite
from articles.bulk.old_site.report import ImportReport
from articles.bulk.old_site.shelves import Shelves
from articles.bulk.old_site.stories import Teller, ToldStory
from articles.bulk.old_site.units import UnitsOfTheDay
from articles.bulk.second_core import SecondCore
from articles.bulk.wholesale import Drawing, Ready, begin_drawing, make_public, write_drafts
from articles.models import Article, ImportedStory, OldAddress, Tag
from articles.models.published import story_address
from articles.public.old_addresses import key
from foundation.inserting import statistics
from foundation.inserting.rows import insert_all, reserve_numbers

BATCH = 250
# With photos a batch takes long, so finished stories are written every few seconds.
SECONDS = 5.0


@dataclass
class _Batch:
    """Stories being written; the public ones are being drawn. In a rehearsal only the stories."""

    public: list[ToldStory]
    drafts: list[ToldStory]
    seen: int  # posts of the site
    tags: dict[str, Tag] = field(default_factory=dict)
    drawing: Drawing | None = None


@dataclass
class Carrier:
    """One run of the import. If it is interrupted, finished batches stay and the next run continues."""

    site: OldSite
    units: UnitsOfTheDay
    by: Any
    pictures: Pictures
    report: ImportReport
    only_drafts: bool = False
    is_rehearsal: bool = False
    progress: Callable[[int], None] = lambda seen: None
    _shelves: Shelves = field(init=False)
    _links: Links = field(init=False)
    _told: list[ToldStory] = field(default_factory=list)
    _sent: _Batch | None = None
    _seen: int = 0
    _sent_at: float = 0.0

    def carry(self) -> None:
        """Import every post that is not here yet. Raises NotReadable, PermissionDenied, StepRefused."""
        self._shelves = Shelves(self.report, is_rehearsal=self.is_rehearsal)
        self._links = Links(self.site.host)
        teller = Teller(
            self.site.markup,
            self.units,
            shelves=self._shelves,
            pictures=self.pictures,
            report=self.report,
            only_drafts=self.only_drafts,
        )
        self._sent_at = time.monotonic()
        try:
            with SecondCore(self.site.posts) as core, self.pictures:
                self._carry(teller, core)
            if not self.is_rehearsal:
                lead_the_rest(self._links, by=self.by, report=self.report, note=self._note_of_links)
        finally:
            if not self.is_rehearsal:
                statistics.refresh_statistics()

    def _carry(self, teller: Teller, core: SecondCore) -> None:
        """While a batch is written here, the second process draws the next and reads the one after."""
        before = None
        for items in batched(self._new_posts(teller), BATCH, strict=False):
            texts = core.ask(read_plainly, [item.content for item in items], self.site.markup)
            if before:
                self._tell(*before, teller, core)
            before = items, texts
        if before:
            self._tell(*before, teller, core)
        self._send(core)
        self.progress(self._seen)

    def _new_posts(self, teller: Teller) -> Iterator[OldPost]:
        origins = ImportedStory.objects.filter(origin__startswith=f"{self.site.host}#")
        known = dict(origins.values_list("origin", "article"))
        for item in self.site.read():
            origin = self._origin(item)
            if not item.name:
                self.report.leave("Bài không có số hiệu nên không nhập", item.title or item.link)
            elif not (item.title or item.content.strip() or item.excerpt.strip()):
                self.report.leave("Bài trống nên không nhập", item.link or item.said)
            elif origin in known:
                self.report.counts["known"] += 1
                if known[origin] and self.pictures.may_look:
                    self._look_again(item, known[origin], teller)
            else:
                known[origin] = None
                yield item
                continue
            self._seen += 1  # the others are counted when they are told

    def _look_again(self, item: OldPost, article_id: int, teller: Teller) -> None:
        """Adds photos that were missing at the import, if nobody has changed the story since."""
        if not holds_pictures(item.content) and not any(item.picture):
            return
        article = Article.objects.select_related(*FROZEN, "approved_revision").get(pk=article_id)
        content = teller.tell_again(item)
        # This is written before the current batch, so it must not link to ids that are only reserved.
        (content["body"],) = self._links.led([content["body"]], only_here=True)
        if not lacks_pictures(article, content):
            return
        where = f"{article} – {item.link}"
        if not is_as_brought(article, content):
            self.report.leave("Có ảnh mới nhưng bài đã đổi từ lần nhập trước, không tự thêm", where)
            return
        if not self.is_rehearsal:
            try:
                note = f"Thêm ảnh. {self._note(item)}"
                put_into_story(PHOTOS, article, content["body"], by=self.by, note=note)
            except StepRefused as refusal:
                self.report.leave("Có ảnh mới nhưng chưa thêm được", f"{where}: {refusal.message}")
                return
            self._remember([], [])
        self.report.counts["illustrated"] += 1

    def _tell(
        self, items: tuple[OldPost, ...], texts: Callable[[], list], teller: Teller, core: SecondCore
    ) -> None:
        read = texts()
        self.pictures.expect(
            wanted
            for item, text in zip(items, read, strict=True)
            for wanted in [*text.wanted, *([item.picture] if any(item.picture) else [])]
        )
        for item, text in zip(items, read, strict=True):
            self._seen += 1
            if story := teller.tell_story(item, self._origin(item), text):
                self._told.append(story)
            if time.monotonic() - self._sent_at > SECONDS:
                self._send(core)
                self._send(core)  # the second call writes the batch at once
        self._send(core)

    def _origin(self, item: OldPost) -> str:
        return f"{self.site.host}#{item.name}"

    def _send(self, core: SecondCore) -> None:
        """Starts drawing the collected stories, and writes the batch sent before."""
        told, self._told = self._told, []
        before, self._sent = self._sent, self._begin(told, core) if told else None
        if before:
            self._write(before)
        self._sent_at = time.monotonic()

    def _begin(self, told: list[ToldStory], core: SecondCore) -> _Batch:
        public = [story for story in told if story.is_public]
        drafts = [story for story in told if not story.is_public]
        batch = _Batch(public, drafts, self._seen)
        if not self.is_rehearsal:
            with transaction.atomic():
                batch.tags = tags_named([story.content for story in told])
                numbers = reserve_numbers(Article, len(public))
            self._lead_home(told, public, numbers)
            ready = [
                Ready(s.content, s.item.published_at, s.updated_at, self._note(s.item), number)
                for s, number in zip(public, numbers, strict=True)
            ]
            batch.drawing = begin_drawing(ready, core, batch.tags)
        return batch

    def _lead_home(self, told: list[ToldStory], public: list[ToldStory], numbers: list[int]) -> None:
        """Replaces links to stories of this batch or an earlier one; `leading` does the others at the end."""
        self._links.expect(
            (path, story_address(story.content["slug"], number))
            for story, number in zip(public, numbers, strict=True)
            for path in story.item.addresses
        )
        bodies = [story.content["body"] for story in told]
        for story, body in zip(told, self._links.led(bodies), strict=True):
            self.report.counts["linked"] += body != story.content["body"]
            story.content["body"] = body

    def _write(self, batch: _Batch) -> None:
        if batch.drawing:
            with transaction.atomic():
                articles = make_public(batch.drawing, by=self.by, door=DOOR)
                articles += write_drafts([s.content for s in batch.drafts], by=self.by, tags=batch.tags)
                self._remember(batch.public + batch.drafts, articles)
        self.report.counts["public"] += len(batch.public)
        self.report.counts["draft"] += len(batch.drafts)
        self.progress(batch.seen)

    def _note(self, item: OldPost) -> str:
        return f"Nhập từ trang cũ {self.site.host}, {item.said}: {item.link}"

    def _note_of_links(self, address: str) -> str:
        return f"Dẫn liên kết về địa chỉ mới. Nhập từ trang cũ {self.site.host}: {address}"

    def _remember(self, stories: list[ToldStory], articles: list[Any]) -> None:
        pairs = list(zip(stories, articles, strict=True))
        insert_all(
            ImportedStory(origin=s.origin, article=article, address=s.item.link[:500], brought_by=self.by)
            for s, article in pairs
        )
        found = [OldAddress(path=p, story_id=article.pk) for s, article in pairs for p in s.item.addresses]
        pictures = {key(path): photo for path, photo in self.pictures.new_paths().items()}
        found += [OldAddress(path=path, photo=photo) for path, photo in pictures.items() if path]
        self.report.counts["address"] += len(found)
        found += self._shelves.new_addresses()
        OldAddress.objects.bulk_create(found, ignore_conflicts=True)
