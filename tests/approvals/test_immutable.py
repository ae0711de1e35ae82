"""Rows that say what happened are kept by the database itself, whoever speaks to it."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from approvals.insert_only import InsertOnly
from approvals.models import StatusChange
from articles.models import Release, ReviewDecision, Revision
from tests.factories.articles import make_published
from tests.lifting import lifted

pytestmark = pytest.mark.django_db
KEPT = [Revision, ReviewDecision, Release, StatusChange]
REFUSAL = "never changed, never deleted"


def refused(sql: str, *params: object) -> None:
    with pytest.raises(DatabaseError, match=REFUSAL), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


def columns(model: type[models.Model]) -> list[str]:
    return [field.column for field in model._meta.local_concrete_fields if not field.primary_key]


def triggers_on(table: str) -> int:
    sql = {
        "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
        "postgresql": "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgrelid = %s::regclass",
    }
    with connection.cursor() as cursor:
        cursor.execute(sql[connection.vendor], [table])
        return cursor.fetchone()[0]


def test_every_insert_only_table_is_guarded_after_all_migrations():
    """A migration that rebuilds a table on SQLite loses its triggers: it ends with KeepRows again."""
    insert_only = [model for model in apps.get_models() if issubclass(model, InsertOnly)]
    assert {StatusChange, Revision, ReviewDecision} <= set(insert_only)
    assert {model.__name__: triggers_on(model._meta.db_table) for model in [*insert_only, Release]} == {
        model.__name__: 3 for model in [*insert_only, Release]
    }


@pytest.mark.parametrize("model", KEPT)
def test_no_sql_deletes_a_row(model):
    make_published()
    assert model.objects.exists()
    refused(f"DELETE FROM {model._meta.db_table}")  # noqa: S608
    if connection.vendor == "postgresql":
        connection.check_constraints()  # else the checks still to run refuse the TRUNCATE, not ours
        refused(f"TRUNCATE {model._meta.db_table} CASCADE")
    assert model.objects.exists()


@pytest.mark.parametrize(
    ("model", "column"), [(model, name) for model in KEPT[:2] + KEPT[3:] for name in columns(model)]
)
def test_no_sql_changes_a_column(model, column):
    make_published()
    refused(f"UPDATE {model._meta.db_table} SET {column} = {column}")  # noqa: S608


@pytest.mark.parametrize(
    "change",
    [
        "due_at = '2001-01-01 00:00:00+00:00'",
        "until = '2101-01-01 00:00:00+00:00'",
        "done_at = NULL",
        "done_at = '2001-01-01 00:00:00+00:00'",
        "before = NULL",
        "id = id + 1000",
    ],
)
def test_what_a_release_ordered_and_did_stays(change):
    make_published()
    refused(f"UPDATE articles_release SET {change}")  # noqa: S608


def test_the_orm_is_refused_where_no_queryset_of_ours_stands_in_the_way():
    make_published()
    rows = models.QuerySet(Revision)
    with pytest.raises(DatabaseError, match=REFUSAL), transaction.atomic():
        rows.update(sha256="0" * 64)
    with pytest.raises(DatabaseError, match=REFUSAL), transaction.atomic():
        Release.objects.update(due_at=timezone.now())
    with pytest.raises(DatabaseError, match=REFUSAL), transaction.atomic():
        Release.objects.get().delete()


def test_a_worker_may_note_a_failure():
    make_published()
    assert Release.objects.update(attempts=3, retry_at=timezone.now(), error="hỏng") == 1


@pytest.mark.skipif(connection.vendor != "sqlite", reason="REPLACE is SQLite's")
def test_replacing_is_changing():
    make_published()
    names = "article_id, number, content, sha256, editor_ids, check_answers, created_by_id, created_at"
    kept = Revision.objects.get()
    refused(f"REPLACE INTO articles_revision (id, {names}) SELECT id, {names} FROM articles_revision")  # noqa: S608
    refused(f"REPLACE INTO articles_revision ({names}) SELECT {names} FROM articles_revision")  # noqa: S608
    assert Revision.objects.get() == kept


def test_the_guard_stands_again_after_it_was_lifted_for_a_test():
    make_published()
    with lifted():
        models.QuerySet(Revision).update(sha256="0" * 64)
    refused("UPDATE articles_revision SET sha256 = sha256")


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_ends_with_an_empty_database_and_guarded_tables():
    make_published()
    assert triggers_on("articles_revision") == 3
