"""Changing a public text: what the writer must say, the proposed notice, where it is shown, undo."""

import json
import re

import pytest
from django.utils import timezone

from approvals.engine import StepRefused
from articles.approval import corrections
from articles.approval.freezing import content_of
from articles.approval.releasing import redraw_outdated
from articles.models import Article, PublishedArticle
from articles.writing import drafting
from media.models import Pupil
from tests.factories.articles import approve, make_draft, make_published, resubmit, submit, take_back
from tests.factories.media import make_pupil

pytestmark = pytest.mark.django_db
NOTICE = "Bản đăng trước ghi “2 tập thể”; xin đính chính là “3 tập thể”."


@pytest.fixture
def page(collaborator, head):
    return make_published(collaborator, head, title="Sở khen 2 tập thể", body="<p>Khen 2 tập thể.</p>")


def article_of(page):
    return Article.objects.get(pk=page.pk)


def correct(page, by, head, **words):
    article = resubmit(article_of(page), by, **words)
    return approve(Article.objects.select_related("review_revision").get(pk=article.pk), head)


def erratum(notice=NOTICE, **words):
    return {"body": "<p>Khen 3 tập thể.</p>", "correction_kind": "erratum", "correction_note": notice} | words


def test_a_change_of_a_public_text_says_what_it_is(page, collaborator):
    article = article_of(page)
    article.body = "<p>Khen 3 tập thể.</p>"
    drafting.save(article, by=collaborator, draft_number=article.draft_number)
    with pytest.raises(StepRefused, match="chưa ghi lần sửa này là gì"):
        submit(article_of(page), collaborator)
    article = article_of(page)
    article.correction_kind = "erratum"  # a kind without a word is not enough
    drafting.save(article, by=collaborator, draft_number=article.draft_number)
    with pytest.raises(StepRefused, match="chưa ghi lần sửa này là gì"):
        submit(article_of(page), collaborator)


def test_a_first_publication_says_nothing_of_changes(collaborator):
    assert submit(make_draft(collaborator), collaborator).status == "in_review"


def test_the_notice_of_the_change_before_does_not_serve_again(page, collaborator, head):
    correct(page, collaborator, head, **erratum())
    article = article_of(page)
    article.body = "<p>Khen 4 tập thể.</p>"
    drafting.save(article, by=collaborator, draft_number=article.draft_number)
    with pytest.raises(StepRefused, match="chưa ghi lần sửa này là gì"):
        submit(article_of(page), collaborator)


def test_the_notice_is_told_where_the_story_is(client, page, collaborator, head):
    resubmit(article_of(page), collaborator, **erratum())
    assert NOTICE not in client.get(page.get_absolute_url()).text  # not before it is approved
    approve(Article.objects.select_related("review_revision").get(pk=page.pk), head)
    assert f'href="{page.get_absolute_url()}"' in client.get("/dinh-chinh/").text
    for way in (page.get_absolute_url(), "/dinh-chinh/", "/rss.xml", "/atom.xml", "/feed.json"):
        shown = client.get(way).text
        assert "3 tập thể" in shown, way
        assert "xin đính chính là" in shown, way
    shown = client.get(page.get_absolute_url()).text
    told = json.loads(re.search(r'type="application/ld\+json"[^>]*>(.*?)</script>', shown, re.S)[1])
    story = next(one for one in (told if isinstance(told, list) else [told]) if one["@type"] == "NewsArticle")
    assert story["correction"][0]["text"] == NOTICE
    assert "Đính chính <time" in shown


def test_a_typo_is_silent_and_its_reason_stays_in_the_record(client, page, collaborator, head):
    reason = "Sửa lỗi gõ: “tâp” thành “tập”."
    words = {"body": "<p>Khen hai tập thể.</p>", "correction_kind": "typo", "correction_note": reason}
    before = PublishedArticle.objects.get(pk=page.pk)
    article = correct(page, collaborator, head, **words)
    after = PublishedArticle.objects.get(pk=page.pk)
    assert "hai tập thể" in after.body_html
    assert (after.corrections, after.updated_at) == ([], before.updated_at)
    for way in (page.get_absolute_url(), "/dinh-chinh/", "/rss.xml"):
        assert reason not in client.get(way).text
    assert article.approved_revision.content["correction"] == {"kind": "typo", "notice": reason}


def test_the_head_reads_the_notice_and_approves_exactly_it(client, page, collaborator, head):
    article = resubmit(article_of(page), collaborator, **erratum())
    client.force_login(head)
    shown = client.get(f"/admin/cho-duyet/{article.pk}/").text
    assert "Thông báo sẽ hiện trên trang." in shown
    assert NOTICE in shown
    stale = Article.objects.select_related("review_revision").get(pk=page.pk)
    resubmit(article_of(page), collaborator, **erratum("Lời khác hẳn."))  # the same text, another notice
    with pytest.raises(StepRefused):
        approve(Article.objects.get(pk=page.pk), head, sha256=stale.review_revision.sha256)


def test_undoing_the_approval_takes_the_notice_back(client, page, collaborator, head):
    article = correct(page, collaborator, head, **erratum())
    assert NOTICE in client.get(page.get_absolute_url()).text
    take_back(article, head)
    shown = client.get(page.get_absolute_url()).text
    assert NOTICE not in shown
    assert "2 tập thể" in shown
    assert "Chưa có lần đính chính nào" in client.get("/dinh-chinh/").text


