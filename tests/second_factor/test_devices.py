"""“Thiết bị của tôi”: what one has, in words; nobody else's."""

import base64
import subprocess
import sys

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp_webauthn.models import WebAuthnCredential

from accounts.roles import GUARDED_ROLES
from inbox.models import Notice
from newsroom import settings as product
from second_factor.checks import check_roles
from second_factor.proofs import prove
from second_factor.recovery import count_codes, make_codes
from tests.signing_in import code_on, half_sign_in, make_app, secret_on

DEVICES = "/admin/thiet-bi/"
ADD_APP = "/admin/thiet-bi/ung-dung/"


def make_key(user, name="Điện thoại của tôi"):
    number = str(WebAuthnCredential.objects.count()).encode()
    return WebAuthnCredential.objects.create(user=user, name=name, credential_id=number, public_key=b"1")


@pytest.fixture
def page_of(client):
    def see(user):
        client.force_login(user)
        return " ".join(client.get(DEVICES).text.split())

    return see


def test_keys_app_and_codes_left_are_named(page_of, head, rf):
    make_key(head)
    make_app(head)
    prove(rf.get("/"), head, {"confirm_by": "recovery", "confirm_recovery": make_codes(head)[0]})
    page = page_of(head)
    assert "Điện thoại của tôi" in page
    assert "chưa dùng lần nào" in page
    assert "Đang bật" in page
    assert "còn 9 trong 10 mã" in page
    assert "Việc của bạn ở tòa soạn cần ít nhất một cách xác nhận" in page


def test_keys_and_browsers_are_not_called_by_one_word(page_of, head):
    make_key(head)
    page = page_of(head).replace("Thiết bị của tôi", "")  # the name of the page
    assert "Đang đăng nhập ở 1 nơi" in page
    assert "thiết bị" not in page.lower()


def test_who_has_no_duty_is_advised(page_of, collaborator):
    assert "Bạn chưa bắt buộc, nhưng nên thêm" in page_of(collaborator)


def test_where_nobody_must_the_page_says_so(settings, page_of, head):
    settings.SECOND_FACTOR_ROLES = []
    assert "vào bằng mật khẩu là đủ" in page_of(head)


def test_a_key_gets_another_name_and_is_removed(client, head):
    key = make_key(head)
    make_app(head)
    client.force_login(head)
    client.post(reverse("admin:rename_key", args=[key.pk]), {"name": " Máy của trường "})
    key.refresh_from_db()
    assert key.name == "Máy của trường"
    client.post(reverse("admin:remove_key", args=[key.pk]))
    assert not WebAuthnCredential.objects.exists()
    assert Notice.objects.filter(recipient=head, about="Gỡ khóa truy cập “Máy của trường”").exists()


@pytest.mark.parametrize("number", ["1" * 5000, "9" * 25, "²", "x", ""])
def test_a_name_for_a_number_that_is_no_key_changes_nothing(client, head, number):
    key = make_key(head)
    client.force_login(head)
    assert client.post(reverse("admin:add_key"), {"key": number, "name": "Máy lạ"}).status_code in {200, 302}
    key.refresh_from_db()
    assert key.name == "Điện thoại của tôi"


def test_nobody_touches_anothers_key(client, head, registrar):
    key = make_key(registrar)
    client.force_login(head)
    for act in ("rename_key", "remove_key"):
        assert client.post(reverse(f"admin:{act}", args=[key.pk]), {"name": "x"}).status_code == 404
    key.refresh_from_db()
    assert key.name == "Điện thoại của tôi"


def test_new_codes_are_shown_once_and_void_the_old(client, head):
    make_app(head)
    old = make_codes(head)
    client.force_login(head)
    page = client.post(reverse("admin:new_codes"))
    assert page.text.count("<li><code>") == 10
    assert page.headers["Cache-Control"].count("no-store") == 1
    assert old[0] not in page.text
    assert count_codes(head).left == 10
    assert "<li><code>" not in client.get(DEVICES).text


def test_a_new_app_takes_the_place_of_the_old_once_a_code_is_right(client, head):
    old = make_app(head)
    client.force_login(head)
    page = client.get(ADD_APP)
    for wrong in ("000000", "", "1" * 5000, "١٢٣٤٥٦"):
        assert "Mã sáu số chưa đúng" in client.post(ADD_APP, {"code": wrong}).text
    assert TOTPDevice.objects.get(user=head).pk == old.pk
    client.post(ADD_APP, {"code": code_on(page)})
    new = TOTPDevice.objects.get(user=head)
    assert (new.pk == old.pk, new.confirmed) == (False, True)
    assert new.verify_token(int(code_on(page))) is False  # used up by adding it


def test_a_secret_noted_before_is_never_the_one_that_is_added(head):
    """Whoever has the password once, before the owner enrols, gains nothing by having seen the page."""
    thief, owner = Client(), Client()
    half_sign_in(thief, head)
    half_sign_in(owner, head)
    noted = [thief.get(ADD_APP), owner.get(ADD_APP)]  # the second: beside the owner, on a shared screen
    shown = owner.get(ADD_APP)
    assert not TOTPDevice.objects.exists()
    secrets = [secret_on(page) for page in (*noted, shown)]
    assert len(set(secrets)) == 3
    for page in noted:
        assert "Mã sáu số chưa đúng" in owner.post(ADD_APP, {"code": code_on(page)}).text
    owner.post(ADD_APP, {"code": code_on(shown)})
    assert base64.b32encode(TOTPDevice.objects.get().bin_key).decode() == secrets[2]
    assert thief.get("/admin/").status_code == 302


def test_a_wrong_code_leaves_the_picture_that_was_scanned(head):
    client = Client()
    half_sign_in(client, head)
    assert secret_on(client.get(ADD_APP)) == secret_on(client.post(ADD_APP, {"code": "000000"}))


def test_no_list_of_secrets_is_in_the_office():
    assert not any(admin.site.is_registered(kind) for kind in (TOTPDevice, StaticDevice, WebAuthnCredential))


def test_a_misspelt_role_is_told_at_the_start(settings):
    assert check_roles() == []
    settings.SECOND_FACTOR_ROLES = ["head", "haed"]
    assert [error.msg for error in check_roles()] == ["SECOND_FACTOR_ROLES names an unknown role: haed"]


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"SITE_URL": "https://giaoduc.vidu.example"}, "giaoduc.vidu.example https://giaoduc.vidu.example 5"),
        ({"SITE_URL": "http://127.0.0.1:8000", "DEMO": "1"}, "localhost http://localhost:8000 0"),
    ],
)
def test_keys_follow_the_host_and_the_demo_has_no_duty(environment, told):
    asked = (
        "import newsroom.settings as s;"
        "print(s.OTP_WEBAUTHN_RP_ID, *s.OTP_WEBAUTHN_ALLOWED_ORIGINS, len(s.SECOND_FACTOR_ROLES))"
    )
    known = {"SECRET_KEY": "x" * 50, "PATH": "/usr/bin:/bin"} | environment
    run = subprocess.run([sys.executable, "-c", asked], env=known, capture_output=True, text=True, check=True)  # noqa: S603
    assert run.stdout.strip() == told


def test_whoever_decides_alone_what_readers_see_has_the_duty_unless_told_otherwise():
    assert sorted(GUARDED_ROLES) == ["administrator", "deputy", "head", "managing_editor", "registrar"]
    assert sorted(product.SECOND_FACTOR_ROLES) == sorted(GUARDED_ROLES)
