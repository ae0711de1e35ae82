from django.db import migrations

from foundation.search.database import index


def create(apps, schema_editor):
    index().create(schema_editor)


def remove(apps, schema_editor):
    index().remove(schema_editor)


class Migration(migrations.Migration):
    """The words themselves. SQLite loses the trigger of a table that a later migration rebuilds: such a
    migration ends with these operations again."""

    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(create, remove)]
