from django.db import migrations
from django.db.models import OuterRef, Subquery


def tell_time(apps, schema_editor):
    pages = apps.get_model("articles", "PublishedArticle").objects.filter(pk=OuterRef("content_object"))
    uses = apps.get_model("articles", "PublishedTag").objects.all()
    uses.update(published_at=Subquery(pages.values("published_at")))


class Migration(migrations.Migration):
    """Uses of tags get the time of their page."""

    dependencies = [("articles", "0013_lists_by_time")]

    operations = [migrations.RunPython(tell_time, migrations.RunPython.noop)]
