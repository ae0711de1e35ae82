from django.db import migrations

from approvals.immutable import KeepRows


class Migration(migrations.Migration):
    """What was submitted, decided and ordered is never rewritten, by whatever way."""

    dependencies = [("articles", "0008_release_times")]

    operations = [
        KeepRows("Revision"),
        KeepRows("ReviewDecision"),
        KeepRows("SavedCopy"),
        KeepRows(
            "Release", once=("done_at", "cancelled_at", "before"), free=("attempts", "retry_at", "error")
        ),
    ]
