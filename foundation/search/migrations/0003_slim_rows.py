from django.db import migrations

from foundation.search import postgresql


def slim(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        postgresql.slim(schema_editor)


class Migration(migrations.Migration):
    """PostgreSQL: texts leave the rows' pages. `rebuild_search` then writes the rows anew."""

    dependencies = [("search", "0002_index_of_words")]

    operations = [migrations.RunPython(slim, migrations.RunPython.noop)]
