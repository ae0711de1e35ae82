"""How the writing screen saves by itself: what can be stored is, the rest is told field by field."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.http import QueryDict

from articles.models import Article
from articles.text.body import plain_text
from articles.writing import bylines, drafting
from articles.writing.forms import ArticleForm
from departments.access import own_departments

KEY = re.compile(r"[0-9a-f-]{36}")


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
def autosave(article: Article, data: QueryDict, user: Any, *, is_opening: bool = False) -> Saved:
    """Store what the screen holds into the working copy; a story that is not stored yet is opened.

    A field that cannot be stored keeps its stored value and holds up no other. Nothing is written when
    nothing changed. Raises DraftConflict when somebody saved since the screen's `seen_number`. A screen
    that is still opening its story has not heard how that was signed, and takes no signature away.
    """
    before = _words(article) if article.pk else None
    form = ArticleForm(data, instance=article, user=user)
    form.is_valid()
    tags = form.cleaned_data.get("tags")
    names = bylines.sent(data, form.instance)
    has_names = names is not None and names.is_valid()
    if has_names and is_opening and article.pk:
        names.signed = drafting.signed(article, user)
    is_changed = _words(form.instance) != before or (tags is not None and set(tags) != _tags(article))
    is_changed = is_changed or (has_names and names.is_changed())
    if form.has_error(NON_FIELD_ERRORS, code="conflict"):
        if not is_changed and len(form.errors) == 1:
            return Saved(article)  # an answer was lost on the way, or two people wrote the same
        raise drafting.DraftConflict(drafting.conflict_words(article, user), code="conflict")
    refused = {name: [str(error) for error in errors] for name, errors in form.errors.items()}
    if names is not None and not has_names:
        refused[bylines.PREFIX] = names.said()
    if before is None:
        return Saved(_open(form.instance, key_in(data), tags, names if has_names else None, user), refused)
    if is_changed:
        seen = form.cleaned_data["seen_number"]
        drafting.save(form.instance, by=user, draft_number=seen, tags=tags)
        if has_names:
            names.save()
    return Saved(form.instance, refused)


def has_words(data: QueryDict) -> bool:
    """Something was typed: an opened and forgotten screen leaves no story behind."""
    typed = (data.get("title", ""), data.get("lead", ""), plain_text(data.get("body", "")))
    return any(text.strip() for text in typed) or "data-photo" in data.get("body", "")


def _open(article: Article, key: str | None, tags: Any, names: Any, user: Any) -> Article:
    article.client_key = key
    if article.department_id is None:  # refused or not sent: the words are kept, in the writer's own unit
        article.department_id = min(own_departments(user), default=None)
    drafting.start_from(article, by=user)
    if tags:
        article.tags.set(tags)
    if names is not None:
        names.save()
    drafting.sign(article, user)
    return article


def _tags(article: Article) -> set[str]:
    return set(article.tags.names()) if article.pk else set()


def _words(article: Article) -> tuple:
    return tuple(getattr(article, article._meta.get_field(name).attname) for name in drafting.WORKING_FIELDS)
