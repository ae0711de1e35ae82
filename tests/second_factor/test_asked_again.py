"""What must not be done from a session left open is done only after confirming, and nothing typed is lost."""

import datetime
import html
import re
import time

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Ticket, TwoAdminRequest
from accounts.roles import Role
from approvals.models import AuditEntry
from articles.models import Article, BreakGlass, Comment
from articles.writing.drafting import save
from departments.models import Position
from second_factor.recovery import count_codes, make_codes
from second_factor.standing import CONFIRMED_AT
from tests.factories.articles import make_draft, submit
from tests.factories.awards import make_commendation, make_decision
from tests.factories.departments import PASSWORD, make_position, make_user
from tests.records.sending import sent_by
from tests.signing_in import code_of, half_sign_in, make_app

WHY = "Việc gấp, phải báo tin ngay trong đêm mưa lũ."
ASKED = "Xác nhận lại là bạn"


def left_open(user):
    """A browser whose person confirmed more than ten minutes ago."""
    client = Client()
    client.force_login(user)
    session = client.session
    session[CONFIRMED_AT] = time.time() - 601
    session.save()
    return client


def answer_page(client, page, **proof):
    """Send the page that asks again, with everything it holds, as its form does."""
    assert page.status_code == 403, page.text[:300]
    assert ASKED in page.text
    form = re.search(r'<form method="post" action="([^"]+)" data-again>(.*?)</form>', page.text, re.S)
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form[2])
    sent = {}
    for name, value in fields:
        if name != "csrfmiddlewaretoken":
            sent.setdefault(html.unescape(name), []).append(html.unescape(value))
    return client.post(html.unescape(form[1]), sent | proof)


def with_code(app):
    return {"confirm_by": "code", "confirm_code": code_of(app)}


@pytest.fixture
def waiting(collaborator):
    return submit(make_draft(collaborator), collaborator)


@pytest.fixture
def above(province):
    return make_user("tren", Role.HEAD, province)


def decide(client, story, **more):
    revision = story.review_revision
    words = {"step": "approve", "version": story.version, "sha256": revision.sha256}
    return client.post(reverse("admin:review_decide", args=[story.pk]), words | more)


def test_approving_out_of_turn_goes_on_after_confirming(waiting, head, above):
    app, client = make_app(above), left_open(above)
    typed = {"early_reason": WHY, "note": "Cảm ơn “cô”.\nĐăng ngay."}
    page = decide(client, waiting, **typed)
    assert not BreakGlass.objects.exists()
    answer = answer_page(client, page, **with_code(app))
    assert answer.status_code == 302
    assert BreakGlass.objects.get().reason == WHY
    assert Article.objects.get(pk=waiting.pk).status == "approved"
    assert AuditEntry.objects.filter(action="Xác nhận lại", actor=above).exists()


def test_a_comment_typed_beside_is_kept_once(waiting, head, above):
    app, client = make_app(above), left_open(above)
    page = decide(client, waiting, early_reason=WHY, comment_where="0", comment_words="Câu này đã rõ chưa?")
    assert not Comment.objects.exists()
    answer_page(client, page, **with_code(app))
    assert Comment.objects.count() == 1


def test_approving_in_turn_is_not_asked(waiting, head):
    make_app(head)
    assert decide(left_open(head), waiting).status_code == 302


def test_a_wrong_answer_is_told_and_keeps_the_words(waiting, head, above):
    app, client = make_app(above), left_open(above)
    page = decide(client, waiting, early_reason=WHY)
    page = answer_page(client, page, confirm_by="code", confirm_code="000000")
    assert "Mã sáu số chưa đúng" in page.text
    time.sleep(1.1)
    assert answer_page(client, page, **with_code(app)).status_code == 302
    assert BreakGlass.objects.get().reason == WHY


def test_who_has_no_device_confirms_by_password(settings, waiting, head, above):
    settings.SECOND_FACTOR_ROLES = ["administrator"]
    client = left_open(above)
    page = decide(client, waiting, early_reason=WHY)
    page = answer_page(client, page, confirm_by="password", confirm_password="sai")
    assert "Mật khẩu chưa đúng" in page.text
    assert answer_page(client, page, confirm_by="password", confirm_password=PASSWORD).status_code == 302


def test_who_has_a_device_does_not_confirm_by_password(waiting, head, above):
    make_app(above)
    client = left_open(above)
    page = decide(client, waiting, early_reason=WHY)
    page = answer_page(client, page, confirm_by="password", confirm_password=PASSWORD)
    assert "Hãy chọn một cách xác nhận" in page.text
    assert not BreakGlass.objects.exists()


def test_where_nobody_has_the_duty_nobody_without_a_device_is_asked(settings, waiting, head, above):
    settings.SECOND_FACTOR_ROLES = []
    client = Client()
    half_sign_in(client, above)
    assert decide(client, waiting, early_reason=WHY).status_code == 302


def test_confirming_lasts_ten_minutes(waiting, head, above, collaborator):
    app, client = make_app(above), left_open(above)
    answer_page(client, decide(client, waiting, early_reason=WHY), **with_code(app))
    other = submit(make_draft(collaborator, title="Bài nữa"), collaborator)
    assert decide(client, other, early_reason=WHY).status_code == 302


@pytest.fixture
def decision(province):
    found = make_decision(issuer=province, status="in_review")
    make_commendation(found)
    return found


