"""A newsroom as old as can be is upgraded: its rows stay, its pages work, its schema is that of a new one."""

import json
import re

import pytest
from django.db import connection

from tests import schema
from tests.trials import empty_postgresql, once_for_all, run_trial


@pytest.fixture(scope="module")
def upgraded(django_db_setup, common_folder):
    """What `tests.upgrade` tells of the database of the oldest landed schema, upgraded."""
    folder = common_folder("oldest")

    def upgrade():
        url = f"sqlite:///{folder / 'oldest.sqlite3'}"
        if connection.vendor == "postgresql":
            url = empty_postgresql("oldest")
        told = run_trial("upgrade", DATABASE_URL=url, TEST_UPLOADS=str(folder))
        return json.loads(told.splitlines()[-1])

    return once_for_all(folder, upgrade)


def words_of(page):
    """What is read there: without tags, with plain spaces."""
    return " ".join(re.sub(r"<[^>]*>", "", page).split())


@pytest.mark.django_db
def test_an_old_database_ends_with_the_schema_of_a_new_one(upgraded):
    assert upgraded["schema"] == schema.lines()


def test_a_database_that_ran_every_replaced_migration_has_nothing_left_to_do(upgraded):
    assert upgraded["left"] == []


def test_no_row_is_lost_or_changed(upgraded):
    assert upgraded["changed"] == []


def test_readers_find_the_pages_where_they_were(upgraded):
    status = {name: page[0] for name, page in upgraded["pages"].items()}
    assert status == {"home": 200, "live": 200, "withdrawn": 410, "found": 200, "tag": 200, "documents": 200}
    words = {name: words_of(page[1]) for name, page in upgraded["pages"].items()}
    for name in ("home", "live", "found"):
        assert "Chào cờ đầu tuần ở trường Chu Văn An" in words[name]
    assert "Bài có thẻ" in words["tag"]
    assert "2/QĐ-SGDĐT" in words["documents"]
    assert "10/KH-SGDĐT" in words["documents"]


def test_new_columns_are_filled(upgraded):
    assert upgraded["order"] == ["2/QĐ-SGDĐT", "10/KH-SGDĐT"]
    assert upgraded["times_of_tags"] == 0


def test_the_office_goes_on_where_it_stopped(upgraded):
    assert upgraded["desk"][0] == upgraded["screen"][0] == 200
    assert "Bài chờ duyệt" in upgraded["desk"][1]
    assert "Bài đang viết" in upgraded["screen"][1]
    assert upgraded["approved"][0] == 200
