from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0024_merge_twin_tags")]

    operations = [
        migrations.AddConstraint("tag", models.UniqueConstraint(fields=["key"], name="tag_once")),
    ]
