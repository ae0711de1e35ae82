"""Compile Python's bytecode where Python cannot store it, because every start would compile again."""

import compileall
import os
import struct
import sys
import time
from collections.abc import Iterator
from importlib.machinery import ModuleSpec
from importlib.util import MAGIC_NUMBER
from pathlib import Path

HEADER = 16  # bytes: version, flags, time and size of the source (PEP 552)
SETTLED = 2.0  # seconds: a source written just now may change again with the same time and size


def uncompiled() -> set[Path]:
    """Return the imported packages and modules whose bytecode is missing or outdated."""
    return {_place(spec) for spec in _specs() if not _is_fresh(spec) and _may_be_kept(spec)}


def compile_bytecode(places: set[Path]) -> None:
    """Compile everything there; skips what cannot be written or is no Python."""
    now = time.time()
    for place in sorted(places):
        for source in place.rglob("*.py") if place.is_dir() else [place]:
            if now - source.stat().st_mtime > SETTLED:
                compileall.compile_file(source, quiet=2)


def _specs() -> Iterator[ModuleSpec]:
    for module in list(sys.modules.values()):
        spec = getattr(module, "__spec__", None)
        if spec and spec.has_location and spec.cached and spec.origin.endswith(".py"):
            yield spec


def _is_fresh(spec: ModuleSpec) -> bool:
    """Return whether Python would use the stored bytecode, by the rule of its own loader."""
    try:
        with open(spec.cached, "rb") as file:  # noqa: PTH123 (a thousand of them, at each start)
            version, flags, at, size = struct.unpack("<4sLLL", file.read(HEADER))
        source = os.stat(spec.origin)  # noqa: PTH116 (the same)
    except (OSError, struct.error):
        return False
    same = (at, size) == (int(source.st_mtime) & 0xFFFFFFFF, source.st_size & 0xFFFFFFFF)
    return version == MAGIC_NUMBER and (same or flags != 0)


def _may_be_kept(spec: ModuleSpec) -> bool:
    source, kept = Path(spec.origin), Path(spec.cached).parent
    is_settled = source.exists() and time.time() - source.stat().st_mtime > SETTLED
    return is_settled and os.access(kept if kept.exists() else source.parent, os.W_OK)


def _place(spec: ModuleSpec) -> Path:
    """Return the whole package, because modules imported later are needed too."""
    top = sys.modules[spec.name.partition(".")[0]]
    return Path(next(iter(getattr(top, "__path__", ())), spec.origin))
