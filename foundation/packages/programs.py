"""Whether a package carries something that would run when a reader clicks on it."""

import io

from foundation.packages.opening import CONTENT_TYPES, Package, PackageRefused, open_package

_FOLDERS, _ACTIVE = ("/embeddings/",), ("/activex/",)
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# Names of streams, as the list of an OLE file spells them: any file put in by “Insert object”, and macros.
_RUNS = tuple(name.encode("utf-16-le") for name in ("Ole10Native", "_VBA_PROJECT"))


def carries_program(package: Package) -> bool:
    """Whether there is a control, a file put in as an object, or an inner document with macros.

    Equations and tables of Office programs are objects too and are no programs.
    """
    for name in package.names:
        inside = f"/{name.lower()}"
        if any(folder in inside for folder in _ACTIVE):
            return True
        if any(folder in inside for folder in _FOLDERS) and _runs(package.read(name)):
            return True
    return False


def _runs(data: bytes) -> bool:
    if data.startswith(_ZIP):
        try:
            return carries_program(open_package(io.BytesIO(data), CONTENT_TYPES))
        except PackageRefused:
            return True
    return not data.startswith(_OLE) or any(name in data for name in _RUNS)
