from django.db import migrations, models


class Migration(migrations.Migration):
    """The schema at once, for a new database; docs/decisions/0027 says when the replaced files may go."""

    replaces = [
        ('pagestore', '0001_purge'),
        ('pagestore', '0002_edge'),
        ('pagestore', '0003_node'),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Purge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tags', models.JSONField(default=list)),
                ('made_at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('is_urgent', models.BooleanField(default=False, verbose_name='báo trước')),
                ('edge_at', models.DateTimeField(db_index=True, null=True, verbose_name='báo máy chủ đệm lúc')),
                ('edge_told', models.PositiveSmallIntegerField(default=0, verbose_name='số lần đã báo')),
                ('edge_failures', models.PositiveSmallIntegerField(default=0, verbose_name='số lần báo hỏng')),
            ],
            options={
                'verbose_name': 'lệnh bỏ trang cũ',
                'verbose_name_plural': 'lệnh bỏ trang cũ',
            },
        ),
        migrations.CreateModel(
            name='Node',
            fields=[
                ('name', models.CharField(max_length=16, primary_key=True, serialize=False, verbose_name='kho trang')),
                ('newest', models.BigIntegerField(verbose_name='đã nghe đến lệnh số')),
                ('gaps', models.JSONField(default=list, verbose_name='những khoảng số còn chờ')),
                ('heard_at', models.DateTimeField(verbose_name='nghe lần cuối lúc')),
            ],
            options={
                'verbose_name': 'máy cùng phục vụ',
                'verbose_name_plural': 'máy cùng phục vụ',
            },
        ),
    ]
