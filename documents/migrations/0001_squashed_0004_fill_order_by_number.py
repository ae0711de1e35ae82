import django.db.models.deletion
import documents.models
import documents.numbering
import foundation.language.fields
import foundation.language.searching
from django.db import migrations, models


class Migration(migrations.Migration):
    """The schema at once, for a new database; docs/decisions/0027 says when the replaced files may go."""

    replaces = [
        ('documents', '0001_initial'),
        ('documents', '0002_replaced_or_repealed'),
        ('documents', '0003_order_by_number'),
        ('documents', '0004_fill_order_by_number'),
    ]

    initial = True

    dependencies = [
        ('departments', '0001_squashed_0003_deputies_and_days_off'),
    ]

    operations = [
        migrations.CreateModel(
            name='OfficialDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', foundation.language.fields.NormalCharField(help_text='Ghi đúng như trên văn bản, ví dụ 1247/QĐ-SGDĐT.', max_length=80, verbose_name='số, ký hiệu')),
                ('number_key', foundation.language.fields.DerivedField(db_index=True, default='', derive=documents.numbering.number_key, max_length=80, source='number')),
                ('number_order', foundation.language.fields.DerivedField(default='', derive=documents.numbering.number_order, max_length=24, source='number')),
                ('summary', foundation.language.fields.NormalTextField(help_text='Ghi như trên văn bản, ví dụ: Về việc khen thưởng …', verbose_name='trích yếu')),
                ('gist', foundation.language.fields.NormalTextField(blank=True, help_text='Vài câu nói văn bản quy định điều gì. Cần có khi tệp là bản quét hoặc chưa có tệp.', verbose_name='tóm tắt nội dung')),
                ('kind', models.CharField(choices=[('decision', 'Quyết định'), ('plan', 'Kế hoạch'), ('report', 'Báo cáo'), ('notice', 'Thông báo'), ('submission', 'Tờ trình'), ('guidance', 'Hướng dẫn'), ('directive', 'Chỉ thị'), ('programme', 'Chương trình'), ('invitation', 'Giấy mời'), ('letter', 'Công văn'), ('regulation', 'Quy chế, quy định')], max_length=12, verbose_name='loại văn bản')),
                ('issuer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='departments.department', verbose_name='cơ quan ban hành')),
                ('signer', foundation.language.fields.NormalCharField(blank=True, max_length=150, verbose_name='người ký')),
                ('issued_on', models.DateField(verbose_name='ngày ban hành')),
                ('book_year', foundation.language.fields.DerivedField(default='', derive=documents.numbering.book_year, max_length=4, source='issued_on')),
                ('effective_on', models.DateField(blank=True, help_text='Để trống nếu có hiệu lực từ ngày ban hành.', null=True, verbose_name='ngày hiệu lực')),
                ('expires_on', models.DateField(blank=True, help_text='Để trống nếu không ghi thời hạn.', null=True, verbose_name='hết hiệu lực sau ngày')),
                ('replaced_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaces', to='documents.officialdocument', verbose_name='văn bản thay hoặc bãi bỏ')),
                ('ending', models.CharField(choices=[('replaced', 'Thay thế'), ('repealed', 'Bãi bỏ')], default='replaced', help_text='Bãi bỏ: hết hiệu lực mà không có văn bản nào thay.', max_length=8, verbose_name='văn bản ấy')),
                ('file', models.FileField(blank=True, upload_to=documents.models.storage_name, verbose_name='tệp')),
                ('file_name', foundation.language.fields.NormalCharField(blank=True, editable=False, max_length=150, verbose_name='tên tệp')),
                ('file_size', models.PositiveIntegerField(default=0, editable=False, verbose_name='dung lượng')),
                ('file_type', models.CharField(blank=True, editable=False, max_length=8, verbose_name='kiểu tệp')),
                ('slug', models.SlugField(max_length=120, unique=True, verbose_name='địa chỉ trang')),
                ('search_key', foundation.language.fields.DerivedField(default='', derive=foundation.language.searching.search_text, max_length=1000, source='summary')),
                ('status', models.CharField(choices=[('drafting', 'Nháp'), ('in_review', 'Chờ duyệt'), ('public', 'Đã công bố'), ('withdrawn', 'Đã gỡ')], default='drafting', editable=False, max_length=12, verbose_name='trạng thái')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('published_at', models.DateTimeField(editable=False, null=True, verbose_name='công bố lúc')),
            ],
            options={
                'verbose_name': 'văn bản',
                'verbose_name_plural': 'văn bản',
                'ordering': ['-issued_on', '-pk'],
                'permissions': [('publish_officialdocument', 'Công bố văn bản'), ('withdraw_officialdocument', 'Gỡ văn bản')],
                'indexes': [models.Index(condition=models.Q(('status', 'public')), fields=['-issued_on', '-id'], name='public_documents_newest'), models.Index(condition=models.Q(('status', 'public')), fields=['kind', '-issued_on', '-id'], name='public_documents_of_kind'), models.Index(condition=models.Q(('status', 'public')), fields=['number_order', 'id'], name='public_documents_by_number'), models.Index(condition=models.Q(('status', 'public')), fields=['kind', 'number_order', 'id'], name='public_documents_kind_number')],
                'constraints': [models.UniqueConstraint(fields=('issuer', 'book_year', 'kind', 'number_key'), name='document_registered_once', violation_error_message='Văn bản này đã có trong sổ.'), models.CheckConstraint(condition=models.Q(('replaced_by', models.F('id')), _negated=True), name='document_not_replaced_by_itself', violation_error_message='Văn bản không thể thay chính nó.')],
            },
        ),
    ]
