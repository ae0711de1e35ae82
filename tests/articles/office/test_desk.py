"""The head's desk over HTTP: what it shows, what each button does, what a refusal says."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.enums import Status
from articles.models import Article, PublishedArticle, Release, ReviewDecision
from articles.writing import drafting
from departments import delegating
from tests.factories.articles import approve, figure_of, make_draft, resubmit, send_back, submit
from tests.factories.departments import delegate, make_user
from tests.factories.media import make_photo
from tests.lifting import lifted

pytestmark = pytest.mark.django_db
DESK = "/admin/cho-duyet/"


@pytest.fixture
def waiting(collaborator):
    return submit(make_draft(collaborator, title="Bài chờ duyệt", body="<p>Lời đã gửi.</p>"), collaborator)


@pytest.fixture
def stand_in(head, school):
    """Somebody of the unit who stands in for the head today."""
    user = make_user("hieupho", "collaborator", school, full_name="Võ Thị Sáu", title="Phó Hiệu trưởng")
    today = timezone.localdate()
    delegate(delegating.own_headships(head).get(), user.person, today, today, reason="Họp")
    return user


def press(client, article, step, **words):
    data = {"step": step, "sha256": article.review_revision.sha256, "version": article.version} | words
    return client.post(f"{DESK}{article.pk}/quyet-dinh/", data)


def test_the_desk_opens_with_the_longest_waiting_story_and_its_frozen_words(
    client, head, waiting, collaborator
):
    waiting.body = "<p>Lời gõ sau khi gửi.</p>"
    drafting.save(waiting, by=collaborator, draft_number=waiting.draft_number)
    client.force_login(head)
    html = client.get(DESK).content.decode()
    assert "Bài chờ duyệt" in html
    assert "Lời đã gửi." in html
    assert "Lời gõ sau khi gửi." not in html
    assert "Bạn duyệt với tư cách: Hiệu trưởng, Trường THPT Chu Văn An." in html
    assert "Bài lâu nhất chờ chưa đầy một phút." in html


def test_one_press_approves_and_publishes(client, head, waiting):
    client.force_login(head)
    answer = press(client, waiting, "approve")
    assert answer.status_code == 302
    assert PublishedArticle.objects.live().get().title == "Bài chờ duyệt"
    assert "Không còn bài nào chờ duyệt" in client.get(DESK).content.decode()


def test_approving_costs_the_same_for_every_story(
    client, head, collaborator, waiting, django_assert_max_num_queries
):
    photo = make_photo(department=waiting.department)
    words = {"body": figure_of(photo, "Sân trường sáng thứ hai") + "<p>Lời đã gửi.</p>"}
    stories = [submit(make_draft(collaborator, **words), collaborator) for _ in range(3)]
    client.force_login(head)
    press(client, waiting, "approve")  # what a process learns once
    for article in stories:
        with django_assert_max_num_queries(46):
            assert press(client, article, "approve").status_code == 302
        article.refresh_from_db()
        assert article.status == Status.APPROVED


def test_after_a_decision_no_other_story_lies_open_under_the_finger(client, head, collaborator, waiting):
    """Without a fragment the browser would keep the form's “#quyet-dinh”: the next story's decision."""
    submit(make_draft(collaborator, title="Bài chưa ai đọc"), collaborator)
    client.force_login(head)
    answer = press(client, waiting, "approve")
    assert answer.url.partition("#")[2] not in {"", "quyet-dinh"}
    page = client.get(answer.url.partition("#")[0])
    assert "Đã duyệt và đăng “Bài chờ duyệt”." in page.content.decode()
    assert page.context["queue"][0].title == "Bài chưa ai đọc"
    assert 'name="step" value="approve"' not in page.content.decode()
    assert 'name="step" value="approve"' in client.get(DESK).content.decode()


def test_returning_without_words_keeps_the_story_waiting_and_says_why(client, head, waiting):
    client.force_login(head)
    answer = press(client, waiting, "send_back")
    assert answer.status_code == 409
    assert "Hãy chọn một lý do hoặc viết lời nhắn" in answer.content.decode()
    assert Article.objects.get().status == Status.IN_REVIEW


def test_a_ticked_reason_is_the_note(client, head, waiting, collaborator):
    client.force_login(head)
    press(client, waiting, "send_back", reasons=["Sai chức danh"], note="Xem lại đoạn hai.")
    client.force_login(collaborator)
    html = client.get(reverse("admin:articles_article_change", args=[waiting.pk])).content.decode()
    assert "Sai chức danh. Xem lại đoạn hai." in html


def test_a_scheduled_story_waits(client, head, waiting):
    client.force_login(head)
    due_at = timezone.localtime() + datetime.timedelta(days=1)
    press(client, waiting, "schedule", due_at=due_at.strftime("%Y-%m-%dT%H:%M"))
    assert not PublishedArticle.objects.exists()
    assert Release.objects.get().due_at == due_at.replace(second=0, microsecond=0)


@pytest.mark.parametrize("due_at", ["", "hôm nào đó", "2001-01-01T07:30"])
def test_a_bad_hour_is_refused_at_its_field_and_keeps_the_note(client, head, waiting, due_at):
    client.force_login(head)
    answer = press(client, waiting, "schedule", due_at=due_at, note="Lời nhắn đã gõ")
    assert answer.status_code == 409
    assert answer.context["form"].errors["due_at"]
    assert "Lời nhắn đã gõ" in answer.content.decode()
    assert Article.objects.get().status == Status.IN_REVIEW


def test_a_text_resubmitted_while_the_head_reads_is_not_approved(client, head, waiting, collaborator):
    client.force_login(head)
    waiting.title = "Bản mới"
    drafting.save(waiting, by=collaborator, draft_number=waiting.draft_number)
    submit(waiting, collaborator)
    answer = press(client, waiting, "approve", note="Lời nhắn đã gõ")
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "vừa thay đổi" in html
    assert "Lời nhắn đã gõ" in html
    assert not PublishedArticle.objects.exists()


def test_the_slower_of_two_heads_is_told(client, head, stand_in, waiting):
    approve(waiting, stand_in)
    client.force_login(head)
    answer = client.post(
        f"{DESK}{waiting.pk}/quyet-dinh/",
        {"step": "approve", "sha256": waiting.review_revision.sha256, "version": waiting.version},
        follow=True,
    )
    assert "không còn chờ bạn" in answer.content.decode()
    assert Release.objects.count() == 1


@pytest.mark.parametrize("step", ["publish", "", "withdraw"])
def test_an_unknown_press_does_nothing(client, head, waiting, step):
    client.force_login(head)
    assert press(client, waiting, step).status_code == 409
    assert Article.objects.get().status == Status.IN_REVIEW


@pytest.mark.parametrize(
    "who", ["collaborator", "other_collaborator", "desk_editor", "registrar", "administrator", "auditor"]
)
def test_the_desk_is_for_those_who_may_decide(client, request, waiting, who):
    client.force_login(request.getfixturevalue(who))
    assert client.get(DESK).status_code == 404
    assert press(client, waiting, "approve").status_code in {302, 404}
    assert Article.objects.get().status == Status.IN_REVIEW


def test_the_head_of_another_unit_sees_nothing_of_it(client, other_head, waiting):
    client.force_login(other_head)
    assert "Bài chờ duyệt" not in client.get(DESK).content.decode()
    assert client.get(f"{DESK}{waiting.pk}/", follow=True).redirect_chain[0][0].startswith(DESK + "?")
    assert press(client, waiting, "approve").status_code == 404
    assert Article.objects.get().status == Status.IN_REVIEW


def test_a_stranger_is_sent_to_sign_in(client, waiting):
    for answer in (client.get(DESK), press(client, waiting, "approve")):
        assert answer.status_code == 302
        assert "/admin/login/" in answer["Location"]


def test_their_own_story_is_shown_without_buttons(client, head):
    article = submit(make_draft(head, title="Bài của trưởng đơn vị"), head)
    client.force_login(head)
    html = client.get(f"{DESK}{article.pk}/").content.decode()
    assert "Bài này do bạn viết, sửa hoặc gửi," in html
    assert 'value="approve"' not in html


# --- order, time, second thoughts -----------------------------------------------------------------


def test_a_story_sent_again_stands_before_those_that_wait_longer(client, head, waiting, collaborator):
    again = send_back(submit(make_draft(collaborator, title="Bài gửi lại"), collaborator), head)
    resubmit(again, collaborator, title="Bài gửi lại, đã sửa")
    client.force_login(head)
    answer = client.get(DESK)
    assert [one.title for one in answer.context["queue"]] == ["Bài gửi lại, đã sửa", "Bài chờ duyệt"]
    assert "Bản 2, gửi lại" in answer.content.decode()


def test_choosing_a_time_is_two_presses_and_keeps_the_note(client, head, waiting):
    client.force_login(head)
    answer = press(client, waiting, "choose_time", note="Lời nhắn đã gõ")
    html = answer.content.decode()
    assert answer.status_code == 200
    assert '<details class="later" id="hen-gio" open>' in html
    assert "Lời nhắn đã gõ" in html
    # The bar confirms the hour; Enter in the hour means the same, so that button comes first.
    bar = html.split('class="decide-bar"')[1]
    assert bar.index('value="schedule"') < bar.index('value="approve"')
    assert html.count('value="schedule"') == 1
    assert not ReviewDecision.objects.exists()
    suggested = answer.context["form"]["due_at"].value()
    press(client, waiting, "schedule", due_at=f"{suggested:%Y-%m-%dT%H:%M}")
    assert timezone.localtime(Release.objects.get().due_at).replace(tzinfo=None) == suggested


def test_a_story_may_be_published_until_an_hour(client, head, waiting):
    client.force_login(head)
    ends = timezone.localtime() + datetime.timedelta(days=2)
    press(client, waiting, "approve", until=ends.strftime("%Y-%m-%dT%H:%M"))
    assert PublishedArticle.objects.get().until == ends.replace(second=0, microsecond=0)


def test_an_end_before_the_beginning_is_refused_at_its_field(client, head, waiting):
    client.force_login(head)
    answer = press(client, waiting, "approve", until="2001-01-01T07:30", note="Lời nhắn đã gõ")
    assert answer.context["form"].errors["until"]
    assert "Lời nhắn đã gõ" in answer.content.decode()
    assert not PublishedArticle.objects.exists()


def test_a_stale_press_shows_what_has_changed_since_it_was_read(client, head, waiting, collaborator):
    client.force_login(head)
    resubmit(waiting, collaborator, body="<p>Lời sửa sau.</p>")
    answer = press(client, waiting, "approve", note="Lời nhắn đã gõ")
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Bản đang chờ khác bản bạn vừa đọc" in html
    assert "<ins>" in html.split("Bản đang chờ khác bản bạn vừa đọc")[1]
    assert not PublishedArticle.objects.exists()


def test_a_note_typed_for_a_story_that_is_gone_is_not_lost(client, head, stand_in, waiting):
    approve(waiting, stand_in)
    client.force_login(head)
    answer = press(client, waiting, "send_back", note="Lời nhắn dài đã gõ")
    assert answer.status_code == 409
    assert "Lời nhắn dài đã gõ" in answer.content.decode()
    assert ReviewDecision.objects.count() == 1


def undo(client, article, version=None):
    return client.post(f"{DESK}{article.pk}/rut-lai/", {"version": version or article.version}, follow=True)


@pytest.mark.parametrize("step", ["approve", "send_back"])
def test_a_decision_is_taken_back_from_the_desk(client, head, waiting, step):
    client.force_login(head)
    press(client, waiting, step, note="Xem lại.")
    assert "Rút lại được trong 10 phút" in client.get(DESK).content.decode()
    answer = undo(client, Article.objects.get())
    assert "lại chờ duyệt" in answer.content.decode()
    assert Article.objects.get().status == Status.IN_REVIEW
    assert not PublishedArticle.objects.live().exists()
    assert "Rút lại được trong 10 phút" not in answer.content.decode()


def test_an_old_page_takes_nothing_back(client, head, waiting):
    client.force_login(head)
    press(client, waiting, "approve")
    for version in (1, "x", "9" * 30):
        undo(client, waiting, version)
    assert PublishedArticle.objects.live().exists()


def schedule_for_tomorrow(waiting, head):
    return approve(waiting, head, due_at=timezone.now() + datetime.timedelta(days=1))


def change(client, article, **words):
    return client.post(f"{DESK}{article.pk}/hen-gio/", {"version": article.version} | words, follow=True)


def test_waiting_releases_are_listed_called_off_and_given_another_hour(client, head, waiting):
    article = schedule_for_tomorrow(waiting, head)
    client.force_login(head)
    assert "Bài chờ duyệt" in client.get(f"{DESK}hen-gio/").content.decode()
    later = timezone.localtime() + datetime.timedelta(days=3)
    change(client, article, due_at=later.strftime("%Y-%m-%dT%H:%M"))
    waiting_now = Release.objects.get(done_at=None, cancelled_at=None)
    assert waiting_now.due_at == later.replace(second=0, microsecond=0)
    change(client, Article.objects.get(), cancel="1")
    assert "Không có bài nào hẹn giờ" in client.get(f"{DESK}hen-gio/").content.decode()
    assert not Release.objects.filter(done_at=None, cancelled_at=None).exists()


@pytest.mark.parametrize("due_at", ["", "mai", "2001-01-01T07:30"])
def test_a_bad_other_hour_changes_nothing(client, head, waiting, due_at):
    article = schedule_for_tomorrow(waiting, head)
    client.force_login(head)
    answer = change(client, article, due_at=due_at)
    assert list(answer.context["messages"])
    assert Release.objects.get().cancelled_at is None


def test_a_failed_and_a_late_release_are_told_on_the_desk(client, head, waiting):
    schedule_for_tomorrow(waiting, head)
    now = timezone.now()
    Release.objects.update(error="OSError: đĩa đầy", attempts=2, retry_at=now)
    with lifted():
        Release.objects.update(due_at=now - datetime.timedelta(hours=1))
    client.force_login(head)
    assert "máy đang thử lại" in client.get(DESK).content.decode()
    html = client.get(f"{DESK}hen-gio/").content.decode()
    assert "Đã quá giờ mà chưa đăng" in html
    assert "đĩa đầy" in html


@pytest.mark.parametrize(
    "who",
    ["collaborator", "other_collaborator", "other_head", "registrar", "auditor"],
)
def test_foreign_hands_change_no_release_and_take_nothing_back(client, request, head, waiting, who):
    article = schedule_for_tomorrow(waiting, head)
    client.force_login(request.getfixturevalue(who))
    assert client.get(f"{DESK}hen-gio/").status_code == (200 if who == "other_head" else 404)
    assert "Bài chờ duyệt" not in client.get(f"{DESK}hen-gio/").content.decode()
    assert change(client, article, cancel="1").status_code == 404
    assert undo(client, article).status_code == 404
    assert Release.objects.get().cancelled_at is None


def test_strangers_are_sent_to_sign_in_from_every_address(client, head, waiting):
    article = schedule_for_tomorrow(waiting, head)
    answers = [
        client.get(f"{DESK}hen-gio/"),
        client.post(f"{DESK}{article.pk}/hen-gio/", {"cancel": "1", "version": article.version}),
        client.post(f"{DESK}{article.pk}/rut-lai/", {"version": article.version}),
    ]
    assert all("/admin/login/" in answer["Location"] for answer in answers)
    assert Release.objects.get().cancelled_at is None


def test_the_storys_own_page_leads_those_who_decide_to_the_desk(client, head, collaborator, waiting):
    page = reverse("admin:articles_article_change", args=[waiting.pk])
    client.force_login(collaborator)
    assert f"{DESK}{waiting.pk}/" not in client.get(page).content.decode()
    client.force_login(head)
    assert f"{DESK}{waiting.pk}/" in client.get(page).content.decode()


def test_an_embargo_is_shown_and_its_end_suggested(client, head, collaborator):
    ends = (timezone.localtime() + datetime.timedelta(days=3)).replace(second=0, microsecond=0)
    article = submit(make_draft(collaborator, embargo_until=ends, planned_on=ends.date()), collaborator)
    client.force_login(head)
    answer = client.get(DESK)
    assert "Không đăng trước" in answer.content.decode()
    assert answer.context["form"]["due_at"].value() == ends.replace(tzinfo=None)
    refused = press(client, article, "approve")
    assert refused.status_code == 409
    assert "không được đăng trước" in refused.content.decode()


def test_the_longest_wait_is_named_though_a_story_sent_again_comes_first(client, head, collaborator):
    again = send_back(submit(make_draft(collaborator, title="Gửi lại"), collaborator), head)
    resubmit(again, collaborator, lead="Sapo đã sửa.")
    old = submit(make_draft(collaborator, title="Chờ ba ngày"), collaborator)
    Article.objects.filter(pk=old.pk).update(submitted_at=timezone.now() - datetime.timedelta(days=3))
    client.force_login(head)
    html = client.get(DESK).content.decode()
    assert html.index("<h2>Gửi lại</h2>") < html.index("<h2>Chờ ba ngày</h2>")
    assert f'Bài lâu nhất chờ 3\xa0ngày: <a href="{DESK}{old.pk}/#bai">Chờ ba ngày</a>' in html


def test_a_correction_is_marked_and_its_notice_comes_before_the_text(client, head, collaborator):
    story = approve(submit(make_draft(collaborator, title="Sai chức danh"), collaborator), head)
    words = {"correction_kind": "erratum", "correction_note": "Sửa chức danh ở đoạn 2."}
    resubmit(story, collaborator, lead="Sapo đúng chức danh.", **words)
    client.force_login(head)
    html = client.get(DESK).content.decode()
    assert "Sửa bài đã đăng" in html
    assert html.index("Sửa chức danh ở đoạn 2.") < html.index('id="da-doi"') < html.index('id="bai-va-anh"')
