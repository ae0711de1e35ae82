from django.db import migrations

from foundation.search.parts import add_index, remove_index

TABLE = "media_photo"


class Migration(migrations.Migration):
    dependencies = [("media", "0004_register_follows_consent")]

    operations = [migrations.RunPython(add_index(TABLE), remove_index(TABLE))]
