"""The content of a writing screen in one shape, so that typed and stored words can be compared.

Words are title, lead and body. Choices are all other fields, each with the text shown to people.
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from taggit.utils import edit_string_for_tags, parse_tags

from articles.models import Article, SavedCopy, Tag
from articles.text.body import clean_body, figures_in, for_editor
from articles.writing import bylines, drafting
from articles.writing.forms import CHOICES, ArticleForm
from foundation.language.plain import clean_lines
from media.models import Photo
from media.presentation import photo_for

WORDS = ("title", "lead", "body")
_LOOKED_BACK = 30  # saved copies that the copy on a device is compared with
_RECORDS = ("section", "department", "event", "commendation_decision")
_MOMENTS = {"planned_on": "%d/%m/%Y", "embargo_until": "%H:%M %d/%m/%Y"}


def stored_words(article: Article, user: Any) -> dict[str, Any]:
    """Returns what the server has, in the shape that the screen shows and merges."""
    ago = (timezone.now() - article.saved_at).total_seconds()
    said = {"draft_number": article.draft_number, "saved_ago": ago, "choices": _stored_choices(article, user)}
    return said | shown(_own_words(article), article.body)


def typed_words(article: Article, data: QueryDict, user: Any) -> dict[str, Any]:
    """Returns the words of a screen as they would be stored, and the choices that it sent.

    A figure has its picture only when this person may see the photo; the figure itself always stays.
    """
    words = _normal(data)
    ids = {figure.photo_id for figure in figures_in(words["body"])}
    seen = Photo.objects.visible_to(user).filter(pk__in=ids).values_list("pk", flat=True)
    return shown(words, article.body, seen) | {"choices": _typed_choices(article, data, user)}


def is_known(article: Article, data: QueryDict, user: Any) -> bool:
    """Whether all this is stored now, or is in one of the last saved copies."""
    words = _normal(data)
    typed = {one["name"]: one["value"] for one in _typed_choices(article, data, user)}
    stored = {one["name"]: one["value"] for one in _stored_choices(article, user)}
    differing = {name for name, value in typed.items() if stored[name] != value}
    if words == _own_words(article):
        return not differing
    kept = SavedCopy.objects.filter(article=article).values_list("content", flat=True)[:_LOOKED_BACK]
    return any(
        words == {name: content[name] for name in WORDS}
        and all(_is_in(content, name, typed[name]) for name in differing)
        for content in kept
    )


def shown(words: dict[str, str], stored_body: str, more: Iterable[int] = ()) -> dict[str, str]:
    """Returns words with pictures in their figures: photos of the stored body, and those in `more` (ids)."""
    photos = Photo.objects.in_bulk({figure.photo_id for figure in figures_in(stored_body)} | set(more))
    body = for_editor(words["body"], lambda pk: photo_for(photos[pk]) if pk in photos else None)
    return words | {"body": body}


def _normal(data: QueryDict) -> dict[str, str]:
    """Returns title, lead and body as a save would store them."""
    title, lead, body = (data.get(name, "") for name in WORDS)
    one_line = drafting.one_line
    return {"title": one_line(title), "lead": one_line(lead), "body": clean_body(body)}


def _own_words(article: Article) -> dict[str, str]:
    return {name: getattr(article, name) for name in WORDS}


def _stored_choices(article: Article, user: Any) -> list[dict[str, Any]]:
    form = ArticleForm(instance=Article.objects.get(pk=article.pk), user=user)
    names = bylines.shown(article.bylines.select_related("department", "person"))
    return [*(_choice(form, name) for name in CHOICES), _names(names)]


def _typed_choices(article: Article, data: QueryDict, user: Any) -> list[dict[str, Any]]:
    form = ArticleForm(data, instance=Article.objects.get(pk=article.pk), user=user)
    choices = [_choice(form, name) for name in CHOICES if name in data]
    rows = bylines.sent(data, article)
    if rows is None or not rows.is_valid() or not rows.is_told():
        return choices
    return [*choices, _names(bylines.shown(rows.rows()))]


def _choice(form: ArticleForm, name: str) -> dict[str, str]:
    field, value = form.fields[name], form[name].value()
    label = field.label[0].upper() + field.label[1:]
    if isinstance(field, forms.ModelChoiceField):
        found = field.queryset.filter(pk=value).first() if str(value or "").isdecimal() else None
        value, words = (str(found.pk), str(found)) if found else ("", "")
    elif isinstance(field, forms.ChoiceField):
        value, words = value or "", dict(field.choices).get(value or "", "")
    elif name == "tags":
        tags = parse_tags(value) if isinstance(value, str) else sorted(str(tag) for tag in value or ())
        value, words = edit_string_for_tags([Tag(name=tag) for tag in tags]), ", ".join(tags)
    else:
        value = clean_lines(field.widget.format_value(value) or "").strip()
        words = _moment(field, value, _MOMENTS[name]) if name in _MOMENTS else value
    return {"name": name, "label": label, "value": value, "shown": str(words)}


def _moment(field: forms.Field, value: str, style: str) -> str:
    try:
        moment = field.to_python(value)
    except ValidationError:
        return value
    return moment.strftime(style) if moment else ""


def _names(rows: list[dict[str, str]]) -> dict[str, Any]:
    words = bylines.in_words(rows)
    return {"name": bylines.PREFIX, "label": "Người viết, nguồn", "value": rows, "shown": words}


def _is_in(content: dict[str, Any], name: str, value: Any) -> bool:
    """Whether a saved content has this choice; it contains no dates and times of publishing."""
    if name in _RECORDS:
        return value == (str(content[name]["id"]) if content[name] else "")
    if name == "tags":
        return sorted(parse_tags(value)) == content["tags"]
    if name == bylines.PREFIX:
        return [row["name"] for row in value] == [row["name"] for row in content["bylines"]]
    if name.startswith("correction_"):
        said = content.get("correction") or {"kind": "", "notice": ""}
        return value == said["kind" if name.endswith("kind") else "notice"]
    return value == content.get(name)