def test_publishing_a_decision_is_asked(decision, managing_editor):
    app, client = make_app(managing_editor), left_open(managing_editor)
    address = reverse("admin:awards_decision_step", args=[decision.pk, "publish"])
    page = client.post(address, {"version": decision.version})
    decision.refresh_from_db()
    assert decision.status == "in_review"
    answer_page(client, page, **with_code(app))
    decision.refresh_from_db()
    assert decision.status == "public"


def test_giving_a_role_is_asked_and_the_form_goes_on(administrator, collaborator):
    app, client = make_app(administrator), left_open(administrator)
    address = reverse("admin:departments_person_change", args=[collaborator.person.pk])
    form = sent_by(client.get(address).text) | {"positions-0-role": "head"}
    page = client.post(address, form)
    assert Position.objects.get(person=collaborator.person).role == "collaborator"
    answer_page(client, page, **with_code(app))
    assert Position.objects.get(person=collaborator.person).role == "head"


def test_a_name_in_the_directory_is_corrected_without_asking(administrator, collaborator):
    client = left_open(administrator)
    address = reverse("admin:departments_person_change", args=[collaborator.person.pk])
    form = sent_by(client.get(address).text) | {"full_name": "Nguyễn Thị Lan Anh"}
    assert client.post(address, form).status_code == 302


def test_lending_the_role_is_asked(head, collaborator, school):
    make_position(collaborator.person, school, Role.DEPUTY)
    make_app(head)
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    headship = head.person.positions.get()
    words = {"headship": headship.pk, "person": collaborator.person.pk}
    words |= {"valid_from": tomorrow, "valid_until": tomorrow, "reason": "Họp"}
    page = left_open(head).post(reverse("admin:delegations"), words)
    assert ASKED in page.text
    assert not Position.objects.exclude(stands_in_for=None).exists()


def test_what_opens_others_accounts_is_asked(administrator, province, head):
    client = left_open(administrator)
    other = make_user("quantri2", Role.ADMINISTRATOR, province)
    type(head).objects.filter(pk=head.pk).update(last_login=timezone.now())
    asked = TwoAdminRequest.objects.create(
        act="new_email",
        about=head,
        asked_by=other,
        reason="Đổi",
        facts={"email": "moi@vidu.example"},
        ends_at=timezone.now() + datetime.timedelta(days=1),
    )
    accounts = reverse("admin:accounts_user_changelist")
    acts = {
        reverse("admin:staff_new_device", args=[head.pk]): {"reason": "Mất máy"},
        reverse("admin:staff_requests"): {"request": asked.pk, "yes": "1"},
        reverse("admin:staff_change", args=[head.person.pk]): {
            "kind": "leave",
            "save": "1",
            "day": "2030-01-01",
        },
        accounts: {"action": "lock", "_selected_action": [head.pk], "index": "0"},
    }
    for address, words in acts.items():
        page = client.post(address, words)
        assert (page.status_code, ASKED in page.text) == (403, True), address
    assert head.person.positions.get().valid_until is None
    asked.refresh_from_db()
    head.refresh_from_db()
    assert (asked.answered_at, head.is_active, Ticket.objects.count()) == (None, True, 0)


def test_a_list_of_people_with_roles_is_asked_and_goes_on(administrator, school):
    app, client = make_app(administrator), left_open(administrator)
    lines = (
        "Họ và tên\tChức vụ\tĐơn vị\tVai trò\nVõ Văn Bình\tHiệu trưởng\tTrường THPT Chu Văn An\tTrưởng đơn vị"
    )
    words = {"text": lines, "default_day": timezone.localdate().isoformat(), "save": "1"}
    page = client.post(reverse("admin:staff_list"), words)
    assert not Position.objects.filter(person__full_name="Võ Văn Bình").exists()
    answer_page(client, page, **with_code(app))
    assert Position.objects.get(person__full_name="Võ Văn Bình").role == "head"


def test_devices_and_codes_are_asked(head):
    make_codes(head)
    app, client = make_app(head), left_open(head)
    pages = [
        client.get(reverse("admin:add_key")),
        client.get(reverse("admin:add_app")),
        client.post(reverse("admin:remove_app")),
        client.post(reverse("admin:new_codes")),
    ]
    assert [page.status_code for page in pages] == [403] * 4
    assert client.post(reverse("admin:key_registration_begin")).json()["code"] == "confirmation_needed"
    assert (count_codes(head).left, type(app).objects.count()) == (10, 1)
    answer = answer_page(client, pages[0], **with_code(app))
    assert answer.headers["Location"] == reverse("admin:add_key")


def test_the_first_device_asks_the_password_again(collaborator):
    client = Client()
    client.post("/admin/login/", {"username": collaborator.username, "password": PASSWORD})
    page = client.get(reverse("admin:add_app"))
    answer_page(client, page, confirm_by="password", confirm_password=PASSWORD)
    assert "Quét hình này" in client.get(reverse("admin:add_app")).text


def test_removing_the_last_device_leads_back_to_enrolment(head):
    app, client = make_app(head), Client()
    make_codes(head)
    half_sign_in(client, head)
    client.post("/admin/xac-nhan/", with_code(app))
    assert client.get("/admin/").status_code == 200
    client.post(reverse("admin:remove_app"))
    page = client.get("/admin/", follow=True).text
    assert "Thêm một cách xác nhận" in page
    assert page.count("Đã gỡ ứng dụng mã sáu số") == 1
    assert count_codes(head) is None


def test_the_worker_and_commands_are_not_asked(waiting, above):
    """Users that come from no session: `save` and `take` work with them as ever."""
    assert above.confirmed_lately is None
    draft = make_draft(above, title="Bài của máy chủ")
    save(draft, by=above, draft_number=draft.draft_number)
