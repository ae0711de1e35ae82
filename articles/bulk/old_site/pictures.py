"""Finds our photo for a picture of the old site: from a folder, or fetched where allowed."""

import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import batched
from pathlib import Path
from typing import Any, Self
from urllib.parse import unquote, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile

from articles.bulk.old_site.ahead import PicturesAhead
from articles.bulk.old_site.fetching import FetchRefused, fetch
from articles.models import OldAddress
from articles.public.old_addresses import UPLOADS, key, original_sizes, without_size
from departments.models import Department
from media.models import Photo
from media.uploads import LARGEST, Developed, UploadRefused, develop, receive_developed

_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|bmp|heic|avif|tiff?)$")


@dataclass(frozen=True)
class Attachment:
    """A picture in the old site's library, with its caption and description."""

    url: str
    caption: str = ""
    alt: str = ""


@dataclass
class Pictures:
    """Finds the photo of a picture; each file is read once, however many posts show it.

    `folder` is a copy of the site's `uploads`; `hosts` are the machines that may be contacted; without both
    nothing is found. `refused` has the reason by address. A rehearsal only checks whether the file exists.
    """

    department: Department
    by: Any
    folder: Path | None = None
    hosts: tuple[str, ...] = ()
    uploads: str = UPLOADS  # where pictures stand in addresses of the site
    is_rehearsal: bool = False
    attachments: dict[int, Attachment] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    get: Callable[..., bytes] = fetch
    _photos: dict[str, Photo | None] = field(default_factory=dict)
    _by_name: dict[str, Attachment] | None = None
    _told: set[str] = field(default_factory=set)
    _ahead: PicturesAhead | None = None

    def __enter__(self) -> Self:
        if self.may_look and not self.is_rehearsal:
            self._ahead = PicturesAhead(self._developed)
        return self

    def __exit__(self, *failure: Any) -> None:
        if self._ahead:
            self._ahead.close()
            self._ahead = None

    def expect(self, wanted: Iterable[tuple[int, str]]) -> None:
        """Announce the pictures that will be resolved next, in order, so that they are developed ahead."""
        if self._ahead is None:
            return
        urls = {}
        for number, address in wanted:
            url, _known = self._place_of(number, address)
            if url and _is_address(url) and plain(url) not in self._photos:
                urls.setdefault(plain(url), url)
        self._find_earlier(urls)
        self._ahead.expect(url for path, url in urls.items() if path not in self._photos)

    def _find_earlier(self, urls: dict[str, str]) -> None:
        """Remember the photos that an earlier run took, with one query."""
        keys = {without_size(key(url)): path for path, url in urls.items()}
        for some in batched(keys, 500, strict=False):
            rows = OldAddress.objects.filter(path__in=some, photo__isnull=False).select_related("photo")
            self._photos.update({keys[row.path]: row.photo for row in rows})

    def resolve(self, number: int, address: str) -> dict[str, str] | None:
        """Returns attributes of a figure (and its caption) for the picture with that number or address, or
        None.
        """
        url, known = self._place_of(number, address)
        if not url:
            return None
        photo = self._photo(url, known)
        if photo is None:
            return None
        words = {"data-photo": str(photo.pk), "caption": photo.caption}
        return words | ({"data-alt": photo.alt_text} if photo.alt_text else {})

    @property
    def may_look(self) -> bool:
        """Whether there is a folder or host to take pictures from."""
        return bool(self.folder or self.hosts)

    @property
    def taken(self) -> int:
        """How many pictures have become photos of the library."""
        return sum(photo is not None for photo in self._photos.values())

    def new_paths(self) -> dict[str, Photo]:
        """Returns {old path: photo} of the pictures taken since the last call."""
        new = {path: photo for path, photo in self._photos.items() if photo and path not in self._told}
        self._told.update(new)
        return new

    def _place_of(self, number: int, address: str) -> tuple[str, Attachment | None]:
        known = self.attachments.get(number) or self._named(address)
        return (known.url if known else address), known

    @property
    def seen(self) -> int:
        """How many different pictures have been looked for."""
        return len(self._photos)

    def _named(self, address: str) -> Attachment | None:
        if self._by_name is None:
            self._by_name = {plain(a.url): a for a in self.attachments.values() if a.url}
        return self._by_name.get(plain(address))

    def _photo(self, url: str, known: Attachment | None) -> Photo | None:
        path = plain(url)
        if path not in self._photos:
            self._photos[path] = self._taken(url, known)
        return self._photos[path]

    def _taken(self, url: str, known: Attachment | None) -> Photo | None:
        if not _is_address(url):
            self.refused[url] = "địa chỉ không đọc được"
            return None
        kept = OldAddress.objects.filter(path=without_size(key(url)), photo__isnull=False)
        if before := kept.select_related("photo").first():
            return before.photo  # taken by an earlier run
        if self.is_rehearsal:
            is_there = self.hosts or (self.folder and _inside(self.folder, url, self.uploads))
            return Photo(pk=0) if is_there else None
        return self._received(url, known) if self._ahead else None

    def _received(self, url: str, known: Attachment | None) -> Photo | None:
        words = {"caption": known.caption, "alt_text": known.alt} if known else {}
        try:
            folder, developed = self._ahead.take_developed(url)
            with folder:
                if developed:
                    who = {"department": self.department, "uploaded_by": self.by}
                    return receive_developed(developed, **who, **words)[0]
        except (FetchRefused, UploadRefused) as refusal:
            self.refused[url] = str(refusal)
            return None
        self.refused[url] = "không có trong thư mục ảnh"
        return None

    def _developed(self, url: str, folder: Path) -> Developed | None:
        """Runs in a thread: asks no database."""
        found = self._bytes(url)
        name = Path(unquote(urlsplit(url).path)).name or "anh"
        return None if found is None else develop(SimpleUploadedFile(name, found), folder)

    def _bytes(self, url: str) -> bytes | None:
        if self.folder and (path := _inside(self.folder, url, self.uploads)):
            return _read(path)
        if self.hosts:
            return self.get(url, self.hosts)
        return None


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise FetchRefused("tệp nặng quá 20 MB")
        return path.read_bytes()
    except OSError as failure:
        raise FetchRefused(f"không đọc được tệp ({type(failure).__name__})") from failure


def _inside(folder: Path, url: str, uploads: str) -> Path | None:
    """Returns the file of that address inside the folder, never one outside it; None when there is none."""
    below = unquote(urlsplit(url).path).partition(uploads)[2]
    if not below or "\x00" in below:
        return None
    root = folder.resolve()
    for name in original_sizes(below):
        for start in (root, root / uploads, root / "uploads"):
            path = Path(os.path.realpath(start / name))
            if path.is_relative_to(root) and os.path.isfile(path):  # noqa: PTH113 (Path raises on long names)
                return path
    return None


def plain(address: str) -> str:
    """Returns one key for a picture, whatever size, scheme or host the address has."""
    if not _is_address(address):
        return without_size(address.lower())
    parts = urlsplit(address)
    path = unquote(parts.path).lower()
    is_a_script = bool(parts.query) and not _PICTURE.search(path)  # “/anh.ashx?id=5”: another picture each
    return f"{path}?{parts.query}" if is_a_script else without_size(path)


def _is_address(text: str) -> bool:
    try:
        urlsplit(text)
    except ValueError:
        return False
    return True
