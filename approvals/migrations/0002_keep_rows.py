from django.db import migrations

from approvals.immutable import KeepRows


class Migration(migrations.Migration):
    """The log of steps is never rewritten, by whatever way."""

    dependencies = [("approvals", "0001_initial")]

    operations = [KeepRows("StatusChange")]
