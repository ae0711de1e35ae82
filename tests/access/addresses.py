"""Every address of the project, and how each is asked: with which record, state and words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, get_resolver
from django.urls.resolvers import URLResolver

from articles.models import PreviewLink
from tests.access.world import STATES, World


@dataclass(frozen=True)
class Address:
    """One URL pattern: its name (or its pattern, where it has none) and what it asks for."""

    name: str
    pattern: str

    @property
    def about(self) -> str:
        """Of an admin address the model, as in its name; else empty."""
        found = re.match(r"admin/(\w+)/(\w+)/", self.pattern)
        return f"{found[1]}_{found[2]}" if found else ""


def all_addresses(resolver: Any = None, prefix: str = "", space: str = "") -> Iterator[Address]:
    for part in (resolver or get_resolver()).url_patterns:
        pattern = prefix + str(part.pattern)
        if isinstance(part, URLPattern):
            name = part.name or ""
            yield Address(space + name if name else pattern, pattern)
        elif isinstance(part, URLResolver):
            inner = f"{part.namespace}:" if part.namespace else ""
            yield from all_addresses(part, pattern, space + inner)


def asks_for_a_story(address: Address) -> bool:
    by_number = address.name.startswith(("admin:review_", "admin:article_", "admin:change_release"))
    story = address.about == "articles_article" and (
        "object_id" in address.pattern or "pk>" in address.pattern
    )
    return story or (by_number and "pk>" in address.pattern)


# Asked in every state; the other addresses of a story in three: own, sent, binned.
_FULL = ("_step", "review_decide", "review_take_back", "_autosave", "_bin", "_change", "_preview", "_past")
_FULL += ("_comment", "_comments", "_comment_step")


def states_of(address: Address) -> list[str]:
    """The states of the school's story under which the address is asked for; one empty state for others."""
    if not asks_for_a_story(address):
        return [""]
    return list(STATES) if address.name.endswith(_FULL) else ["nhap", "cho", "bo"]


# --- the address itself, filled in ---------------------------------------------------------------------

_PART = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>(?:\[[^\]]*\]|\([^)]*\)|[^()])*\)")
# Which step a story is asked to take, by the state it is in.
STEPS = {
    "nhap": "submit",
    "cho": "recall",
    "tralai": "submit",
    "dang": "take_back",
    "go": "submit",
    "bo": "submit",
}
OTHER_STEPS = {
    "documents_officialdocument": "withdraw",
    "events_event": "withdraw",
    "daybook_material": "withdraw",
    "daybook_note": "withdraw",
    "awards_decision": "withdraw",
    "articles_publishedarticle": "withdraw",
}

ROOM_STEPS = {
    "admin:round_step": "close",
    "admin:round_proposal_step": "withdraw",
    "admin:round_nominee_step": "accept",
    "admin:enrolment_step": "close",
    "admin:fee_month_step": "prepare",
}

# Which list of a record is asked for, and the rows in it.
LISTS = {"events_event": ("dai-bieu", "delegates"), "awards_decision": ("duoc-khen", "commendations")}


def fill(address: Address, world: World, state: str) -> str:
    """The path, with the world's records in it."""
    values = {**_values(address, world, state)}

    def value(match: re.Match[str]) -> str:
        return str(values.get(match[1] or match[2], "1"))

    path = _PART.sub(value, address.pattern.replace("\\.", ".").replace("^", "").replace("$", ""))
    return "/" + path


def _values(address: Address, world: World, state: str) -> dict[str, Any]:
    words, name = world.words, address.name
    photo = words["hidden"] if name in ("media:photo_file", "preview_photo") else words["photo"]
    slugs = {
        "chuyen-muc": world.records["articles_section"],
        "the": world.records["articles_tag"],
        "don-vi": words["school"],
        "su-kien": world.records["events_event"],
        "khen-thuong": world.records["awards_decision"],
        "van-ban": world.records["documents_officialdocument"],
    }
    found: dict[str, Any] = {
        "part_slug": "dai-bieu",
        "number": 1,
        "rest": "stories",
        "url": "khong-co/",
        "app_label": "articles",
    }
    root = address.pattern.split("/")[0]
    if root in slugs:
        found["slug"] = slugs[root].slug
    if asks_for_a_story(address):
        found |= {
            "pk": world.stories[state].pk,
            "object_id": world.stories[state].pk,
            "link_pk": _link(world),
            "comment_pk": world.words["comments"].get(state, 0),
        }
        found["step"] = STEPS[state]
    elif address.about in world.records:
        record = world.records[address.about]
        found |= {"object_id": record.pk, "id": record.pk, "pk": record.pk}
        found["step"] = OTHER_STEPS.get(address.about, "")
        found |= _of_the_press(world, record) if "/in/" in address.pattern else {}
        if address.about in LISTS:
            found["part"], rows = LISTS[address.about]
            found["row_id"] = getattr(record, rows).first().pk
    elif name == "admin:inbox_open":
        found["pk"] = words["notice"].pk
    elif name.startswith("admin:urgent_"):
        found["pk"] = words["suspended"].pk
    elif name == "admin:delegation_end":
        found["pk"] = words["lent"].pk
    elif name == "admin:view_on_site":
        found |= {"content_type_id": words["article_kind"].pk, "object_id": world.stories["nhap"].pk}
    elif name == "articles:article_detail":
        page = world.records["articles_publishedarticle"]
        found |= {"slug": f"{page.slug}-", "pk": page.pk}
    elif name == "articles:share_image":
        found |= {"pk": world.stories["dang"].pk, "key": "0" * 16}
    elif name.endswith("_share"):
        found["key"] = "0" * 16
    elif name == "awards:verify_code":
        found["code"] = world.records["awards_commendation"].verify_code
    found |= {"content_hash": photo.content_hash, "width": photo.renditions[0][1], "extension": "jpg"}
    found |= _values_of_room(name, world)
    return found | ({"token": words["token"]} if "token" in address.pattern else {})


