from django.db import migrations

from documents.numbering import number_order

BATCH = 500


def fill(apps, schema_editor):
    documents = apps.get_model("documents", "OfficialDocument").objects
    batch = []
    for document in documents.only("pk", "number").order_by("pk").iterator(chunk_size=BATCH):
        document.number_order = number_order(document.number)
        batch.append(document)
        if len(batch) == BATCH:
            documents.bulk_update(batch, ["number_order"])
            batch = []
    documents.bulk_update(batch, ["number_order"])


class Migration(migrations.Migration):
    """Documents registered so far get their place in the order of numbers."""

    dependencies = [("documents", "0003_order_by_number")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
