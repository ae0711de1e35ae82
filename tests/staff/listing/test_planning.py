"""Each line is new, an update, nothing, or a question; with one question nothing is saved."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from departments.models import Person, Position
from staff.listing.planning import Outcome
from staff.listing.saving import ListRefused, save_plan
from tests.factories.departments import make_person, make_position, make_user
from tests.staff.listing.conftest import HEAD, make_known, said, send

LAN = "Nguyễn Thị Lan\tGV\tTHPT Chu Văn An"


def outcomes(found):
    return [step.outcome for step in found.steps]


def test_a_new_person_gets_an_account_and_a_position(plan, school, actor):
    found = plan(f"{LAN}\tlannt@vidu.example\t1/9/2026")
    assert said(found) == []
    assert outcomes(found) == [Outcome.NEW]
    assert "lannt.chuvanan" in found.steps[0].words
    save_plan(found, by=actor)
    user = User.objects.get(username="lannt.chuvanan")
    post = Position.objects.get(person=user.person)
    assert (user.email, user.has_entered, user.is_staff) == ("lannt@vidu.example", False, True)
    assert (post.title, post.role, post.department) == ("Giáo viên", Role.COLLABORATOR, school)
    assert post.valid_from == datetime.date(2026, 9, 1)
    assert str(Person.objects.get(search_key__contains="lan", user=user)) == "Nguyễn Thị Lan"


def test_who_is_known_is_updated_not_doubled(plan, school, actor):
    user = make_known(department=school, email="lannt@vidu.example")
    before = User.objects.count(), Person.objects.count(), Position.objects.count()
    assert outcomes(plan(f"{LAN}\tlannt@vidu.example")) == [Outcome.NOTHING]
    assert outcomes(plan(LAN)) == [Outcome.NOTHING]
    found = plan("Nguyễn Thị Lan\tP.HT\tTHPT Chu Văn An\tlannt@vidu.example\t1/1/2027")
    assert outcomes(found) == [Outcome.UPDATE]
    save_plan(found, by=actor)
    ended = plan(f"{LAN}\tlannt@vidu.example\t\t31/12/2026")
    assert outcomes(ended) == [Outcome.UPDATE]
    save_plan(ended, by=actor)
    assert (User.objects.count(), Person.objects.count(), Position.objects.count()) == (
        before[0],
        before[1],
        before[2] + 1,
    )
    ends = set(Position.objects.filter(person=user.person).values_list("role", "valid_until"))
    assert ends == {("collaborator", datetime.date(2026, 12, 31)), ("deputy", None)}


def test_a_person_without_an_account_gets_one(plan, school, actor):
    person = make_person("Nguyễn Thị Lan")
    make_position(person, school, Role.COLLABORATOR, title="Giáo viên")
    found = plan(f"{LAN}\tlannt@vidu.example")
    assert outcomes(found) == [Outcome.UPDATE]
    save_plan(found, by=actor)
    person.refresh_from_db()
    assert person.user.username == "lannt.chuvanan"
    assert Person.objects.filter(full_name="Nguyễn Thị Lan").count() == 1


def test_the_same_person_in_two_lines_has_two_positions(plan, school, other_school, actor):
    found = plan(f"{LAN}\tlannt@vidu.example", "Nguyễn Thị Lan\tGV\tTHPT Buôn Ma Thuột\tlannt@vidu.example")
    save_plan(found, by=actor)
    user = User.objects.get(email="lannt@vidu.example")
    assert user.person.positions.count() == 2


def test_two_people_of_one_name_are_two(plan, school, actor):
    found = plan(f"{LAN}\tlan1@vidu.example", f"{LAN}\tlan2@vidu.example")
    assert said(found) == []
    save_plan(found, by=actor)
    assert set(User.objects.filter(full_name="Nguyễn Thị Lan").values_list("username", flat=True)) == {
        "lannt.chuvanan",
        "lannt2.chuvanan",
    }


def test_one_name_in_two_units_is_a_question_with_an_answer(plan, school, other_school):
    lines = (LAN, "Nguyễn Thị Lan\tGV\tTHPT Buôn Ma Thuột")
    assert [number for number, _ in plan(*lines).errors] == [2, 3]
    assert "đứng ở nhiều dòng (2, 3)" in said(plan(*lines))[0]
    two = plan(*(f"{line}\t\t\t\tmới" for line in lines))
    assert (said(two), len({step.who.user.username for step in two.steps})) == ([], 2)
    one = plan(*(f"{line}\t\t\t\tlannt" for line in lines))
    assert (said(one), len({step.who.user.username for step in one.steps})) == ([], 1)


def test_a_namesake_of_somebody_known_is_a_question(plan, school, other_school):
    make_known(department=other_school, email="")
    (sentence,) = said(plan(LAN))
    assert "Danh bạ đã có “Nguyễn Thị Lan” (Giáo viên, Trường THPT Buôn Ma Thuột)" in sentence
    assert "lannt.chuvanan" in sentence
    assert outcomes(plan(f"{LAN}\t\t\t\tmới")) == [Outcome.NEW]
    assert outcomes(plan(f"{LAN}\t\t\t\tlannt.chuvanan")) == [Outcome.UPDATE]


def test_another_address_of_a_namesake_in_the_unit_is_a_question(plan, school):
    make_known(department=school, email="lan1@vidu.example")
    assert "với thư lan1@vidu.example" in said(plan(f"{LAN}\tlan2@vidu.example"))[0]
    assert outcomes(plan(f"{LAN}\tlan2@vidu.example\t\t\tmới")) == [Outcome.NEW]
    kept = plan(f"{LAN}\tlan2@vidu.example\t\t\tlannt.chuvanan")
    assert outcomes(kept) == [Outcome.NOTHING]
    assert "thư giữ nguyên lan1@vidu.example" in kept.notes[0]


def test_the_address_of_whom_nobody_has_entered_is_corrected(plan, school, actor):
    user = make_known(department=school, email="sai@vidu.example", password=None)
    found = plan(f"{LAN}\tdung@vidu.example\t\t\tlannt.chuvanan")
    assert outcomes(found) == [Outcome.UPDATE]
    save_plan(found, by=actor)
    assert User.objects.get(pk=user.pk).email == "dung@vidu.example"


def test_whoever_enters_before_the_list_is_saved_keeps_the_address(plan, school, actor):
    user = make_known(department=school, email="sai@vidu.example", password=None)
    found = plan(f"{LAN}\tke-la@vidu.example\t\t\tlannt.chuvanan")
    theirs = User.objects.get(pk=user.pk)
    theirs.set_password("ca-phe-sua-da-17")
    theirs.save()
    with pytest.raises(ListRefused, match="vừa vào lần đầu"):
        save_plan(found, by=actor)
    assert User.objects.get(pk=user.pk).email == "sai@vidu.example"


def test_the_address_of_a_superuser_changes_by_no_list(plan, school, actor):
    user = make_known(department=school, email="goc@vidu.example", password=None, is_superuser=True)
    found = plan(f"{LAN}\tke-la@vidu.example\t\t\tlannt.chuvanan")
    assert outcomes(found) == [Outcome.NOTHING]
    assert "thư giữ nguyên goc@vidu.example" in found.notes[0]
    assert User.objects.get(pk=user.pk).email == "goc@vidu.example"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("Nguyễn Thị Lan\tGV\tTHPT Chu Văn An\tlan@gmail.con", "có phải lan@gmail.com?"),
        ("Nguyễn Thị Lan\tGV\tTHPT Chu Văn An\tlan@@x", "chưa đúng là địa chỉ thư"),
        ("Nguyễn Thị Lan\tGV\tTHPT Chu Văn An\t\t31/9/2026", "Không đọc được ngày “31/9/2026”"),
        ("Nguyễn Thị Lan\tGV\tTHPT Chu Văn An\t\t1/9/26", "Không đọc được ngày “1/9/26”"),
        ("Nguyễn Thị Lan\tGV\tTHPT Chu Văn An\t\t1/9/2026\t1/8/2026", "bằng hoặc sau ngày bắt đầu"),
        ("Lan\tGV\tTHPT Chu Văn An", "chưa đủ họ và tên"),
        ("Nguyễn Thị Lan\t\tTHPT Chu Văn An", "Hãy ghi chức vụ"),
        ("Nguyễn Thị Lan\tGV\t", "Hãy ghi đơn vị"),
        ("Nguyễn Thị Lan\tBảo vệ\tTHPT Chu Văn An", "chưa rõ vai trò"),
        ("Nguyễn Thị Lan\tGV\tTrường Lạ Hoắc", "Danh bạ không có đơn vị"),
        ("Nguyễn Thị Lan\tGV\tTHPT Chu Văn An\t\t\t\ta b", "không dùng làm tên đăng nhập"),
        ("Nguyễn Thị Lan\t#N/A\tTHPT Chu Văn An", "công thức"),
    ],
)
def test_faults_are_questions(plan, school, line, sentence):
    found = plan(line)
    assert any(sentence in one for one in said(found)), said(found)
    assert [number for number, _ in found.errors] == [2]


def test_shared_addresses_strange_names_and_two_heads_are_questions(plan, school, head):
    shared = plan(f"{LAN}\tchung@vidu.example", "Lê Văn Tám\tGV\tTHPT Chu Văn An\tchung@vidu.example")
    assert len(said(shared)) == 2
    assert "Mỗi người cần hộp thư riêng" in said(shared)[0]
    theirs = plan("Lê Văn Tám\tGV\tTHPT Chu Văn An\ttruongdonvi@vidu.example")
    assert "đang là của Trần Văn Minh" in said(theirs)[0]
    second = plan("Lê Văn Tám\tHT\tTHPT Chu Văn An")
    assert "đã có người đứng đầu" in said(second)[0]


def test_a_new_head_follows_one_who_ends_in_the_same_list(plan, school, head, actor):
    today = timezone.localdate()
    until, then = today + datetime.timedelta(days=9), today + datetime.timedelta(days=10)
    found = plan(
        f"Lê Văn Tám\tHT\tTHPT Chu Văn An\ttam@vidu.example\t{then:%d/%m/%Y}",
        f"Trần Văn Minh\tHT\tTHPT Chu Văn An\ttruongdonvi@vidu.example\t\t{until:%d/%m/%Y}",
    )
    assert said(found) == []
    save_plan(found, by=actor)
    heads = Position.objects.filter(department=school, role=Role.HEAD).order_by("valid_from")
    assert [(str(post.person), post.valid_until) for post in heads] == [
        ("Trần Văn Minh", until),
        ("Lê Văn Tám", None),
    ]


def test_with_a_column_of_roles_titles_give_none(plan, school):
    head = "Họ và tên\tChức vụ\tĐơn vị\tVai trò"
    found = plan("Lê Văn Tám\tHT\tTHPT Chu Văn An\t", head=head, has_roles=True)
    assert "không giữ vai trò" in found.steps[0].words
    wrong = plan("Lê Văn Tám\tHT\tTHPT Chu Văn An\tsếp", head=head, has_roles=True)
    assert "Không có vai trò “sếp”" in said(wrong)[0]


def test_nobody_gives_a_role_to_themselves_by_a_list(plan, province, actor):
    found = plan(f"{actor.full_name}\tGiám đốc\t{province.name}\t{actor.email}")
    assert "Không ai tự giao vai trò cho mình" in said(found)[0]


def test_a_role_that_the_unit_may_not_have_is_refused(plan, school):
    head = "Họ và tên\tChức vụ\tĐơn vị\tVai trò"
    found = plan("Lê Văn Tám\tGV\tTHPT Chu Văn An\tQuản trị", head=head, has_roles=True)
    assert "chỉ giao cho người của Sở" in said(found)[0]


def test_titles_above_sums_and_phones_are_left_out(office, school):
    text = "\n".join(
        [
            "DANH SÁCH CÁN BỘ, GIÁO VIÊN",
            "STT\tHọ và tên\tChức vụ\tĐơn vị\tĐiện thoại",
            "1\tNguyễn Thị Lan\tGV\tTHPT Chu Văn An\t0912345678",
            "Tổng cộng: 1 người",
        ]
    )
    page = send(office, text).content.decode()
    assert "1 dòng (1 người mới, 0 cập nhật, 0 không đổi)" in page
    assert not User.objects.filter(full_name="Nguyễn Thị Lan").exists()
    send(office, text, "save")
    assert User.objects.filter(full_name="Nguyễn Thị Lan").exists()
    assert "0912345678" not in str(list(User.objects.values()) + list(Person.objects.values()))


def test_a_plan_with_a_question_is_not_written(plan, school, actor):
    found = plan(LAN, "Lê Văn Tám\tGV\tTrường Lạ Hoắc")
    assert len(found.steps) == len(found.errors) == 1
    with pytest.raises(ListRefused):
        save_plan(found, by=actor)


def test_with_one_wrong_line_nothing_is_saved(office, school):
    text = f"{HEAD}\n{LAN}\nLê Văn Tám\tGV\tTrường Lạ Hoắc"
    page = send(office, text, "invite").content.decode()
    assert "Chưa lưu dòng nào" in page
    assert not User.objects.filter(full_name="Nguyễn Thị Lan").exists()


def test_one_cause_is_said_once(office, school):
    lines = [f"Nguyễn Văn {chr(65 + number)}\tGV\tTrường Lạ Hoắc" for number in range(20)]
    page = send(office, "\n".join([HEAD, *lines])).content.decode()
    assert "Dòng 2–21." in page


def test_a_list_pressed_twice_makes_nobody_twice(office, school):
    text = f"{HEAD}\n{LAN}\tlannt@vidu.example"
    send(office, text, "save")
    page = send(office, text, "save", follow=True)
    assert User.objects.filter(full_name="Nguyễn Thị Lan").count() == 1
    assert page.status_code in (200, 302)


def test_only_administrators_open_the_page(client, auditor, head):
    for user in (auditor, head):
        client.force_login(user)
        assert client.get(reverse("admin:staff_list")).status_code == 403
        assert send(client, f"{HEAD}\n{LAN}", "save").status_code == 403


def test_an_administrators_list_of_old_people_changes_no_used_account(plan, school, actor):
    user = make_user("cu", Role.COLLABORATOR, school, full_name="Lê Văn Tám", email="")
    found = plan("Lê Văn Tám\tGV\tTHPT Chu Văn An\tke-la@vidu.example\t\t\tcu")
    assert said(found) == []
    if found.steps:
        save_plan(found, by=actor)
    assert User.objects.get(pk=user.pk).email == ""
