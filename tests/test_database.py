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


@pytest.mark.django_db(transaction=True)
def test_another_thread_has_a_connection_of_its_own():
    answers: list[int] = []

    def ask() -> None:
        answers.append(Department.objects.count())
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [0, 0, 0, 0]
