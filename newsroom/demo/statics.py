"""Whether style sheets, scripts and pictures have changed since they were last collected."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

MARK = "static.sha256"


def have_changed() -> bool:
    mark, manifest = settings.VAR_DIR / MARK, settings.STATIC_ROOT / "staticfiles.json"
    return not manifest.exists() or not mark.exists() or mark.read_text() != _digest()


def collect() -> None:
    """Collect, name by content and compress; a few seconds, so only when something changed."""
    call_command("collectstatic", verbosity=0, interactive=False, clear=settings.STATIC_ROOT.exists())
    (settings.VAR_DIR / MARK).write_text(_digest())


def _digest() -> str:
    """Of every static file, ours and the packages', and of the rule that joins and names them."""
    found = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    found.update((settings.BASE_DIR / "newsroom" / "staticfiles.py").read_bytes())
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda pair: pair[0]):
            found.update(path.encode())
            found.update(Path(storage.path(path)).read_bytes())
    return found.hexdigest()
