"""In a browser with an authenticator: a key is added, signs in, confirms; nothing typed is lost."""

import time

import pytest
from django_otp_webauthn.models import WebAuthnCredential

from accounts.models import Device, Session
from accounts.sessions import SessionStore
from articles.models import BreakGlass
from second_factor.standing import CONFIRMED_AT
from tests.factories.articles import make_draft, submit
from tests.factories.departments import PASSWORD, make_user
from tests.journeys.browsing import (
    DESK,
    PHONE,
    end_sessions,
    open_story,
    sign_in,
    sign_in_again,
    type_at_end,
    wait_until_saved,
)
from tests.signing_in import code_of, make_app

# What the browser says of the page that asks again (403), and the library of an offer that came to nothing.
HEARD = ("Failed to load resource", "Got error during the webauthn", "NotAllowedError")
WHY = "Việc gấp, phải báo tin ngay trong đêm mưa lũ."
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _keys_work_here(settings, live_server):
    settings.OTP_WEBAUTHN_ALLOWED_ORIGINS = [live_server.url]


def give_authenticator(page, *, verifies=True, touches=True):
    """A finger reader in the machine; with `verifies` off it asks for no finger, face or code."""
    line = page.context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    options |= {"hasUserVerification": verifies, "isUserVerified": verifies}
    options |= {"automaticPresenceSimulation": touches}
    added = line.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return line, added["authenticatorId"]


def type_password(page, username):
    page.goto("/admin/login/")
    page.fill("#id_username", username)
    page.fill("#id_password", PASSWORD)
    page.click("#login-form [type=submit]")


def enrol(page, username, name="Điện thoại của tôi"):
    """By password to the page of enrolling, and in with a new key."""
    type_password(page, username)
    page.get_by_role("link", name="Thêm khóa truy cập").click()
    page.fill("#ten-khoa", name)
    page.click("#passkey-register-button")
    page.get_by_text("Mười mã khôi phục").wait_for()
    page.get_by_role("link", name="Tôi đã cất mã").click()
    page.wait_for_url("**/admin/")


def sign_out(page):
    page.click("summary.o-me")
    page.click("#logout-form button")
    page.get_by_text("Đã đăng xuất").first.wait_for()


def test_a_head_enrols_a_key_and_next_time_signs_in_by_it_alone(browse, head):
    page = browse(PHONE, HEARD)
    give_authenticator(page)
    enrol(page, "truongdonvi")
    sign_out(page)
    page.goto("/admin/")  # the browser offers the key in the box of the name by itself
    page.locator(".o-me").wait_for()
    key = WebAuthnCredential.objects.get(user=head)
    assert (key.name, key.last_used_at is not None) == ("Điện thoại của tôi", True)


def test_the_button_signs_in_where_nothing_is_offered(browse, head):
    page = browse(DESK, HEARD)
    line, number = give_authenticator(page)
    enrol(page, "truongdonvi")
    sign_out(page)
    line.send("WebAuthn.setAutomaticPresenceSimulation", {"authenticatorId": number, "enabled": False})
    page.goto("/admin/login/?next=/admin/hop-thu/")
    page.locator("#passkey-verification-button").wait_for()
    line.send("WebAuthn.setAutomaticPresenceSimulation", {"authenticatorId": number, "enabled": True})
    page.click("#passkey-verification-button")
    page.wait_for_url("**/admin/hop-thu/")


def test_a_key_that_asks_for_no_finger_is_refused_in_words(browse, head):
    page = browse(DESK, HEARD)
    give_authenticator(page, verifies=False)
    type_password(page, "truongdonvi")
    page.get_by_role("link", name="Thêm khóa truy cập").click()
    page.click("#passkey-register-button")
    page.get_by_text("chưa đặt vân tay, khuôn mặt hay mã mở màn hình").wait_for()
    assert not WebAuthnCredential.objects.exists()


def test_after_the_password_the_key_is_the_second_step(browse, head):
    page = browse(DESK, HEARD)
    line, number = give_authenticator(page)
    enrol(page, "truongdonvi")
    sign_out(page)
    line.send("WebAuthn.setAutomaticPresenceSimulation", {"authenticatorId": number, "enabled": False})
    type_password(page, "truongdonvi")
    page.get_by_text("Còn một bước để vào").wait_for()
    line.send("WebAuthn.setAutomaticPresenceSimulation", {"authenticatorId": number, "enabled": True})
    page.click("#passkey-verification-button")
    page.locator(".o-me").wait_for()


def test_a_key_confirms_and_the_decision_out_of_turn_goes_on(browse, province, head, collaborator):
    make_user("tren", "head", province)
    story = submit(make_draft(collaborator), collaborator)
    page = browse(DESK, HEARD)
    give_authenticator(page)
    enrol(page, "tren")
    for row in Session.objects.all():
        kept = SessionStore(row.session_key)
        kept[CONFIRMED_AT] = time.time() - 601
        kept.save()
    page.goto(f"/admin/cho-duyet/{story.pk}/")
    page.get_by_text("Việc gấp: quyết định trước lượt").click()
    page.locator("[name=early_reason]").fill(WHY)
    page.get_by_role("button", name="Duyệt, đăng").click()
    page.get_by_text("Những gì bạn vừa gõ còn nguyên").wait_for()
    assert not BreakGlass.objects.exists()
    page.click("#passkey-verification-button")
    page.get_by_text("Đã duyệt và đăng").wait_for()
    assert BreakGlass.objects.get().reason == WHY


def test_a_session_that_ended_while_typing_is_renewed_with_the_second_step_in_place(browse, collaborator):
    app = make_app(collaborator)
    article = make_draft(collaborator, body="<p>Trước.</p>")
    page = browse(PHONE)
    sign_in(page, "ctv")
    open_story(page, article)
    end_sessions()
    type_at_end(page, " Vẫn gõ tiếp.")
    sign_in_again(page)
    frame = page.frame_locator("#session-dialog iframe")
    frame.locator("#confirm_code").fill(code_of(app))
    frame.get_by_role("button", name="Xác nhận").click()
    wait_until_saved(page)
    article.refresh_from_db()
    assert article.body == "<p>Trước. Vẫn gõ tiếp.</p>"


def test_in_place_the_key_alone_is_enough(browse, collaborator):
    article = make_draft(collaborator, body="<p>Trước.</p>")
    page = browse(PHONE, HEARD)
    line, number = give_authenticator(page)
    sign_in(page, "ctv")
    page.goto("/admin/thiet-bi/khoa/")
    page.click("#passkey-register-button")
    page.wait_for_url("**/admin/thiet-bi/**")
    page.get_by_text("Mười mã khôi phục").wait_for()
    assert WebAuthnCredential.objects.get().name == Device.objects.get().words  # one machine, one name
    line.send("WebAuthn.setAutomaticPresenceSimulation", {"authenticatorId": number, "enabled": False})
    open_story(page, article)
    end_sessions()
    type_at_end(page, " Vẫn gõ tiếp.")
    button = page.frame_locator("#session-dialog iframe").locator("#passkey-verification-button")
    button.wait_for()
    line.send("WebAuthn.setAutomaticPresenceSimulation", {"authenticatorId": number, "enabled": True})
    button.click()
    wait_until_saved(page)
    article.refresh_from_db()
    assert article.body == "<p>Trước. Vẫn gõ tiếp.</p>"
