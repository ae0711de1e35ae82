"""No public address may reach what is not public: followed from the addresses themselves.

Public is what a stranger can ask for: every view of the URLconf but those in PRIVATE, what runs round each
request (middleware, context processors) and what templates load. Closed is every model but those in OPEN.
Modules are followed through their imports, inside functions too; models are told by the name a module
imports, and by the names under which an open model leads back to a closed one.

Each function takes sources and answers sentences or names, so that a planted mistake can be shown to it.
"""

import ast
import inspect
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.urls import URLPattern, get_resolver

from tests.architecture import imports, module_name, python_files, room_of

# What readers may be shown a row of. A new model is closed until somebody writes it here.
OPEN = {
    *("PublishedArticle", "PublishedTag", "Section", "Tag", "OldAddress"),
    *("Event", "ProgrammeItem", "Delegate", "ParticipatingGroup", "EventPhoto", "EventDocument"),
    *("Decision", "AwardKind", "Commendation", "Presentation", "OfficialDocument"),
    *("Department", "DepartmentName", "DepartmentRelation", "Person", "Position", "SchoolYear"),
    *("Photo", "PhotoExposure", "Placement", "SiteIdentity", "Alert", "Material", "Note"),
    *("Entry", "Word", "Purge", "Node"),  # what search and the page store keep of public pages
}
# Addresses that are not public, and who may ask for them.
PRIVATE = {
    "admin/": "signed in, each with their rights",
    "xem-truoc/": "whoever holds a secret address, of one frozen state",
    "ve/": "whoever holds an unguessable ticket, of one person",
    "readyz": "monitoring: answers yes or no, never a row",
    "metrics": "the operator's addresses: numbers, never a row",
}
# A closed model named where a public page passes by, and why no row of it can be shown.
PASSED_BY = {
    ("departments.access", "User"): "what a signed-in person may do; a stranger has no rights",
    ("accounts.sessions", "Session"): "writes the row of who is signed in; shows none",
    ("accounts.devices", "Device"): "asks and notes the device of who signs in",
    ("accounts.devices", "User"): "the same",
    ("newsroom.guarding.arrivals", "Device"): "the same",
    ("second_factor.duty", "User"): "whether who is signed in must have a second factor",
    ("inbox.telling", "MailChoice"): "tells who has just signed in of a new device",
    ("inbox.telling", "Notice"): "the same",
    ("inbox.telling", "Ticket"): "the same module sends the letters of tickets; no page shows them",
    ("media.querysets", "Pupil"): "whether a photo may be shown follows the consent of who is on it",
    ("signing.subjects", "SignedFile"): "who signed the file of a row that is public itself",
    ("signing.showing", "SignedFile"): "the same",
    ("documents.pages", "SignedFile"): "the same",
    (
        "signing.dropping",
        "SignedFile",
    ): "whether a dropped file was taken in; tells of public rows",
    ("signing.dropping", "HandOff"): "with which bytes a dropped file begins; shows no row",
    ("signing.checker", "TrustedCertificate"): "what a dropped file is judged by; shows no row",
    ("signing.showing", "TrustedCertificate"): "whether a signature is a trial; shows no row",
    ("signing.expected", "SignerName"): "whose name a dropped file must bear; shows no row",
    ("approvals.history", "StatusChange"): "day and reason of taking a decision down, which its notice tells",
}


# --- where strangers come in ----------------------------------------------------------------------------


@cache
def public_addresses() -> dict[str, list[str]]:
    """Module of the view → the public addresses it answers."""
    found: dict[str, list[str]] = {}
    for urlconf, before in ((settings.ROOT_URLCONF, ""), ("api.urls", "api/v1/")):
        for address, view in _addresses(get_resolver(urlconf).url_patterns, before):
            if not address.replace("^", "").startswith(tuple(PRIVATE)):
                found.setdefault(view.__module__, []).append(address)
    return found


def _addresses(patterns: Iterable[Any], before: str) -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        address = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLPattern):
            yield address, inspect.unwrap(pattern.callback)
        else:
            yield from _addresses(pattern.url_patterns, address)


