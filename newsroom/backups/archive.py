"""The file of a backup: a tar with the dump, the uploads and last a list of all files with their digests."""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from newsroom.backups.databases import DUMPS
from newsroom.backups.refusal import BackupRefused

SCHEMA = 2
MANIFEST = "manifest.json"
SETTINGS = "toasoan.env"
_UPLOADS = "uploads/"
_PIECE = 1024 * 1024  # bytes read at once
Report = Callable[[str], None]
Digest = tuple[int, str]  # length in bytes, SHA-256


class _Hashed:
    """A file that is hashed while it is read."""

    def __init__(self, file: BinaryIO):
        self.file, self.length, self.sha256 = file, 0, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self.file.read(size)
        self.length += len(piece)
        self.sha256.update(piece)
        return piece

    @property
    def digest(self) -> Digest:
        return self.length, self.sha256.hexdigest()


def write_archive(
    target: Path, files: Iterator[tuple[str, Path]], facts: dict[str, Any], report: Report
) -> None:
    """Write `files` (name in the archive, path) and the manifest, `facts` with each file's digest.

    A file that disappears or grows meanwhile raises OSError: the archive is not complete then.
    """
    digests: dict[str, Digest] = {}
    with tarfile.open(target, "w") as archive:
        for name, path in files:
            with path.open("rb") as file:
                reading = _Hashed(file)
                archive.addfile(archive.gettarinfo(arcname=name, fileobj=file), reading)
            digests[name] = reading.digest
            if len(digests) % 1000 == 0:
                report(f"{len(digests)} tệp…")
        text = json.dumps({"schema": SCHEMA, "files": digests} | facts).encode()
        entry = tarfile.TarInfo(MANIFEST)
        entry.size = len(text)
        archive.addfile(entry, io.BytesIO(text))
    with target.open("rb") as written:
        os.fsync(written.fileno())


def list_uploads(root: Path) -> Iterator[tuple[str, Path]]:
    """Return every uploaded file: its name in an archive, its path."""
    paths = (path for path in sorted(root.rglob("*")) if path.is_file() and not path.is_symlink())
    return ((f"{_UPLOADS}{path.relative_to(root)}", path) for path in paths)


def check_archive(file: Path, *, into: Path | None = None) -> dict[str, Any]:
    """Read the whole archive and compare each file with the manifest, which is returned.

    With `into`, every file is written into that folder on the way. Raises BackupRefused that names the files
    that are missing, changed or too many.
    """
    found: dict[str, Digest] = {}
    manifest: dict[str, Any] | None = None
    try:
        with tarfile.open(file, "r:") as archive:
            for member in archive:
                if member.name == MANIFEST:
                    manifest = json.loads(archive.extractfile(member).read())  # type: ignore[union-attr]
                elif member.isfile():
                    found[member.name] = _read_member(archive, member, into)
    except (tarfile.TarError, OSError, ValueError, EOFError) as broken:
        if isinstance(broken, OSError) and not isinstance(broken, tarfile.TarError) and broken.errno:
            raise
        raise BackupRefused(_lost(file, found, str(broken))) from broken
    if not manifest or not {"schema", "database"} <= manifest.keys():
        raise BackupRefused(_lost(file, found, "thiếu bản kê ở cuối tệp"))
    if manifest["schema"] == 1:
        _check_first_schema(manifest, found)
    else:
        _compare(manifest, found)
    return manifest


def _read_member(archive: tarfile.TarFile, member: tarfile.TarInfo, into: Path | None) -> Digest:
    reading = _Hashed(archive.extractfile(member))  # type: ignore[arg-type]
    if into is None:
        while reading.read(_PIECE):
            pass
        return reading.digest
    target = into / tarfile.data_filter(member, str(into)).name  # without “/” before it or “..” in it
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as written:
        while piece := reading.read(_PIECE):
            written.write(piece)
    return reading.digest


def _lost(file: Path, found: dict[str, Digest], why: str) -> str:
    last = f" Đọc được đến “{list(found)[-1]}”." if found else ""
    return f"{file.name} không phải bản sao lưu trọn vẹn ({why}).{last} Chưa có gì bị thay đổi."


def _compare(manifest: dict[str, Any], found: dict[str, Digest]) -> None:
    listed = {name: tuple(digest) for name, digest in manifest["files"].items()}
    faults = [f"thiếu {name}" for name in listed.keys() - found.keys()]
    faults += [f"thừa {name}" for name in found.keys() - listed.keys()]
    faults += [f"hỏng {name}" for name in listed.keys() & found.keys() if listed[name] != found[name]]
    _refuse(sorted(faults))


def _check_first_schema(manifest: dict[str, Any], found: dict[str, Digest]) -> None:
    """The first schema has the digest of the dump and the number of uploads."""
    dump = DUMPS[manifest["database"]]
    is_whole = found.get(dump, (0, ""))[1] == manifest["sha256"]
    _refuse([] if is_whole else [f"hỏng {dump}"])
    _refuse([] if len(found) - 1 == manifest["uploads"] else ["thiếu tệp tải lên"])


def _refuse(faults: list[str]) -> None:
    if faults:
        more = f" và {len(faults) - 10} tệp khác" if len(faults) > 10 else ""
        raise BackupRefused(
            f"Bản sao lưu không trọn vẹn: {'; '.join(faults[:10])}{more}. Chưa có gì bị thay đổi."
        )
