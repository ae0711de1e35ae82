"""Collect style sheets, scripts and pictures again when they have changed."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

MARK = "static.sha256"


def have_changed() -> bool:
    """Return whether static files have changed since they were last collected."""
    mark, manifest = settings.VAR_DIR / MARK, settings.STATIC_ROOT / "staticfiles.json"
    return not manifest.exists() or not mark.exists() or mark.read_text() != _digest()


def collect() -> None:
    """Collect, hash the names and compress; takes a few seconds."""
    call_command("collectstatic", verbosity=0, interactive=False, clear=settings.STATIC_ROOT.exists())
    (settings.VAR_DIR / MARK).write_text(_digest())


def _digest() -> str:
    """Return a hash of all static files, also of packages, and of the code that joins and names them."""
    found = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    found.update((settings.BASE_DIR / "newsroom" / "staticfiles.py").read_bytes())
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda pair: pair[0]):
            found.update(path.encode())
            found.update(Path(storage.path(path)).read_bytes())
    return found.hexdigest()
