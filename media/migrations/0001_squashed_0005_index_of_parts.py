import django.db.models.deletion
import foundation.language.fields
import foundation.language.searching
import foundation.schema.operations
from django.conf import settings
from django.db import migrations, models

from foundation.search.parts import add_index, remove_index


class Migration(migrations.Migration):
    """The schema at once, for a new database; docs/decisions/0027 says when the replaced files may go."""

    replaces = [
        ('media', '0001_initial'),
        ('media', '0002_exposure_is_drawn'),
        ('media', '0003_pupils'),
        ('media', '0004_register_follows_consent'),
        ('media', '0005_index_of_parts'),
    ]

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('departments', '0001_squashed_0003_deputies_and_days_off'),
    ]

    operations = [
        foundation.schema.operations.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Pupil',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pupils', to='departments.department', verbose_name='đơn vị giữ phiếu')),
                        ('name', foundation.language.fields.NormalCharField(max_length=100, verbose_name='họ và tên')),
                        ('class_name', foundation.language.fields.NormalCharField(blank=True, help_text='Ví dụ: 5A; 10A1.', max_length=60, verbose_name='lớp')),
                        ('age_band', models.CharField(choices=[('under_7', 'dưới 7 tuổi'), ('from_7', 'từ 7 đến dưới 16 tuổi'), ('from_16', 'từ 16 tuổi')], max_length=8, verbose_name='độ tuổi')),
                        ('covers_picture', models.BooleanField(default=False, verbose_name='đăng ảnh')),
                        ('covers_name', models.BooleanField(default=False, verbose_name='nêu họ tên')),
                        ('covers_result', models.BooleanField(default=False, verbose_name='nêu thành tích, kết quả học tập')),
                        ('covers_ethnic_group', models.BooleanField(default=False, verbose_name='nêu thành phần dân tộc')),
                        ('pupil_agreed_on', models.DateField(blank=True, null=True, verbose_name='học sinh đồng ý ngày')),
                        ('guardian_agreed_on', models.DateField(blank=True, null=True, verbose_name='cha mẹ, người giám hộ đồng ý ngày')),
                        ('guardian_name', foundation.language.fields.NormalCharField(blank=True, max_length=100, verbose_name='họ tên cha, mẹ, người giám hộ')),
                        ('medium', models.CharField(choices=[('paper', 'Phiếu giấy có chữ ký'), ('form', 'Biểu mẫu trên mạng')], default='paper', max_length=5, verbose_name='hình thức')),
                        ('until', models.DateField(blank=True, null=True, verbose_name='có hiệu lực đến hết ngày')),
                        ('withdrawn_on', models.DateField(blank=True, help_text='Ghi ngày là tên và ảnh của em rời khỏi mọi trang công khai ngay khi lưu.', null=True, verbose_name='rút lại ngày')),
                        ('withdrawal_note', foundation.language.fields.NormalCharField(blank=True, max_length=200, verbose_name='ai báo rút, bằng cách nào')),
                        ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi')),
                        ('is_named', models.BooleanField(editable=False, null=True)),
                        ('is_listed', models.BooleanField(editable=False, null=True)),
                        ('search_key', foundation.language.fields.DerivedField(default='', derive=foundation.language.searching.search_text, max_length=150, source='name')),
                    ],
                    options={
                        'verbose_name': 'học sinh',
                        'verbose_name_plural': 'sổ đồng ý của học sinh',
                        'ordering': ['search_key', 'pk'],
                        'indexes': [models.Index(fields=['search_key'], name='media_pupil_search__445f0e_idx')],
                    },
                ),
                migrations.CreateModel(
                    name='Photo',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('content_hash', models.CharField(editable=False, max_length=64, unique=True, verbose_name='dấu vân tay')),
                        ('width', models.PositiveIntegerField(editable=False, verbose_name='rộng')),
                        ('height', models.PositiveIntegerField(editable=False, verbose_name='cao')),
                        ('file_size', models.PositiveIntegerField(editable=False, verbose_name='dung lượng tệp gốc')),
                        ('original_name', foundation.language.fields.NormalCharField(blank=True, editable=False, max_length=200, verbose_name='tên tệp khi tải lên')),
                        ('renditions', models.JSONField(default=list, editable=False, verbose_name='các cỡ ảnh')),
                        ('caption', foundation.language.fields.NormalTextField(blank=True, help_text='Ai, ở đâu, đang làm gì.', verbose_name='chú thích')),
                        ('alt_text', foundation.language.fields.NormalTextField(blank=True, help_text='Tả điều nhìn thấy, khác với chú thích. Cần cho người dùng trình đọc màn hình.', verbose_name='mô tả ảnh')),
                        ('is_decorative', models.BooleanField(default=False, help_text='Ảnh không mang thông tin, trình đọc màn hình bỏ qua.', verbose_name='ảnh trang trí')),
                        ('credit', foundation.language.fields.NormalCharField(blank=True, help_text='Ví dụ: Nguyễn Văn A; NTCC.', max_length=120, verbose_name='ảnh của')),
                        ('place', foundation.language.fields.NormalCharField(blank=True, max_length=150, verbose_name='nơi chụp')),
                        ('taken_on', models.DateField(blank=True, null=True, verbose_name='ngày chụp')),
                        ('rights', models.CharField(choices=[('own', 'Ảnh của đơn vị'), ('provided', 'Nhân vật cung cấp'), ('press', 'Báo chí, đã được phép'), ('drawing', 'Tranh vẽ, đồ họa')], default='own', max_length=12, verbose_name='quyền sử dụng')),
                        ('rights_until', models.DateField(blank=True, null=True, verbose_name='được dùng đến hết ngày')),
                        ('focal_x', models.PositiveSmallIntegerField(default=50, verbose_name='điểm chính, ngang (%)')),
                        ('focal_y', models.PositiveSmallIntegerField(default=40, verbose_name='điểm chính, dọc (%)')),
                        ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='departments.department', verbose_name='đơn vị')),
                        ('uploaded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người tải lên')),
                        ('uploaded_at', models.DateTimeField(auto_now_add=True, verbose_name='tải lên lúc')),
                        ('search_key', foundation.language.fields.DerivedField(default='', derive=foundation.language.searching.search_text, max_length=1500, source='searched_words')),
                        ('pupils', models.ManyToManyField(blank=True, help_text='Học sinh nhìn rõ mặt. Em nào chưa có sự đồng ý thì ảnh chưa đăng được.', related_name='photos', to='media.pupil', verbose_name='học sinh trong ảnh')),
                        ('shared_with', models.ManyToManyField(blank=True, editable=False, related_name='shared_photos', to='departments.department', verbose_name='đơn vị cùng dùng')),
                    ],
                    options={
                        'verbose_name': 'ảnh',
                        'verbose_name_plural': 'kho ảnh',
                        'ordering': ['-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('focal_x__lte', 100), ('focal_y__lte', 100)), name='focal_point_is_inside', violation_error_message='Điểm chính của ảnh phải nằm trong ảnh.')],
                    },
                ),
                migrations.CreateModel(
                    name='PhotoExposure',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('photo', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exposures', to='media.photo')),
                        ('subject', models.CharField(max_length=60)),
                        ('is_drawn', models.BooleanField(default=True)),
                    ],
                    options={
                        'verbose_name': 'nơi hiện ảnh',
                        'verbose_name_plural': 'nơi hiện ảnh',
                        'indexes': [models.Index(fields=['subject'], name='media_photo_subject_cd6b29_idx')],
                        'constraints': [models.UniqueConstraint(fields=('photo', 'subject'), name='photo_exposed_once_a_subject')],
                    },
                ),
            ],
        ),
        migrations.RunPython(add_index("media_photo"), remove_index("media_photo")),
    ]
