from django.db import migrations

from foundation.search import postgresql


def tell_time(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        postgresql.tell_time(schema_editor)


class Migration(migrations.Migration):
    """PostgreSQL: each row says in which stretch of time it lies. Some minutes for a million rows."""

    dependencies = [("search", "0003_slim_rows")]

    operations = [migrations.RunPython(tell_time, migrations.RunPython.noop)]
