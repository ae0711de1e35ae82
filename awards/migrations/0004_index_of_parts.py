from django.db import migrations

from foundation.search.parts import add_index, remove_index

TABLE = "awards_commendation"


class Migration(migrations.Migration):
    dependencies = [("awards", "0003_register_follows_consent")]

    operations = [migrations.RunPython(add_index(TABLE), remove_index(TABLE))]
