"""Which way imports, relations and template includes may point. ARCHITECTURE.md says why.

Each function takes source (or models) and returns sentences, one a violation, so that a planted
mistake can be shown to it.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.db import models

ROOT = Path(__file__).resolve().parent.parent
# Lowest first; rooms (and wings of a large room) on one line are strangers to each other.
STACK: tuple[tuple[str, ...], ...] = (
    (
        "foundation.language",
        "foundation.pagestore",
        "foundation.paging",
        "foundation.choosing",
        "foundation.inserting",
        "foundation.packages",
        "foundation.limiting",
        "foundation.schema",
    ),
    ("identity",),
    ("accounts", "foundation.search", "foundation.sharecards", "foundation.sheets", "foundation.exporting"),
    ("inbox",),
    ("departments", "approvals"),
    ("second_factor",),
    ("media",),
    ("records",),
    ("press", "signing"),
    ("documents",),
    ("events",),
    ("awards",),
    ("daybook",),
    ("training",),
    ("articles.enums",),
    ("articles.text",),
    ("articles.models", "articles.migrations"),
    ("articles.public",),
    ("articles.approval",),
    ("articles.writing",),
    ("articles.office", "articles.bulk"),
    ("articles.urls", "articles.apps"),
    ("frontpage", "api", "staff", "reform", "rounds", "fees"),
    ("newsroom",),
)
LEVEL = {room: level for level, rooms in enumerate(STACK) for room in rooms}
TOP_FOLDERS = tuple(dict.fromkeys(room.partition(".")[0] for room in LEVEL))

SKIPPED_FOLDERS = {".git", ".venv", "var", "node_modules"}


def room_of(module: str) -> str | None:
    """The room, or the wing of a large room, a module stands in; None for what is not ours."""
    head, _, rest = module.partition(".")
    wing = f"{head}.{rest.partition('.')[0]}"
    return wing if wing in LEVEL else head if head in LEVEL else None


def may_reach(room: str, other: str) -> bool:
    return room == other or LEVEL[other] < LEVEL[room]


def python_files(root: Path = ROOT) -> Iterator[Path]:
    """Our own modules; `tests` stands outside the stack."""
    for folder in TOP_FOLDERS:
        yield from sorted((root / folder).rglob("*.py"))


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(source: str) -> Iterator[tuple[str, str]]:
    """(module, name) of every import, inside functions too, and of models asked for by label."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", alias.name) for alias in node.names)
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("get_model", "import_module"):
            if node.args and isinstance(node.args[0], ast.Constant):
                yield str(node.args[0].value), ""


def import_violations(module: str, source: str) -> list[str]:
    room = room_of(module)
    found = []
    for target, name in imports(source):
        other = room_of(f"{target}.{name}")
        if target.split(".", 1)[0] == "tests":
            found.append(f"{module} imports the tests ({target})")
        elif other and room and not may_reach(room, other):
            found.append(f"{module} imports upwards: {target}")
    if any(isinstance(n, ast.ImportFrom) and n.level for n in ast.walk(ast.parse(source))):
        found.append(f"{module} imports relatively; write the room's name")
    return found


def circles(sources: dict[str, str]) -> list[str]:
    """Modules that import each other round a circle at their top level, each circle once."""
    edges = {module: top_imports(source, sources) - {module} for module, source in sources.items()}
    done: set[str] = set()
    found = []

    def follow(module: str, trail: list[str]) -> None:
        if module in trail:
            found.append(" → ".join([*trail[trail.index(module) :], module]))
        elif module not in done:
            for target in sorted(edges[module]):
                follow(target, [*trail, module])
            done.add(module)

    for module in sorted(sources):
        follow(module, [])
    return found


def top_imports(source: str, known: dict[str, str]) -> set[str]:
    """Modules of ours that are imported as this one is loaded."""
    found = set()
    for node in ast.parse(source).body:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                found.add(inner if inner in known else node.module or "")
    return found & set(known)


def relation_violations(models_: Iterable[type[models.Model]]) -> list[str]:
    """Foreign keys and many-to-many relations, resolved from whatever way they were written."""
    found = []
    for model in models_:
        room = room_of(model.__module__)
        for field in model._meta.get_fields(include_hidden=True):
            if room is None or field.auto_created or not field.is_relation or field.related_model is None:
                continue
            other = room_of(field.related_model.__module__)
            if other and not may_reach(room, other):
                found.append(f"{model.__name__}.{field.name} points upwards, at {field.related_model}")
    return found


# --- templates ----------------------------------------------------------------------------------

_REFERENCE = re.compile(r"""{%\s*(?:include|extends)\s+["']([^"']+)["']""")
_LOAD = re.compile(r"{%\s*load\s+([^%]+?)\s*%}")


def template_room(path: str) -> str | None:
    """The room a template belongs to; None for shared ones (base.html, _components, admin shell).

    Templates of a room with wings stand together: they belong to its highest wing.
    """
    parts = path.split("/")
    if parts[0] == "admin" and len(parts) > 2:
        parts = parts[1:]
    wings = [room for room in LEVEL if room.partition(".")[0] == parts[0]]
    return max(wings, key=LEVEL.__getitem__, default=None)


def template_violations(path: str, text: str, tag_rooms: dict[str, str]) -> list[str]:
    """`tag_rooms` names the room of each of our template tag libraries."""
    room = template_room(path)
    reached = [(name, template_room(name)) for name in _REFERENCE.findall(text)]
    for words in _LOAD.findall(text):
        libraries = words.split(" from ", 1)[-1].split()
        reached += [(name, template_room(f"{tag_rooms[name]}/")) for name in libraries if name in tag_rooms]
    return [
        f"{path} reaches upwards: {name}"
        for name, other in reached
        if other and (room is None or not may_reach(room, other))
    ]