def _of_the_press(world: World, record: Any) -> dict[str, Any]:
    return {
        "run_id": world.words["print_run"].pk,
        "which": "ca-tap",
        "template_id": world.records["press_printtemplate"].pk,
        "row_id": record.commendations.first().pk,
    }


# Addresses that name rows of one record of these rooms, by the beginning of their names.
_ROOMS = ("round", "enrolment", "gate", "fee_")
_ROOM_NAMES = ("admin:round_", "admin:enrolment_", "admin:gate", "admin:fee_")


def _values_of_room(name: str, world: World) -> dict[str, Any]:
    if name == "admin:daybook_note_entrust":
        return {"event_pk": world.records["events_event"].pk}
    if name == "admin:daybook_note_entrust_end":
        return {"pk": world.words["entrusted"].pk}
    if name == "daybook:material_file":
        return {"pk": world.records["daybook_material"].pk}
    if not name.startswith(tuple(f"admin:{room}" for room in _ROOMS)):
        return {}
    event = world.words["event_of_enrolment"]
    file = {"which": "bang-ke", "kind": "xlsx"} if name == "admin:fee_sheet_file" else {}
    return file | {"pk": _row_of(name, world).pk, "step": ROOM_STEPS.get(name, ""), "event_pk": event.pk}


def _row_of(name: str, world: World) -> Any:
    """What an address of such a room asks for: the most exact name that fits."""
    asked = name.removeprefix("admin:")
    known = world.words[asked.partition("_")[0]]
    return known[max((key for key in known if asked.startswith(key)), key=len)]


def _link(world: World) -> int:
    return PreviewLink.objects.get(article=world.stories["nhap"]).pk


# --- what is sent along ---------------------------------------------------------------------------------

_PAGES_WITH_A_SELECTION = re.compile(r"_changelist$")


def query(address: Address) -> dict[str, str]:
    if address.name == "admin:autocomplete":
        return {"app_label": "articles", "model_name": "articlebyline", "field_name": "person", "term": "lan"}
    if address.name.endswith("_add"):
        return {"khoa": "11111111-2222-3333-4444-555555555555"}  # else it leads to itself with a new one
    return {"q": "chao", "url": "/"} if address.name in ("articles:search", "articles:oembed") else {}


def post_data(address: Address, world: World, state: str) -> dict[str, Any]:
    """Words that do something, where the right to do it is there."""
    if _PAGES_WITH_A_SELECTION.search(address.name):
        record = world.records.get(address.about) or world.stories["nhap"]
        return {"action": "delete_selected", "_selected_action": [record.pk], "post": "yes", "index": "0"}
    if address.name.endswith("_delete"):
        return {"post": "yes"}
    if address.name == "admin:urgent_answer":
        return {"version": world.words["suspended"].version, "step": "restore_urgent", "note": "Vì sao."}
    if (
        address.name.startswith(("admin:round_", "admin:enrolment_", "admin:gate", "admin:fee_"))
        and "<" in address.pattern
    ):
        record = _row_of(address.name, world)
        sent = {"version": record.version if hasattr(record, "version") else 1, "note": "Vì sao."}
        return sent | {
            "unit": world.words["school"].pk,
            "nominee": [world.words["round"]["round_nominee"].pk],
        }
    if not state:
        version = getattr(world.records.get(address.about), "version", 1)
        more = {
            "delivery": "daily",
            "note": "Vì sao gỡ.",
            "version": version,
            "title": "Bài mới",
            "nen": "toi",
        }
        if "_list_" in address.name:
            more |= {"seen_version": version, "name": "Ai đó", "text": "Họ tên\nAi đó", "save": "1"}
            more |= {"row": _values(address, world, state)["row_id"], "act": "delete", "sure": "1"}
        return more | {"client_key": "0f0f0f0f-0000-4000-8000-000000000000", "body": "<p>Chữ</p>"}
    story = world.story(state)
    last = story.revisions.order_by("-number").first()
    return {
        "version": story.version,
        "sha256": last.sha256 if last else "",
        "step": "approve",
        "cancel": "1",
        "state": "b1",
        "seen_number": story.draft_number,
        "title": f"{story.title}, sửa",
        "lead": story.lead,
        "body": story.body,
        "kind": story.kind,
        "department": story.department_id,
        "section": story.section_id or "",
        "days": "3",
        "act": "fixed" if address.name == "admin:article_comment_step" else "dropped",
        "comment_where": "0" if address.name == "admin:review_comment" else "",
        "comment_words": "Câu này đã rõ chưa?" if address.name == "admin:review_comment" else "",
    }
