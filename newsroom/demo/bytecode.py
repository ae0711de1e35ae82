"""Whether Python has its own code compiled: where it may not keep that by itself, each start does it anew."""

import compileall
import os
import struct
import sys
import time
from collections.abc import Iterator
from importlib.machinery import ModuleSpec
from importlib.util import MAGIC_NUMBER
from pathlib import Path

HEADER = 16  # bytes: the version, how it is kept true, the source's time and size (PEP 552)
SETTLED = 2.0  # seconds: a source written this moment may change again and look the same


def uncompiled() -> set[Path]:
    """Packages and modules in use of which something is not compiled, or no longer as it stands."""
    return {_place(spec) for spec in _specs() if not _is_fresh(spec) and _may_be_kept(spec)}


def compile_bytecode(places: set[Path]) -> None:
    """Compile all that lies there. What may not be written or is no Python stays as it is."""
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
    """Whether Python would take what is kept, by the rule of its own loader."""
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
    """The whole package: what it loads later is wanted as soon."""
    top = sys.modules[spec.name.partition(".")[0]]
    return Path(next(iter(getattr(top, "__path__", ())), spec.origin))
