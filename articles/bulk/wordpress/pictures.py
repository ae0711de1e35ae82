"""Finds our photo for a picture of the old site: from a folder, or fetched where allowed."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile

from articles.bulk.wordpress.fetching import FetchRefused, fetch
from articles.bulk.wordpress.wxr import ExportItem
from articles.models import OldAddress
from articles.public.old_addresses import UPLOADS, key, original_sizes, without_size
from departments.models import Department
from foundation.language.plain import clean_line
from media.models import Photo
from media.uploads import LARGEST, UploadRefused, receive


@dataclass(frozen=True)
class Attachment:
    """A picture in the old site's library, with its caption and description."""

    url: str
    caption: str = ""
    alt: str = ""

    @classmethod
    def of(cls, item: ExportItem) -> "Attachment":
        """Returns the attachment of an export item."""
        alt = (item.meta.get("_wp_attachment_image_alt") or [""])[0]
        caption = re.sub(r"<[^<>]{1,1000}>", "", item.excerpt)
        said = (" ".join(clean_line(words).split())[:500] for words in (caption, alt))
        return cls(item.file_url, *said)


@dataclass
class Pictures:
    """Finds the photo of a picture; each file is read once, however many posts show it.

    `folder` is a copy of the site's uploads; `hosts` are the machines that may be contacted; without both
    nothing is found. `refused` has the reason by address. A rehearsal only checks whether the file exists.
    """

    department: Department
    by: Any
    folder: Path | None = None
    hosts: tuple[str, ...] = ()
    is_rehearsal: bool = False
    attachments: dict[int, Attachment] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    get: Callable[..., bytes] = fetch
    _photos: dict[str, Photo | None] = field(default_factory=dict)
    _by_name: dict[str, Attachment] | None = None
    _told: set[str] = field(default_factory=set)

    def resolve(self, number: int, address: str) -> dict[str, str] | None:
        """Returns attributes of a figure (and its caption) for the picture with that number or address, or
        None.
        """
        known = self.attachments.get(number) or self._named(address)
        url = known.url if known else address
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

    def _named(self, address: str) -> Attachment | None:
        if self._by_name is None:
            self._by_name = {_plain(a.url): a for a in self.attachments.values() if a.url}
        return self._by_name.get(_plain(address))

    def _photo(self, url: str, known: Attachment | None) -> Photo | None:
        path = _plain(url)
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
            is_there = self.hosts or (self.folder and _inside(self.folder, url))
            return Photo(pk=0) if is_there else None
        words = {"caption": known.caption, "alt_text": known.alt} if known else {}
        try:
            found = self._bytes(url)
            name = Path(unquote(urlsplit(url).path)).name or "anh"
            file = SimpleUploadedFile(name, found) if found is not None else None
            return (
                receive(file, department=self.department, uploaded_by=self.by, **words)[0] if file else None
            )
        except (FetchRefused, UploadRefused) as refusal:
            self.refused[url] = str(refusal)
            return None

    def _bytes(self, url: str) -> bytes | None:
        if self.folder and (path := _inside(self.folder, url)):
            return _read(path)
        if self.hosts:
            return self.get(url, self.hosts)
        if self.folder:
            self.refused[url] = "không có trong thư mục ảnh"
        return None


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise FetchRefused("tệp nặng quá 20 MB")
        return path.read_bytes()
    except OSError as failure:
        raise FetchRefused(f"không đọc được tệp ({type(failure).__name__})") from failure


def _inside(folder: Path, url: str) -> Path | None:
    """Returns the file of that address inside the folder, never one outside it; None when there is none."""
    below = unquote(urlsplit(url).path).partition(UPLOADS)[2]
    if not below or "\x00" in below:
        return None
    root = folder.resolve()
    for name in original_sizes(below):
        for start in (root, root / UPLOADS, root / "uploads"):
            path = Path(os.path.realpath(start / name))
            if path.is_relative_to(root) and os.path.isfile(path):  # noqa: PTH113 (Path raises on long names)
                return path
    return None


def _plain(address: str) -> str:
    """Returns one key for a picture, whatever size, scheme or host the address has."""
    path = unquote(urlsplit(address).path).lower() if _is_address(address) else address.lower()
    return without_size(path)


def _is_address(text: str) -> bool:
    try:
        urlsplit(text)
    except ValueError:
        return False
    return True
