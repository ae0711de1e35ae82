"""Answering findings: in place, without losing text, visible to the head."""

import pytest
from django.urls import reverse

from articles.approval import checks
from articles.approval.freezing import content_of
from articles.models import Article, CheckAnswer, Revision
from tests.articles.office.test_admin import address, typed
from tests.factories.articles import make_draft, submit

BODY = "<p>Sáng nay, nhà trường tổ chức lễ chào cờ.</p>"
REASON = "Bài đăng trong ngày."


def finding(article, rule="undated_day"):
    found = checks.of_working_copy(article, content_of(article))
    return next(one for one in found if one.rule == rule and not one.passed)


def where(article, name="article_check_answer"):
    return reverse(f"admin:{name}", args=[article.pk])


def give(client, article, reason=REASON, **headers):
    return client.post(where(article), {"key": finding(article).key, "reason": reason}, headers=headers)


def test_a_reason_is_kept_and_shown_beside_the_finding(client, collaborator):
    article = make_draft(collaborator, body=BODY)
    client.force_login(collaborator)
    answer = give(client, article)
    assert answer["Location"] == f"{address(article)}#kiem"
    assert finding(article).answer.reason == REASON
    html = client.get(address(article)).content.decode()
    assert REASON in html
    assert "Đã trả lời: " in html


def test_a_script_gets_the_list_alone(client, collaborator):
    article = make_draft(collaborator, body=BODY)
    client.force_login(collaborator)
    html = give(client, article, accept="application/fragment").content.decode()
    assert html.lstrip().startswith("<section")
    assert REASON in html
    fresh = client.get(where(article, "article_checks"))
    assert fresh.content.decode() == html
    assert "no-store" in fresh["Cache-Control"]


def test_an_answer_lapses_when_its_words_change_and_holds_when_others_do(collaborator):
    article = make_draft(collaborator, body=BODY)
    checks_answer(article, collaborator)
    Article.objects.filter(pk=article.pk).update(body="<p>Thêm một đoạn.</p>" + BODY)
    article.refresh_from_db()
    assert finding(article).answer
    Article.objects.filter(pk=article.pk).update(body="<p>Sáng nay, nhà trường họp.</p>")
    article.refresh_from_db()
    assert finding(article).answer is None


def checks_answer(article, by):
    CheckAnswer.objects.create(
        article=article, key=finding(article).key, said="x", reason=REASON, answered_by=by
    )


def test_an_empty_reason_takes_the_answer_back(client, collaborator):
    article = make_draft(collaborator, body=BODY)
    checks_answer(article, collaborator)
    client.force_login(collaborator)
    give(client, article, reason="  ")
    assert finding(article).answer is None


def test_what_is_required_takes_no_answer(client, collaborator):
    article = make_draft(collaborator, lead="", body=BODY)
    client.force_login(collaborator)
    key = finding(article, "lead").key
    answer = client.post(where(article), {"key": key, "reason": "Không cần sapo."}, follow=True)
    assert "chưa ghi lý do nào" in answer.content.decode()
    assert not CheckAnswer.objects.exists()


def test_without_a_script_the_button_saves_the_typed_text_too(client, collaborator):
    article = make_draft(collaborator, body=BODY)
    client.force_login(collaborator)
    key = finding(article).key
    data = typed(article, title="Tít vừa gõ", body=BODY, department=article.department_id, _answer=key) | {
        f"answer-{key}": REASON
    }
    answer = client.post(address(article), data)
    assert answer["Location"].endswith("#kiem")
    article.refresh_from_db()
    assert article.title == "Tít vừa gõ"
    assert finding(article).answer.reason == REASON


def test_a_refused_form_keeps_the_reason_that_was_being_typed(client, collaborator):
    article = make_draft(collaborator, body=BODY)
    client.force_login(collaborator)
    data = typed(article, title="x" * 300) | {f"answer-{finding(article).key}": REASON}
    assert f'value="{REASON}"' in client.post(address(article), data).content.decode()


def test_the_head_reads_the_frozen_reason_and_it_is_no_part_of_the_digest(client, collaborator, head):
    plain = make_draft(collaborator, body=BODY, title="A")
    article = make_draft(collaborator, body=BODY, title="A")
    checks_answer(article, collaborator)
    submit(plain, collaborator)
    submit(article, collaborator)
    first, second = Revision.objects.order_by("pk")
    assert first.sha256 == second.sha256
    assert (first.check_answers, second.check_answers[0]["reason"]) == ([], REASON)
    CheckAnswer.objects.all().delete()  # what was submitted does not change afterwards
    client.force_login(head)
    html = client.get(reverse("admin:review_story", args=[article.pk])).content.decode()
    assert REASON in html
    assert collaborator.full_name in html


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("collaborator", 200),
        ("head", 200),
        ("other_collaborator", 404),
        ("other_head", 404),
        ("auditor", 403),
        ("registrar", 404),
        ("administrator", 404),
    ],
)
def test_who_reads_and_answers_the_list(client, request, collaborator, who, status):
    article = make_draft(collaborator, body=BODY)
    client.force_login(request.getfixturevalue(who))
    assert client.get(where(article, "article_checks")).status_code == status
    answer = give(client, article, accept="application/fragment")
    assert answer.status_code == status
    assert CheckAnswer.objects.exists() == (status == 200)


def test_strangers_are_asked_to_sign_in(client, collaborator):
    article = make_draft(collaborator, body=BODY)
    assert client.get(where(article, "article_checks")).status_code == 302
    assert give(client, article).status_code == 302
    assert not CheckAnswer.objects.exists()
