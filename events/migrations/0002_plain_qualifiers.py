from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='event',
            name='attendance_qualifier',
            field=models.CharField(blank=True, choices=[('', 'đúng số này'), ('gần', 'gần số này'), ('khoảng', 'khoảng số này'), ('hơn', 'hơn số này')], default='', help_text='Chọn “gần số này” thì bạn đọc thấy: gần 200 đại biểu.', max_length=10, verbose_name='trang ghi là'),
        ),
        migrations.AlterField(
            model_name='participatinggroup',
            name='count_qualifier',
            field=models.CharField(blank=True, choices=[('', 'đúng số này'), ('gần', 'gần số này'), ('khoảng', 'khoảng số này'), ('hơn', 'hơn số này')], default='', max_length=10, verbose_name='trang ghi là'),
        ),
    ]
