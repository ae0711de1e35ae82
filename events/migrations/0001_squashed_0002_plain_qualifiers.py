import django.db.models.deletion
import foundation.language.fields
import foundation.language.searching
import foundation.schema.operations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """The schema at once, for a new database; docs/decisions/0027 says when the replaced files may go."""

    replaces = [
        ('events', '0001_initial'),
        ('events', '0002_plain_qualifiers'),
    ]

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('departments', '0001_squashed_0003_deputies_and_days_off'),
        ('documents', '0001_squashed_0004_fill_order_by_number'),
        ('media', '0001_squashed_0005_index_of_parts'),
    ]

    operations = [
        foundation.schema.operations.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Event',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('training', 'Hội nghị tập huấn'), ('conference', 'Hội nghị'), ('seminar', 'Hội thảo'), ('ceremony', 'Lễ'), ('contest', 'Hội thi, cuộc thi'), ('festival', 'Ngày hội'), ('meeting', 'Họp, làm việc')], max_length=12, verbose_name='loại sự kiện')),
                        ('title', foundation.language.fields.NormalCharField(max_length=200, verbose_name='tên sự kiện')),
                        ('slug', models.SlugField(max_length=120, unique=True, verbose_name='địa chỉ trang')),
                        ('summary', foundation.language.fields.NormalTextField(blank=True, verbose_name='giới thiệu ngắn')),
                        ('host', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hosted_events', to='departments.department', verbose_name='đơn vị chủ trì')),
                        ('school_year', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='departments.schoolyear', verbose_name='năm học')),
                        ('starts_at', models.DateTimeField(verbose_name='bắt đầu')),
                        ('ends_at', models.DateTimeField(blank=True, help_text='Để trống nếu chưa rõ giờ kết thúc.', null=True, verbose_name='kết thúc')),
                        ('all_day', models.BooleanField(default=False, help_text='Chỉ hiện ngày, không hiện giờ.', verbose_name='cả ngày')),
                        ('place_name', foundation.language.fields.NormalCharField(blank=True, max_length=150, verbose_name='địa điểm')),
                        ('place_address', foundation.language.fields.NormalCharField(blank=True, max_length=200, verbose_name='địa chỉ')),
                        ('online_url', models.URLField(blank=True, verbose_name='đường dẫn trực tuyến')),
                        ('attendance_qualifier', models.CharField(blank=True, choices=[('', 'đúng số này'), ('gần', 'gần số này'), ('khoảng', 'khoảng số này'), ('hơn', 'hơn số này')], default='', help_text='Chọn “gần số này” thì bạn đọc thấy: gần 200 đại biểu.', max_length=10, verbose_name='trang ghi là')),
                        ('attendance', models.PositiveIntegerField(blank=True, null=True, verbose_name='số đại biểu')),
                        ('lead_photo', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='media.photo', verbose_name='ảnh chính')),
                        ('occurrence', models.CharField(choices=[('as_planned', 'Theo lịch'), ('rescheduled', 'Đã dời lịch'), ('postponed', 'Hoãn'), ('cancelled', 'Hủy')], default='as_planned', max_length=12, verbose_name='tình trạng')),
                        ('occurrence_note', foundation.language.fields.NormalCharField(blank=True, max_length=200, verbose_name='lý do hoãn, hủy, dời')),
                        ('sequence', models.PositiveIntegerField(default=0, editable=False)),
                        ('search_key', foundation.language.fields.DerivedField(default='', derive=foundation.language.searching.search_text, max_length=400, source='title')),
                        ('status', models.CharField(choices=[('drafting', 'Nháp'), ('in_review', 'Chờ duyệt'), ('public', 'Đã công bố'), ('withdrawn', 'Đã gỡ')], default='drafting', editable=False, max_length=12, verbose_name='trạng thái')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('published_at', models.DateTimeField(editable=False, null=True, verbose_name='công bố lúc')),
                        ('changed_at', models.DateTimeField(auto_now=True, verbose_name='sửa lúc')),
                        ('co_hosts', models.ManyToManyField(blank=True, related_name='co_hosted_events', to='departments.department', verbose_name='đơn vị phối hợp')),
                        ('writers', models.ManyToManyField(editable=False, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người đã nhập')),
                    ],
                    options={
                        'verbose_name': 'sự kiện',
                        'verbose_name_plural': 'sự kiện',
                        'ordering': ['-starts_at', '-pk'],
                        'permissions': [('submit_event', 'Gửi duyệt sự kiện'), ('approve_event', 'Duyệt sự kiện'), ('withdraw_event', 'Gỡ sự kiện')],
                        'indexes': [models.Index(condition=models.Q(('status', 'public')), fields=['-starts_at', '-id'], name='public_events_newest')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_at', None), ('ends_at__gte', models.F('starts_at')), _connector='OR'), name='event_ends_after_it_starts', violation_error_message='Giờ kết thúc phải bằng hoặc sau giờ bắt đầu.')],
                    },
                ),
                migrations.CreateModel(
                    name='ProgrammeItem',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='programme', to='events.event', verbose_name='sự kiện')),
                        ('starts_at', models.DateTimeField(verbose_name='lúc')),
                        ('title', foundation.language.fields.NormalCharField(max_length=200, verbose_name='nội dung')),
                        ('note', foundation.language.fields.NormalTextField(blank=True, verbose_name='chi tiết')),
                        ('position', models.PositiveSmallIntegerField(default=0, verbose_name='thứ tự')),
                    ],
                    options={
                        'verbose_name': 'mục chương trình',
                        'verbose_name_plural': 'chương trình',
                        'ordering': ['starts_at', 'position', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Delegate',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='delegates', to='events.event', verbose_name='sự kiện')),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='departments.person', verbose_name='người trong danh bạ')),
                        ('honorific', models.CharField(blank=True, choices=[('ông', 'Ông'), ('bà', 'Bà'), ('thầy', 'Thầy'), ('cô', 'Cô'), ('em', 'Em'), ('', 'Không ghi')], default='', max_length=8, verbose_name='danh xưng')),
                        ('name', foundation.language.fields.NormalCharField(max_length=150, verbose_name='tên ghi trên trang')),
                        ('title', foundation.language.fields.NormalCharField(blank=True, max_length=250, verbose_name='chức danh hôm đó')),
                        ('position', models.PositiveSmallIntegerField(default=0, verbose_name='thứ tự')),
                    ],
                    options={
                        'verbose_name': 'đại biểu',
                        'verbose_name_plural': 'đại biểu',
                        'ordering': ['position', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='ParticipatingGroup',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participants', to='events.event', verbose_name='sự kiện')),
                        ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='participations', to='departments.department', verbose_name='đơn vị')),
                        ('department_kind', models.CharField(blank=True, choices=[('province_office', 'Sở GD&ĐT'), ('office_division', 'Phòng thuộc Sở'), ('district_office', 'Phòng GD&ĐT'), ('high_school', 'Trường THPT'), ('lower_secondary', 'Trường THCS'), ('primary', 'Trường tiểu học'), ('kindergarten', 'Trường mầm non'), ('continuing_centre', 'Trung tâm GDNN-GDTX'), ('boarding_school', 'Trường PTDTNT'), ('peoples_committee', 'Ủy ban nhân dân'), ('commune_office', 'Phòng Văn hóa - Xã hội xã, phường'), ('locality', 'Địa bàn'), ('other', 'Cơ quan khác')], max_length=20, verbose_name='loại đơn vị')),
                        ('label', foundation.language.fields.NormalCharField(max_length=150, verbose_name='ghi trên trang')),
                        ('count_qualifier', models.CharField(blank=True, choices=[('', 'đúng số này'), ('gần', 'gần số này'), ('khoảng', 'khoảng số này'), ('hơn', 'hơn số này')], default='', max_length=10, verbose_name='trang ghi là')),
                        ('count', models.PositiveIntegerField(blank=True, null=True, verbose_name='số đơn vị')),
                        ('position', models.PositiveSmallIntegerField(default=0, verbose_name='thứ tự')),
                    ],
                    options={
                        'verbose_name': 'đơn vị tham dự',
                        'verbose_name_plural': 'đơn vị tham dự',
                        'ordering': ['position', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='EventPhoto',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='event_photos', to='events.event', verbose_name='sự kiện')),
                        ('photo', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='event_uses', to='media.photo', verbose_name='ảnh')),
                        ('caption', foundation.language.fields.NormalTextField(blank=True, help_text='Để trống: dùng chú thích trong kho ảnh.', verbose_name='chú thích')),
                        ('position', models.PositiveSmallIntegerField(default=0, verbose_name='thứ tự')),
                    ],
                    options={
                        'verbose_name': 'ảnh sự kiện',
                        'verbose_name_plural': 'ảnh sự kiện',
                        'ordering': ['position', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='EventDocument',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='event_documents', to='events.event', verbose_name='sự kiện')),
                        ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='event_uses', to='documents.officialdocument', verbose_name='văn bản')),
                        ('position', models.PositiveSmallIntegerField(default=0, verbose_name='thứ tự')),
                    ],
                    options={
                        'verbose_name': 'tài liệu sự kiện',
                        'verbose_name_plural': 'tài liệu sự kiện',
                        'ordering': ['position', 'pk'],
                    },
                ),
            ],
        ),
    ]
