"""The settings under test: the product's own, with the few things a test must not wait for or send."""

import os

os.environ.setdefault("SECRET_KEY", "tests-only-tests-only-tests-only-tests-only-tests")
os.environ.setdefault("EMAIL_URL", "memorymail://")

from newsroom.settings import *  # noqa: F403 (the environment comes first)
from newsroom.settings import STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Manifest names need collectstatic; the sheets themselves are tested where they are built.
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
AXES_ENABLED = False
# Photos of a script's own run (tests.kills) stay out of the demo's.
if folder := os.environ.get("TEST_UPLOADS"):
    MEDIA_ROOT = folder
# Tests of the store give it a folder of their own; so do several machines (tests.nodes).
PAGE_STORE = os.environ.get("TEST_PAGE_STORE", "")
