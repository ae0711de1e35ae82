"""Reads gettext catalogues and finds the words packages ask to have translated."""

import ast
import gettext
import re
from pathlib import Path
from typing import NamedTuple

# What `msgfmt` would compile, as far as our catalogues use the format.
_LINE = re.compile(r'^(?:(msgctxt|msgid_plural|msgid|msgstr(?:\[0\])?) )?(".*")$')


class Message(NamedTuple):
    plural: str
    text: str
    source: str


Key = tuple[str, str]  # context (or nothing), message id


def read(path: Path) -> dict[Key, Message]:
    """The messages of one .po file."""
    found: dict[Key, Message] = {}
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        words: dict[str, str] = {}
        source, part = "", ""
        for line in block.splitlines():
            if line.startswith("#: ") and not source:
                source = line[3:].split()[0]
            elif match := _LINE.match(line):
                part = match[1] or part
                words[part] = words.get(part, "") + ast.literal_eval(match[2])
        if words.get("msgid"):
            key = (words.get("msgctxt", ""), words["msgid"])
            found[key] = Message(
                words.get("msgid_plural", ""), words.get("msgstr") or words.get("msgstr[0]", ""), source
            )
    return found


def compiled(path: Path) -> dict[Key, str]:
    """The messages of one .mo file."""
    with path.open("rb") as file:
        catalogue = gettext.GNUTranslations(file)._catalog
    found = {}
    for key, text in catalogue.items():
        words, _form = key if isinstance(key, tuple) else (key, 0)
        if words:
            context, _, msgid = words.rpartition("\x04")
            found[context, msgid] = text
    return found


_GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}
_PGETTEXT = {"pgettext", "pgettext_lazy"}


def asked_in_python(package: Path) -> set[Key]:
    """Message ids written out in a package's Python; for packages that ship no source catalogue."""
    found = set()
    for path in package.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                words = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
                if name in _GETTEXT and words:
                    found.add(("", words[0]))
                elif name in _PGETTEXT and len(words) > 1:
                    found.add((words[0], words[1]))
    return found


def asked_in_script(bundle: Path) -> set[Key]:
    """Message ids in a packed script; some keep `window.gettext` under a short name."""
    text = bundle.read_text(encoding="utf-8")
    short = next(iter(re.findall(r"(\w+)=window\.gettext\|\|", text)), "gettext")
    return {("", words) for words in re.findall(rf'\b{short}\("([^"]+)"\)', text)}


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sdr]|%[sdr](?!\w)|\{\w*\}", text))
