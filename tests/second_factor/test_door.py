"""The password alone opens nothing where more is due; with the second step everything goes on as before."""

import html
import re
import time

import pytest
from django.test import Client
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp_webauthn.models import WebAuthnCredential

from accounts.models import User
from accounts.roles import GUARDED_ROLES, Role
from approvals.models import AuditEntry
from inbox.models import MailChoice, Notice
from second_factor.recovery import digest_of, make_codes
from tests.factories.departments import PASSWORD, make_position, make_user
from tests.signing_in import code_of, code_on, half_sign_in, make_app

DOOR, DEVICES = "/admin/xac-nhan/", "/admin/thiet-bi/"


def sign_in_by_password(user, **more):
    client = Client()
    client.post("/admin/login/", {"username": user.username, "password": PASSWORD, **more})
    return client


def is_in(client):
    return client.get("/admin/").status_code == 200


@pytest.mark.parametrize("role", GUARDED_ROLES)
def test_whoever_has_the_duty_and_no_device_is_led_to_enrol_and_nowhere_else(school, role):
    client = sign_in_by_password(make_user("nguoi", role, school))
    page = client.get("/admin/articles/article/", follow=True)
    assert [to for to, _ in page.redirect_chain][
        -1
    ] == "/admin/thiet-bi/?next=%2Fadmin%2Farticles%2Farticle%2F"
    assert "Thêm một cách xác nhận" in page.text
    assert not is_in(client)


@pytest.mark.parametrize("role", [Role.COLLABORATOR, Role.DESK_EDITOR, Role.AUDITOR])
def test_who_has_no_duty_enters_by_password(school, role):
    assert is_in(sign_in_by_password(make_user("nguoi", role, school)))


def test_which_roles_have_the_duty_is_a_setting(settings, school):
    settings.SECOND_FACTOR_ROLES = ["auditor"]
    assert is_in(sign_in_by_password(make_user("truong", Role.HEAD, school)))
    assert not is_in(sign_in_by_password(make_user("kiemtra", Role.AUDITOR, school)))


def test_a_superuser_has_the_duty(collaborator):
    collaborator.is_superuser = True
    collaborator.save()
    assert not is_in(sign_in_by_password(collaborator))


def test_a_role_given_today_asks_at_the_next_page(collaborator, school):
    client = sign_in_by_password(collaborator)
    assert is_in(client)
    make_position(collaborator.person, school, Role.HEAD)
    assert not is_in(client)


def test_whoever_has_a_device_is_asked_for_it_without_duty_too(settings, collaborator):
    settings.SECOND_FACTOR_ROLES = []
    app = make_app(collaborator)
    client = sign_in_by_password(collaborator)
    assert not is_in(client)
    page = client.get("/admin/hop-thu/", follow=True)
    assert "Mã xác nhận" in page.text
    answer = client.post(
        DOOR, {"confirm_by": "code", "confirm_code": code_of(app), "next": "/admin/hop-thu/"}
    )
    assert answer.headers["Location"] == "/admin/hop-thu/"
    assert is_in(client)


def test_the_session_has_a_new_key_once_inside(settings, head):
    app = make_app(head)
    client = sign_in_by_password(head)
    before = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post(DOOR, {"confirm_by": "code", "confirm_code": code_of(app)})
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != before


def test_a_wrong_code_is_answered_with_how_long_to_wait(head):
    app = make_app(head)
    client = sign_in_by_password(head)
    page = client.post(DOOR, {"confirm_by": "code", "confirm_code": "000000"})
    assert "Mã sáu số chưa đúng." in page.text
    assert "Chờ 1 giây rồi gõ lại." in page.text
    page = client.post(DOOR, {"confirm_by": "code", "confirm_code": code_of(app)})
    assert "Vừa gõ sai. Chờ 1 giây" in page.text
    assert not is_in(client)
    time.sleep(1.1)
    client.post(DOOR, {"confirm_by": "code", "confirm_code": code_of(app)})
    assert is_in(client)


def test_the_wait_grows_to_minutes_not_to_years(head):
    app = make_app(head)
    TOTPDevice.objects.filter(pk=app.pk).update(throttling_failure_count=40)
    page = sign_in_by_password(head).post(DOOR, {"confirm_by": "code", "confirm_code": "000000"})
    assert "Chờ 18 phút rồi gõ lại." in page.text


def test_a_code_of_the_app_opens_once(head):
    app = make_app(head)
    code = code_of(app)
    assert is_in(_with_code(head, "code", code))
    assert not is_in(_with_code(head, "code", code))


def _with_code(user, way, code):
    client = sign_in_by_password(user)
    client.post(DOOR, {"confirm_by": way, f"confirm_{way}": code})
    return client


def test_a_recovery_code_opens_once_however_it_is_typed(head):
    make_app(head)
    first, second, *_ = make_codes(head)
    assert is_in(_with_code(head, "recovery", first))
    assert not is_in(_with_code(head, "recovery", first))
    time.sleep(1.1)
    assert is_in(_with_code(head, "recovery", f" {second.lower().replace('-', ' ')} "))
    assert StaticToken.objects.filter(device__user=head).count() == 8


