"""The part of schema.org's vocabulary that our structured data uses: type → property → what it may be."""

import datetime
import re
from collections.abc import Iterator
from typing import Any

URL, TEXT, BOOL, WHEN, NUMBER = "an address", "text", "yes or no", "a date", "a number"
THING = {"name": {TEXT}, "url": {URL}, "description": {TEXT}}
WORK = THING | {
    "headline": {TEXT},
    "inLanguage": {TEXT},
    "isAccessibleForFree": {BOOL},
    "datePublished": {WHEN},
    "dateModified": {WHEN},
    "keywords": {TEXT},
    "author": {"Person", "Organization"},
    "publisher": {"Organization", "NewsMediaOrganization"},
    "image": {URL, "ImageObject"},
    "correction": {"CorrectionComment"},
    "mainEntityOfPage": {URL},
    "creditText": {TEXT},
    "text": {TEXT},
}
ORGANIZATION = THING | {
    "telephone": {TEXT},
    "email": {TEXT},
    "address": {TEXT},
    "foundingDate": {WHEN},
    "dissolutionDate": {WHEN},
    "logo": {"ImageObject"},
    "publishingPrinciples": {URL},
    "correctionsPolicy": {URL},
}
TYPES = {
    "NewsArticle": WORK | {"articleSection": {TEXT}},
    "CorrectionComment": WORK,
    "ImageObject": WORK | {"caption": {TEXT}},
    "WebSite": WORK | {"potentialAction": {"SearchAction"}},
    "SearchAction": THING | {"target": {"EntryPoint"}, "query-input": {TEXT}},
    "EntryPoint": {"urlTemplate": {TEXT}},
    "Person": THING,
    "Organization": ORGANIZATION,
    "NewsMediaOrganization": ORGANIZATION,
    "BreadcrumbList": THING | {"itemListElement": {"ListItem"}},
    "ListItem": THING | {"position": {NUMBER}, "item": {URL}},
    "Event": THING
    | {
        "inLanguage": {TEXT},
        "startDate": {WHEN},
        "endDate": {WHEN},
        "eventStatus": {URL},
        "eventAttendanceMode": {URL},
        "location": {"Place", "VirtualLocation"},
        "organizer": {"Organization"},
        "image": {URL},
        "subEvent": {"Event"},
    },
    "Place": THING | {"address": {TEXT}},
    "VirtualLocation": THING,
}


def faults(said: dict[str, Any], site: str) -> Iterator[str]:
    """Properties a type does not have, values of another kind, addresses that are not whole."""
    kind = said["@type"]
    for name, value in said.items():
        if name in ("@type", "@context"):
            continue
        if name not in TYPES[kind]:
            yield f"{kind} has no {name}"
            continue
        for one in value if isinstance(value, list) else [value]:
            if not _kinds(one) & TYPES[kind][name]:
                yield f"{kind}.{name} cannot be {one!r}"
            if isinstance(one, dict):
                yield from faults(one, site)
            elif TYPES[kind][name] == {URL} and not one.startswith((site, "https://")):
                yield f"{kind}.{name} is elsewhere: {one}"


def _kinds(value: Any) -> set[str]:
    if isinstance(value, dict):
        return {value["@type"]}
    if isinstance(value, bool):
        return {BOOL}
    if isinstance(value, int):
        return {NUMBER}
    if not value:
        return set()
    found = {TEXT}
    if re.match(r"https?://", value):
        found.add(URL)
    try:
        datetime.datetime.fromisoformat(value)
        found.add(WHEN)
    except ValueError:
        pass
    return found
