"""The search page: results, what the search did, and links to related searches."""

from collections.abc import Mapping
from typing import Any

from articles.public.search.asked import KINDS, PLACE, SearchAsked, read_address, years
from articles.public.search.rows import rows_of
from foundation.language.highlighting import Highlighter
from foundation.search.database import SearchTookTooLongError
from foundation.search.enums import Kind
from foundation.search.finding import COUNTED, Found, find
from foundation.search.models import Entry
from foundation.search.suggesting import suggest

SIZE = 20


def search_page(words: Mapping[str, str]) -> dict[str, Any]:
    """Returns the page's context for the parameters of the address."""
    search = read_address(words)
    context = {"search": search, "query": search.data["q"], "years": years(search.data["nam-hoc"])}
    context["orders"] = [
        {"value": "", "label": "Sát từ tìm nhất", "selected": not search.narrowing.by_time},
        {"value": "moi", "label": "Mới nhất", "selected": search.narrowing.by_time},
    ]
    if not search.asked.phrases:
        return context
    try:
        found = find(search.asked, search.narrowing, search.place, SIZE)
    except SearchTookTooLongError:
        return context | {"is_too_wide": True}
    return context | _results(search, found)


def _results(search: SearchAsked, found: Found) -> dict[str, Any]:
    shown = _highlighter(search)
    results = rows_of(found.entries, shown)
    return {
        "results": results,
        "count_label": _count_label(search, found.counts),
        "facets": _facets(search, found.counts) if found.counts else [],
        "written": _written(search, shown, found.entries, results),
        "exact_url": search.url(dung="1"),
        "loose_url": search.url(dung=""),
        "suggestion": None if results or search.place else _suggestion(search),
        "all_url": search.url(**dict.fromkeys(("loai", "nam-hoc", "dv", "tu", "den"), "")),
        "newer_url": search.url() if search.place else "",
        "older_url": search.url(**{PLACE: str(found.after)}) if found.after else "",
    }


def _highlighter(search: SearchAsked) -> Highlighter:
    asked = search.asked
    exact = asked.has_marks or search.narrowing.exact
    return Highlighter(asked.phrases, asked.marked if exact else ())


def _count_label(search: SearchAsked, counts: dict[str, int]) -> str:
    kind = search.narrowing.kind
    wanted = [counts.get(kind, 0)] if kind else list(counts.values())
    total = sum(min(count, COUNTED) for count in wanted)
    return f"Hơn {total} kết quả." if any(count > COUNTED for count in wanted) else f"{total} kết quả."


def _facets(search: SearchAsked, counts: dict[str, int]) -> list[dict[str, Any]]:
    slugs = {kind: slug for slug, kind in KINDS.items()}
    everything = sum(min(count, COUNTED) for count in counts.values())
    more = any(count > COUNTED for count in counts.values())
    every = {"label": "Tất cả", "url": search.url(loai=""), "current": not search.narrowing.kind}
    return [every | {"count": f"{everything}+" if more else everything}] + [
        {
            "label": kind.label,
            "url": search.url(loai=slugs[kind]),
            "count": f"{COUNTED}+" if counts[kind] > COUNTED else counts[kind],
            "current": kind == search.narrowing.kind,
        }
        for kind in Kind
        if kind in counts
    ]


def _written(search: SearchAsked, shown: Highlighter, entries: list[Entry], results: list) -> str:
    """Returns the query with the accents it has in the results; "" when it was typed that way."""
    if search.asked.has_marks or search.narrowing.exact or not results:
        return ""
    titles = ("".join(words for words, _hit in row["title"]) for row in results)
    written = shown.as_written("", [*titles, *(entry.text for entry in entries)])
    return written if written.lower() != search.asked.text.lower() else ""


def _suggestion(search: SearchAsked) -> dict[str, str] | None:
    """Returns a similar query that finds something, spelled as in the record it finds."""
    if not (near := suggest(search.asked, search.narrowing)):
        return None
    asked, entry = near
    shown = Highlighter(asked.phrases)
    row = next(iter(rows_of([entry], shown)), None)
    if row is None:
        return None
    title = "".join(words for words, _hit in row["title"]).replace("\u00a0", " ")
    words = shown.as_written(asked.text, [title, entry.text, entry.captions])
    return {"words": words, "url": search.url(q=words, dung="")}
