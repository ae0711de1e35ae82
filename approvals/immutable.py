"""Database triggers that refuse to change or delete rows of a log.

`approvals.insert_only` stops application code; this stops any other SQL of the application's account: a
console, a script, an injection. It does not stop changes of the tables themselves: docs/decisions/0010 says
how to keep that permission apart.
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import Model, UniqueConstraint

REFUSAL = "rows of this table are kept: they are added, never changed, never deleted"
_FUNCTION = "approvals_refuse_change"


class KeepRows(Operation):
    """Migration operation: make the rows of a model insert-only in the database (SQLite and PostgreSQL).

    `once` names fields that may change from NULL to a value; `free` names fields that may always change. It
    can be repeated, and must be: SQLite drops the triggers of a table that a later migration rebuilds, so
    such a migration ends with this operation. tests/approvals/test_immutable.py fails if a trigger is
    missing.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, model_name: str, once: tuple[str, ...] = (), free: tuple[str, ...] = ()):
        self.model_name, self.once, self.free = model_name, once, free

    def deconstruct(self) -> tuple[str, list, dict[str, Any]]:
        return type(self).__name__, [self.model_name], {"once": self.once, "free": self.free}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Only the database changes."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        self._execute(schema_editor, [*_drop(model, schema_editor), *self._create(model, schema_editor)])

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        model = from_state.apps.get_model(app_label, self.model_name)
        self._execute(schema_editor, _drop(model, schema_editor))

    def describe(self) -> str:
        return f"Keep the rows of {self.model_name}"

    def _execute(self, schema_editor: BaseDatabaseSchemaEditor, statements: list[str]) -> None:
        for statement in statements:
            schema_editor.execute(statement, params=None)

    def _create(self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor) -> list[str]:
        changed = self._changed(model, schema_editor.quote_name)
        table = model._meta.db_table
        if schema_editor.connection.vendor == "sqlite":
            return _sqlite(table, changed, _same_row(model, schema_editor.quote_name))
        return _postgresql(table, changed)

    def _changed(self, model: type[Model], quote: Any) -> str:
        """Return an SQL condition: an UPDATE changes a protected column. Empty when all are protected."""
        if not self.once and not self.free:
            return ""
        tests = []
        for field in model._meta.local_concrete_fields:
            column = quote(field.column)
            differs = f"OLD.{column} IS DISTINCT FROM NEW.{column}"
            if field.name in self.once:
                tests.append(f"(OLD.{column} IS NOT NULL AND {differs})")
            elif field.name not in self.free:
                tests.append(differs)
        return " OR ".join(tests)


def _names(table: str) -> dict[str, str]:
    return {act: f"{table}_no_{act}" for act in ("update", "delete", "replace", "truncate")}


def _drop(model: type[Model], schema_editor: BaseDatabaseSchemaEditor) -> list[str]:
    table = model._meta.db_table
    on = "" if schema_editor.connection.vendor == "sqlite" else f' ON "{table}"'
    return [f'DROP TRIGGER IF EXISTS "{name}"{on}' for name in _names(table).values()]


def _sqlite(table: str, changed: str, same_row: str) -> list[str]:
    """REPLACE does not fire the DELETE trigger, so an insert that would replace a row is refused."""
    names, refuse = _names(table), f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    when = f"WHEN {changed} " if changed else ""
    there = f'EXISTS (SELECT 1 FROM "{table}" WHERE {same_row})'  # noqa: S608 (names of our own tables)
    return [
        f'CREATE TRIGGER "{names["update"]}" BEFORE UPDATE ON "{table}" {when}{refuse}',
        f'CREATE TRIGGER "{names["delete"]}" BEFORE DELETE ON "{table}" {refuse}',
        f'CREATE TRIGGER "{names["replace"]}" BEFORE INSERT ON "{table}" WHEN {there} {refuse}',
    ]


def _postgresql(table: str, changed: str) -> list[str]:
    names = _names(table)
    run = f"EXECUTE FUNCTION {_FUNCTION}()"
    when = f"WHEN ({changed}) " if changed else ""
    return [
        f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation', "
        "TABLE = TG_TABLE_NAME; END $$",
        f'CREATE TRIGGER "{names["update"]}" BEFORE UPDATE ON "{table}" FOR EACH ROW {when}{run}',
        f'CREATE TRIGGER "{names["delete"]}" BEFORE DELETE ON "{table}" FOR EACH ROW {run}',
        f'CREATE TRIGGER "{names["truncate"]}" BEFORE TRUNCATE ON "{table}" FOR EACH STATEMENT {run}',
    ]


def _same_row(model: type[Model], quote: Any) -> str:
    """Return an SQL condition for the row that an insert would replace, by any unique column."""
    alone: list[list[Any]] = [[field] for field in model._meta.local_concrete_fields if field.unique]
    together: list[list[Any]] = [
        [model._meta.get_field(name) for name in constraint.fields]
        for constraint in model._meta.constraints
        if isinstance(constraint, UniqueConstraint)
    ]
    return " OR ".join(
        "(" + " AND ".join(f"{quote(f.column)} = NEW.{quote(f.column)}" for f in fields) + ")"
        for fields in [*alone, *together]
    )
