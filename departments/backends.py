"""What a person may do today, from the positions they hold: Django asks here."""

from django.contrib.auth.backends import BaseBackend


class PositionBackend(BaseBackend):
    pass
