"""The search page: results, what the search did, and links to related searches."""

from collections.abc import Mapping
from typing import Any

from articles.public.search.asked import KINDS, PLACE, SearchAsked, read_address, years
from articles.public.search.rows import rows_of
from foundation.language.highlighting import Highlighter
from foundation.search.answering import Answer, Meant, answer
from foundation.search.database import SearchTookTooLongError
from foundation.search.enums import Kind
from foundation.search.finding import COUNTED
from foundation.search.models import Entry

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
        given = answer(search.asked, search.narrowing, search.place, SIZE)
    except SearchTookTooLongError:
        return context | {"is_too_wide": True}
    return context | _results(search, given)


def _results(search: SearchAsked, given: Answer) -> dict[str, Any]:
    found = given.found
    shown = _highlighter(search)
    meant = given.meant and _suggestion(search, given.meant)
    # What stands under the suggestion does not stand below once more.
    above = {entry.place for entry in given.meant.entries} if given.meant else set()
    results = rows_of([entry for entry in found.entries if entry.place not in above], shown)
    return {
        "results": results,
        "count_label": _count_label(search, found.counts),
        "facets": _facets(search, found.counts) if found.counts else [],
        "written": _written(search, shown, found.entries, results),
        "exact_url": search.url(dung="1"),
        "loose_url": search.url(dung=""),
        "suggestion": meant,
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


def _suggestion(search: SearchAsked, meant: Meant) -> dict[str, Any] | None:
    """Returns a similar query that finds something, spelled as in the record it finds, with its results."""
    shown = Highlighter(meant.asked.phrases)
    rows = rows_of(meant.entries, shown)
    if not rows:
        return None
    title = "".join(words for words, _hit in rows[0]["title"]).replace("\u00a0", " ")
    first = meant.entries[0]
    words = shown.as_written(meant.asked.text, [title, first.text, first.captions])
    return {"words": words, "url": search.url(q=words, dung=""), "rows": rows}