def test_several_changes_stand_newest_first(client, page, collaborator, head):
    correct(page, collaborator, head, **erratum())
    more = {"correction_kind": "update", "correction_note": "Thêm số người."}
    correct(page, collaborator, head, body="<p>Khen 3 tập thể, 5 cá nhân.</p>", **more)
    told = PublishedArticle.objects.get(pk=page.pk).notices
    assert [(one["label"], one["is_wrong"]) for one in told] == [("Cập nhật", False), ("Đính chính", True)]
    assert told[0]["at"] <= timezone.now()


def test_opening_an_approved_text_is_no_change(page, collaborator, head):
    correct(page, collaborator, head, **erratum())
    article = article_of(page)
    article.correction_kind, article.correction_note = "", ""  # the screen asks anew for every change
    drafting.save(article, by=collaborator, draft_number=article.draft_number)
    with pytest.raises(StepRefused, match="chưa có gì khác bản đã duyệt"):
        submit(article_of(page), collaborator)


def test_a_notice_names_no_pupil_who_does_not_agree(client, page, collaborator, head, school):
    pupil = make_pupil("Trần Thị Bưởi", department=school)
    correct(page, collaborator, head, **erratum("Người nhận giải là em Trần Thị Bưởi."))
    assert "em Trần Thị Bưởi" in client.get(page.get_absolute_url()).text
    Pupil.objects.filter(pk=pupil.pk).update(withdrawn_on=timezone.localdate())
    redraw_outdated()
    for way in (page.get_absolute_url(), "/dinh-chinh/", "/rss.xml"):
        assert "Trần Thị Bưởi" not in client.get(way).text
    assert "em T.T.B." in client.get("/dinh-chinh/").text


@pytest.mark.parametrize(
    ("kind", "after", "words"),
    [
        ("typo", "Khen 2 tập thể.", "Sửa lỗi gõ: “Khen 2 tâp thể” thành “Khen 2 tập thể”."),
        (
            "erratum",
            "Khen 3 tập thể.",
            "Bản đăng trước ghi “Khen 2 tâp thể”; xin đính chính là “Khen 3 tập thể”.",
        ),
        (
            "rectify",
            "Khen 3 tập thể.",
            "Bản đăng trước ghi sai: “Khen 2 tâp thể”. Thông tin đúng là: “Khen 3 tập thể”. "
            "Thành thật xin lỗi bạn đọc.",
        ),
    ],
)
def test_the_machine_words_a_notice_from_the_difference(collaborator, kind, after, words):
    old = content_of(make_draft(collaborator, body="<p>Khen 2 tâp thể.</p>"))
    new = old | {"body": f"<p>{after}</p>"}
    assert corrections.proposed(kind, old, new) == words


def test_new_facts_are_told_as_new(collaborator):
    old = content_of(make_draft(collaborator, body="<p>Khen 2 tập thể.</p>"))
    new = old | {"body": old["body"] + "<p>Danh sách đã có trên trang.</p>"}
    assert corrections.proposed("update", old, new) == "Cập nhật: Danh sách đã có trên trang."


# --- on the writing screen -----------------------------------------------------------------------------


def form_of(article, **words):
    names = ("title", "lead", "body", "kind", "slug", "source_mark")
    form = {name: getattr(article, name) for name in names} | {"tags": ""}
    form |= {"section": article.section_id, "department": article.department_id}
    form |= {"seen_number": article.draft_number, "bylines-TOTAL_FORMS": 0, "bylines-INITIAL_FORMS": 0}
    return form | words


def test_the_screen_asks_only_of_a_public_story_and_words_the_notice(client, page, collaborator, head):
    client.force_login(collaborator)
    draft = make_draft(collaborator)
    assert "Sửa bài đang đăng" not in client.get(f"/admin/articles/article/{draft.pk}/change/").text
    change = f"/admin/articles/article/{page.pk}/change/"
    assert "Sửa bài đang đăng" in client.get(change).text
    body = "<p>Khen 3 tập thể.</p>"
    words = {"body": body, "correction_kind": "erratum", "correction_note": "", "_submit": "1"}
    shown = client.post(change, form_of(article_of(page), **words), follow=True).text
    assert "Hệ thống đã viết giúp thông báo với bạn đọc" in shown
    assert "xin đính chính là “Khen 3 tập thể”" in shown
    article = article_of(page)
    assert article.status == "approved"
    words["correction_note"] = article.correction_note
    client.post(change, form_of(article, **words), follow=True)
    assert article_of(page).status == "in_review"


def test_the_words_for_a_second_change_do_not_quote_the_first_notice(client, page, collaborator, head):
    correct(page, collaborator, head, **erratum())
    client.force_login(collaborator)
    words = {"body": "<p>Khen 4 tập thể.</p>", "correction_kind": "update", "_submit": "1"}
    client.post(f"/admin/articles/article/{page.pk}/change/", form_of(article_of(page), **words))
    assert article_of(page).correction_note == "Nay ghi: “Khen 4 tập thể”."


def test_a_typo_goes_off_at_once_with_the_machines_reason(client, page, collaborator):
    client.force_login(collaborator)
    words = {
        "body": "<p>Khen 2 tập thể!</p>",
        "correction_kind": "typo",
        "correction_note": "",
        "_submit": "1",
    }
    client.post(f"/admin/articles/article/{page.pk}/change/", form_of(article_of(page), **words))
    article = article_of(page)
    assert article.status == "in_review"
    assert article.review_revision.content["correction"]["notice"].startswith("Sửa lỗi gõ:")


def test_the_screen_does_not_offer_the_last_notice_again(client, page, collaborator, head):
    correct(page, collaborator, head, **erratum())
    client.force_login(collaborator)
    shown = client.get(f"/admin/articles/article/{page.pk}/change/").text
    assert NOTICE not in shown.partition('id="correction_note"')[2][:1500]
    assert 'value="erratum" checked' not in shown
