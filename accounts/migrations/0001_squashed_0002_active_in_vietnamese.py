import django.contrib.auth.validators
import django.db.models.functions.text
import django.utils.timezone
import foundation.language.fields
import foundation.language.searching
import foundation.language.vietnamese
from django.db import migrations, models


class Migration(migrations.Migration):
    """The schema at once, for a new database; docs/decisions/0027 says when the replaced files may go."""

    replaces = [
        ('accounts', '0001_initial'),
        ('accounts', '0002_active_in_vietnamese'),
    ]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('full_name', foundation.language.fields.NormalCharField(max_length=150, verbose_name='họ và tên')),
                ('form_of_address', models.CharField(choices=[('bạn', 'bạn'), ('anh', 'anh'), ('chị', 'chị'), ('thầy', 'thầy'), ('cô', 'cô')], default='bạn', max_length=8, verbose_name='xưng hô')),
                ('is_active', models.BooleanField(default=True, help_text='Bỏ chọn để khóa tài khoản; đừng xóa tài khoản.', verbose_name='đang hoạt động')),
                ('sort_key', foundation.language.fields.DerivedField(db_index=True, default='', derive=foundation.language.vietnamese.name_sort_key, max_length=400, source='full_name')),
                ('search_key', foundation.language.fields.DerivedField(default='', derive=foundation.language.searching.search_text, max_length=400, source='full_name')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'tài khoản',
                'verbose_name_plural': 'tài khoản',
                'ordering': ['sort_key', 'pk'],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('username'), name='username_once_in_any_case', violation_error_message='Tên đăng nhập này đã có người dùng.')],
            },
        ),
    ]
