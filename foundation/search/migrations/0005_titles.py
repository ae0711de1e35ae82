from django.db import migrations, models


class Migration(migrations.Migration):
    """Titles stand beside the texts: what was quoted is looked up in both. `rebuild_search` fills old rows."""

    dependencies = [
        ('search', '0004_stretches_of_time'),
    ]

    operations = [
        migrations.AddField(
            model_name='entry',
            name='title',
            field=models.TextField(blank=True, null=True, verbose_name='tên'),
        ),
    ]
