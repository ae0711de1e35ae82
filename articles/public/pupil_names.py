"""Names of pupils in stories: which pupils a text names, and the text with initials instead.

Luật BVDLCN 2025, Điều 24: without consent in force, or after it is withdrawn, readers see initials.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any

from django.db.models import Q
from django.utils import timezone

from articles.models import PublishedArticle
from articles.text.body import change_words, plain_text
from articles.text.person_names import names_in, places_of
from departments.lineage import ApprovalLine
from foundation.language.searching import search_text
from foundation.language.vietnamese import initials, slug, tone_key
from media.models import Pupil

MOST_CANDIDATES = 1500


@dataclass(frozen=True)
class PossibleNames:
    """Possible names in a content: search keys (`folded`) to look pupils up, tone keys (`keys`) to compare
    them.
    """

    folded: frozenset[str]
    keys: frozenset[str]


def said_in(content: dict[str, Any]) -> PossibleNames:
    """Returns every run of capitalised words in the content (shape of `freezing.content_of`).
    Makes no query.
    """
    texts = [content["title"], content["lead"], plain_text(content["body"])]
    texts += [figure["alt"] for figure in content["figures"]]
    texts.append(content.get("correction", {}).get("notice", ""))
    names = {name.text for text in texts for line in text.split("\n") for name in names_in(line)}
    return PossibleNames(frozenset(map(search_text, names)), frozenset(map(tone_key, names)))


def named_in(content: dict[str, Any]) -> list[Pupil]:
    """Returns the registered pupils whose exact name is in the content (shape of `freezing.content_of`).

    Only pupils of the story's unit, of units above and below it, and pupils shown on its photos.
    """
    return named_in_each([content], [said_in(content)])[0]


def named_in_each(contents: Sequence[dict[str, Any]], said: Sequence[PossibleNames]) -> list[list[Pupil]]:
    """Returns `named_in` for many contents at once; `said` has the result of `said_in` for each."""
    known: dict[str, list[Pupil]] = defaultdict(list)
    folded = sorted(set().union(*(names.folded for names in said)))
    for some in batched(folded, MOST_CANDIDATES, strict=False):
        for pupil in Pupil.objects.filter(search_key__in=some):
            known[pupil.search_key].append(pupil)
    return [_near(content, names, known) for content, names in zip(contents, said, strict=True)]


def _near(content: dict[str, Any], said: PossibleNames, known: dict[str, list[Pupil]]) -> list[Pupil]:
    called = (pupil for name in sorted(said.folded & known.keys()) for pupil in known[name])
    found = [pupil for pupil in called if tone_key(pupil.name) in said.keys]
    if not found:
        return []
    near = _family(content["department"]["id"])
    photos = {figure["photo"] for figure in content["figures"]}
    shown = set(Pupil.objects.filter(photos__in=photos).values_list("pk", flat=True))
    return [pupil for pupil in found if pupil.department_id in near or pupil.pk in shown]


def as_shown(content: dict[str, Any], pupils: list[Pupil]) -> dict[str, Any]:
    """Returns the content as readers may see it today: initials for each pupil without consent
    to the name.
    """
    hidden = [pupil.name for pupil in pupils if pupil.why_not("name")]
    if not hidden:
        return content

    def masked(text: str) -> str:
        for name in hidden:
            for start, end in reversed(places_of(name, text)):
                text = text[:start] + initials(name) + text[end:]
        return text

    said = content.get("correction")
    told = {"correction": said | {"notice": masked(said["notice"])}} if said else {}
    return (
        content
        | told
        | {
            "title": masked(content["title"]),
            "lead": masked(content["lead"]),
            "slug": _slug_without(hidden, content["slug"]),
            "body": change_words(content["body"], masked),
            "figures": [
                figure | {"caption": masked(figure["caption"]), "alt": masked(figure["alt"])}
                for figure in content["figures"]
            ],
        }
    )


def pages_naming(pupil: Pupil) -> set[int]:
    """Returns ids of live pages that name the pupil, or would with consent."""
    live = PublishedArticle.objects.live()
    words = Q(body_html__contains=pupil.name) | Q(title__contains=pupil.name) | Q(lead__contains=pupil.name)
    words |= Q(hero__caption__icontains=pupil.name)
    near = Q(words, department__in=_family(pupil.department_id))
    followed = Q(
        pk__in=PublishedArticle.pupils.through.objects.filter(pupil=pupil).values("publishedarticle")
    )
    return set(live.filter(near | followed).values_list("pk", flat=True))


def with_changed_consent() -> list[Pupil]:
    """Returns pupils whose consent to be named differs from what their pages were last drawn with."""
    began = Pupil.objects.consenting("name").exclude(is_named=True)
    ended = Pupil.objects.withholding("name").exclude(is_named=False)
    # `is_named` is NULL until a page was drawn for the pupil; `exclude` keeps those rows.
    return [*began, *ended]


def note_followed(pupils: list[Pupil]) -> None:
    """Store that the pages naming these pupils now agree with their consent."""
    for pupil in pupils:
        Pupil.objects.filter(pk=pupil.pk).update(is_named=not pupil.why_not("name"))


def _family(department_id: int) -> set[int]:
    return ApprovalLine(timezone.localdate()).family(department_id)


def _slug_without(names: list[str], address: str) -> str:
    for name in names:
        address = f"-{address}-".replace(f"-{slug(name)}-", f"-{slug(initials(name))}-").strip("-")
    return address
