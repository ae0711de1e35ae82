"""The database knows how full its tables are, so that it reads a list by its index and not as a whole."""

import pytest
from django.db import connection

from articles.models import Tag
from foundation.inserting import statistics
from foundation.inserting.rows import insert_all

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL looks by itself"),
]


def known():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_stat1'")
        if not cursor.fetchone()[0]:
            return None
        cursor.execute("SELECT max(stat) FROM sqlite_stat1 WHERE tbl = %s", [Tag._meta.db_table])
        return cursor.fetchone()[0]


def test_the_worker_lets_the_database_look_once_a_day(monkeypatch):
    monkeypatch.setattr(statistics, "_refreshed_at", [])
    insert_all(Tag(name=f"thẻ {n}", slug=f"the-{n}") for n in range(50))
    assert statistics.refresh_daily() == 0
    assert known().startswith("50 ")
    insert_all(Tag(name=f"chữ {n}", slug=f"chu-{n}") for n in range(50))
    statistics.refresh_daily()
    assert known().startswith("50 ")
    statistics.refresh_statistics()
    assert known().startswith("100 ")
