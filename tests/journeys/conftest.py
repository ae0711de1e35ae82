"""Journeys keep their files in a folder of their own."""

import pytest


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"
