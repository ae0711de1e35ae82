"""Tags: one tag table for both sides, and a table of uses for each side."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from taggit.models import ItemBase, TagBase

from articles.models.querysets import PublishedTagQuerySet
from foundation.language.fields import DerivedField, NormalCharField
from foundation.language.tags import has_no_marks, spell_tag, tag_fold, tag_key
from foundation.language.vietnamese import slug

LONGEST = 100


class Tag(TagBase):
    """A tag that readers may follow. A tag used only in drafts has no public page."""

    name = NormalCharField("tên thẻ", max_length=LONGEST, unique=True)
    key = DerivedField(source="name", derive=tag_key)
    folded = DerivedField(source="name", derive=tag_fold, db_index=True)

    class Meta:
        verbose_name = "thẻ"
        verbose_name_plural = "thẻ"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["key"], name="tag_once")]

    def clean(self) -> None:
        """Refuses a second spelling of a tag."""
        twin = Tag.objects.filter(key=tag_key(self.name)).exclude(pk=self.pk).first()
        if twin:
            raise ValidationError({"name": f"Đã có thẻ “{twin}”, chỉ khác cách viết. Hãy dùng thẻ ấy."})

    def slugify(self, tag: str, i: int | None = None) -> str:
        """Returns the slug of a Vietnamese tag; `i` is a number appended when the slug is taken."""
        base = slug(tag) or "the"
        return base if i is None else f"{base}-{i}"


def find_tags(names: Iterable[str]) -> dict[str, Tag]:
    """Returns the tags there are, by the names as typed. Makes one query."""
    wanted = list(names)
    known: dict[str, list[Tag]] = {}
    for tag in Tag.objects.filter(folded__in={tag_fold(name) for name in wanted}).order_by("pk"):
        known.setdefault(tag.folded, []).append(tag)
    found = {name: same_tag(name, known.get(tag_fold(name), [])) for name in wanted}
    return {name: tag for name, tag in found.items() if tag}


def name_tags(names: Iterable[str]) -> dict[str, Tag]:
    """Returns the tags by the names as typed, and creates the missing ones; none for “###”."""
    wanted = dict.fromkeys(name for name in names if spell_tag(name))
    found = find_tags(wanted)
    for name in sorted(wanted.keys() - found.keys(), key=has_no_marks):  # a name without marks follows
        found[name] = find_tags([name]).get(name) or _create(spell_tag(name)[:LONGEST])
    return {name: found[name] for name in wanted}


def _create(name: str) -> Tag:
    try:
        with transaction.atomic():
            return Tag.objects.create(name=name)
    except IntegrityError:  # another story has just brought it
        return Tag.objects.get(key=tag_key(name))


def same_tag(name: str, folded_alike: list[Tag]) -> Tag | None:
    """Returns the tag of this name among those whose `folded` is the same; None when it is a new one."""
    key = tag_key(name)
    exact = next((tag for tag in folded_alike if tag.key == key), None)
    if exact or not folded_alike:
        return exact
    if has_no_marks(name):
        return folded_alike[0] if len(folded_alike) == 1 else None
    return next((tag for tag in folded_alike if has_no_marks(tag.name)), None)


class DraftTag(ItemBase):
    """A tag on a working copy."""

    content_object = models.ForeignKey("articles.Article", models.CASCADE, related_name="+")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="draft_uses")

    class Meta:
        verbose_name = "thẻ của bản đang viết"
        verbose_name_plural = "thẻ của bản đang viết"
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="draft_tagged_once")]


class PublishedTag(ItemBase):
    """A tag on a public page, with the page's time, by which the tag's list is sorted."""

    content_object = models.ForeignKey("articles.PublishedArticle", models.CASCADE, related_name="+")
    published_at = models.DateTimeField("đăng lúc", null=True, editable=False)
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="published_uses")

    objects = PublishedTagQuerySet.as_manager()

    class Meta:
        verbose_name = "thẻ của bài đã đăng"
        verbose_name_plural = "thẻ của bài đã đăng"
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="page_tagged_once")]
        indexes = [models.Index(fields=["tag", "-published_at", "-content_object"], name="tag_newest")]
