"""What the house forbids inside a file, and how long a file may be.

Each function takes source (or text) and returns sentences, one a violation, so that a planted
mistake can be shown to it.
"""

import ast
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from tests.architecture import ROOT, SKIPPED_FOLDERS

MODULE, FUNCTION, ADMIN, TEMPLATE, FOLDER = 400, 40, 150, 150, 25
VAGUE_NAMES = {"utils", "helpers", "misc", "common", "core"}
# The one door for a status, the one for what readers see, and the tables themselves.
STATUS_DOORS, STATE_DOORS = ("approvals.engine",), ("articles.approval.pages", "articles.approval.releasing")
WRITING = {"create", "acreate", "update", "aupdate", "get_or_create", "update_or_create"}
# The one module whose output templates trust, because it cleans it.
# What a person wrote becomes HTML in the first; the second writes data blocks, escaped.
HTML_DOORS = ("articles.text.body", "newsroom.templatetags.structured")
# What a reader's query begins with.
PUBLIC_DOORS = {"live", "known", "public", "of", "visible_to", "withdrawn"}
PUBLISHED_MODELS = {"PublishedArticle", "Event", "Decision", "OfficialDocument", "Commendation"}


def all_files(*suffixes: str) -> Iterator[Path]:
    for path in sorted(ROOT.rglob("*")):
        parts = set(path.relative_to(ROOT).parts)
        hidden = any(part.startswith(".") and part.endswith("_cache") for part in parts)
        written_by_coverage = path.name.startswith(".coverage")
        if parts & (SKIPPED_FOLDERS | {"__pycache__"}) or hidden or written_by_coverage or not path.is_file():
            continue
        if not suffixes or path.suffix in suffixes:
            yield path


# --- length -----------------------------------------------------------------------------------------


def length_violations(module: str, source: str) -> list[str]:
    """Lines of a module, of an admin file, of a function without its docstring."""
    parts, lines = module.split("."), source.count("\n")
    limit = ADMIN if "admin" in parts[1:] else MODULE
    found = [f"{module} has {lines} lines, {limit} allowed"] if lines > limit else []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = _length(node)
            if length > FUNCTION:
                found.append(f"{module}.{node.name} has {length} lines, {FUNCTION} allowed")
    return found


def folder_violations(paths: Iterable[Path]) -> list[str]:
    """Folders that have become halls: more modules than a newcomer reads through."""
    folders = Counter(path.parent for path in paths if path.name != "__init__.py")
    halls = ((folder, count) for folder, count in folders.items() if count > FOLDER)
    return [f"{folder} holds {count} modules, {FOLDER} allowed" for folder, count in halls]


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    length = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        length -= (first.end_lineno or first.lineno) - first.lineno + 1
    return length


# --- what code must not do ----------------------------------------------------------------------------


def status_violations(
    module: str, source: str, with_status: set[str], public: Collection[str] = ()
) -> list[str]:
    """A `status` written outside the engine, a `state` outside the release, or asked for by a page.

    `with_status` names the models that have such a field: giving it to their constructor is writing.
    `public` names the modules within reach of a public address.
    """
    doors = {"status": STATUS_DOORS, "state": STATE_DOORS}
    closed = {name for name, modules in doors.items() if module not in modules}
    found = []
    for node in ast.walk(ast.parse(source)):
        names = closed & set(_written(node, with_status))
        found += [f"{module}:{node.lineno} writes {name}" for name in sorted(names)]
        if module in public and isinstance(node, ast.Call) and _called(node) in ("filter", "exclude", "get"):
            asked = {keyword.arg for keyword in node.keywords} & set(doors)
            found += [f"{module}:{node.lineno} asks for {name} itself" for name in sorted(asked)]
    return found


def _written(node: ast.AST, with_status: set[str]) -> Iterator[str]:
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        yield from (t.attr for t in targets if isinstance(t, ast.Attribute))
    if isinstance(node, ast.Call):
        name = _called(node)
        if name in WRITING or name in with_status:
            yield from (keyword.arg or "" for keyword in node.keywords)
            for keyword in node.keywords:
                if keyword.arg in ("defaults", "create_defaults") and isinstance(keyword.value, ast.Dict):
                    yield from (k.value for k in keyword.value.keys if isinstance(k, ast.Constant))
        if name in ("bulk_update", "setattr", "bulk_create"):
            yield from (c.value for c in ast.walk(node) if isinstance(c, ast.Constant) and _is_text(c))


def _is_text(node: ast.Constant) -> bool:
    return isinstance(node.value, str)


def _called(node: ast.Call) -> str:
    return getattr(node.func, "attr", "") or getattr(node.func, "id", "")


