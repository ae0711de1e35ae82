"""A store of the test's own, and the middleware and server that use it."""

import pytest

from pagestore import shelf
from pagestore.store import Store


@pytest.fixture
def store(tmp_path):
    made = Store(tmp_path / "pages", most_bytes=1_000_000)
    yield made
    made.close()


@pytest.fixture
def kept_site(settings, tmp_path):
    """The whole site with its pages kept; answers the store."""
    settings.PAGE_STORE = str(tmp_path / "pages")
    kept = shelf.store()
    yield kept
    kept.close()
    shelf._store.cache_clear()
