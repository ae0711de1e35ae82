from django.db import migrations, models

from foundation.search import postgresql
from foundation.search.database import index


def create(apps, schema_editor):
    index().create(schema_editor)
    if schema_editor.connection.vendor == "postgresql":
        postgresql.slim(schema_editor)


def remove(apps, schema_editor):
    index().remove(schema_editor)


class Migration(migrations.Migration):
    """The schema at once, for a new database; docs/decisions/0027 says when the replaced files may go."""

    replaces = [
        ('search', '0001_initial'),
        ('search', '0002_index_of_words'),
        ('search', '0003_slim_rows'),
        ('search', '0004_stretches_of_time'),
        ('search', '0005_titles'),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('place', models.BigIntegerField(primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('story', 'Tin'), ('event', 'Sự kiện'), ('document', 'Văn bản'), ('decision', 'Khen thưởng'), ('unit', 'Đơn vị')], max_length=10, verbose_name='loại')),
                ('source_id', models.PositiveBigIntegerField(verbose_name='số của bản ghi')),
                ('title', models.TextField(blank=True, null=True, verbose_name='tên')),
                ('text', models.TextField(blank=True, verbose_name='chữ để trích')),
                ('captions', models.TextField(blank=True, verbose_name='chú thích ảnh')),
            ],
            options={
                'verbose_name': 'mục tìm được',
                'verbose_name_plural': 'mục tìm được',
                'constraints': [models.UniqueConstraint(fields=('kind', 'source_id'), name='found_once')],
            },
        ),
        migrations.CreateModel(
            name='Word',
            fields=[
                ('word', models.CharField(max_length=20, primary_key=True, serialize=False, verbose_name='từ')),
            ],
            options={
                'verbose_name': 'từ đã gặp',
                'verbose_name_plural': 'từ đã gặp',
            },
        ),
        migrations.RunPython(create, remove),
    ]
