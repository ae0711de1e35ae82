"""How the writing screen saves by itself: what can be stored is, the rest is told field by field."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.http import QueryDict

from articles import drafting
from articles.forms import ArticleForm
from articles.models import Article, SavedCopy
from articles.text import clean_body, figures_in, for_editor, plain_text
from departments.access import own_departments
from media.models import Photo
from media.presentation import photo_for

KEY = re.compile(r"[0-9a-f-]{36}")
WORDS = ("title", "lead", "body")  # what a screen keeps on its device
_LOOKED_BACK = 30  # states kept on purpose that a copy on a device is compared with


@dataclass
class Saved:
    """The story as it is stored now; `refused` says by field what is kept on the screen only."""

    article: Article
    refused: dict[str, list[str]] = field(default_factory=dict)


def key_in(data: QueryDict) -> str | None:
    """The key a new story's screen was given, if it sends one."""
    key = data.get("client_key", "")
    return key if KEY.fullmatch(key) else None


def find_new(key: str, user: Any) -> Article | None:
    """The story that this very screen has opened already: an answer may have been lost on the way."""
    if not KEY.fullmatch(key):
        return None
    return Article.objects.filter(client_key=key, created_by=user).first()


@transaction.atomic
def autosave(article: Article, data: QueryDict, user: Any) -> Saved:
    """Store what the screen holds into the working copy; a story that is not stored yet is opened.

    A field that cannot be stored keeps its stored value and holds up no other. Nothing is written when
    nothing changed. Raises DraftConflict when somebody saved since the screen's `seen_number`.
    """
    before = _words(article) if article.pk else None
    form = ArticleForm(data, instance=article, user=user)
    form.is_valid()
    tags = form.cleaned_data.get("tags")
    is_changed = _words(form.instance) != before or (tags is not None and set(tags) != _tags(article))
    if form.has_error(NON_FIELD_ERRORS, code="conflict"):
        if not is_changed and len(form.errors) == 1:
            return Saved(article)  # an answer was lost on the way, or two people wrote the same
        raise drafting.DraftConflict(drafting.conflict_words(article, user), code="conflict")
    refused = {name: [str(error) for error in errors] for name, errors in form.errors.items()}
    if before is None:
        return Saved(_open(form.instance, key_in(data), tags, user), refused)
    if is_changed:
        seen = form.cleaned_data["seen_number"]
        drafting.save(form.instance, by=user, draft_number=seen, tags=tags)
    return Saved(form.instance, refused)


def has_words(data: QueryDict) -> bool:
    """Something was typed: an opened and forgotten screen leaves no story behind."""
    typed = (data.get("title", ""), data.get("lead", ""), plain_text(data.get("body", "")))
    return any(text.strip() for text in typed) or "data-photo" in data.get("body", "")


def stored_words(article: Article) -> dict[str, Any]:
    """What the server holds, in the shape the screen can show and join."""
    return {"draft_number": article.draft_number} | shown(_own_words(article), article.body)


def typed_words(article: Article, data: QueryDict, user: Any) -> dict[str, str]:
    """The words of a screen as they would be stored, shown like `stored_words`: equal words are equal text.

    A picture is drawn where this person may see the photo; its figure stays in any case.
    """
    words = _normal(data)
    ids = {figure.photo_id for figure in figures_in(words["body"])}
    seen = Photo.objects.visible_to(user).filter(pk__in=ids).values_list("pk", flat=True)
    return shown(words, article.body, seen)


def is_known(article: Article, data: QueryDict) -> bool:
    """These words are stored now, or were on an occasion that the story still remembers."""
    words = _normal(data)
    if words == _own_words(article):
        return True
    kept = SavedCopy.objects.filter(article=article).values_list("content", flat=True)[:_LOOKED_BACK]
    return any(words == {name: content[name] for name in WORDS} for content in kept)


def shown(words: dict[str, str], stored_body: str, more: Iterable[int] = ()) -> dict[str, str]:
    """Normal words with pictures in the figures: of the photos in the stored body, and of those in `more`."""
    photos = Photo.objects.in_bulk({figure.photo_id for figure in figures_in(stored_body)} | set(more))
    body = for_editor(words["body"], lambda pk: photo_for(photos[pk])["src"] if pk in photos else "")
    return words | {"body": body}


def _normal(data: QueryDict) -> dict[str, str]:
    """Title, lead and body as a save would store them."""
    title, lead, body = (data.get(name, "") for name in WORDS)
    one_line = drafting.one_line
    return {"title": one_line(title), "lead": one_line(lead), "body": clean_body(body)}


def _own_words(article: Article) -> dict[str, str]:
    return {name: getattr(article, name) for name in WORDS}


def _open(article: Article, key: str | None, tags: Any, user: Any) -> Article:
    article.client_key = key
    if article.department_id is None:  # refused or not sent: the words are kept, in the writer's own unit
        article.department_id = min(own_departments(user), default=None)
    drafting.start_from(article, by=user)
    if tags:
        article.tags.set(tags)
    drafting.sign(article, user)
    return article


def _tags(article: Article) -> set[str]:
    return set(article.tags.names()) if article.pk else set()


def _words(article: Article) -> tuple:
    return tuple(getattr(article, article._meta.get_field(name).attname) for name in drafting.WORKING_FIELDS)
