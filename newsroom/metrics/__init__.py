"""Figures of a running site for its operator, in the words of Prometheus; nothing names a person.

The library reads where several processes count together when it is imported, so this stands before it.
"""

import os
from pathlib import Path

from django.conf import settings

FOLDER = Path(os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(settings.VAR_DIR / "metrics")))
FOLDER.mkdir(parents=True, exist_ok=True)