def trust_violations(module: str, source: str) -> list[str]:
    """HTML marked as safe by hand; naming the type in an annotation is no such mark."""
    if module in HTML_DOORS:
        return []
    found = []
    for node in ast.walk(ast.parse(source)):
        marks = getattr(node, "attr", getattr(node, "id", "")) == "mark_safe"
        makes = isinstance(node, ast.Call) and _called(node) in ("SafeString", "SafeText")
        claims = isinstance(node, ast.FunctionDef) and node.name == "__html__"
        if marks or makes or claims:
            found.append(f"{module}:{node.lineno} trusts HTML by hand")
    return found


def habit_violations(module: str, source: str) -> list[str]:
    """Signals, `save` with a life of its own, vague module names."""
    found = [f"{module}: a name that says nothing"] if set(module.split(".")) & VAGUE_NAMES else []
    for node in ast.walk(ast.parse(source)):
        target = getattr(node, "module", "") or ""
        if isinstance(node, ast.ImportFrom) and (
            target.endswith(".signals") or target.startswith("django.dispatch")
        ):
            found.append(f"{module}:{node.lineno} uses signals")
        if isinstance(node, ast.FunctionDef) and node.name == "save" and "models" in module.split("."):
            found.append(f"{module}:{node.lineno} gives save() a life of its own")
    return found


def query_violations(module: str, source: str, public: Collection[str]) -> list[str]:
    """A public module whose query on a published model does not begin with its public door."""
    if module not in public:
        return []
    found = []
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute)):
            continue
        manager = node.value
        if manager.attr in ("objects", "_default_manager", "_base_manager"):
            model = getattr(manager.value, "id", getattr(manager.value, "attr", ""))
            if model in PUBLISHED_MODELS and node.attr not in PUBLIC_DOORS:
                found.append(f"{module}:{node.lineno} asks {model} by {node.attr}()")
    return found


# --- templates --------------------------------------------------------------------------------------

_COMMENT = re.compile(r"{#.*?#}|{%\s*comment\b.*?{%\s*endcomment\s*%}|<!--.*?-->", re.S)
_TAG = re.compile(r"{%.*?%}|{{.*?}}", re.S)
_SCRIPT = re.compile(r"<script\b([^>]*)>", re.I)
_INLINE = {
    "an inline style": re.compile(r"""<[^>]*\sstyle\s*=""", re.I),
    "a <style> block": re.compile(r"<style\b", re.I),
    "an event handler": re.compile(r"""<[^>]*\son[a-z]+\s*=""", re.I),
    "a javascript: address": re.compile(r"javascript:", re.I),
}
_TRUST = re.compile(r"\|\s*safe(?:seq)?\b|{%\s*autoescape\s+off")


def template_violations(path: str, text: str) -> list[str]:
    bare = _COMMENT.sub("", text)
    found = [f"{path} trusts HTML: {hit}" for hit in _TRUST.findall(bare)]
    plain = _TAG.sub("", bare)
    # Django ends {# #} with its line: a longer one is read by the whole world.
    found += [
        f"{path} shows its comment: {line}" for line in text.split("\n") if "{#" in line and "#}" not in line
    ]
    found += [f"{path} has {what}" for what, pattern in _INLINE.items() if pattern.search(plain)]
    for attributes in _SCRIPT.findall(plain):
        if "src=" not in attributes and "application/ld+json" not in attributes:
            found.append(f"{path} has an inline script")
    lines = text.count("\n")
    return found + ([f"{path} has {lines} lines, {TEMPLATE} allowed"] if lines > TEMPLATE else [])


# --- words that belong to one machine or one workplace ------------------------------------------------

_HOME = re.compile(r"(?<![\w.:/~-])/(?:root|home|Users|work|tmp)/[\w.-]+|[A-Z]:\\Users\\")
_INDEX = re.compile(r"(?i)\b(?:extra-)?index-url\b|\bfind-links\b|/simple/?[\"'\s]")
# Written in halves, so that this file passes its own check.
_WORKPLACE = re.compile(
    r"\b(?:"
    + "|".join(f"{a}{b}" for a, b in (("BRI", "EF"), ("CONTR", "ACT"), ("TARG", "ETS"), ("RUL", "ES")))
    + r")\.md\b|\b(?:Clau"
    + r"de|Anthro"
    + r"pic|Chat"
    + r"GPT|Copi"
    + r"lot)\b"
)


def place_violations(path: str, text: str, hosts: tuple[str, ...] = ()) -> list[str]:
    """A path, a package index or a word of the place where somebody happened to work."""
    found = [f"{path} names {hit}" for hit in _HOME.findall(text) + _INDEX.findall(text)]
    found += [f"{path} names {hit}" for hit in _WORKPLACE.findall(text)]
    return found + [f"{path} names the package host {host}" for host in hosts if host in text]
