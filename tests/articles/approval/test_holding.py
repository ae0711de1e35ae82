"""Who holds a story, who is next and when; who may decide before their turn, and what that needs."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from approvals.engine import StepRefused, take
from approvals.insert_only import FrozenRowError
from approvals.models import StatusChange
from articles.approval.holding import STORIES
from articles.approval.workflow import ARTICLE
from articles.enums import Status
from articles.models import Article, BreakGlass, PublishedArticle, ReviewDecision, ReviewRoute
from articles.writing import drafting
from departments import delegating
from tests.factories.articles import approve, make_draft, send_back, submit
from tests.factories.departments import delegate, make_user

pytestmark = pytest.mark.django_db
DESK = "/admin/cho-duyet/"
WHY = "Mưa lũ, cần báo tin nghỉ học ngay trong đêm."


@pytest.fixture
def deputy(school):
    return make_user("pho", Role.DEPUTY, school, full_name="Võ Thị Sáu", title="Phó Hiệu trưởng")


@pytest.fixture
def story(collaborator):
    return submit(make_draft(collaborator, title="Bài chờ duyệt"), collaborator)


def waited(story, hours):
    """Returns the story as submitted 28 days ago when `hours` is not 0, else as submitted now."""
    days = 28 if hours else 0
    moment = timezone.localtime() - datetime.timedelta(days=days)
    Article.objects.filter(pk=story.pk).update(submitted_at=moment)
    return Article.objects.get(pk=story.pk)


def holding(story):
    return STORIES.holding(story)


def people(turns):
    return [[str(position.person) for position in turn.positions] for turn in turns]


def press(client, article, step, **words):
    data = {"step": step, "sha256": article.review_revision.sha256, "version": article.version} | words
    return client.post(f"{DESK}{article.pk}/quyet-dinh/", data)


# --- whose turn -----------------------------------------------------------------------------------------


def test_the_head_holds_it_first_then_the_deputy_then_the_unit_above(story, head, deputy, second_head):
    held = holding(story)
    assert str(held.holder) == "Trần Văn Minh, Hiệu trưởng"
    assert people(held.turns) == [["Trần Văn Minh"], ["Võ Thị Sáu"], ["Đặng Thị Mai"]]
    assert people(held.open) == [["Trần Văn Minh"]]
    assert held.next.opens_at == held.due_at
    assert held.turns[2].opens_at > held.due_at


def test_before_their_turn_deputy_and_unit_above_decide_nothing(story, head, deputy, second_head):
    for user in (deputy, second_head):
        for act in (approve, send_back):
            with pytest.raises(StepRefused, match=r"Trần Văn Minh .* đang giữ; nếu") as refusal:
                act(story, user)
            assert refusal.value.code == "turn"
    assert not ReviewDecision.objects.exists()


def test_when_the_time_is_over_all_of_them_may_and_nothing_is_approved_by_itself(
    story, head, deputy, second_head
):
    late = waited(story, 40)
    held = holding(late)
    assert held.is_overdue
    assert people(held.open) == [["Trần Văn Minh"], ["Võ Thị Sáu"], ["Đặng Thị Mai"]]
    assert late.status == Status.IN_REVIEW
    approve(late, second_head)
    decision = ReviewDecision.objects.get()
    assert decision.capacity == (
        "Hiệu trưởng, Sở Giáo dục và Đào tạo Đắk Lắk (đơn vị cấp trên; quá hạn trả lời)"
    )
    assert not BreakGlass.objects.exists()


def test_an_absent_head_is_replaced_by_the_delegate_and_the_decision_says_so(story, head, deputy):
    today = timezone.localdate()
    delegate(delegating.own_headships(head).get(), deputy.person, today, today, reason="Họp")
    assert str(holding(story).holder.person) == "Võ Thị Sáu"
    approve(story, deputy)
    words = "Phó Hiệu trưởng, Trường THPT Chu Văn An (theo ủy quyền của Trần Văn Minh)"
    assert ReviewDecision.objects.get().capacity == words
    assert StatusChange.objects.get(step="approve").capacity == words


def test_a_delegate_never_decides_on_their_own_text(head, collaborator):
    today = timezone.localdate()
    delegate(delegating.own_headships(head).get(), collaborator.person, today, today)
    story = submit(make_draft(collaborator), collaborator)
    assert people(holding(story).turns) == [["Trần Văn Minh"]]
    with pytest.raises(StepRefused, match="không thể tự quyết định"):
        approve(story, collaborator)
    with pytest.raises(StepRefused, match="không thể tự quyết định"):
        approve(story, collaborator, early_reason=WHY)


def test_a_head_who_wrote_it_is_out_and_the_deputy_decides_for_them(head, deputy, second_head):
    story = submit(make_draft(head), head)
    assert people(holding(story).turns) == [["Võ Thị Sáu"], ["Đặng Thị Mai"]]
    approve(story, deputy)
    words = "Phó Hiệu trưởng, Trường THPT Chu Văn An (thay người đứng đầu)"
    assert ReviewDecision.objects.get().capacity == words


def test_a_head_without_deputy_who_wrote_it_leaves_it_to_the_unit_above_at_once(head, second_head):
    story = submit(make_draft(head), head)
    assert people(holding(story).open) == [["Đặng Thị Mai"]]
    approve(story, second_head)
    assert "đơn vị cấp trên" in ReviewDecision.objects.get().capacity


def test_everybody_who_changed_the_text_is_out_superusers_included(collaborator, head, deputy, second_head):
    story = make_draft(collaborator)
    root = User.objects.create_superuser("goc", password="x", full_name="Gốc", email="goc@vidu.example")
    for number, user in enumerate((head, deputy, root)):
        story.lead = f"Sapo lần {number}."
        story = drafting.save(story, by=user, draft_number=story.draft_number)
    story = submit(Article.objects.get(pk=story.pk), collaborator)
    assert people(holding(story).turns) == [["Đặng Thị Mai"]]
    for user in (head, deputy, collaborator, root):
        with pytest.raises(Exception, match=r"không thể tự quyết định|không giữ chức danh|approve_article"):
            approve(story, user, early_reason=WHY)
    assert not ReviewDecision.objects.exists()


def test_hours_follow_the_kind_of_unit(story, head, second_head):
    assert not holding(waited(story, 0)).is_overdue
    ReviewRoute.objects.create(kind="high_school", reply_hours=0, grace_hours=0)
    assert holding(Article.objects.get(pk=story.pk)).is_overdue


def test_who_holds_costs_the_same_for_many(collaborator, head, second_head, django_assert_num_queries):
    for _ in range(4):
        submit(make_draft(collaborator), collaborator)
    stories = list(Article.objects.select_related("department", "review_revision"))
    with django_assert_num_queries(5):
        assert len(STORIES.holdings(stories, by=head)) == 4


def test_a_story_in_the_bin_waits_for_nobody(story, head):
    assert list(STORIES.within_reach(head)) == [story]
    Article.objects.filter(pk=story.pk).update(binned_at=timezone.now())
    assert list(STORIES.within_reach(head)) == []


# --- out of turn ------------------------------------------------------------------------------------------


def test_breaking_the_glass_takes_a_written_reason_and_leaves_a_mark(story, head, second_head):
    with pytest.raises(StepRefused, match="ghi rõ vì sao"):
        approve(story, second_head, early_reason="gấp")
    approve(story, second_head, early_reason=WHY)
    mark = BreakGlass.objects.get()
    assert (mark.reason, mark.passed_over) == (WHY, "Trần Văn Minh (Hiệu trưởng)")
    assert mark.decision.capacity == (
        "Hiệu trưởng, Sở Giáo dục và Đào tạo Đắk Lắk (đơn vị cấp trên; trước lượt)"
    )
    assert PublishedArticle.objects.live().exists()
    with pytest.raises(FrozenRowError):
        mark.delete()


def test_a_reason_given_in_ones_turn_marks_nothing(story, head):
    approve(story, head, early_reason=WHY)
    assert not BreakGlass.objects.exists()


def test_whoever_has_no_post_over_the_unit_breaks_nothing(story, head, other_head, desk_editor, superuser):
    for user in (other_head, desk_editor, superuser):
        with pytest.raises(Exception, match=r"không giữ chức danh|approve_article"):
            approve(story, user, early_reason=WHY)
    assert not ReviewDecision.objects.exists()


# --- what people see ----------------------------------------------------------------------------------------


def test_the_writer_reads_who_holds_it_on_the_storys_page(client, story, collaborator, head, second_head):
    client.force_login(collaborator)
    page = client.get(reverse("admin:articles_article_change", args=[story.pk])).content.decode()
    assert "Ai đang giữ bài" in page
    assert "<b>Trần Văn Minh</b> (Hiệu trưởng, Trường THPT Chu Văn An)" in page
    assert "Hạn trả lời" in page
    assert "<b>Đặng Thị Mai</b>" in page.split("Nếu chưa có trả lời")[1]


def test_what_others_hold_lies_aside_and_opens_with_the_reason_asked(client, story, head, second_head):
    client.force_login(second_head)
    page = client.get(DESK)
    assert page.context["queue"] == []
    assert "Người khác đang giữ" in page.content.decode()
    opened = client.get(f"{DESK}{story.pk}/").content.decode()
    assert "Việc gấp: quyết định trước lượt" in opened
    refused = press(client, story, "approve", note="Lời đã gõ")
    assert refused.status_code == 409
    assert "đang giữ" in refused.content.decode()
    assert "Lời đã gõ" in refused.content.decode()
    assert press(client, story, "approve", early_reason=WHY).status_code == 302
    assert BreakGlass.objects.count() == 1


def test_the_badge_counts_only_what_is_ones_turn(client, story, head, second_head):
    for user, count in ((head, 1), (second_head, 0)):
        client.force_login(user)
        rooms = client.get("/admin/password_change/").context["office"].rooms
        assert next(room["waiting"] for room in rooms if room["label"] == "Chờ duyệt") == count


REPORT = "/admin/articles/breakglass/"


def test_the_report_is_read_by_those_who_watch(client, story, head, second_head, auditor):
    approve(story, second_head, early_reason=WHY)
    client.force_login(auditor)
    assert WHY in client.get(REPORT).content.decode()
    mark = reverse("admin:articles_breakglass_change", args=[BreakGlass.objects.get().pk])
    assert client.post(mark, {"reason": "khác"}).status_code == 403
    for user in (head, second_head):
        client.force_login(user)
        assert client.get(REPORT).status_code == 403


# --- a second reading ---------------------------------------------------------------------------------


@pytest.fixture
def two_readings(db):
    return ReviewRoute.objects.create(kind="high_school", second_reading=True)


def read_again(story, by, step="approve_second", **data):
    data = {"sha256": story.review_revision.sha256} | data
    return take(ARTICLE, story, step, actor=by, version=story.version, note="Bổ sung.", data=data)


def pass_on(story, by):
    return read_again(story, by, "pass_on")


def test_where_two_readings_are_asked_the_head_alone_publishes_nothing(
    story, two_readings, head, desk_editor
):
    with pytest.raises(StepRefused, match="Sở duyệt lần hai"):
        approve(story, head)
    story = pass_on(story, head)
    assert story.status == Status.SECOND_READING
    assert not PublishedArticle.objects.exists()
    assert people(holding(story).turns) == [["Lê Thị Thanh"]]
    assert holding(story).since == ReviewDecision.objects.get().decided_at
    read_again(story, desk_editor)
    assert PublishedArticle.objects.live().get().title == "Bài chờ duyệt"
    said = list(ReviewDecision.objects.order_by("pk").values_list("verdict", "capacity"))
    assert said == [
        ("passed", "Hiệu trưởng, Trường THPT Chu Văn An"),
        ("approved", "Biên tập viên, Sở Giáo dục và Đào tạo Đắk Lắk (đơn vị cấp trên; duyệt lần hai)"),
    ]


def test_where_one_reading_is_enough_nothing_is_passed_on(story, head):
    with pytest.raises(StepRefused, match="không cần Sở duyệt"):
        pass_on(story, head)


@pytest.mark.usefixtures("desk_editor", "two_readings")
@pytest.mark.parametrize("who", ["head", "collaborator", "other_head", "registrar", "administrator"])
def test_nobody_else_reads_again(request, story, head, who):
    story = pass_on(story, head)
    for step in ("approve_second", "return_second"):
        with pytest.raises(PermissionDenied, match="second_read_article"):
            read_again(story, request.getfixturevalue(who), step)
    assert Article.objects.get().status == Status.SECOND_READING


def test_an_editor_who_changed_the_words_does_not_read_them_again(
    collaborator, two_readings, head, desk_editor
):
    story = make_draft(collaborator)
    story.lead = "Sapo do Sở viết lại."
    story = drafting.save(story, by=desk_editor, draft_number=story.draft_number)
    story = pass_on(submit(Article.objects.get(pk=story.pk), collaborator), head)
    with pytest.raises(StepRefused, match="không thể tự quyết định"):
        read_again(story, desk_editor)


def test_one_person_does_not_read_both_times(province, managing_editor, two_readings, collaborator):
    story = pass_on(submit(make_draft(collaborator), collaborator), managing_editor)
    assert holding(story).turns == ()
    with pytest.raises(StepRefused, match="lần đầu"):
        read_again(story, managing_editor)


def test_a_second_reading_may_return_it_and_it_begins_again_with_the_head(
    story, two_readings, head, desk_editor, collaborator
):
    story = read_again(pass_on(story, head), desk_editor, "return_second")
    assert story.status == Status.RETURNED
    story.title = "Tên mới"
    drafting.save(story, by=collaborator, draft_number=story.draft_number)
    story = submit(Article.objects.get(pk=story.pk), collaborator)
    assert story.status == Status.IN_REVIEW
    assert str(holding(story).holder.person) == "Trần Văn Minh"


def test_both_readers_take_their_own_decision_back(story, two_readings, head, desk_editor):
    story = pass_on(story, head)
    story = read_again(story, desk_editor)
    with pytest.raises(StepRefused, match="Chỉ người"):
        read_again_back(story, head, "take_back")
    story = read_again_back(story, desk_editor, "take_back_second")
    assert story.status == Status.SECOND_READING
    assert not PublishedArticle.objects.live().exists()


def read_again_back(story, by, step):
    return take(ARTICLE, story, step, actor=by, version=story.version)


def test_the_head_takes_a_pass_back(story, two_readings, head, desk_editor):
    story = read_again_back(pass_on(story, head), head, "take_back")
    assert (story.status, str(holding(story).holder.person)) == (Status.IN_REVIEW, "Trần Văn Minh")


def test_the_desk_of_the_province_opens_when_it_reads_again(client, story, two_readings, head, desk_editor):
    client.force_login(head)
    assert "chuyển Sở đọc" in client.get(DESK).content.decode()
    assert press(client, story, "approve").status_code == 302
    client.force_login(desk_editor)
    page = client.get(DESK)
    assert "Duyệt lần hai" in page.content.decode()
    story.refresh_from_db()
    assert press(client, story, "approve").status_code == 302
    assert PublishedArticle.objects.live().exists()
    undone = client.post(
        f"{DESK}{story.pk}/rut-lai/", {"version": Article.objects.get().version}, follow=True
    )
    assert "lại chờ duyệt" in undone.content.decode()
    assert Article.objects.get().status == Status.SECOND_READING


def test_the_database_keeps_the_marks(story, head, second_head):
    approve(story, second_head, early_reason=WHY)
    with pytest.raises(Exception, match="kept"), connection.cursor() as cursor:
        cursor.execute("UPDATE articles_breakglass SET reason = 'khác'")
