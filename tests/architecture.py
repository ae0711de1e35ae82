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
        "foundation.exporting",
        "foundation.inserting",
        "foundation.schema",
    ),
    ("accounts", "foundation.search", "foundation.sharecards"),
    ("inbox",),
    ("departments", "approvals"),
    ("media",),
    ("records",),
    ("documents",),
    ("events",),
    ("awards",),
    ("articles.enums",),
    ("articles.text",),
    ("articles.models", "articles.migrations"),
    ("articles.public",),
    ("articles.approval",),
    ("articles.writing",),
    ("articles.office", "articles.bulk"),
    ("articles.urls", "articles.apps"),
    ("frontpage", "api"),
    ("newsroom",),
)
LEVEL = {room: level for level, rooms in enumerate(STACK) for room in rooms}
TOP_FOLDERS = tuple(dict.fromkeys(room.partition(".")[0] for room in LEVEL))

# The working copy and what was decided about it: nothing of this may be within reach of a public page.
WORKING_COPY = {"Article", "ArticleByline", "WorkingEdit", "CheckAnswer"} | {
    "Revision",
    "ReviewDecision",
    "Release",
}
PUBLIC_ROOMS = {"frontpage", "api"}
PUBLIC_NAMES = {"views", "feeds", "sitemaps", "search", "findable", "calendar", "templatetags"}
# The back-office's part of a public room; a public module that imports one of these is still caught.
STAFF_NAMES = {"admin", "previewing"}
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


# --- the working copy is out of reach of public pages -----------------------------------------------


def is_public(module: str) -> bool:
    parts = module.split(".")
    if parts[0] in PUBLIC_ROOMS:
        return not set(parts[1:]) & STAFF_NAMES
    return bool(set(parts[1:]) & PUBLIC_NAMES)


def working_copy_names(source: str) -> set[str]:
    """Names of the working copy a module imports from `articles.models`, or reaches through it."""
    found, aliases = set(), set()
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("articles.models"):
            names = {alias.name for alias in node.names}
            found |= WORKING_COPY if "*" in names else names & WORKING_COPY
        if isinstance(node, ast.ImportFrom) and node.module == "articles":
            aliases |= {alias.asname or alias.name for alias in node.names if alias.name == "models"}
        if isinstance(node, ast.Import):
            aliases |= {
                alias.asname or "articles" for alias in node.names if alias.name.startswith("articles.models")
            }
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "get_model":
            words = {str(a.value).split(".")[-1] for a in node.args if isinstance(a, ast.Constant)}
            found |= words & WORKING_COPY
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in WORKING_COPY:
            root = node.value
            while isinstance(root, ast.Attribute):
                root = root.value
            if isinstance(root, ast.Name) and root.id in aliases:
                found.add(node.attr)
    return found


def leak_paths(sources: dict[str, str]) -> list[str]:
    """Public modules that reach the working copy, directly or through modules they import."""
    touching = {
        module
        for module, source in sources.items()
        if not module.startswith("articles.models") and working_copy_names(source)
    }
    edges = {module: _imported_modules(source, sources) for module, source in sources.items()}
    found = []
    for module in filter(is_public, sources):
        trail = _trail(module, edges, touching)
        if trail:
            found.append(" → ".join([*trail, "working copy"]))
    return found


def _imported_modules(source: str, known: dict[str, str]) -> set[str]:
    targets = set()
    for module, name in imports(source):
        targets |= {t for t in (module, f"{module}.{name}") if t in known}
    # Models are imported by name: working_copy_names looks at those names.
    return {t for t in targets if not t.startswith("articles.models")}


def _trail(start: str, edges: dict[str, set[str]], touching: set[str]) -> list[str]:
    queue, seen = [[start]], {start}
    while queue:
        trail = queue.pop(0)
        if trail[-1] in touching:
            return trail
        for target in sorted(edges[trail[-1]] - seen):
            seen.add(target)
            queue.append([*trail, target])
    return []
