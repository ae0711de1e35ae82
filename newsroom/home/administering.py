"""What waits for administrators: troubles, requests of a second administrator, gaps in the directory."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import TwoAdminRequest, User
from accounts.roles import Role
from departments.access import ADMINISTER
from departments.enums import UNMANAGED_KINDS
from departments.models import Department, Position
from departments.querysets import in_force
from newsroom.first_day.missing import what_is_missing
from newsroom.health.readiness import last_checks
from newsroom.health.troubles import DUTIES
from newsroom.home.task import BAD, Found, Task

SHOWN = 5  # people or units of one gap


def troubles(user: Any) -> Iterator[Found]:
    """What does not work now, as the page of the system's state says."""
    if not user.has_perm(ADMINISTER):
        return
    page = reverse("admin:troubles")
    tasks = [
        Task(
            "alert",
            duty.name,
            f"{duty.follows} {duty.helps}",
            page,
            "Xem cách xử lý",
            None,
            "Có trục trặc",
            BAD,
        )
        for name, is_well in last_checks().items()
        if not is_well and (duty := DUTIES[name])
    ]
    yield Found(tasks, len(tasks), "", page)


def requests(user: Any) -> Iterator[Found]:
    """Acts that another administrator asked for and somebody else must confirm."""
    if not user.has_perm(ADMINISTER):
        return
    page = reverse("admin:staff_requests")
    rows = TwoAdminRequest.objects.open().exclude(asked_by=user).exclude(about=user)
    rows = list(rows.select_related("about", "asked_by").order_by("asked_at", "pk")[:100])
    tasks = [
        Task("key", str(row), f"{row.asked_by} yêu cầu: {row.reason}", page, "Xem và trả lời", row.asked_at)
        for row in rows[:SHOWN]
    ]
    yield Found(tasks, len(rows), "việc chờ quản trị viên thứ hai", page)


def missing(user: Any) -> Iterator[Found]:
    """What the site still lacks."""
    if not user.has_perm(ADMINISTER):
        return
    page = reverse("admin:missing")
    tasks = [
        Task(
            "warning",
            f"Còn thiếu: {one.name}",
            f"{one.words[:1].upper()}{one.words[1:]}.",
            one.url or page,
            "Bổ sung",
            state="Phải có" if one.stops else "Nên có",
            tone=BAD if one.stops else "",
        )
        for one in what_is_missing()
    ]
    yield Found(tasks[:SHOWN], len(tasks), "điều còn thiếu", page)


def people_without_position(user: Any) -> Iterator[Found]:
    """Active accounts that no position gives anything to do today."""
    if not user.has_perm(ADMINISTER):
        return
    today = timezone.localdate()
    busy = Position.objects.filter(in_force(today), person__user__isnull=False).exclude(role="")
    rows = User.objects.filter(is_active=True, is_superuser=False)
    rows = rows.exclude(pk__in=busy.values("person__user")).order_by("date_joined", "pk")
    tasks = [
        Task(
            "people",
            row.get_full_name() or row.get_username(),
            "Có tài khoản nhưng chưa có chức danh, nên chưa được làm việc gì.",
            reverse("admin:accounts_user_change", args=[row.pk]),
            "Ghi chức danh",
            since=row.date_joined,
            state="Chưa có chức danh",
        )
        for row in rows[:SHOWN]
    ]
    yield Found(
        tasks, _total(rows, tasks), "người chưa có chức danh", reverse("admin:accounts_user_changelist")
    )


def units_without_head(user: Any) -> Iterator[Found]:
    """Units open today in which nobody with an account heads."""
    if not user.has_perm(ADMINISTER):
        return
    today = timezone.localdate()
    heads = Position.objects.filter(in_force(today), role=Role.HEAD, person__user__is_active=True)
    rows = Department.objects.on(today).exclude(kind__in=UNMANAGED_KINDS)
    rows = rows.exclude(pk__in=heads.values("department")).order_by("sort_key", "pk")
    words = "Chưa có người đứng đầu dùng tài khoản: đơn vị cấp trên duyệt thay."
    yield _units(rows, words, "Ghi người đứng đầu", "đơn vị chưa có người đứng đầu", "dang")


def units_without_manager(user: Any) -> Iterator[Found]:
    """Units open today that stand under nobody."""
    if not user.has_perm(ADMINISTER):
        return
    rows = Department.objects.without_manager().order_by("sort_key", "pk")
    words = "Chưa có cơ quan quản lý: quá hạn thì không có cấp trên nào duyệt thay."
    yield _units(rows, words, "Ghi cơ quan quản lý", "đơn vị chưa có cơ quan quản lý", "chua-co")


def _units(rows: QuerySet[Department], words: str, act: str, noun: str, shown: str) -> Found:
    page = "admin:departments_department_change"
    tasks = [
        Task(
            "people",
            str(row),
            words,
            reverse(page, args=[row.pk]),
            act,
            state=noun.partition(" vị ")[2].capitalize(),
        )
        for row in rows[:SHOWN]
    ]
    address = f"{reverse('admin:departments_department_changelist')}?tinh-trang={shown}"
    return Found(tasks, _total(rows, tasks), noun, address)


def _total(rows: QuerySet, tasks: list[Task]) -> int:
    return rows.count() if tasks else 0
