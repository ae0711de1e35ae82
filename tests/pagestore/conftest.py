"""A store of the test's own, and the middleware and server that use it."""

import pytest

from pagestore.store import Store


@pytest.fixture
def store(tmp_path):
    made = Store(tmp_path / "pages", most_bytes=1_000_000)
    yield made
    made.close()
