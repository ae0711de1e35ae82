"""How style sheets written in many files reach the reader as one."""

import re
from pathlib import PurePosixPath

from django.conf import settings
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r'@import\s+url\("([^"]+)"\)\s*(?:layer\(([\w.-]+)\))?\s*;')
URL = re.compile(r'url\("(?!data:|/|https?:)([^"]+)"\)')
COMMENT = re.compile(r"/\*.*?\*/", re.S)
ROOM = re.compile(r"\s*\n\s*")


class OneSheetManifestStorage(CompressedManifestStaticFilesStorage):
    """whitenoise's storage, after writing every `@import` of our own sheets in place.

    A browser would fetch each imported file in a round trip of its own; one sheet is one.
    Only sheets under css/ are touched; packages' files stay as they came.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._addresses: dict[str, str] = {}

    def url(self, name, force=False):
        """Worked out once: the names of a collected file do not change under a process."""
        if force or settings.DEBUG:
            return super().url(name, force)
        if name not in self._addresses:
            self._addresses[name] = super().url(name)
        return self._addresses[name]

    def post_process(self, paths, dry_run=False, **options):
        if not dry_run:
            for path in [p for p in paths if p.startswith("css/") and p.endswith(".css")]:
                text = self._inlined(path)
                with self.open(path, "rb") as sheet:
                    changed = sheet.read().decode() != text
                if changed:
                    self.delete(path)
                    with open(self.path(path), "w", encoding="utf-8") as sheet:  # noqa: PTH123 (storage path)
                        sheet.write(text)
                    paths[path] = (self, path)
        yield from super().post_process(paths, dry_run, **options)
        self._addresses.clear()

    def _inlined(self, path: str) -> str:
        with self.open(path, "rb") as sheet:
            text = sheet.read().decode()
        folder = PurePosixPath(path).parent

        def bring_in(found: re.Match) -> str:
            child = _normal(folder / found[1])
            body = _moved(self._inlined(child), PurePosixPath(child).parent, folder)
            return f"@layer {found[2]}{{{body}}}" if found[2] else body

        text = IMPORT.sub(bring_in, COMMENT.sub("", text))
        return ROOM.sub("\n", text)


def _normal(path: PurePosixPath) -> str:
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def _moved(text: str, old: PurePosixPath, new: PurePosixPath) -> str:
    """Rewrite relative addresses of a sheet that moves from one folder to another."""

    def rewrite(found: re.Match) -> str:
        target = _normal(old / found[1])
        return f'url("{"../" * len(new.parts)}{target}")'

    return URL.sub(rewrite, text) if old != new else text
