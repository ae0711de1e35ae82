import django.db.models.deletion
import foundation.language.fields
import foundation.language.searching
import foundation.language.vietnamese
import foundation.schema.operations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """The schema at once, for a new database; docs/decisions/0027 says when the replaced files may go."""

    replaces = [
        ('departments', '0001_initial'),
        ('departments', '0002_find_people_by_name'),
        ('departments', '0003_deputies_and_days_off'),
    ]

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        foundation.schema.operations.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Department',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('province_office', 'Sở GD&ĐT'), ('office_division', 'Phòng thuộc Sở'), ('district_office', 'Phòng GD&ĐT'), ('high_school', 'Trường THPT'), ('lower_secondary', 'Trường THCS'), ('primary', 'Trường tiểu học'), ('kindergarten', 'Trường mầm non'), ('continuing_centre', 'Trung tâm GDNN-GDTX'), ('boarding_school', 'Trường PTDTNT'), ('peoples_committee', 'Ủy ban nhân dân'), ('commune_office', 'Phòng Văn hóa - Xã hội xã, phường'), ('locality', 'Địa bàn'), ('other', 'Cơ quan khác')], max_length=20, verbose_name='loại đơn vị')),
                        ('code', models.CharField(max_length=40, unique=True, verbose_name='mã đơn vị')),
                        ('slug', models.SlugField(max_length=100, unique=True, verbose_name='địa chỉ trang')),
                        ('name', foundation.language.fields.NormalCharField(max_length=200, verbose_name='tên đang dùng')),
                        ('short_name', foundation.language.fields.NormalCharField(blank=True, max_length=100, verbose_name='tên ngắn')),
                        ('sort_key', foundation.language.fields.DerivedField(db_index=True, default='', derive=foundation.language.vietnamese.sort_key, max_length=400, source='name')),
                        ('search_key', foundation.language.fields.DerivedField(default='', derive=foundation.language.searching.search_text, max_length=600, source='spellings')),
                        ('valid_from', models.DateField(verbose_name='hoạt động từ ngày')),
                        ('valid_until', models.DateField(blank=True, help_text='Để trống nếu đơn vị đang hoạt động.', null=True, verbose_name='hoạt động đến hết ngày')),
                        ('founding_document', foundation.language.fields.NormalCharField(blank=True, max_length=200, verbose_name='văn bản thành lập')),
                        ('closing_document', foundation.language.fields.NormalCharField(blank=True, max_length=200, verbose_name='văn bản kết thúc')),
                        ('former_province', foundation.language.fields.NormalCharField(blank=True, help_text='Ví dụ: Phú Yên (cũ). Dùng để lọc sau hợp nhất.', max_length=60, verbose_name='tỉnh cũ')),
                        ('functions', foundation.language.fields.NormalTextField(blank=True, verbose_name='chức năng, nhiệm vụ')),
                        ('address', foundation.language.fields.NormalCharField(blank=True, max_length=200, verbose_name='địa chỉ')),
                        ('phone', models.CharField(blank=True, max_length=40, verbose_name='điện thoại')),
                        ('email', models.EmailField(blank=True, max_length=254, verbose_name='thư điện tử')),
                        ('website', models.URLField(blank=True, verbose_name='trang web')),
                    ],
                    options={
                        'verbose_name': 'đơn vị',
                        'verbose_name_plural': 'đơn vị',
                        'ordering': ['sort_key', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('valid_until', None), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='department_closes_after_founding', violation_error_code='closes_early', violation_error_message='Ngày kết thúc phải bằng hoặc sau ngày thành lập.')],
                    },
                ),
                migrations.CreateModel(
                    name='DepartmentName',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('valid_from', models.DateField(verbose_name='từ ngày')),
                        ('valid_until', models.DateField(blank=True, help_text='Để trống nếu vẫn còn.', null=True, verbose_name='đến hết ngày')),
                        ('document', foundation.language.fields.NormalCharField(blank=True, help_text='Văn bản làm căn cứ; ghi “chờ văn bản” nếu chưa có.', max_length=200, verbose_name='căn cứ')),
                        ('department', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='names', to='departments.department', verbose_name='đơn vị')),
                        ('name', foundation.language.fields.NormalCharField(max_length=200, verbose_name='tên đầy đủ')),
                        ('short_name', foundation.language.fields.NormalCharField(blank=True, max_length=100, verbose_name='tên ngắn')),
                        ('slug', models.SlugField(blank=True, max_length=100, verbose_name='địa chỉ trang khi ấy')),
                        ('search_key', foundation.language.fields.DerivedField(default='', derive=foundation.language.searching.search_text, max_length=600, source='spellings')),
                    ],
                    options={
                        'verbose_name': 'tên gọi',
                        'verbose_name_plural': 'các tên gọi',
                        'ordering': ['-valid_from'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('valid_until', None)), fields=('department',), name='one_open_name_a_department', violation_error_message='Đơn vị đã có một tên đang dùng; hãy ghi ngày kết thúc cho tên đó trước.'), models.CheckConstraint(condition=models.Q(('valid_until', None), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='name_ends_after_it_begins', violation_error_message='Ngày kết thúc phải bằng hoặc sau ngày bắt đầu.')],
                    },
                ),
                migrations.CreateModel(
                    name='DepartmentRelation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('valid_from', models.DateField(verbose_name='từ ngày')),
                        ('valid_until', models.DateField(blank=True, help_text='Để trống nếu vẫn còn.', null=True, verbose_name='đến hết ngày')),
                        ('document', foundation.language.fields.NormalCharField(blank=True, help_text='Văn bản làm căn cứ; ghi “chờ văn bản” nếu chưa có.', max_length=200, verbose_name='căn cứ')),
                        ('department', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='relations', to='departments.department', verbose_name='đơn vị')),
                        ('kind', models.CharField(choices=[('administrative', 'Hành chính (cơ quan chủ quản)'), ('professional', 'Chuyên môn (hướng dẫn nghiệp vụ)'), ('location', 'Địa bàn (nơi đặt trụ sở)'), ('succession', 'Kế thừa (đơn vị tiếp nối)')], max_length=16, verbose_name='quan hệ')),
                        ('related', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reverse_relations', to='departments.department', verbose_name='với đơn vị')),
                        ('succession_kind', models.CharField(blank=True, choices=[('rename', 'Đổi tên'), ('merge', 'Sáp nhập'), ('split', 'Chia tách'), ('transfer', 'Tiếp nhận khi giải thể')], max_length=10, verbose_name='kiểu kế thừa')),
                    ],
                    options={
                        'verbose_name': 'quan hệ giữa các đơn vị',
                        'verbose_name_plural': 'quan hệ giữa các đơn vị',
                        'ordering': ['kind', '-valid_from'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('department', models.F('related')), _negated=True), name='relation_is_between_two_units', violation_error_message='Một đơn vị không thể có quan hệ với chính nó.'), models.UniqueConstraint(condition=models.Q(('valid_until', None), models.Q(('kind', 'succession'), _negated=True)), fields=('department', 'kind'), name='one_open_relation_a_kind', violation_error_message='Đơn vị đang có một quan hệ cùng loại chưa kết thúc.'), models.UniqueConstraint(fields=('department', 'kind', 'related', 'valid_from'), name='relation_said_once', violation_error_message='Quan hệ này đã được ghi.'), models.CheckConstraint(condition=models.Q(('valid_until', None), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='relation_ends_after_it_begins', violation_error_message='Ngày kết thúc phải bằng hoặc sau ngày bắt đầu.')],
                    },
                ),
                migrations.CreateModel(
                    name='Person',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('full_name', foundation.language.fields.NormalCharField(max_length=150, verbose_name='họ và tên')),
                        ('honorific', models.CharField(blank=True, choices=[('ông', 'Ông'), ('bà', 'Bà'), ('thầy', 'Thầy'), ('cô', 'Cô'), ('em', 'Em'), ('', 'Không ghi')], default='', max_length=8, verbose_name='danh xưng')),
                        ('order_name', foundation.language.fields.NormalCharField(blank=True, help_text='Chỉ điền khi danh bạ xếp sai chỗ: viết theo thứ tự họ, đệm, tên gọi. Ví dụ: Niê Lan.', max_length=150, verbose_name='xếp theo tên')),
                        ('user', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='person', to=settings.AUTH_USER_MODEL, verbose_name='tài khoản')),
                        ('sort_key', foundation.language.fields.DerivedField(db_index=True, default='', derive=foundation.language.vietnamese.name_sort_key, max_length=400, source='name_to_order')),
                        ('search_key', foundation.language.fields.DerivedField(db_index=True, default='', derive=foundation.language.searching.search_text, max_length=400, source='full_name')),
                    ],
                    options={
                        'verbose_name': 'người',
                        'verbose_name_plural': 'danh bạ',
                        'ordering': ['sort_key', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Position',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('valid_from', models.DateField(verbose_name='từ ngày')),
                        ('valid_until', models.DateField(blank=True, help_text='Để trống nếu vẫn còn.', null=True, verbose_name='đến hết ngày')),
                        ('document', foundation.language.fields.NormalCharField(blank=True, help_text='Văn bản làm căn cứ; ghi “chờ văn bản” nếu chưa có.', max_length=200, verbose_name='căn cứ')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='positions', to='departments.person', verbose_name='người')),
                        ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='positions', to='departments.department', verbose_name='đơn vị')),
                        ('title', foundation.language.fields.NormalCharField(max_length=150, verbose_name='chức danh')),
                        ('role', models.CharField(blank=True, choices=[('collaborator', 'Cộng tác viên'), ('head', 'Trưởng đơn vị'), ('deputy', 'Phó đơn vị'), ('desk_editor', 'Biên tập viên Sở'), ('managing_editor', 'Thư ký tòa soạn'), ('registrar', 'Văn thư, thi đua'), ('administrator', 'Quản trị'), ('auditor', 'Kiểm tra')], help_text='Để trống nếu người này không làm việc trong phòng biên tập.', max_length=20, verbose_name='vai trò trong tòa soạn')),
                        ('stands_in_for', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='delegations', to='departments.position', verbose_name='được ủy quyền bởi')),
                        ('reason', foundation.language.fields.NormalCharField(blank=True, editable=False, max_length=200, verbose_name='lý do ủy quyền')),
                        ('ended_on', models.DateField(editable=False, null=True, verbose_name='thu lại ngày')),
                        ('order', models.PositiveSmallIntegerField(default=10, verbose_name='thứ tự')),
                    ],
                    options={
                        'verbose_name': 'chức danh',
                        'verbose_name_plural': 'chức danh',
                        'ordering': ['order', 'valid_from', 'pk'],
                        'permissions': [('delegate_position', 'Ủy quyền khi vắng mặt')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('role', 'head'), ('valid_until', None)), fields=('department',), name='one_open_head_a_department', violation_error_message='Đơn vị đang có một người đứng đầu; hãy ghi ngày kết thúc trước.'), models.CheckConstraint(condition=models.Q(('valid_until', None), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='position_ends_after_it_begins', violation_error_message='Ngày kết thúc phải bằng hoặc sau ngày bắt đầu.'), models.CheckConstraint(condition=models.Q(('stands_in_for', None), ('valid_until__isnull', False), _connector='OR'), name='a_delegation_has_an_end', violation_error_message='Ủy quyền phải có ngày kết thúc.')],
                    },
                ),
                migrations.CreateModel(
                    name='SchoolYear',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('first_year', models.PositiveSmallIntegerField(unique=True, verbose_name='năm đầu')),
                        ('starts_on', models.DateField(verbose_name='bắt đầu')),
                        ('ends_on', models.DateField(verbose_name='kết thúc')),
                    ],
                    options={
                        'verbose_name': 'năm học',
                        'verbose_name_plural': 'năm học',
                        'ordering': ['-first_year'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='school_year_ends_after_it_starts', violation_error_message='Năm học phải kết thúc sau khi bắt đầu.')],
                    },
                ),
                migrations.CreateModel(
                    name='DayOff',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', foundation.language.fields.NormalCharField(max_length=100, verbose_name='ngày nghỉ')),
                        ('first', models.DateField(verbose_name='từ ngày')),
                        ('last', models.DateField(verbose_name='đến hết ngày')),
                    ],
                    options={
                        'verbose_name': 'ngày nghỉ',
                        'verbose_name_plural': 'ngày nghỉ lễ, Tết',
                        'ordering': ['-first', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('last__gte', models.F('first'))), name='day_off_ends_after_it_begins', violation_error_message='Ngày kết thúc phải bằng hoặc sau ngày bắt đầu.')],
                    },
                ),
            ],
        ),
    ]
