"""Whose site this is today, for every page, without a query where pages are kept."""

from functools import partial

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from foundation.pagestore.parts import part
from foundation.pagestore.shelf import store
from identity.models import SiteIdentity
from identity.words import SiteWords

KEY = "site-identity"
SECONDS = 60
# What this process said last: for the pages that are drawn while the database is away.
_last_said = SiteWords()


def site_words() -> SiteWords:
    """Return the words in force today; neutral ones while nobody has said whose site this is.

    Where pages are kept, the words are read once a process and again when they change: at once on every
    machine, as a kept page is dropped. Elsewhere they are cached for a minute.
    """
    global _last_said  # noqa: PLW0603 (one word of one process)
    _last_said = part(KEY, [KEY], _read) if store() else _of_this_minute()
    return _last_said


def words_said_last() -> SiteWords:
    """Return what this process said last; asks neither the database nor the cache."""
    return _last_said


def forget_site_words(*_pks: int) -> None:
    """Have the words read again, by the caller at once, by everybody when the transaction is committed."""
    cache.delete(KEY)
    transaction.on_commit(partial(cache.delete, KEY))


def _of_this_minute() -> SiteWords:
    known: SiteWords | None = cache.get(KEY)
    if known is None:
        known = _read()
        cache.set(KEY, known, SECONDS)
    return known


def _read() -> SiteWords:
    row = SiteIdentity.objects.at(timezone.localdate()).first()
    return row.words if row else SiteWords()
