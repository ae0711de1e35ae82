"""An installation that exists keeps the words its pages said; `check --deploy` asks for its own."""

from django.db import migrations
from django.utils import timezone

SAID = {
    "name": "Giáo dục Đắk Lắk",
    "short_name": "GD Đắk Lắk",
    "organization": "Sở Giáo dục và Đào tạo Đắk Lắk",
    "organization_short": "Sở GD&ĐT Đắk Lắk",
    "province": "Đắk Lắk",
    "description": "Tin tức, sự kiện, khen thưởng và văn bản của ngành giáo dục Đắk Lắk.",
    "responsible_title": "Trưởng Ban truyền thông của Sở",
    "email": "bantruyenthong@vidu.example",
    "code_prefix": "DL",
}


def keep_what_was_said(apps, schema_editor):
    """A new database has nobody and no unit yet: it begins with neutral words."""
    rows = apps.get_model("identity", "SiteIdentity").objects
    is_old = any(
        apps.get_model(app, model).objects.exists()
        for app, model in (("accounts", "User"), ("departments", "Department"))
    )
    if is_old and not rows.exists():
        rows.create(valid_from=timezone.localdate(), **SAID)


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0001_backup_run"),
        ("identity", "0001_site_identity"),
        ("accounts", "0001_initial"),
        ("departments", "0005_committee_level"),
    ]
    operations = [migrations.RunPython(keep_what_was_said, migrations.RunPython.noop)]
