import datetime

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from departments.access import capacity, granting_position, scope
from departments.enums import DepartmentKind, RelationKind
from tests.factories.departments import make_department, make_position, make_relation, make_user

WRITE, APPROVE = "articles.change_article", "articles.approve_article"
DAY = datetime.timedelta(days=1)


def test_scope_is_the_unit_and_all_units_under_it(province, school, other_school, head, managing_editor):
    branch = make_department("Phân hiệu Ea Tu", parent=school)
    assert scope(head, APPROVE) == {school.pk, branch.pk}
    assert scope(managing_editor, APPROVE) == {province.pk, school.pk, other_school.pk, branch.pk}


def test_scope_is_asked_permission_by_permission(school, collaborator):
    assert scope(collaborator, WRITE) == {school.pk}
    assert scope(collaborator, APPROVE) == set()


def test_positions_count_on_their_first_and_last_day_only(school):
    today = timezone.localdate()
    dates = [
        (today, today, True),
        (today - DAY, today - DAY, False),
        (today + DAY, None, False),
    ]
    for number, (first, last, expected) in enumerate(dates):
        user = make_user(f"u{number}", Role.COLLABORATOR, school, valid_from=first, valid_until=last)
        assert bool(scope(user, WRITE)) is expected
        assert user.has_perm(WRITE) is expected


def test_another_day_may_be_asked(school):
    today = timezone.localdate()
    user = make_user("u", Role.HEAD, school, valid_until=today - DAY)
    assert scope(user, APPROVE) == set()
    assert scope(user, APPROVE, today - DAY) == {school.pk}
    assert granting_position(user, APPROVE, school.pk, today - DAY).title == "Hiệu trưởng"


def test_the_approval_line_is_the_relation_the_settings_name(province, settings):
    commune = make_department("UBND xã Ea Phê", DepartmentKind.PEOPLES_COMMITTEE)
    primary = make_department("Trường Tiểu học Ea Phê", DepartmentKind.PRIMARY)
    make_relation(primary, RelationKind.ADMINISTRATIVE, commune)
    make_relation(primary, RelationKind.PROFESSIONAL, province)
    guide = make_user("so", Role.HEAD, province)
    owner = make_user("xa", Role.HEAD, commune)
    assert primary.pk in scope(guide, APPROVE)
    assert primary.pk not in scope(owner, APPROVE)
    settings.APPROVAL_LINE = "administrative"
    guide, owner = (User.objects.get(pk=user.pk) for user in (guide, owner))
    assert primary.pk not in scope(guide, APPROVE)
    assert primary.pk in scope(owner, APPROVE)


def test_a_relation_counts_on_its_days_only(province):
    today = timezone.localdate()
    former = make_department("Trường THPT Đã chuyển")
    make_relation(former, RelationKind.PROFESSIONAL, province, valid_until=today - DAY)
    coming = make_department("Trường THPT Sắp nhận")
    make_relation(coming, RelationKind.PROFESSIONAL, province, valid_from=today + DAY)
    assert scope(make_user("so", Role.HEAD, province), APPROVE) == {province.pk}


def test_a_closed_unit_answers_to_those_who_followed_it_and_those_it_stood_under(province, school):
    today = timezone.localdate()
    closed = make_department("Trường THPT Cũ", parent=province, valid_until=today - DAY)
    former_head = make_user("cu", Role.HEAD, closed)
    make_relation(closed, RelationKind.SUCCESSION, school, valid_from=today)
    follower = make_user("moi", Role.HEAD, school)
    above = make_user("so", Role.HEAD, province)
    assert scope(former_head, APPROVE) == set()
    assert scope(follower, APPROVE) == {school.pk, closed.pk}
    assert closed.pk in scope(above, APPROVE)
    assert capacity(follower, APPROVE, closed) == "Hiệu trưởng, Trường THPT Chu Văn An (đơn vị kế thừa)"


def test_a_unit_still_open_does_not_answer_to_the_unit_that_will_follow_it(school, other_school):
    make_relation(other_school, RelationKind.SUCCESSION, school, valid_from=timezone.localdate() + DAY)
    follower = make_user("moi", Role.HEAD, school)
    assert scope(follower, APPROVE) == {school.pk}


def test_a_circle_of_relations_ends(province, school):
    make_relation(province, RelationKind.PROFESSIONAL, school)
    user = make_user("u", Role.HEAD, school)
    assert scope(user, APPROVE) == {province.pk, school.pk}
    assert granting_position(user, APPROVE, province.pk).department == school


def test_the_nearest_unit_gives_the_position(province, school):
    user = make_user("u", Role.HEAD, province, title="Giám đốc")
    make_position(user.person, school, Role.HEAD, title="Hiệu trưởng")
    assert granting_position(user, APPROVE, school.pk).department == school
    assert granting_position(user, APPROVE, province.pk).department == province


def test_nobody_grants_what_no_position_opens(school, other_school, head):
    assert granting_position(head, APPROVE, other_school.pk) is None
    assert granting_position(head, "frontpage.add_placement", school.pk) is None
    assert granting_position(head, APPROVE, None) is None


def test_capacity_names_title_and_unit_and_says_when_it_is_a_unit_above(province, school, head):
    above = make_user("thu-ky", Role.HEAD, province, title="Thư ký tòa soạn")
    assert capacity(head, APPROVE, school) == "Hiệu trưởng, Trường THPT Chu Văn An"
    assert (
        capacity(above, APPROVE, school)
        == "Thư ký tòa soạn, Sở Giáo dục và Đào tạo Đắk Lắk (đơn vị cấp trên)"
    )


def test_a_superuser_reaches_every_unit_and_says_so(province, school):
    user = make_user("chu", is_superuser=True)
    assert scope(user, APPROVE) == {province.pk, school.pk}
    assert capacity(user, APPROVE, school) == "Quản trị hệ thống"


def test_a_closed_account_reaches_nothing(head):
    head.is_active = False
    assert scope(head, APPROVE) == set()
    head.is_superuser = True
    assert scope(head, APPROVE) == set()


@pytest.mark.parametrize("units", [1, 4])
def test_three_queries_answer_everything_about_one_person(db, units, django_assert_num_queries):
    user = make_user("u")
    for number in range(units):
        unit = make_department(f"Trường THPT số {number}")
        make_department(f"Phân hiệu {number}", parent=unit)
        make_position(user.person, unit, Role.HEAD)
    with django_assert_num_queries(3):
        for perm in (WRITE, APPROVE):
            assert len(scope(user, perm)) == units * 2
            assert user.has_perm(perm, unit)
            assert capacity(user, perm, unit)
