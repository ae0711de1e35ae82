"""A store of the test's own, and the middleware and server that use it."""

import pytest
from django.core.cache import cache
from django.test import Client

from foundation.pagestore.store import Store


@pytest.fixture
def store(tmp_path):
    made = Store(tmp_path / "pages", most_bytes=1_000_000)
    yield made
    made.close()


@pytest.fixture
def watched(kept_site):
    cache.clear()
    return kept_site


@pytest.fixture
def reader():
    return Client(headers={"accept-encoding": "gzip"})
