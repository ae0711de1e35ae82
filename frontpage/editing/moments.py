"""At which moment the editor looks at the front page, and at which moments it changes."""

import datetime

from django import forms
from django.utils import timezone

from articles.approval import schedule
from articles.models import PublishedArticle
from foundation.language.dates import format_near
from frontpage.editing.arrangement import Arrangement

FARTHEST = datetime.timedelta(days=366)
OFFERED = 5
WRITTEN = "%Y-%m-%dT%H:%M"


class MomentForm(forms.Form):
    """A day and an hour."""

    gio = forms.TimeField(
        label="Giờ",
        widget=forms.TimeInput({"type": "time", "class": "input"}, "%H:%M"),
        error_messages={"invalid": "Hãy chọn giờ, ví dụ 07:30.", "required": "Hãy chọn giờ."},
    )
    ngay = forms.DateField(
        label="Ngày",
        widget=forms.DateInput({"type": "date", "class": "input"}, "%Y-%m-%d"),
        error_messages={"invalid": "Hãy chọn ngày, ví dụ 20/11/2026.", "required": "Hãy chọn ngày."},
    )

    def clean_ngay(self) -> datetime.date:
        day = self.cleaned_data["ngay"]
        if abs(day - timezone.localdate()) > FARTHEST:
            raise forms.ValidationError("Hãy chọn một ngày trong vòng một năm trước hoặc sau hôm nay.")
        return day

    def moment(self) -> datetime.datetime:
        """Return the moment of a valid form."""
        naive = datetime.datetime.combine(self.cleaned_data["ngay"], self.cleaned_data["gio"])
        return timezone.make_aware(naive)


def read_moment(typed: str) -> datetime.datetime | None:
    """Return the moment of an address, or None for one that is none or too far away."""
    try:
        day, hour = typed.split("T")
    except ValueError:
        return None
    form = MomentForm({"gio": hour, "ngay": day})
    return form.moment() if form.is_valid() else None


def write_moment(moment: datetime.datetime) -> str:
    """Return the moment as addresses and fields have it, in the site's time."""
    return f"{timezone.localtime(moment):{WRITTEN}}"


def next_moments(arrangement: Arrangement, now: datetime.datetime) -> list[tuple[str, str]]:
    """Return the next moments at which the page changes, as (address word, spoken words).

    The word has no seconds, so it is rounded up to the next minute.
    """
    live = PublishedArticle.objects.live()
    ends = {
        moment
        for place in arrangement.places.values()
        for moment in (place.starts_at, place.ends_at)
        if moment and moment > now
    }
    ends |= set(schedule.waiting().filter(due_at__gt=now).values_list("due_at", flat=True)[:OFFERED])
    ends |= set(live.filter(until__gt=now).order_by("until").values_list("until", flat=True)[:OFFERED])
    written = {write_moment(at): at for at in map(_whole_minute, sorted(ends))}
    today = timezone.localdate()
    return [(word, format_near(at, today)) for word, at in list(written.items())[:OFFERED]]


def _whole_minute(moment: datetime.datetime) -> datetime.datetime:
    whole = moment.replace(second=0, microsecond=0)
    return whole if whole == moment else whole + datetime.timedelta(minutes=1)
