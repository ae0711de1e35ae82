"""The writer's board: only one's own work, by what comes next, with a constant number of queries."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.enums import Status
from articles.models import PublishedArticle
from tests.factories.articles import approve, make_article, make_draft, make_published, send_back, submit
from tests.factories.departments import make_department, make_user
from tests.factories.media import make_photo

BOARD = "/admin/ban-viet/"


def html(client, address=BOARD):
    return client.get(address).content.decode()


def change(article):
    return reverse("admin:articles_article_change", args=[article.pk])


def test_each_story_stands_where_it_is_with_its_next_step(client, collaborator, head):
    draft = make_draft(collaborator, title="Bài nháp")
    returned = make_draft(collaborator, title="Bài trả lại")
    send_back(submit(returned, collaborator), head, note="Bổ sung tên người chụp.")
    waiting = submit(make_draft(collaborator, title="Bài đang chờ"), collaborator)
    page = make_published(collaborator, head, title="Bài đã đăng")
    due = timezone.now() + datetime.timedelta(days=2)
    approve(submit(make_draft(collaborator, title="Bài hẹn giờ"), collaborator), head, due_at=due)
    client.force_login(collaborator)
    shown = html(client)
    for address in (
        change(draft),
        change(returned),
        reverse("admin:articles_article_preview", args=[waiting.pk]) + "?ban=1",
        page.get_absolute_url(),
    ):
        assert f'href="{address}"' in shown
    assert shown.index("Bổ sung tên người chụp.") < shown.index("Bài trả lại</h3>")
    assert "<b>Trần Văn Minh</b> (Hiệu trưởng, Trường THPT Chu Văn An)" in shown
    assert "sẽ tự đăng lúc" in shown
    assert "Cảm ơn bạn: 1 bài của bạn" in shown


def test_the_unit_above_holds_it_when_the_own_head_is_missing(client, collaborator, second_head):
    submit(make_draft(collaborator), collaborator)
    client.force_login(collaborator)
    assert "<b>Đặng Thị Mai</b> (Hiệu trưởng, Sở Giáo dục và Đào tạo Đắk Lắk)" in html(client)


def test_without_anybody_to_decide_it_says_so(client, collaborator):
    submit(make_draft(collaborator), collaborator)
    client.force_login(collaborator)
    assert "Chưa có người nào quyết định được về bài này" in html(client)


def test_nobody_elses_work_is_told_of(client, collaborator, other_collaborator, head, school):
    colleague = make_user("dongnghiep", "collaborator", school, full_name="Hồ Thị Bé")
    make_draft(other_collaborator, title="Bài trường khác")
    make_draft(colleague, title="Bài đồng nghiệp")
    make_published(colleague, head, title="Bài đăng của đồng nghiệp")
    client.force_login(collaborator)
    shown = html(client)
    assert "Chưa có bài nào" in shown
    for title in ("Bài trường khác", "Bài đồng nghiệp", "Bài đăng của đồng nghiệp"):
        assert title not in shown


def test_a_story_one_has_left_with_the_unit_is_gone(client, collaborator, school):
    make_draft(collaborator, title="Bài ở trường cũ")
    collaborator.person.positions.update(department=make_department("Trường THPT Mới"))
    client.force_login(collaborator)
    assert "Bài ở trường cũ" not in html(client)


def test_the_year_counts_own_work_and_the_same_days_a_year_before(client, collaborator, head):
    school = collaborator.person.positions.first().department
    make_article(Status.RETURNED, collaborator, head)
    make_photo(department=school, uploaded_by=collaborator)
    make_photo(department=school, uploaded_by=head)
    for days in (0, 0, 366):
        page = make_published(collaborator, head)
        PublishedArticle.objects.filter(pk=page.pk).update(
            published_at=timezone.now() - datetime.timedelta(days=days)
        )
    client.force_login(collaborator)
    year = client.get(BOARD).context["board"]["year"]
    assert year["published"] == {"now": 2, "before": 1}
    assert year["sent"] == {"now": 4, "before": 0}
    assert year["returned"] == {"now": 1, "before": 0}
    assert year["photos"] == {"now": 1, "before": 0}


def test_it_costs_the_same_with_one_and_with_thirty(client, collaborator, head):
    client.force_login(collaborator)
    costs = []
    for times in (1, 8):
        for _ in range(times):
            for status in (Status.DRAFTING, Status.IN_REVIEW, Status.RETURNED, Status.APPROVED):
                make_article(status, collaborator, head)
        with CaptureQueriesContext(connection) as queries:
            html(client)
        costs.append(len(queries))
    assert costs[0] == costs[1]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("collaborator", 200),
        ("head", 200),
        ("desk_editor", 200),
        ("registrar", 403),
        ("auditor", 403),
        ("administrator", 403),
    ],
)
def test_who_has_a_board(client, request, who, status):
    client.force_login(request.getfixturevalue(who))
    assert client.get(BOARD).status_code == status
    assert client.post(BOARD).status_code in {403, 405}


def test_a_stranger_is_asked_to_sign_in(client, db):
    assert client.get(BOARD).status_code == 302


def test_it_is_the_first_page_of_whoever_only_writes(client, collaborator, head):
    make_draft(collaborator, title="Đang viết dở")
    make_draft(head, title="Trưởng đơn vị viết")
    client.force_login(collaborator)
    assert "Viết tiếp: Đang viết dở" in html(client, "/admin/")
    assert 'id="nam-hoc"' in html(client, "/admin/")
    client.force_login(head)
    first = html(client, "/admin/")
    assert "Viết tiếp: Trưởng đơn vị viết" in first
    assert 'id="nam-hoc"' not in first
    assert f'href="{BOARD}"' in first
