"""The settings under test: the product's own, with the few things a test must not wait for or send."""

import atexit
import os
import shutil
import tempfile

os.environ.setdefault("SECRET_KEY", "tests-only-tests-only-tests-only-tests-only-tests")
os.environ.setdefault("EMAIL_URL", "memorymail://")
# What this process counts: gone with it.
# Each process that tests counts for itself.
if "PYTEST_XDIST_WORKER" in os.environ or "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="newsroom-metrics-")
    atexit.register(shutil.rmtree, os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)

from newsroom.settings import *  # noqa: F403 (the environment comes first)
from newsroom.settings import CACHES, LIMITS, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Manifest names need collectstatic; the sheets themselves are tested where they are built.
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
# Thousands of tests share one address; whoever tests a limit sets its own (the fixture `limits`).
MEMORY = "django.core.cache.backends.locmem.LocMemCache"
CACHES = CACHES | {"limits": {"BACKEND": MEMORY, "LOCATION": "limits"}}
READY_SECONDS = 0
FORGOTTEN_SECONDS = 0
LIMITS = {name: (1_000_000, seconds) for name, (_most, seconds) in LIMITS.items()}
# Files of a test that names no folder of its own: gone with this process, never among the demo's.
# A script's several processes share a folder (tests.kills).
MEDIA_ROOT = os.environ.get("TEST_UPLOADS") or tempfile.mkdtemp(prefix="newsroom-tests-")
if "TEST_UPLOADS" not in os.environ:
    atexit.register(shutil.rmtree, MEDIA_ROOT, ignore_errors=True)
# Tests of the store give it a folder of their own; so do several machines (tests.nodes).
PAGE_STORE = os.environ.get("TEST_PAGE_STORE", "")
