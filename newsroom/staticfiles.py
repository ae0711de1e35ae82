"""Serve style sheets, scripts and pictures; each style sheet is joined into one file."""

import re
from pathlib import PurePosixPath
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r'@import\s+url\("([^"]+)"\)\s*(?:layer\(([\w.-]+)\))?\s*;')
URL = re.compile(r'url\("(?!data:|/|https?:)([^"]+)"\)')
COMMENT = re.compile(r"/\*.*?\*/", re.S)
ROOM = re.compile(r"\s*\n\s*")


class OneSheetManifestStorage(CompressedManifestStaticFilesStorage):
    """whitenoise's storage, with every `@import` of our own style sheets replaced by the file.

    Browsers would fetch each imported file in another round trip. Only style sheets under css/ are changed.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._addresses: dict[str, str] = {}

    def url(self, name, force=False):
        """Cached: the hashed name of a file does not change in a running process."""
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


class StaticFilesMiddleware(WhiteNoiseMiddleware):
    """whitenoise's middleware, but it lists the collected files on the first request for one.

    Listing takes a tenth of the start, and is not needed where nginx serves the files.
    """

    def __init__(self, *args, **kwargs):
        self._unseen: list[tuple[str, str]] = []
        self._looking = Lock()
        super().__init__(*args, **kwargs)

    def add_files(self, root: str, prefix: str | None = None) -> None:
        if prefix == self.static_prefix and not self.autorefresh:
            self._unseen.append((root, prefix))
        else:  # the few files at the root of the site
            super().add_files(root, prefix)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._unseen and request.path_info.startswith(self.static_prefix):
            self._look()
        return super().__call__(request)

    def _look(self) -> None:
        with self._looking:  # other requests wait, because an unlisted file would be 404
            while self._unseen:
                super().add_files(*self._unseen[-1])
                self._unseen.pop()


def _normal(path: PurePosixPath) -> str:
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def _moved(text: str, old: PurePosixPath, new: PurePosixPath) -> str:
    """Rewrite relative addresses of a style sheet that moves from one folder to another."""

    def rewrite(found: re.Match) -> str:
        target = _normal(old / found[1])
        return f'url("{"../" * len(new.parts)}{target}")'

    return URL.sub(rewrite, text) if old != new else text
