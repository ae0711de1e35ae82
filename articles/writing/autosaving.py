"""Autosave of the writing screen: stores each valid field and reports the others by name."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.http import QueryDict

from articles.models import Article, name_tags
from articles.text.body import clean_body, plain_text
from articles.writing import bylines, drafting
from articles.writing.forms import ArticleForm
from departments.access import own_departments

KEY = re.compile(r"[0-9a-f-]{36}")


@dataclass
class Saved:
    """The story as stored now; `refused` has the errors of fields that were not stored."""

    article: Article
    refused: dict[str, list[str]] = field(default_factory=dict)


def key_in(data: QueryDict) -> str | None:
    """Returns the key of a new story's screen; None when it sent no valid one."""
    key = data.get("client_key", "")
    return key if KEY.fullmatch(key) else None


def find_new(key: str, user: Any) -> Article | None:
    """Returns the story that this screen has already created, when the response was lost; else None."""
    if not KEY.fullmatch(key):
        return None
    return Article.objects.filter(client_key=key, created_by=user).first()


@transaction.atomic
def autosave(article: Article, data: QueryDict, user: Any, *, is_opening: bool = False) -> Saved:
    """Store what the screen contains in the working copy; create the story when it is not stored yet.

    An invalid field keeps its stored value and does not stop the others. Nothing is written when nothing
    changed. Raises DraftConflict when somebody saved after the screen's `seen_number`. With `is_opening` the
    screen does not know the story's first byline yet, so that byline is kept.
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
    is_late = form.has_error(NON_FIELD_ERRORS, code="conflict")
    if is_late and is_changed:
        raise drafting.DraftConflict(drafting.conflict_words(article, user), code="conflict")
    shown = {name: errors for name, errors in form.errors.items() if name != NON_FIELD_ERRORS or not is_late}
    refused = {name: [str(error) for error in errors] for name, errors in shown.items()}
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
    """Whether anything was typed: an empty screen creates no story."""
    typed = (data.get("title", ""), data.get("lead", ""), plain_text(clean_body(data.get("body", ""))))
    return any(text.strip() for text in typed) or "data-photo" in data.get("body", "")


def _open(article: Article, key: str | None, tags: Any, names: Any, user: Any) -> Article:
    article.client_key = key
    if article.department_id is None:  # refused or not sent: the story is stored in the writer's own unit
        article.department_id = min(own_departments(user), default=None)
    drafting.start_from(article, by=user)
    if tags:
        article.tags.set(name_tags(tags).values())
    if names is not None:
        names.save()
    drafting.sign(article, user)
    return article


def _tags(article: Article) -> set[str]:
    return set(article.tags.names()) if article.pk else set()


def _words(article: Article) -> tuple:
    return tuple(getattr(article, article._meta.get_field(name).attname) for name in drafting.WORKING_FIELDS)
