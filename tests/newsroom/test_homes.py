"""The first page by role: what waits and since when, in order, within the person's units, at one price."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from approvals.enums import RecordStatus
from articles.approval import commenting
from articles.enums import CommentAct
from articles.models import Article, Release, Revision
from newsroom.health import readiness
from rounds.workflow.proposal import PROPOSAL
from tests.factories.articles import (
    approve,
    make_comment,
    make_draft,
    make_published,
    resubmit,
    send_back,
    submit,
    take_down,
)
from tests.factories.awards import make_decision
from tests.factories.departments import make_department, make_position, make_user
from tests.factories.events import make_event
from tests.factories.rounds import make_proposal, make_round, move, send

HOME = "/admin/"


@pytest.fixture(autouse=True)
def all_is_well(monkeypatch):
    """The checks of this machine are read from its disk; here everything runs."""
    readiness.note_worker_alive()
    readiness._kept.clear()


def main_of(client) -> str:
    text = client.get(HOME).text
    return re.sub(r"\s+", " ", text[text.index("<main") : text.index("</main>")])


def titles(page: str) -> list[str]:
    """What waits, in the order of the page: the first task, then the lists."""
    first = re.findall(r'<h2 id="truoc-het">(.*?)</h2>', page)
    return first + re.findall(r'<a class="t"[^>]*>.*?<b>(.*?)</b>', page)


def waits_since(article: Article, hours: float) -> Article:
    Article.objects.filter(pk=article.pk).update(
        submitted_at=timezone.now() - datetime.timedelta(hours=hours)
    )
    return article


def columns(row) -> dict:
    fields = [field for field in row._meta.concrete_fields if not field.primary_key]
    return {field.attname: getattr(row, field.attname) for field in fields}


def copies(article: Article, count: int) -> None:
    """More stories like this waiting one, written in bulk."""
    words = columns(article) | {"review_revision_id": None}
    rows = Article.objects.bulk_create([Article(**words | {"slug": f"ban-sao-{n}"}) for n in range(count)])
    sent = columns(Revision.objects.get(pk=article.review_revision_id))
    frozen = Revision.objects.bulk_create([Revision(**sent | {"article_id": row.pk}) for row in rows])
    for row, one in zip(rows, frozen, strict=True):
        row.review_revision_id = one.pk
    Article.objects.bulk_update(rows, ["review_revision"])


# --- who decides ---------------------------------------------------------------------------------------


def test_the_head_sees_what_waits_longest_first_and_no_other_units(
    client, collaborator, head, other_collaborator, other_head
):
    waits_since(submit(make_draft(other_collaborator, title="Bài của trường khác"), other_collaborator), 90)
    young = waits_since(submit(make_draft(collaborator, title="Bài gửi sau"), collaborator), 1)
    old = waits_since(submit(make_draft(collaborator, title="Bài gửi trước"), collaborator), 24 * 30)
    client.force_login(head)
    page = main_of(client)
    assert titles(page) == ["Bài gửi trước", "Bài gửi sau"]
    assert f'href="{reverse("admin:review_story", args=[old.pk])}"' in page
    assert f'href="{reverse("admin:review_story", args=[young.pk])}"' in page
    assert "Quá hạn từ" in page  # in words, not by colour alone
    assert "Hai việc đang chờ" in page and "một việc quá hạn" in page
    assert "Bài của trường khác" not in page
    client.force_login(other_head)
    assert titles(main_of(client)) == ["Bài của trường khác"]


def test_the_moment_is_said_as_people_say_it(client, collaborator, head):
    story = submit(make_draft(collaborator, title="Chờ từ hôm qua"), collaborator)
    yesterday = timezone.localtime() - datetime.timedelta(days=1)
    moment = yesterday.replace(hour=8, minute=10)
    Article.objects.filter(pk=story.pk).update(submitted_at=moment)
    client.force_login(head)
    assert "Chờ từ 08:10 hôm qua" in main_of(client)


def test_of_many_the_first_are_shown_and_the_queue_is_named_at_the_same_price(
    client, collaborator, head, django_assert_num_queries
):
    story = waits_since(submit(make_draft(collaborator, title="Một trong nhiều bài"), collaborator), 3)
    story.refresh_from_db()
    client.force_login(head)
    client.get(HOME)
    with django_assert_num_queries(PRICE):
        assert len(titles(main_of(client))) == 1
    copies(story, 299)
    with django_assert_num_queries(PRICE):
        page = main_of(client)
    assert len(titles(page)) == 8
    assert "300 việc đang chờ" in page
    assert f'href="{reverse("admin:review_desk")}">và 292 bài chờ duyệt nữa' in page


# Session, account, device, positions, permissions, line; the queue counted for the left column and read for
# the page, with its routes, days off, deciders; records (events, decisions, attestations, files, notes,
# months of fees), withdrawals, late releases, proposals, own returned stories, rounds, requests about
# personal data; the week.
PRICE = 46


def test_every_kind_of_waiting_thing_leads_to_itself(client, school, collaborator, head, registrar):
    event = make_event("Ngày hội đọc sách", host=school)
    late = approve(
        submit(make_draft(collaborator, title="Bài hẹn sáng nay"), collaborator),
        head,
        due_at=timezone.now() + datetime.timedelta(hours=1),
    )
    decision = Release.objects.get(decision__revision__article=late).decision
    past = timezone.now() - datetime.timedelta(hours=2)
    release = Release.objects.create(decision=decision, due_at=past)
    proposal = make_proposal(
        make_round(school.relations.first().related, opened_by=registrar),
        school,
        "Y Wang Niê",
        by=collaborator,
    )
    move(PROPOSAL, proposal, "hand_over", collaborator)
    client.force_login(head)
    page = main_of(client)
    assert f'href="{reverse("admin:scheduled_stories")}#hen-{release.pk}"' in page
    assert "Lên muộn" in page
    assert f'href="{reverse("admin:round_proposal", args=[proposal.pk])}"' in page
    assert titles(page)[0].startswith("Bài hẹn")  # amiss on the page comes before what waits longer
    assert str(event) not in page


def test_an_urgent_withdrawal_waits_for_a_second_person(client, school, collaborator, head):
    second = make_user("pho", Role.DEPUTY, school, full_name="Lê Văn Phó")
    page_ = make_published(collaborator, head, title="Ảnh chưa được phép")
    take_down(page_, head)
    client.force_login(head)
    assert "Gỡ khẩn chờ xác nhận" not in main_of(client)
    client.force_login(second)
    page = main_of(client)
    assert "Gỡ khẩn chờ xác nhận: Ảnh chưa được phép" in page
    assert f'href="{reverse("admin:urgent_withdrawal", args=[page_.pk])}"' in page


def test_what_came_back_is_marked_with_its_answers(client, collaborator, head):
    story = submit(make_draft(collaborator, title="Sửa rồi gửi lại"), collaborator)
    comment = make_comment(story, head)
    story = send_back(Article.objects.get(pk=story.pk), head)
    client.force_login(collaborator)
    thread = next(t for t in commenting.threads(story) if t.comment.pk == comment.pk)
    commenting.move_comment(thread, CommentAct.ANSWERED, by=collaborator, words="Theo báo cáo tháng 11.")
    resubmit(Article.objects.get(pk=story.pk), collaborator, lead="Học sinh kể chuyện dưới cờ, bản mới.")
    client.force_login(head)
    page = main_of(client)
    assert "Bản 2, gửi lại" in page
    assert "Đã trả lời 1 góp ý của bạn." in page


def test_two_parts_of_one_person_stand_in_one_list(client, other_school, other_head, collaborator, head):
    make_position(head.person, other_school, Role.COLLABORATOR, title="Giáo viên thỉnh giảng")
    back = make_draft(head, title="Bài tự viết bị trả lại", department=other_school)
    send_back(submit(back, head), other_head, "Thiếu số liệu.")
    waits_since(submit(make_draft(collaborator, title="Bài chờ đọc"), collaborator), 48)
    client.force_login(head)
    page = main_of(client)
    assert titles(page) == ["Bài chờ đọc", "Bài tự viết bị trả lại"]
    assert "Thiếu số liệu." in page


def test_the_week_says_what_went_out_and_what_comes(client, school, collaborator, head, other_school):
    make_published(collaborator, head, title="Đã lên trang hôm nay")
    elsewhere = make_user("ctv9", Role.COLLABORATOR, other_school)
    make_published(elsewhere, title="Tin của trường khác")
    due = timezone.now() + datetime.timedelta(days=2)
    approve(submit(make_draft(collaborator, title="Sẽ lên ngày kia"), collaborator), head, due_at=due)
    make_draft(elsewhere, title="Nháp kín của trường khác", planned_on=timezone.localdate(due))
    client.force_login(head)
    page = main_of(client)
    assert "Đã lên trang hôm nay" in page and "Sẽ lên ngày kia" in page
    assert "Tin của trường khác" not in page and "Nháp kín của trường khác" not in page


def test_an_empty_home_says_so(client, head):
    client.force_login(head)
    page = main_of(client)
    assert "Không có việc nào đang chờ" in page
    assert "work-card" not in page  # rooms stand in the left column


# --- registrar, administrator, auditor ---------------------------------------------------------------------


def test_the_registrar_sees_rounds_and_unsent_decisions(client, school, head, registrar, collaborator):
    province = registrar.person.positions.get().department
    round_ = make_round(province, opened_by=registrar, title="Đợt khen tháng 11")
    send(make_proposal(round_, school, "Y Wang Niê", by=collaborator), head)
    draft = make_decision("77/QĐ-SGDĐT", issuer=province, status=RecordStatus.DRAFTING)
    client.force_login(registrar)
    page = main_of(client)
    assert f'href="{reverse("admin:round_page", args=[round_.pk])}"' in page
    assert "1 hồ sơ chờ thẩm định." in page
    assert f'href="{reverse("admin:awards_decision_change", args=[draft.pk])}"' in page
    client.force_login(head)
    assert "77/QĐ-SGDĐT" not in main_of(client)


def test_the_administrator_sees_the_gaps_in_the_directory(client, province, school, administrator, head):
    lonely = make_user("moi-den", full_name="Nguyễn Mới Đến")
    orphan = make_department("Trường Tiểu học Không Ai Quản Lý")
    client.force_login(administrator)
    page = main_of(client)
    assert "Nguyễn Mới Đến" in page
    assert f'href="{reverse("admin:accounts_user_change", args=[lonely.pk])}"' in page
    assert f'href="{reverse("admin:departments_department_change", args=[orphan.pk])}"' in page
    assert "Chưa có cơ quan quản lý" in page and "Chưa có người đứng đầu" in page
    assert "Còn thiếu: Chuyên mục" in page
    client.force_login(head)
    assert "Nguyễn Mới Đến" not in main_of(client)


def test_a_service_that_stands_still_comes_first_for_the_administrator(client, administrator, settings):
    (settings.VAR_DIR / readiness.WORKER_MARK).unlink()
    readiness._kept.clear()
    client.force_login(administrator)
    page = main_of(client)
    assert titles(page)[0] == "Việc nền"
    assert "Có trục trặc" in page


def test_the_auditor_sees_what_is_overdue_and_who_holds_it(client, collaborator, head, auditor, desk_editor):
    story = waits_since(submit(make_draft(collaborator, title="Chờ đã lâu"), collaborator), 24 * 30)
    submit(make_draft(collaborator, title="Vừa gửi xong"), collaborator)
    client.force_login(auditor)
    page = main_of(client)
    assert titles(page) == ["Chờ đã lâu"]
    assert "Trần Văn Minh đang giữ" in page
    assert f'href="{reverse("admin:articles_article_change", args=[story.pk])}"' in page
    client.force_login(desk_editor)  # the Sở's desk is told that there are some
    page = main_of(client)
    assert titles(page) == ["1 bài của các đơn vị quá hạn trả lời"]
    assert f'href="{reverse("admin:waits")}"' in page
