"""Whose site it is."""

import datetime
from typing import Any

from django.core.cache import cache
from django.utils import timezone

from identity import alerts
from identity.current import KEY
from identity.models import Alert, SiteIdentity

# A province that is not: nothing of the demo is true of it.
ELSEWHERE: dict[str, Any] = {
    "name": "Giáo dục Bình Nguyên",
    "short_name": "GD B.Nguyên",
    "organization": "Sở Giáo dục và Đào tạo Bình Nguyên",
    "organization_short": "Sở GD&ĐT Bình Nguyên",
    "province": "Bình Nguyên",
    "responsible_name": "Ngô Thị Hạnh",
    "responsible_title": "Phó Giám đốc Sở",
    "address": "01 đường Ven Sông, phường Trung Tâm",
    "phone": "0299 000 0000",
    "email": "tintuc@binhnguyen.example",
    "licence": "Số 12/GP-TTĐT ngày 02/3/2026",
    "code_prefix": "BN",
}


def make_identity(**words: Any) -> SiteIdentity:
    """Say whose site it is, since long ago."""
    row = SiteIdentity.objects.create(**{"valid_from": "2020-01-01"} | ELSEWHERE | words)
    cache.delete(KEY)
    return row


def make_alert(text: str = "Học sinh các phường ven sông nghỉ học ngày 3/12.", **words: Any) -> Alert:
    """Show an alert from an hour ago until tomorrow, unless said otherwise."""
    now = timezone.now()
    times = {"starts_at": now - datetime.timedelta(hours=1), "ends_at": now + datetime.timedelta(days=1)}
    row = Alert.objects.create(text=text, **times | words)
    cache.delete(alerts.KEY)
    return row
