from django.db import migrations

import foundation.language.fields
from foundation.language.tags import tag_fold, tag_key


class Migration(migrations.Migration):
    """The next migrations merge and constrain, each in a transaction of its own, as PostgreSQL wants it."""

    dependencies = [("articles", "0022_plain_text")]

    operations = [
        migrations.AddField(
            "tag",
            "key",
            foundation.language.fields.DerivedField(
                default="", derive=tag_key, max_length=400, source="name"
            ),
        ),
        migrations.AddField(
            "tag",
            "folded",
            foundation.language.fields.DerivedField(
                db_index=True, default="", derive=tag_fold, max_length=400, source="name"
            ),
        ),
    ]
