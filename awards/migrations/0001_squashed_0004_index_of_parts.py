import awards.fields
import django.db.models.deletion
import documents.numbering
import foundation.language.fields
import foundation.language.searching
import foundation.schema.operations
from django.conf import settings
from django.db import migrations, models

from foundation.search.parts import add_index, remove_index


class Migration(migrations.Migration):
    """The schema at once, for a new database; docs/decisions/0027 says when the replaced files may go."""

    replaces = [
        ('awards', '0001_initial'),
        ('awards', '0002_initial'),
        ('awards', '0003_register_follows_consent'),
        ('awards', '0004_index_of_parts'),
    ]

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('departments', '0001_squashed_0003_deputies_and_days_off'),
        ('documents', '0001_squashed_0004_fill_order_by_number'),
        ('events', '0001_squashed_0002_plain_qualifiers'),
    ]

    operations = [
        foundation.schema.operations.CreateModels(
            models=[
                migrations.CreateModel(
                    name='AwardKind',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', foundation.language.fields.NormalCharField(max_length=100, unique=True, verbose_name='hình thức')),
                        ('issuer_level', models.CharField(choices=[('unit', 'Thủ trưởng đơn vị, Giám đốc Sở'), ('commune', 'Chủ tịch UBND cấp xã'), ('province', 'Chủ tịch UBND tỉnh'), ('ministry', 'Bộ trưởng'), ('government', 'Thủ tướng Chính phủ')], max_length=12, verbose_name='cấp quyết định')),
                        ('order', models.PositiveSmallIntegerField(default=10, verbose_name='thứ tự')),
                    ],
                    options={
                        'verbose_name': 'hình thức khen thưởng',
                        'verbose_name_plural': 'hình thức khen thưởng',
                        'ordering': ['order', 'name'],
                    },
                ),
                migrations.CreateModel(
                    name='Decision',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', foundation.language.fields.NormalCharField(help_text='Ghi đúng như trên giấy, ví dụ 1247/QĐ-SGDĐT.', max_length=80, verbose_name='số quyết định')),
                        ('number_key', foundation.language.fields.DerivedField(db_index=True, default='', derive=documents.numbering.number_key, max_length=80, source='number')),
                        ('slug', models.SlugField(max_length=120, unique=True, verbose_name='địa chỉ trang')),
                        ('signed_on', models.DateField(verbose_name='ngày ký')),
                        ('book_year', foundation.language.fields.DerivedField(default='', derive=documents.numbering.book_year, max_length=4, source='signed_on')),
                        ('issuer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commendation_decisions', to='departments.department', verbose_name='cơ quan quyết định')),
                        ('signer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='signed_decisions', to='departments.person', verbose_name='người ký (danh bạ)')),
                        ('signer_prefix', models.CharField(blank=True, choices=[('', 'Ký trực tiếp'), ('KT.', 'KT. (ký thay)'), ('TUQ.', 'TUQ. (thừa uỷ quyền)'), ('TM.', 'TM. (thay mặt)'), ('TL.', 'TL. (thừa lệnh)')], default='', max_length=6, verbose_name='tư cách ký')),
                        ('signer_name', foundation.language.fields.NormalCharField(max_length=150, verbose_name='tên người ký')),
                        ('signer_title', foundation.language.fields.NormalCharField(max_length=200, verbose_name='chức danh người ký')),
                        ('grounds', foundation.language.fields.NormalTextField(blank=True, verbose_name='căn cứ')),
                        ('summary', foundation.language.fields.NormalTextField(help_text='Ví dụ: Công tác truyền thông năm 2017.', verbose_name='nội dung khen')),
                        ('school_year', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='commendation_decisions', to='departments.schoolyear', verbose_name='năm học')),
                        ('event', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='commendation_decisions', to='events.event', verbose_name='trao tại sự kiện')),
                        ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='commendation_decisions', to='documents.officialdocument', verbose_name='văn bản')),
                        ('search_key', foundation.language.fields.DerivedField(default='', derive=foundation.language.searching.search_text, max_length=1000, source='summary')),
                        ('status', models.CharField(choices=[('drafting', 'Nháp'), ('in_review', 'Chờ duyệt'), ('public', 'Đã công bố'), ('withdrawn', 'Đã gỡ')], default='drafting', editable=False, max_length=12, verbose_name='trạng thái')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('published_at', models.DateTimeField(editable=False, null=True, verbose_name='công bố lúc')),
                        ('writers', models.ManyToManyField(editable=False, help_text='Ai đã nhập, sửa hoặc gửi thì không tự công bố.', related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người đã nhập')),
                    ],
                    options={
                        'verbose_name': 'quyết định khen thưởng',
                        'verbose_name_plural': 'quyết định khen thưởng',
                        'ordering': ['-signed_on', '-pk'],
                        'permissions': [('submit_decision', 'Gửi quyết định khen thưởng'), ('publish_decision', 'Công bố quyết định khen thưởng'), ('withdraw_decision', 'Gỡ quyết định khen thưởng để sửa')],
                        'indexes': [models.Index(condition=models.Q(('status', 'public')), fields=['-signed_on', '-id'], name='public_decisions_newest')],
                        'constraints': [models.UniqueConstraint(fields=('issuer', 'number_key', 'book_year'), name='decision_registered_once', violation_error_message='Số quyết định này của cơ quan đã có trong sổ của năm.')],
                    },
                ),
                migrations.CreateModel(
                    name='Commendation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commendations', to='awards.decision', verbose_name='quyết định')),
                        ('award_kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commendations', to='awards.awardkind', verbose_name='hình thức')),
                        ('recipient_kind', models.CharField(choices=[('collective', 'Tập thể'), ('individual', 'Cá nhân')], max_length=12, verbose_name='đối tượng')),
                        ('recipient_name', foundation.language.fields.NormalCharField(max_length=200, verbose_name='tập thể, cá nhân được khen')),
                        ('recipient_title', foundation.language.fields.NormalCharField(blank=True, max_length=150, verbose_name='chức vụ hoặc lớp hôm đó')),
                        ('unit_name', foundation.language.fields.NormalCharField(blank=True, max_length=200, verbose_name='đơn vị ghi trên giấy khen')),
                        ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='commendations', to='departments.department', verbose_name='đơn vị')),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='commendations', to='departments.person', verbose_name='người trong danh bạ')),
                        ('is_pupil', models.BooleanField(default=False, help_text='Trang công khai chỉ hiện tên, lớp và trường.', verbose_name='là học sinh')),
                        ('achievement', foundation.language.fields.NormalTextField(blank=True, verbose_name='thành tích')),
                        ('reward_amount', models.PositiveIntegerField(blank=True, null=True, verbose_name='tiền thưởng (đồng)')),
                        ('reward_reason', foundation.language.fields.NormalCharField(blank=True, max_length=200, verbose_name='lý do khác mức quy định')),
                        ('book_number', foundation.language.fields.NormalCharField(blank=True, max_length=40, verbose_name='vào sổ số')),
                        ('verify_code', awards.fields.VerifyCodeField(editable=False, max_length=20, unique=True, verbose_name='mã xác minh')),
                        ('position', models.PositiveSmallIntegerField(default=0, verbose_name='thứ tự')),
                        ('search_key', foundation.language.fields.DerivedField(default='', derive=foundation.language.searching.search_text, max_length=600, source='recipient_name')),
                        ('published_at', models.DateTimeField(editable=False, null=True, verbose_name='công bố lần đầu lúc')),
                        ('revoked_on', models.DateField(editable=False, null=True, verbose_name='hủy bỏ ngày')),
                        ('revocation_number', foundation.language.fields.NormalCharField(blank=True, editable=False, max_length=80, verbose_name='quyết định hủy bỏ')),
                        ('revocation_reason', foundation.language.fields.NormalTextField(blank=True, editable=False, verbose_name='lý do hủy bỏ')),
                        ('withheld_on', models.DateField(editable=False, null=True, verbose_name='ẩn tên từ ngày')),
                        ('lacks_consent', models.BooleanField(default=False, editable=False, verbose_name='chưa được nêu tên')),
                    ],
                    options={
                        'verbose_name': 'lượt khen',
                        'verbose_name_plural': 'các lượt khen',
                        'ordering': ['recipient_kind', 'position', 'pk'],
                        'permissions': [('revoke_commendation', 'Hủy bỏ giấy khen')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('revocation_number', ''), ('revoked_on', None)), models.Q(('revoked_on__isnull', False), models.Q(('revocation_number', ''), _negated=True), models.Q(('revocation_reason', ''), _negated=True)), _connector='OR'), name='revocation_names_its_decision', violation_error_message='Hủy bỏ phải kèm số, ngày quyết định hủy bỏ và lý do.'), models.CheckConstraint(condition=models.Q(('is_pupil', False), ('recipient_kind', 'individual'), _connector='OR'), name='a_pupil_is_one_person', violation_error_message='Chỉ cá nhân mới đánh dấu là học sinh.')],
                    },
                ),
                migrations.CreateModel(
                    name='BaseSalary',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('valid_from', models.DateField(unique=True, verbose_name='áp dụng từ ngày')),
                        ('amount', models.PositiveIntegerField(verbose_name='mức lương cơ sở (đồng)')),
                        ('document', foundation.language.fields.NormalCharField(max_length=200, verbose_name='căn cứ')),
                    ],
                    options={
                        'verbose_name': 'mức lương cơ sở',
                        'verbose_name_plural': 'lương cơ sở',
                        'ordering': ['-valid_from'],
                    },
                ),
                migrations.CreateModel(
                    name='RewardRate',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('award_kind', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reward_rates', to='awards.awardkind', verbose_name='hình thức')),
                        ('recipient_kind', models.CharField(choices=[('collective', 'Tập thể'), ('individual', 'Cá nhân')], max_length=12, verbose_name='đối tượng')),
                        ('valid_from', models.DateField(verbose_name='áp dụng từ ngày')),
                        ('multiple', models.DecimalField(blank=True, decimal_places=3, max_digits=6, null=True, verbose_name='số lần lương cơ sở')),
                        ('fixed_amount', models.PositiveIntegerField(blank=True, null=True, verbose_name='hoặc số tiền cố định (đồng)')),
                        ('rounding', models.CharField(choices=[('up', 'Làm tròn lên'), ('nearest', 'Làm tròn đến mức gần nhất'), ('none', 'Không làm tròn')], default='up', max_length=8, verbose_name='làm tròn')),
                        ('rounding_step', models.PositiveIntegerField(default=10000, verbose_name='làm tròn tới (đồng)')),
                        ('document', foundation.language.fields.NormalCharField(max_length=200, verbose_name='căn cứ')),
                    ],
                    options={
                        'verbose_name': 'mức thưởng',
                        'verbose_name_plural': 'mức thưởng',
                        'ordering': ['award_kind', 'recipient_kind', '-valid_from'],
                        'constraints': [models.UniqueConstraint(fields=('award_kind', 'recipient_kind', 'valid_from'), name='one_rate_a_day', violation_error_message='Mức thưởng từ ngày này đã có.'), models.CheckConstraint(condition=models.Q(models.Q(('fixed_amount__isnull', False), ('multiple', None)), models.Q(('fixed_amount', None), ('multiple__isnull', False)), _connector='OR'), name='rate_is_multiple_or_sum', violation_error_message='Ghi số lần lương cơ sở hoặc số tiền cố định, không ghi cả hai.'), models.CheckConstraint(condition=models.Q(('rounding_step__gt', 0)), name='rounding_step_is_positive', violation_error_message='Mức làm tròn phải lớn hơn 0.')],
                    },
                ),
            ],
        ),
        migrations.RunPython(add_index("awards_commendation"), remove_index("awards_commendation")),
    ]
