"""Moments for machines; Django's `date` takes ten times as long."""

import datetime

from django import template
from django.utils import timezone

from foundation.language.dates import format_near

register = template.Library()


@register.filter(expects_localtime=True)
def stamp(moment: datetime.datetime) -> str:
    r"""`<time datetime="{{ at|stamp }}">`: the same as `date:'Y-m-d\TH:iO'`."""
    return f"{moment:%Y-%m-%dT%H:%M%z}"


@register.filter(expects_localtime=True)
def lately(moment: datetime.datetime) -> str:
    """`{{ at|lately }}`: “14:05” today, “Hôm qua”, else the day; for pages that are kept until midnight."""
    match (timezone.localdate() - moment.date()).days:
        case 0:
            return f"{moment:%H:%M}"
        case 1:
            return "Hôm qua"
    return f"{moment:%d/%m/%Y}"


@register.filter
def near(moment: datetime.datetime) -> str:
    """`{{ at|near }}`: “08:10 hôm qua”, “06:00 ngày mai”, “15:40 thứ Hai”, else with the whole day."""
    return format_near(moment, timezone.localdate())


@register.filter(expects_localtime=True)
def stamp_to_the_second(moment: datetime.datetime) -> str:
    """RFC 3339, “2026-11-10T14:30:00+07:00”: `O` lacks the colon, `c` has microseconds."""
    return f"{moment:%Y-%m-%dT%H:%M:%S%:z}"
