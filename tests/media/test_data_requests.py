"""Requests about personal data: two clocks, told on the first page until everything is done."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from departments.models import DayOff
from media.clocks import deadlines_of
from media.models import DataRequest

pytestmark = pytest.mark.django_db
DATE = datetime.date


def test_the_first_reply_counts_working_days_and_the_act_counts_all():
    DayOff.objects.create(name="Tết", first=DATE(2027, 2, 5), last=DATE(2027, 2, 11))
    wednesday, before_tet = DATE(2026, 11, 4), DATE(2027, 2, 4)
    found = {kind: deadlines_of(kind, wednesday) for kind in ("see", "stop", "delete")}
    assert {kind: one.act_by for kind, one in found.items()} == {
        "see": DATE(2026, 11, 14),
        "stop": DATE(2026, 11, 19),
        "delete": DATE(2026, 11, 24),
    }
    assert found["see"].reply_by == DATE(2026, 11, 6)
    assert deadlines_of("see", DATE(2026, 11, 5)).reply_by == DATE(2026, 11, 9)  # over a weekend
    assert deadlines_of("see", before_tet).reply_by == DATE(2027, 2, 15)  # over Tết and two weekends
    assert deadlines_of("see", DATE(2025, 12, 31)) is None


def test_a_request_is_told_until_it_is_done(client, collaborator, other_collaborator, head):
    client.force_login(head)
    add = reverse("admin:media_datarequest_add")
    today = timezone.localdate()
    came = today - datetime.timedelta(days=30)
    said = {
        "department": head.person.positions.get().department_id,
        "about": "Em Nguyễn Thị Hoa",
        "kind": "stop",
    }
    said |= {"words": "Mẹ em gọi điện, rút đồng ý đăng ảnh", "received_on": f"{came:%d/%m/%Y}"}
    ahead = said | {"received_on": f"{today + datetime.timedelta(days=1):%d/%m/%Y}"}
    assert "Ngày này chưa tới" in client.post(add, ahead, follow=True).text
    too_early = client.post(add, said | {"received_on": "01/12/2025"}, follow=True).text
    assert "Chưa có thời hạn nào" in too_early
    client.post(add, said, follow=True)
    row = DataRequest.objects.get()
    assert (row.act_by, row.document) == (
        came + datetime.timedelta(days=15),
        "Nghị định 356/2025/NĐ-CP, Điều 5",
    )
    home = client.get(reverse("admin:index")).text
    assert "Rút đồng ý, hạn chế, phản đối: Em Nguyễn Thị Hoa" in home
    assert "Quá hạn trả lời lần đầu" in home
    change = reverse("admin:media_datarequest_change", args=[row.pk])
    answered = said | {"replied_on": f"{today:%d/%m/%Y}"}
    client.post(change, answered)
    assert "Quá hạn thực hiện" in client.get(reverse("admin:index")).text
    done = answered | {"done_on": f"{today:%d/%m/%Y}"}
    assert "đã làm gì" in client.post(change, done).text
    assert client.post(change, done | {"answer": "Đã gỡ ảnh"}).status_code == 302
    client.get(reverse("admin:index"))  # says once that it was saved
    assert "Em Nguyễn Thị Hoa" not in client.get(reverse("admin:index")).text
    client.force_login(other_collaborator)  # of another school
    assert client.get(change).status_code in (302, 403)
    assert "Em Nguyễn Thị Hoa" not in client.get(reverse("admin:media_datarequest_changelist")).text
