"""Our sections and tags for those of the old site, and their old addresses. Each is looked up once."""

from collections.abc import Iterable
from functools import lru_cache

from django.db import transaction

from articles.bulk.old_site.posts import Term
from articles.bulk.old_site.report import ImportReport
from articles.models import OldAddress, Section, Tag, same_tag
from articles.models.tag import LONGEST
from articles.public.old_addresses import key
from foundation.language.plain import clean_line
from foundation.language.tags import spell_tag, tag_fold, tag_key
from foundation.language.vietnamese import fold, slug
from foundation.pagestore.announcing import announce

UNSORTED = "Tin từ trang cũ"
_NOWHERE = {"uncategorized", "chua-phan-loai", "khong-phan-loai", "chua-duoc-phan-loai", ""}
_LAST = 90  # order of new sections: after the desk's own


class Shelves:
    """Finds or creates the section and tags of a story; with `is_rehearsal` nothing is written."""

    def __init__(self, report: ImportReport, *, is_rehearsal: bool):
        self._report, self._is_rehearsal = report, is_rehearsal
        self._sections = {}
        for section in Section.objects.all():
            self._sections |= {section.slug: section, fold(section.name): section}
        self._tags: dict[str, list[Tag]] = {}
        for tag in Tag.objects.order_by("pk"):
            self._tags.setdefault(tag.folded, []).append(tag)
        self._addressed: set[str] = set()
        self._new: list[tuple[str, Section | str]] = []

    def section_of(self, terms: list[Term]) -> Section:
        """Returns our section for the first meaningful category; UNSORTED's when there is none."""
        said = [t for t in terms if t.domain == "category" and t.slug not in _NOWHERE]
        name = clean_line(said[0].name) if said else UNSORTED
        section = self._section(" ".join(name.split())[:80] or UNSORTED)
        if said:
            self._remember(said[0].addresses, section)
        return section

    def tags_of(self, terms: list[Term], section: Section) -> list[str]:
        """Returns names of the post's tags and other categories, without duplicates."""
        names: dict[str, str] = {}
        shelf = tag_key(section.name)
        for term in terms:
            name = _said(term)
            if not name or tag_key(name) == shelf:
                continue
            tag = self._tag(name)
            names[tag.name] = tag.name
            if term.domain == "post_tag":
                self._remember(term.addresses, tag.name)
        return sorted(names)

    def _tag(self, name: str) -> Tag:
        """Returns the tag in our spelling; a new one is created with its first story."""
        alike = self._tags.setdefault(tag_fold(name), [])
        tag = same_tag(name, alike)
        if tag is None:
            tag = Tag(name=name, key=tag_key(name), folded=tag_fold(name))
            alike.append(tag)
        return tag

    def _section(self, name: str) -> Section:
        found = self._sections.get(fold(name)) or self._sections.get(slug(name))
        if found is None:
            address = slug(name) or "tin-cu"
            found = Section(name=name, slug=address, order=_LAST, in_navigation=False)
            if not self._is_rehearsal:
                with transaction.atomic():
                    found.save()
                    announce(found)
            self._report.counts["section"] += 1
            self._report.leave("Chuyên mục mới, chưa đưa lên thanh chuyên mục", name)
            self._sections |= {address: found, fold(name): found}
        return found

    def new_addresses(self) -> list[OldAddress]:
        """Returns unsaved old addresses of sections and tags seen since the last call; call it after writing
        their stories.
        """
        new, self._new = self._new, []
        tags = Tag.objects.filter(name__in=[to for _path, to in new if isinstance(to, str)])
        known = {tag.name: tag for tag in tags}
        rows = [(path, known.get(to) if isinstance(to, str) else to) for path, to in new]
        return [
            OldAddress(path=path, **{"tag" if isinstance(to, Tag) else "section": to})
            for path, to in rows
            if to is not None
        ]

    def _remember(self, paths: Iterable[str], leads_to: Section | str) -> None:
        """`leads_to` is a section, or a tag's name."""
        for path in map(key, dict.fromkeys(paths)):
            if path and path not in self._addressed:
                self._addressed.add(path)
                self._new.append((path, leads_to))


@lru_cache(maxsize=4096)  # few hundred different terms in all posts
def _said(term: Term) -> str:
    """Returns the name of a tag or meaningful category, else ""."""
    name = spell_tag(" ".join(term.name.replace(",", " ").split()))[:LONGEST].rstrip()
    is_word = term.domain == "post_tag" or (term.domain == "category" and term.slug not in _NOWHERE)
    return name if is_word and slug(name) else ""
