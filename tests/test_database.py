"""The suite runs on the database it was meant to run on."""

import os
import threading

import pytest
from django.db import connection

from departments.models import Department


def test_the_database_is_the_one_the_wrapper_started():
    expected = os.environ.get("EXPECTED_DATABASE")
    if not expected:
        pytest.skip("no particular database was asked for (make test-pg asks for PostgreSQL)")
    assert connection.vendor == expected


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_threads_share_the_pool_and_give_their_connections_back():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no pool (make test-pg runs this)")
    answers: list[int] = []

    def ask() -> None:
        answers.append(Department.objects.count())
        connection.close()

    # More threads than the pool holds, one after the other's end: each must find a free connection.
    for _ in range(4):
        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert answers == [0] * 16
