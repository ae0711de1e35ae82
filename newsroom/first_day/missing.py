"""What a site still lacks before it may be called ready, each with where it is mended."""

from collections.abc import Iterator
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone

from accounts.models.user import not_entered
from accounts.roles import Role
from articles.models import Section
from departments.access import administrators
from departments.enums import UNMANAGED_KINDS
from departments.models import DayOff, Department, Position, SchoolYear
from departments.querysets import in_force
from identity.models import SiteIdentity
from inbox.models import Notice
from newsroom.backups import results
from newsroom.demo.units import IDENTITY

# What the foot of a portal must name, and how its absence is told.
_IN_THE_FOOT = {
    "responsible_name": "Người chịu trách nhiệm nội dung",
    "address": "Địa chỉ trụ sở",
    "phone": "Điện thoại",
    "email": "Thư điện tử",
}


class Missing(NamedTuple):
    """One thing: its name, what follows, where to mend it; `act` is a button of the page that does it."""

    name: str
    words: str
    url: str = ""
    act: str = ""
    stops: bool = True  # the site cannot do its work without; else it is advice


def what_is_missing() -> list[Missing]:
    """Return everything, what stops the site first; a fixed number of queries."""
    found = [*_whose(), *_units(), *_year(), *_running()]
    return sorted(found, key=lambda one: not one.stops)


def _whose() -> Iterator[Missing]:
    row = SiteIdentity.objects.at(timezone.localdate()).first()
    if row is None:
        words = "bạn đọc thấy “Trang tin điện tử”, không biết trang của ai"
        yield Missing("Trang của ai", words, reverse("admin:identity_siteidentity_add"))
        return
    url = reverse("admin:identity_siteidentity_change", args=[row.pk])
    if row.email == IDENTITY["email"]:
        yield Missing("Trang của ai", "còn ghi như bản dùng thử", url)
    for name, label in _IN_THE_FOOT.items():
        if not getattr(row, name):
            yield Missing(label, "chân trang phải ghi", url)


def _units() -> Iterator[Missing]:
    today = timezone.localdate()
    table = reverse("admin:reform_table")
    units = Department.objects.on(today).exclude(kind__in=UNMANAGED_KINDS)
    if not units.exists():
        yield Missing("Đơn vị", "chưa có trường, phòng nào, nên chưa ai gửi bài được", table)
    heads = Position.objects.filter(in_force(today), role=Role.HEAD, person__user__is_active=True)
    if not heads.exists():
        url = reverse("admin:staff_list")
        yield Missing("Người duyệt", "chưa đơn vị nào có người đứng đầu dùng tài khoản", url)
    elif units.exclude(pk__in=heads.values("department")).exists():
        url, words = reverse("admin:staff_list"), "có đơn vị chưa có người đứng đầu dùng tài khoản"
        yield Missing("Người duyệt", words, url, stops=False)
    if len(administrators().exclude(not_entered())[:2]) < 2:
        words = "nên có hai, phòng khi một người vắng: có việc phải hai người xác nhận"
        yield Missing("Quản trị viên thứ hai", words, reverse("admin:staff_list"), stops=False)


def _year() -> Iterator[Missing]:
    today = timezone.localdate()
    if not Section.objects.exists():
        yield Missing("Chuyên mục", "bài chưa có chỗ để xếp vào", act="sections")
    if not SchoolYear.objects.filter(starts_on__lte=today, ends_on__gte=today).exists():
        yield Missing("Năm học", "chưa đếm được tin, lượt khen của năm nay", act="year")
    if not DayOff.objects.filter(last__gte=today).exists():
        words = "hạn trả lời tính cả ngày lễ, Tết sắp tới"
        yield Missing("Ngày nghỉ", words, reverse("admin:departments_dayoff_changelist"), stops=False)


def _running() -> Iterator[Missing]:
    if not Notice.objects.exclude(mailed_at=None).exists():
        yield Missing("Gửi thư", "chưa thư nào được máy chủ thư nhận", act="mail")
    if results.is_late():
        url = reverse("admin:troubles")
        yield Missing("Sao lưu", "chưa có bản sao lưu tốt gần đây", url, stops=False)
