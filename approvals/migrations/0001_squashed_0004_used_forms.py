import django.db.models.deletion
import foundation.language.fields
import foundation.schema.operations
from django.conf import settings
from django.db import migrations, models

from approvals.immutable import KeepRows


class Migration(migrations.Migration):
    """The schema at once, for a new database; docs/decisions/0027 says when the replaced files may go."""

    replaces = [
        ('approvals', '0001_initial'),
        ('approvals', '0002_keep_rows'),
        ('approvals', '0003_audit_book'),
        ('approvals', '0004_used_forms'),
    ]

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [
        foundation.schema.operations.CreateModels(
            models=[
                migrations.CreateModel(
                    name='StatusChange',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='contenttypes.contenttype', verbose_name='loại')),
                        ('object_id', models.PositiveBigIntegerField(verbose_name='số')),
                        ('step', models.CharField(max_length=40, verbose_name='bước')),
                        ('label', models.CharField(max_length=80, verbose_name='tên bước')),
                        ('old_status', models.CharField(max_length=20, verbose_name='từ trạng thái')),
                        ('new_status', models.CharField(max_length=20, verbose_name='sang trạng thái')),
                        ('version', models.PositiveIntegerField(verbose_name='phiên bản đã đọc')),
                        ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người thực hiện')),
                        ('capacity', models.CharField(blank=True, max_length=300, verbose_name='tư cách')),
                        ('note', foundation.language.fields.NormalTextField(blank=True, verbose_name='lời nhắn')),
                        ('taken_at', models.DateTimeField(auto_now_add=True, verbose_name='lúc')),
                    ],
                    options={
                        'verbose_name': 'bước đã làm',
                        'verbose_name_plural': 'nhật ký duyệt',
                        'ordering': ['-taken_at', '-pk'],
                        'indexes': [models.Index(fields=['content_type', 'object_id'], name='approvals_s_content_829522_idx')],
                    },
                ),
                migrations.CreateModel(
                    name='AuditEntry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='tài khoản')),
                        ('actor_name', foundation.language.fields.NormalCharField(max_length=200, verbose_name='người làm')),
                        ('action', models.CharField(max_length=200, verbose_name='việc')),
                        ('about', foundation.language.fields.NormalCharField(blank=True, max_length=250, verbose_name='hồ sơ')),
                        ('content_type', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='contenttypes.contenttype', verbose_name='loại hồ sơ')),
                        ('object_id', models.CharField(blank=True, max_length=60, verbose_name='số hồ sơ')),
                        ('capacity', models.CharField(blank=True, max_length=300, verbose_name='tư cách')),
                        ('address', models.CharField(blank=True, max_length=60, verbose_name='từ địa chỉ')),
                        ('note', foundation.language.fields.NormalTextField(blank=True, verbose_name='ghi chú')),
                        ('log_number', models.PositiveBigIntegerField(editable=False, null=True, unique=True)),
                        ('at', models.DateTimeField(auto_now_add=True, verbose_name='lúc')),
                    ],
                    options={
                        'verbose_name': 'dòng kiểm tra',
                        'verbose_name_plural': 'sổ kiểm tra',
                        'ordering': ['-pk'],
                        'indexes': [models.Index(fields=['content_type', 'object_id'], name='audit_record')],
                    },
                ),
                migrations.CreateModel(
                    name='Seal',
                    fields=[
                        ('number', models.PositiveBigIntegerField(primary_key=True, serialize=False, verbose_name='số')),
                        ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='seal', to='approvals.auditentry', verbose_name='dòng')),
                        ('sha256', models.CharField(max_length=64, verbose_name='mã băm')),
                    ],
                    options={
                        'verbose_name': 'dấu niêm',
                        'verbose_name_plural': 'các dấu niêm',
                        'ordering': ['-number'],
                    },
                ),
                migrations.CreateModel(
                    name='UsedForm',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('key', models.CharField(max_length=36)),
                        ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='contenttypes.contenttype')),
                        ('object_id', models.PositiveBigIntegerField()),
                        ('used_at', models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        'verbose_name': 'biểu mẫu đã lưu',
                        'verbose_name_plural': 'biểu mẫu đã lưu',
                        'constraints': [models.UniqueConstraint(fields=('user', 'key'), name='form_used_once')],
                    },
                ),
            ],
        ),
        KeepRows("StatusChange"),
        KeepRows("AuditEntry"),
        KeepRows("Seal"),
    ]