def entry_points(sources: dict[str, str]) -> set[str]:
    """Modules of ours that answer strangers, or run round every answer."""
    (engine,) = settings.TEMPLATES
    named = [*settings.MIDDLEWARE, *engine["OPTIONS"]["context_processors"]]
    named += [getattr(get_resolver().urlconf_module, f"handler{code}") for code in (403, 404, 500)]
    tags = {module for module in sources if ".templatetags." in module}
    found = tags | set(public_addresses()) | {name.rpartition(".")[0] for name in named}
    return {module for module in found if module in sources}


# --- what is closed -----------------------------------------------------------------------------------


@cache
def closed_models() -> frozenset[str]:
    """Names of all models of ours whose rows no public page may read."""
    return frozenset({model.__name__ for model in apps.get_models() if room_of(model.__module__)} - OPEN)


@cache
def ways_back() -> frozenset[str]:
    """Names under which a row of an open model leads to rows of a closed one: `tag.draft_uses`, and in a
    question to the database `draft_uses__…`.
    """
    found = set()
    for model in apps.get_models():
        if model.__name__ in OPEN:
            for relation in model._meta.related_objects:
                if relation.related_model.__name__ in closed_models() and relation.get_accessor_name():
                    found |= {relation.get_accessor_name(), f"{relation.name}__"}
    return frozenset(found)


@cache
def closed_names(module: str, source: str) -> set[str]:
    """Closed models a module imports, asks for by label or reaches through a relation."""
    closed, back = closed_models(), ways_back()
    found, aliases = set(), set()
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and room_of(f"{node.module}.{node.names[0].name}"):
            names = {alias.name for alias in node.names}
            found |= closed if "*" in names else names & closed
            aliases |= {alias.asname or alias.name for alias in node.names if alias.name == "models"}
        elif isinstance(node, ast.Import):
            aliases |= {alias.asname or alias.name for alias in node.names if ".models" in alias.name}
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "get_model":
            words = {str(a.value).split(".")[-1] for a in node.args if isinstance(a, ast.Constant)}
            found |= {name for name in closed if name.lower() in {word.lower() for word in words}}
        elif isinstance(node, ast.Attribute) and node.attr in back:
            found.add(node.attr)
        elif isinstance(node, ast.keyword) and _leads_back(node.arg):
            found.add(str(node.arg))
        elif isinstance(node, ast.Constant) and _leads_back(node.value):
            found.add(str(node.value))
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in closed:
            if ast.unparse(node.value) in aliases or _base(node) in aliases:
                found.add(node.attr)
    return {name for name in found if (module, name) not in PASSED_BY}


def _leads_back(word: Any) -> bool:
    first, divided, _ = word.partition("__") if isinstance(word, str) else ("", "", "")
    return first in ways_back() or (bool(divided) and f"{first}__" in ways_back())


def _base(node: ast.Attribute) -> str:
    base: ast.AST = node
    while isinstance(base, ast.Attribute):
        base = base.value
    return getattr(base, "id", "")


# --- the way between ------------------------------------------------------------------------------------


def our_sources() -> dict[str, str]:
    return {module_name(path): path.read_text() for path in python_files() if "migrations" not in path.parts}


def holds_models(module: str) -> bool:
    """Whether a module is one of those that hold models."""
    return "models" in module.split(".")


@cache
def _targets(source: str) -> frozenset[str]:
    """Every module a source may import: `from a import b` may mean `a.b`."""
    return frozenset(t for target, name in imports(source) for t in (target, f"{target}.{name}"))


def trails(sources: dict[str, str], entries: Iterable[str]) -> dict[str, list[str]]:
    """Every module within reach of the entries → the shortest way to it."""
    found = {entry: [entry] for entry in entries}
    queue = list(found)
    while queue:
        module = queue.pop(0)
        for target in sorted(_targets(sources[module]) - set(found)):
            # Modules that hold models are no way on: models are told by the names imported from them.
            if target in sources and not holds_models(target):
                found[target] = [*found[module], target]
                queue.append(target)
    return found


def leak_paths(sources: dict[str, str], entries: Iterable[str]) -> list[str]:
    """Ways from an entry to a closed model, one a model and module that names it."""
    return [
        " → ".join([*trail, name])
        for module, trail in trails(sources, entries).items()
        if not holds_models(module)
        for name in sorted(closed_names(module, sources[module]))
    ]
