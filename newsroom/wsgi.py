"""The application for gunicorn."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
gc.disable()  # importing creates no garbage, and collecting takes a tenth of the start
_django = get_wsgi_application()

from foundation.pagestore.serving import KeptPages  # noqa: E402 (the same)
from newsroom.metrics.counting import KEPT, forget_ended  # noqa: E402 (the same)
from newsroom.preloading import load_pages  # noqa: E402 (reads the settings)

load_pages()
forget_ended()
application = KeptPages(_django, KEPT.inc)
gc.freeze()  # imported objects stay, in memory shared with forked processes
gc.enable()
