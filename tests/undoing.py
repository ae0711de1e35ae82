"""Trying many acts on one set of rows: each is undone before the next."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def undone() -> Iterator[None]:
    """Everything written inside is taken back at the end; objects read before keep what they learned."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
