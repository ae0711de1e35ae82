"""Files of these tests go to a folder of the test's own."""

import pytest


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
