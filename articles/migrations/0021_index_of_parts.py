from django.db import migrations

from foundation.search.parts import add_index, remove_index

TABLE = "articles_article"


class Migration(migrations.Migration):
    dependencies = [("articles", "0020_lists_of_the_office")]

    operations = [migrations.RunPython(add_index(TABLE), remove_index(TABLE))]