def test_a_code_copied_by_hand_may_have_nought_for_o_and_eight_for_b():
    person = User(pk=7)
    assert digest_of(person, "08QF-K2M8") == digest_of(person, "obqfk2mb")
    assert digest_of(person, "OBQF-K2MB") != digest_of(person, "OBQF-K2MD")


def test_recovery_codes_are_not_kept_as_they_are_typed(head):
    codes = {code.lower().replace("-", "") for code in make_codes(head)}
    assert set(StaticToken.objects.values_list("token", flat=True)) & codes == set()


def test_the_use_of_a_recovery_code_is_told_whatever_mail_was_chosen(head):
    make_app(head)
    MailChoice.objects.create(user=head, delivery="never")
    _with_code(head, "recovery", make_codes(head)[0])
    notice = Notice.objects.get(recipient=head, heading="Cách xác nhận khi đăng nhập")
    assert notice.about == "Dùng một mã khôi phục, còn 9 mã"
    assert notice.mail_at is not None


def test_another_persons_code_opens_nothing(head, registrar):
    make_app(head)
    app = make_app(registrar)
    assert not is_in(_with_code(head, "code", code_of(app)))
    assert not is_in(_with_code(head, "recovery", make_codes(registrar)[0]))


def test_only_addresses_of_this_site_follow_the_second_step(head):
    app = make_app(head)
    client = sign_in_by_password(head)
    sent = {"confirm_by": "code", "confirm_code": code_of(app), "next": "https://xau.vidu.example/"}
    assert client.post(DOOR, sent).headers["Location"] == "/admin/"


def test_whose_key_works_at_another_address_is_told_where(head):
    WebAuthnCredential.objects.create(user=head, name="Máy tính", credential_id=b"1", public_key=b"1")
    page = sign_in_by_password(head).get(DOOR)
    assert "Khóa truy cập của bạn chỉ dùng được khi mở trang ở http://localhost:8000." in page.text


def test_ceremonies_that_strangers_begin_are_limited(settings, client, db):
    settings.LIMITS = settings.LIMITS | {"key": (2, 3600)}
    address = "/admin/khoa-truy-cap/hoi/"
    assert [client.post(address).status_code for _ in range(3)] == [200, 200, 429]


def test_leaving_the_door_forgets_the_password(head):
    make_app(head)
    client = sign_in_by_password(head)
    client.post("/admin/xac-nhan/thoi/")
    assert "Tên đăng nhập" in client.get("/admin/", follow=True).text


def test_at_the_door_somebody_elses_devices_cannot_be_touched(head):
    """Who has a device cannot add one with the password alone."""
    make_app(head)
    client = sign_in_by_password(head)
    assert client.get(DEVICES).headers["Location"] == DOOR
    assert client.get(f"{DEVICES}ung-dung/").headers["Location"] == DOOR
    assert client.post(f"{DEVICES}ung-dung/go/").headers["Location"].startswith("/admin/login/")
    assert client.post("/admin/khoa-truy-cap/them/").status_code == 403


def test_the_door_is_noted_in_the_audit_book(head):
    app = make_app(head)
    client = sign_in_by_password(head)
    client.post(DOOR, {"confirm_by": "code", "confirm_code": "000000"})
    time.sleep(1.1)
    client.post(DOOR, {"confirm_by": "code", "confirm_code": code_of(app)})
    acts = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
    assert acts == ["Gõ đúng mật khẩu, còn chờ bước xác nhận", "Xác nhận không được", "Đăng nhập"]
    assert AuditEntry.objects.order_by("pk").last().address == "127.0.0.1"


def test_a_half_signed_in_session_signs_in_anew_after_ten_minutes_before_it_enrols(head):
    client = Client()
    half_sign_in(client, head)
    assert client.get(f"{DEVICES}ung-dung/").status_code == 200
    session = client.session
    session["password_at"] = time.time() - 601
    session.save()
    page = client.get(f"{DEVICES}ung-dung/", follow=True)
    assert "Đã quá lâu từ lúc gõ mật khẩu." in page.text


def test_whoever_has_enrolled_ends_where_they_were_going(head):
    client = sign_in_by_password(head)
    page = client.get("/admin/articles/article/?q=lan", follow=True)
    add = re.search(r'href="(/admin/thiet-bi/ung-dung/[^"]*)"', page.text)[1]
    page = client.get(html.unescape(add))
    wanted = html.unescape(re.search(r'name="next" value="([^"]*)"', page.text)[1])
    page = client.post("/admin/thiet-bi/ung-dung/", {"code": "000000", "next": wanted})
    assert re.search(r'name="next" value="([^"]*)"', page.text)  # also after a wrong code
    page = client.post("/admin/thiet-bi/ung-dung/", {"code": code_on(page), "next": wanted})
    assert "Mười mã khôi phục" in page.text
    assert re.search(r'href="([^"]*)">Tôi đã cất mã', page.text)[1] == "/admin/articles/article/?q=lan"


def test_the_box_of_the_demo_says_whether_the_password_is_enough(client, settings, db):
    settings.DEMO = True
    assert "mật khẩu là đủ" not in client.get("/admin/login/").text
    settings.SECOND_FACTOR_ROLES = []
    assert "mật khẩu là đủ" in client.get("/admin/login/").text
