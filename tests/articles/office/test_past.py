"""A story's past: timeline, comparison of two states, going back, and a bin that loses nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from approvals.engine import StepRefused
from articles.approval.freezing import content_of
from articles.models import Article, PublishedArticle, Revision, SavedCopy
from articles.office.timeline import entries
from articles.writing import preview_links, saved_copies, story_bin
from tests.articles.writing.test_autosaving import save, words_of
from tests.factories.articles import approve, make_draft, make_published, send_back, submit, withdraw

pytestmark = pytest.mark.django_db
ROWS = {"bylines-TOTAL_FORMS": 0, "bylines-INITIAL_FORMS": 0}


def past(article, **asked):
    return f"/admin/articles/article/{article.pk}/lich-su/" + (
        f"?a={asked['a']}&b={asked['b']}" if asked else ""
    )


def press_save(client, article, **changed):
    form = words_of(article, **changed) | ROWS | {"_save": "1"}
    client.post(f"/admin/articles/article/{article.pk}/change/", form)
    article.refresh_from_db()
    return article


def test_one_line_of_time_with_who_and_in_what_capacity(client, collaborator, head):
    draft = make_draft(collaborator, title="Bản đầu")
    send_back(submit(draft, collaborator), head, note="Bổ sung số liệu.")
    draft.refresh_from_db()
    client.force_login(collaborator)
    press_save(client, draft, title="Bản hai")
    draft = approve(submit(draft, collaborator), head)
    withdraw(PublishedArticle.objects.get(pk=draft.pk), head, note="Theo đề nghị.")
    labels = [line.label for line in reversed(entries(draft))]
    assert labels[:4] == ["Gửi duyệt bản 1", "Trả lại", "Lưu nháp", "Gửi duyệt bản 2"]
    assert set(labels[4:]) == {"Duyệt, đăng ngay", "Đăng bản 2", "Gỡ bài"}
    html = client.get(past(draft)).content.decode()
    assert "Bổ sung số liệu." in html
    assert "Trường THPT Chu Văn An)" in html


def test_autosaves_are_no_lines_and_equal_saves_are_one(client, collaborator):
    draft = make_draft(collaborator)
    client.force_login(collaborator)
    save(client, draft, title="Tự lưu")
    draft.refresh_from_db()
    assert not SavedCopy.objects.exists()
    for _ in range(2):
        press_save(client, draft, title="Bấm lưu")
    assert [copy.content["title"] for copy in SavedCopy.objects.all()] == ["Bấm lưu"]


def test_two_states_are_compared_word_by_word(client, collaborator, head):
    draft = make_draft(collaborator, title="Đông đảo người dự")
    submit(draft, collaborator)
    Article.objects.filter(pk=draft.pk).update(title="Gần 200 người dự")
    client.force_login(collaborator)
    html = client.get(past(draft, a="b1", b="nay")).content.decode()
    assert "<del>Đông đảo </del>" in html
    assert "<ins>Gần 200 </ins>" in html
    assert client.get(past(draft, a="b9", b="nay")).status_code == 404
    assert client.get(past(draft, a="x'", b="nay")).status_code == 404


def go_back(client, article, state="b1", **more):
    words = {"state": state, "seen_number": article.draft_number} | more
    return client.post(f"/admin/articles/article/{article.pk}/lich-su/lay-lai/", words)


def test_an_earlier_state_comes_back_and_can_be_undone(client, collaborator, head):
    draft = make_draft(collaborator, title="Bản đầu", tags=["Cũ"])
    send_back(submit(draft, collaborator), head)
    draft.refresh_from_db()
    client.force_login(collaborator)
    press_save(client, draft, title="Bản hai", tags="Mới")
    frozen = list(Revision.objects.values_list("sha256", flat=True))
    go_back(client, draft)
    draft.refresh_from_db()
    assert (draft.title, list(draft.tags.names())) == ("Bản đầu", ["Cũ"])
    assert [row.name for row in draft.bylines.all()] == ["Nguyễn Thị Lan"]
    assert list(Revision.objects.values_list("sha256", flat=True)) == frozen
    assert "lấy lại bản cũ" in client.get(past(draft)).content.decode()
    go_back(client, draft, state=f"l{SavedCopy.objects.filter(content__title='Bản hai').first().pk}")
    draft.refresh_from_db()
    assert draft.title == "Bản hai"


def test_going_back_never_overwrites_unseen(client, collaborator, head):
    draft = make_draft(collaborator, title="Bản đầu")
    send_back(submit(draft, collaborator), head)
    draft.refresh_from_db()
    client.force_login(collaborator)
    save(client, draft, title="Vừa lưu ở máy khác")
    go_back(client, draft)
    assert Article.objects.get(pk=draft.pk).title == "Vừa lưu ở máy khác"


@pytest.mark.parametrize("who", ["other_collaborator", "other_head", "registrar", "administrator"])
def test_others_see_and_change_nothing(client, collaborator, request, who):
    draft = make_draft(collaborator, title="Riêng")
    saved_copies.keep_copy(draft, by=collaborator)
    client.force_login(request.getfixturevalue(who))
    assert client.get(past(draft)).status_code == 404
    assert go_back(client, draft).status_code == 404
    assert client.post(f"/admin/articles/article/{draft.pk}/bo/").status_code == 404
    assert Article.objects.get(pk=draft.pk).binned_at is None


def test_an_auditor_reads_and_changes_nothing(client, collaborator, auditor):
    draft = make_draft(collaborator)
    saved_copies.keep_copy(draft, by=collaborator)
    client.force_login(auditor)
    assert client.get(past(draft)).status_code == 200
    assert go_back(client, draft, state=f"l{SavedCopy.objects.get().pk}").status_code == 403
    assert client.post(f"/admin/articles/article/{draft.pk}/bo/").status_code == 403


def test_the_line_of_time_costs_the_same_when_long(client, collaborator, head):
    draft = make_draft(collaborator)
    client.force_login(collaborator)
    costs = []
    for rounds in (1, 6):
        for number in range(rounds):
            draft.refresh_from_db()
            press_save(client, draft, title=f"Bản {rounds}.{number}")
            draft = send_back(submit(draft, collaborator), head)
        with CaptureQueriesContext(connection) as asked:
            client.get(past(draft))
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_a_draft_goes_into_the_bin_and_comes_back_whole(client, collaborator, head):
    draft = make_draft(collaborator, title="Bài bỏ đi zebra")
    before = content_of(draft)
    client.force_login(collaborator)
    client.post(f"/admin/articles/article/{draft.pk}/bo/")
    for url in ("/admin/articles/article/", "/admin/ban-viet/", "/admin/", "/admin/cho-duyet/"):
        answer = client.get(url, follow=True)
        assert "zebra" not in answer.content.decode().replace("Đã bỏ “Bài bỏ đi zebra”", ""), url
    assert client.get(f"/admin/articles/article/{draft.pk}/change/").status_code == 302
    assert "zebra" in client.get("/admin/articles/article/thung-rac/").content.decode()
    client.post(f"/admin/articles/article/{draft.pk}/lay-ra/")
    assert content_of(Article.objects.get(pk=draft.pk)) == before
    assert "zebra" in client.get("/admin/articles/article/").content.decode()


def test_what_is_in_the_bin_is_neither_sent_nor_shown_by_a_link(client, collaborator):
    draft = make_draft(collaborator, title="Bài bỏ đi zebra")
    address = f"/xem-truoc/{preview_links.make_link(draft, by=collaborator, days=3)}/"
    assert client.get(address).status_code == 200
    story_bin.bin_story(draft, by=collaborator)
    assert client.get(address).status_code == 404
    with pytest.raises(StepRefused, match="thùng rác"):
        submit(Article.objects.get(pk=draft.pk), collaborator)
    story_bin.take_out(draft)
    assert client.get(address).status_code == 200


def test_another_units_bin_is_its_own(client, collaborator, other_collaborator):
    draft = make_draft(collaborator, title="Của trường này")
    Article.objects.filter(pk=draft.pk).update(binned_at="2026-11-20T00:00Z", binned_by=collaborator)
    client.force_login(other_collaborator)
    assert "Của trường này" not in client.get("/admin/articles/article/thung-rac/").content.decode()
    assert client.post(f"/admin/articles/article/{draft.pk}/lay-ra/").status_code == 404


def test_what_was_public_or_is_read_by_the_head_stays(client, collaborator, head):
    live = make_published(collaborator, head)
    gone = withdraw(make_published(collaborator, head), head)
    sent = submit(make_draft(collaborator), collaborator)
    client.force_login(collaborator)
    for story, words in ((live, "đã từng đăng"), (gone, "đã từng đăng"), (sent, "đang chờ duyệt")):
        answer = client.post(f"/admin/articles/article/{story.pk}/bo/", follow=True)
        assert words in answer.content.decode()
    assert not Article.objects.exclude(binned_at=None).exists()


def test_nothing_is_ever_deleted(client, collaborator, head, desk_editor):
    draft = make_draft(collaborator)
    for person in (collaborator, head, desk_editor):
        client.force_login(person)
        assert client.post(f"/admin/articles/article/{draft.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Article.objects.filter(pk=draft.pk).exists()


def test_the_head_sees_what_changed_since_the_version_returned(client, collaborator, head):
    draft = make_draft(collaborator, title="Đông đảo người dự")
    draft = send_back(submit(draft, collaborator), head, note="Ghi rõ bao nhiêu người.")
    client.force_login(collaborator)
    press_save(client, draft, title="Gần 200 người dự")
    submit(draft, collaborator)
    client.force_login(head)
    html = client.get("/admin/cho-duyet/").content.decode()
    assert "Đã đổi so với bản 1 đã trả lại" in html
    assert "<ins>Gần 200 </ins>" in html


def test_the_bin_is_reached_from_the_board_and_from_the_list(client, collaborator):
    client.force_login(collaborator)
    for way in ("/admin/ban-viet/", "/admin/articles/article/"):
        assert 'href="/admin/articles/article/thung-rac/"' in client.get(way).text, way


def test_who_may_not_open_the_bin_is_not_sent_there(client, auditor):
    client.force_login(auditor)
    assert "thung-rac" not in client.get("/admin/articles/article/").text
