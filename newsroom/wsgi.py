"""The door for gunicorn."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
gc.disable()  # loading throws nothing away, and looking for it is a tenth of the start
_django = get_wsgi_application()

from foundation.pagestore.serving import KeptPages  # noqa: E402 (the same)
from newsroom.preloading import load_pages  # noqa: E402 (reads the settings)

load_pages()
application = KeptPages(_django)
gc.freeze()  # what was loaded stays, and stays shared by the processes forked from this one
gc.enable()
