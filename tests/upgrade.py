"""Upgrades a database of the oldest landed schema, filled by the code of its day, to the newest.

    DATABASE_URL=sqlite:////tmp/new.sqlite3 python -m tests.upgrade

The last line it prints is JSON, which tests/newsroom/test_upgrading.py reads. The factories of that day's
tests wrote the rows; the names in them are invented.
"""

# ruff: noqa: E402 (a script: Django has to be set up before its models are imported)
import json
from typing import Any

import django

django.setup()

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from accounts.models import User
from accounts.role_table import write_roles
from articles.models import Article
from tests import schema
from tests.architecture import ROOT
from tests.factories.articles import approve
from tests.signing_in import sign_in_fully

# The last migrations on 24 November 2026, when the rooms of today stood for the first time.
OLDEST = [
    ("accounts", "0001_initial"),
    ("admin", "0003_logentry_add_action_flag_choices"),
    ("approvals", "0001_initial"),
    ("articles", "0003_initial"),
    ("awards", "0002_initial"),
    ("departments", "0001_initial"),
    ("documents", "0001_initial"),
    ("events", "0001_initial"),
    ("frontpage", "0001_initial"),
    ("media", "0001_initial"),
    ("sessions", "0001_initial"),
]
ROWS: dict[str, list[dict[str, Any]]] = json.loads((ROOT / "tests/newsroom/oldest_rows.json").read_text())
PAGES = {
    "home": "/",
    "live": "/bai-viet/chao-co-dau-tuan-o-truong-chu-van-an-1",
    "withdrawn": "/bai-viet/bai-da-go-2",
    "found": "/tim-kiem/?q=chao+co",
    "tag": "/the/chao-co/",
    "documents": "/van-ban/",
}


def main() -> None:
    make_oldest()
    call_command("migrate", verbosity=0)
    write_roles()
    call_command("rebuild_search", verbosity=0)
    told = {
        "changed": changed_rows(),
        "schema": schema.lines(),
        "pages": {name: page(path) for name, path in PAGES.items()},
        "desk": page("/admin/cho-duyet/", User.objects.get(username="minh")),
        "screen": page("/admin/articles/article/6/change/", User.objects.get(username="lan")),
        "order": list(
            apps.get_model("documents.OfficialDocument")
            .objects.order_by("number_order")
            .values_list("number", flat=True)
        ),
        "times_of_tags": apps.get_model("articles.PublishedTag").objects.filter(published_at=None).count(),
    }
    told["left"] = left_after_the_old_files()
    approve(Article.objects.get(title="Bài chờ duyệt"), User.objects.get(username="minh"))
    told["approved"] = page("/bai-viet/bai-cho-duyet-4")
    print(json.dumps(told))  # noqa: T201 (a command)


def make_oldest() -> None:
    executor = MigrationExecutor(connection)
    executor.loader = MigrationLoader(connection, replace_migrations=False)  # the files of that day
    state = executor.migrate(OLDEST)
    with transaction.atomic(), connection.cursor() as cursor:
        for label, rows in ROWS.items():
            model = state.apps.get_model(label)
            for row in rows:
                insert(cursor, model, named_types(state, row))
    filled = [state.apps.get_model(label) for label in ROWS]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), filled):
            cursor.execute(statement)


def named_types(state: Any, row: dict[str, Any]) -> dict[str, Any]:
    """The kind of record is written by its name: its number differs from database to database."""
    if "content_type_id" not in row:
        return row
    app, _, name = row["content_type_id"].partition(".")
    kinds = state.apps.get_model("contenttypes.ContentType").objects
    return row | {"content_type_id": kinds.get_or_create(app_label=app, model=name)[0].pk}


def insert(cursor: Any, model: type[models.Model], row: dict[str, Any]) -> None:
    """As it was stored then; no derived column is derived anew."""
    fields = [field for field in model._meta.concrete_fields if field.attname in row]
    values = [field.get_db_prep_save(field.to_python(row[field.attname]), connection) for field in fields]
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    cursor.execute(f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({places})', values)  # noqa: S608


def left_after_the_old_files() -> list[str]:
    """What `migrate` would still do where every replaced migration ran and nothing is known of a squash."""
    MigrationRecorder(connection).migration_qs.filter(name__contains="_squashed_").delete()
    executor = MigrationExecutor(connection)
    return [str(migration) for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def changed_rows() -> list[str]:
    """What the upgrade made of the rows: columns that hold something else now."""
    found = []
    for label, rows in ROWS.items():
        model = apps.get_model(label)
        kept = {field.attname: field for field in model._meta.concrete_fields}
        for row in rows:
            names = [name for name in row if name in kept and name != "content_type_id"]
            now = model._base_manager.values(*names).get(pk=row[model._meta.pk.attname])
            told = json.loads(json.dumps(now, cls=DjangoJSONEncoder))
            found += [
                f"{label}.{name}: {row[name]!r} → {told[name]!r}" for name in names if told[name] != row[name]
            ]
    return found


def page(path: str, reader: User | None = None) -> list[Any]:
    client = Client(SERVER_NAME="127.0.0.1")
    if reader:
        sign_in_fully(client, reader)
    answer = client.get(path, follow=True)
    return [answer.status_code, answer.text]


if __name__ == "__main__":
    main()
