"""Leaving, moving, coming back in one form: as of a day, told, and undone until then."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from approvals.models import AuditEntry
from departments.access import scope
from departments.delegating import own_headships
from departments.models import Position
from inbox.models import Notice
from staff.changing import settle_changes
from staff.models import StaffChange
from tests.factories.articles import make_draft, submit
from tests.factories.departments import delegate, make_position, make_user
from tests.second_factor.test_asked_again import left_open
from tests.staff.listing.conftest import send

APPROVE = "articles.approve_article"
DAY = datetime.timedelta(days=1)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def deputy(school):
    return make_user("hieupho", Role.DEPUTY, school, title="Phó Hiệu trưởng", full_name="Võ Thị Sáu")


def url(person):
    return reverse("admin:staff_change", args=[person.pk])


def write(office, person, **words):
    """Fill in the form and press “Ghi”; returns the answer."""
    return office.post(url(person), {"kind": "leave", "save": "1"} | words)


def rights_on(user, day):
    return scope(User.objects.get(pk=user.pk), APPROVE, day)


def test_leaving_ends_every_position_on_the_day_and_locks_not_before(office, head, other_school, today):
    make_position(head.person, other_school, Role.COLLABORATOR, title="Giáo viên thỉnh giảng")
    day = today + 10 * DAY
    write(office, head.person, day=day.isoformat(), document="Số 12/QĐ-SGDĐT")
    ends = set(Position.objects.filter(person=head.person).values_list("valid_until", flat=True))
    assert ends == {day - DAY}
    assert rights_on(head, day - DAY)
    assert not rights_on(head, day)
    assert settle_changes() == 0
    assert User.objects.get(pk=head.pk).is_active
    theirs = Client()
    theirs.force_login(head)
    StaffChange.objects.update(day=today)
    Position.objects.filter(person=head.person).update(valid_until=today - DAY)
    assert settle_changes() == 1
    assert not User.objects.get(pk=head.pk).is_active
    assert theirs.get(reverse("admin:index")).status_code == 302
    assert AuditEntry.objects.filter(action="Khóa tài khoản khi thôi việc", about=str(head)).exists()
    assert settle_changes() == 0


def test_leaving_today_locks_at_once(office, collaborator, today):
    write(office, collaborator.person, day=today.isoformat())
    assert not User.objects.get(pk=collaborator.pk).is_active
    assert Position.objects.get(person=collaborator.person).valid_until == today - DAY


def test_delegations_given_and_held_end_too(office, head, deputy, today):
    headship = own_headships(head).get()
    running = delegate(headship, deputy.person, today, today + 30 * DAY)
    coming = delegate(headship, deputy.person, today + 40 * DAY, today + 50 * DAY)
    day = today + 10 * DAY
    write(office, head.person, day=day.isoformat())
    running.refresh_from_db()
    coming.refresh_from_db()
    assert running.valid_until == day - DAY
    assert coming.ended_on == today
    assert Notice.objects.filter(recipient=deputy, heading="Ủy quyền kết thúc").exists()
    assert rights_on(deputy, today) == rights_on(deputy, day)  # as a deputy alone


def test_who_goes_and_who_takes_over_are_told_what_waits(office, head, collaborator, deputy, today):
    make_draft(head, title="Bài dở")
    submit(make_draft(collaborator, title="Bài chờ"), collaborator)
    write(office, head.person, day=(today + DAY).isoformat(), successor=deputy.person.pk)
    told = dict(Notice.objects.filter(kind="staff_change").values_list("recipient__username", "words"))
    assert "1 bài viết dở hoặc bị trả lại; 1 bài đến lượt duyệt" in told["hieupho"]
    assert "Người tiếp nhận: Võ Thị Sáu" in told["truongdonvi"]
    assert "Bài dở" not in " ".join(told.values())


def test_the_head_of_a_unit_goes_and_the_form_says_who_approves_then(office, head, today):
    page = office.post(url(head.person), {"kind": "leave", "day": (today + DAY).isoformat(), "check": "1"})
    words = page.content.decode()
    assert "Trường THPT Chu Văn An không còn người đứng đầu" in words
    assert "Không ai duyệt được việc của đơn vị" in words
    assert "ủy quyền" in words
    assert not StaffChange.objects.exists()
    assert Position.objects.get(person=head.person).valid_until is None


def test_with_a_deputy_the_form_names_the_deputy(office, head, deputy, today):
    page = office.post(url(head.person), {"kind": "leave", "day": (today + DAY).isoformat(), "check": "1"})
    assert "Người duyệt còn lại: Võ Thị Sáu (Phó Hiệu trưởng)" in page.content.decode()


def test_the_successor_heads_the_unit_from_the_day(office, head, deputy, school, today):
    day = today + 5 * DAY
    acting = {"successor": deputy.person.pk, "acting_title": "Phụ trách trường"}
    write(office, head.person, day=day.isoformat(), **acting)
    post = Position.objects.get(person=deputy.person, role=Role.HEAD)
    assert (post.title, post.valid_from, post.department) == ("Phụ trách trường", day, school)
    assert rights_on(deputy, day) == {school.pk}


def test_moving_ends_the_old_and_opens_the_new(office, collaborator, other_school, today):
    day = today + 3 * DAY
    words = {"department": other_school.pk, "title": "Giáo viên", "role": Role.COLLABORATOR}
    write(office, collaborator.person, kind="move", day=day.isoformat(), **words)
    old, new = Position.objects.filter(person=collaborator.person).order_by("valid_from")
    assert (old.valid_until, new.valid_from, new.department) == (day - DAY, day, other_school)
    StaffChange.objects.update(day=today)
    settle_changes()
    assert User.objects.get(pk=collaborator.pk).is_active


def test_a_new_title_in_the_same_unit_is_a_move_too(office, head, school, today):
    words = {"department": school.pk, "title": "Hiệu trưởng nhà trường", "role": Role.HEAD}
    write(office, head.person, kind="move", day=today.isoformat(), **words)
    assert Position.objects.filter(person=head.person, role=Role.HEAD).count() == 2


def test_coming_back_opens_the_account_on_the_day(office, collaborator, school, today):
    write(office, collaborator.person, day=today.isoformat())
    assert not User.objects.get(pk=collaborator.pk).is_active
    words = {"department": school.pk, "title": "Giáo viên", "role": Role.COLLABORATOR}
    write(office, collaborator.person, kind="return", day=(today + DAY).isoformat(), **words)
    assert not User.objects.get(pk=collaborator.pk).is_active
    StaffChange.objects.filter(kind="return").update(day=today)
    Position.objects.filter(person=collaborator.person, valid_until=None).update(valid_from=today)
    assert settle_changes() == 1
    assert User.objects.get(pk=collaborator.pk).is_active
    assert Notice.objects.filter(recipient=collaborator, heading="Tài khoản đã mở lại").exists()


def test_until_the_day_everything_goes_back_as_it_was(office, head, deputy, other_school, today):
    headship = own_headships(head).get()
    running = delegate(headship, deputy.person, today, today + 30 * DAY)
    coming = delegate(headship, deputy.person, today + 40 * DAY, today + 50 * DAY)
    before = list(Position.objects.order_by("pk").values())
    words = {"department": other_school.pk, "title": "Giáo viên", "role": Role.COLLABORATOR}
    acting = {"successor": deputy.person.pk, "acting_title": "Phụ trách trường"}
    write(office, head.person, kind="move", day=(today + 10 * DAY).isoformat(), **words, **acting)
    assert list(Position.objects.order_by("pk").values()) != before
    change = StaffChange.objects.get()
    assert "Bỏ" in office.get(url(head.person)).content.decode()
    office.post(reverse("admin:staff_undo", args=[head.person.pk, change.pk]))
    assert list(Position.objects.order_by("pk").values()) == before
    assert Notice.objects.filter(recipient=head, heading="Đã bỏ thay đổi").exists()
    assert settle_changes() == 0
    assert {running.pk, coming.pk} <= {row["id"] for row in before}


def test_from_the_day_on_nothing_is_undone(office, collaborator, today):
    write(office, collaborator.person, day=today.isoformat())
    change = StaffChange.objects.get()
    answer = office.post(reverse("admin:staff_undo", args=[collaborator.person.pk, change.pk]), follow=True)
    assert "đã áp dụng" in answer.content.decode()
    assert Position.objects.get(person=collaborator.person).valid_until == today - DAY


def test_what_was_lent_since_is_not_taken_away(office, head, deputy, school, today):
    """The new head has lent the new headship to the deputy before taking it up."""
    acting = {"successor": deputy.person.pk, "acting_title": "Phụ trách trường"}
    write(office, head.person, day=(today + 10 * DAY).isoformat(), **acting)
    change = StaffChange.objects.get()
    (headship,) = Position.objects.filter(pk__in=change.opened)
    other = make_user("hieupho2", Role.DEPUTY, school, title="Phó Hiệu trưởng", full_name="Võ Văn Bảy")
    delegate(headship, other.person, today + 10 * DAY, today + 20 * DAY)
    answer = office.post(reverse("admin:staff_undo", args=[head.person.pk, change.pk]), follow=True)
    assert "đã được ủy quyền cho người khác" in answer.content.decode()
    change.refresh_from_db()
    assert change.undone_at is None
    assert Position.objects.get(person=head.person).valid_until == change.day - DAY


def test_what_was_edited_since_is_not_overwritten(office, collaborator, today):
    write(office, collaborator.person, day=(today + 10 * DAY).isoformat())
    Position.objects.filter(person=collaborator.person).update(valid_until=today + 5 * DAY)
    change = StaffChange.objects.get()
    answer = office.post(reverse("admin:staff_undo", args=[collaborator.person.pk, change.pk]), follow=True)
    assert "đã được sửa sau đó" in answer.content.decode()
    change.refresh_from_db()
    assert change.undone_at is None


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"day": ""}, "day"),
        ({"kind": "bay", "day": "2026-12-24"}, "kind"),
        ({"kind": "move", "day": "2026-12-24"}, "department"),
        ({"kind": "move", "day": "2026-12-24", "department": "٣"}, "department"),
        ({"day": "1990-01-01"}, "day"),
        ({"day": "2026-12-24", "acting_title": "Phụ trách"}, "successor"),
    ],
)
def test_what_is_missing_is_said_at_its_field(office, head, words, field):
    answer = office.post(url(head.person), {"kind": "leave", "save": "1"} | words)
    assert field in answer.context["form"].errors
    assert not StaffChange.objects.exists()


def test_a_second_head_on_one_day_is_refused_in_words(office, collaborator, head, school, today):
    words = {"department": school.pk, "title": "Hiệu trưởng", "role": Role.HEAD}
    answer = office.post(
        url(collaborator.person), {"kind": "move", "day": today.isoformat(), "save": "1"} | words
    )
    assert "đã có người đứng đầu" in str(answer.context["form"].errors["day"])


def test_nobody_changes_themselves_and_only_administrators_do(office, administrator, client, head, today):
    assert office.get(url(administrator.person)).status_code == 403
    for user in (head,):
        client.force_login(user)
        assert client.get(url(head.person)).status_code == 403
        assert write(client, head.person, day=today.isoformat()).status_code == 403
    assert not StaffChange.objects.exists()


def test_a_session_left_open_changes_nobody(administrator, head, school, today):
    client = left_open(administrator)
    page = write(client, head.person, day=today.isoformat())
    assert page.status_code == 403
    assert "Xác nhận lại là bạn" in page.content.decode()
    assert not StaffChange.objects.exists()
    listed = send(client, "Họ và tên\tChức vụ\tĐơn vị\nLê Văn Tám\tGV\tTHPT Chu Văn An", "save")
    assert "Xác nhận lại là bạn" in listed.content.decode()
    assert not User.objects.filter(full_name="Lê Văn Tám").exists()
