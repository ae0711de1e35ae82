"""Files of proposals go to a folder of the test's own."""

import pytest


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
