"""Names of pupils in stories: which pupils a text names, and how it reads without a name.

Luật BVDLCN 2025, Điều 24: without consent in force, or once it is withdrawn, readers see initials.
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
    """What of a content may be names: as pupils are looked up, and as they are compared."""

    folded: frozenset[str]
    keys: frozenset[str]


def said_in(content: dict[str, Any]) -> PossibleNames:
    """Every run of words with capitals in the content (shape of `freezing.content_of`); asks nothing."""
    texts = [content["title"], content["lead"], plain_text(content["body"])]
    texts += [figure["alt"] for figure in content["figures"]]
    texts.append(content.get("correction", {}).get("notice", ""))
    names = {name.text for text in texts for line in text.split("\n") for name in names_in(line)}
    return PossibleNames(frozenset(map(search_text, names)), frozenset(map(tone_key, names)))


def named_in(content: dict[str, Any]) -> list[Pupil]:
    """Pupils of the books of the story's unit, of those above and below it, and of its photos' pupils,
    whose very name stands in the content (shape of `freezing.content_of`).
    """
    return named_in_each([content], [said_in(content)])[0]


def named_in_each(contents: Sequence[dict[str, Any]], said: Sequence[PossibleNames]) -> list[list[Pupil]]:
    """`named_in` of many contents at once; `said` is what `said_in` read in each."""
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
    """The content as readers may see it today: initials for each of these pupils who does not agree."""
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
    """Live pages that name the pupil, or would if the pupil agreed."""
    live = PublishedArticle.objects.live()
    words = Q(body_html__contains=pupil.name) | Q(title__contains=pupil.name) | Q(lead__contains=pupil.name)
    words |= Q(hero__caption__icontains=pupil.name)
    near = Q(words, department__in=_family(pupil.department_id))
    followed = Q(
        pk__in=PublishedArticle.pupils.through.objects.filter(pupil=pupil).values("publishedarticle")
    )
    return set(live.filter(near | followed).values_list("pk", flat=True))


def with_changed_consent() -> list[Pupil]:
    """Pupils whose consent to be named is not what the pages drawn last relied on."""
    began = Pupil.objects.consenting("name").exclude(is_named=True)
    ended = Pupil.objects.withholding("name").exclude(is_named=False)
    # Those no page was ever drawn for (NULL) are in both.
    return [*began, *ended]


def note_followed(pupils: list[Pupil]) -> None:
    """The pages that name these pupils have just been drawn as their consent says."""
    for pupil in pupils:
        Pupil.objects.filter(pk=pupil.pk).update(is_named=not pupil.why_not("name"))


def _family(department_id: int) -> set[int]:
    return ApprovalLine(timezone.localdate()).family(department_id)


def _slug_without(names: list[str], address: str) -> str:
    for name in names:
        address = f"-{address}-".replace(f"-{slug(name)}-", f"-{slug(initials(name))}-").strip("-")
    return address
