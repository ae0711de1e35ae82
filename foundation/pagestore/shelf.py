"""The page store of this process, as configured in the settings."""

import hashlib
import logging
import sqlite3
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from foundation.pagestore.store import Store

log = logging.getLogger("newsroom.pages")
_BOOT = Path("/proc/sys/kernel/random/boot_id")


def store() -> Store | None:
    """Return the store under `settings.PAGE_STORE`; None where pages are not kept."""
    return _store(str(settings.PAGE_STORE), settings.PAGE_STORE_BYTES) if settings.PAGE_STORE else None


@lru_cache(maxsize=2)
def _store(root: str, most_bytes: int) -> Store:
    return Store(Path(root), most_bytes)


def open_for_serving() -> Store | None:
    """Return the store, emptied if its pages were made by other templates or settings or before a reboot."""
    kept = store()
    if kept is None:
        return None
    try:
        kept.made_by(_fingerprint())
    except sqlite3.OperationalError:  # locked, or the disk is full: the kept pages are still valid
        log.exception("The page store cannot be written")
    except sqlite3.DatabaseError:
        log.exception("The index of the page store is broken and begun anew")
        kept.begin_anew()
        kept.made_by(_fingerprint())
    return kept


def _fingerprint() -> str:
    """Return a hash of what every page depends on besides the data: templates, file names, settings, boot."""
    found = hashlib.sha256(
        repr((settings.SITE_URL, settings.DEMO, settings.SECURE_CSP, settings.OFFLINE_READING)).encode()
    )
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    for path in (*sorted(Path(settings.BASE_DIR, "templates").rglob("*.*")), manifest, _BOOT):
        if path.is_file():
            found.update(path.read_bytes())
    return found.hexdigest()
