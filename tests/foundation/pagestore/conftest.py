"""A store of the test's own, and the middleware and server that use it."""

import pytest
from django.core.cache import cache
from django.test import Client

from foundation.pagestore.store import Store
from newsroom.public_changes import watching


@pytest.fixture
def store(tmp_path):
    made = Store(tmp_path / "pages", most_bytes=1_000_000)
    yield made
    made.close()


@pytest.fixture
def watched(kept_site):
    """The kept site as in a request that writes, in the worker, in a command."""
    cache.clear()
    with watching():
        yield kept_site


@pytest.fixture
def reader():
    return Client(headers={"accept-encoding": "gzip"})
