from django.db import migrations, models

from foundation.search import postgresql


def keep_order(_apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        postgresql.keep_order(schema_editor)


def forget_order(_apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        postgresql.forget_order(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("search", "0005_titles")]

    operations = [
        migrations.AddField(
            model_name="word",
            name="count",
            field=models.PositiveIntegerField(default=1, verbose_name="số lần"),
        ),
        migrations.RunPython(keep_order, forget_order),
    ]
