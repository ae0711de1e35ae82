"""The door for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
_django = get_wsgi_application()

from pagestore.serving import KeptPages  # noqa: E402 (reads the settings)

application = KeptPages(_django)
