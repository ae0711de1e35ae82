"""Comments on places of a text: drafted on the desk, sent with a return, answered, found in later texts."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from approvals.engine import StepRefused
from articles.approval import commenting
from articles.enums import CommentAct, Status
from articles.models import Article, Comment, CommentStep
from articles.writing import drafting
from inbox.models import Notice
from tests.factories.articles import approve, figure_of, make_draft, resubmit, send_back, submit, take_back
from tests.factories.departments import make_user
from tests.factories.media import make_photo

pytestmark = pytest.mark.django_db
DESK = "/admin/cho-duyet/"
BODY = "<p>Sáng nay, trường chào cờ. Gần 200 em dự lễ.</p><p>Lễ xong lúc 8 giờ.</p>"
SCRIPT = {"Accept": "application/fragment, text/html"}
WORDS = "Số này lấy ở đâu?"


@pytest.fixture
def waiting(collaborator):
    return submit(make_draft(collaborator, title="Bài chờ duyệt", body=BODY), collaborator)


def comment(client, article, where="0.1", words=WORDS, headers=None, **more):
    data = {"sha256": article.review_revision.sha256, "version": article.version}
    data |= {"comment_where": where, "comment_words": words} | more
    return client.post(f"{DESK}{article.pk}/gop-y/", data, headers=headers)


def press(client, article, step, **words):
    data = {"step": step, "sha256": article.review_revision.sha256, "version": article.version} | words
    return client.post(f"{DESK}{article.pk}/quyet-dinh/", data)


def act(client, article, row, name):
    address = f"{DESK}{article.pk}/gop-y/{row.pk}/"
    data = {"act": name, "sha256": article.review_revision.sha256, "version": article.version}
    return client.post(address, data, headers=SCRIPT)


def answer(client, article, row, name, words=""):
    address = f"/admin/articles/article/{article.pk}/gop-y/{row.pk}/"
    return client.post(address, {"act": name, "words": words}, headers=SCRIPT)


def editor(client, article):
    return client.get(reverse("admin:articles_article_change", args=[article.pk])).content.decode()


def text_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.fixture
def returned(client, head, waiting):
    """One comment about “Gần 200 em dự lễ.”, sent back with it."""
    client.force_login(head)
    comment(client, waiting)
    press(client, waiting, "send_back")
    return Article.objects.get()


# --- drafting on the desk ---------------------------------------------------------------------------


def test_a_comment_is_kept_with_its_words_its_text_and_its_writers_capacity(client, head, waiting):
    client.force_login(head)
    assert comment(client, waiting).status_code == 200
    row = Comment.objects.get()
    assert (row.place, row.block, row.quote, row.words) == ("body", 0, "Gần 200 em dự lễ.", WORDS)
    assert (row.before.strip(), row.after) == ("Sáng nay, trường chào cờ.", "")
    assert (row.revision, row.sha256) == (waiting.review_revision, waiting.review_revision.sha256)
    assert row.capacity == "Hiệu trưởng, Trường THPT Chu Văn An"
    assert WORDS in client.get(DESK).content.decode()  # she left the page and came back


def test_without_a_script_nothing_typed_into_the_decision_is_lost(client, head, waiting):
    client.force_login(head)
    html = comment(client, waiting, note="Lời nhắn gõ dở", reasons=["Tiêu đề dài"]).content.decode()
    assert "Lời nhắn gõ dở" in html
    assert re.search(r'value="Tiêu đề dài"[^>]*checked', html)
    assert "1 góp ý chưa gửi" in text_of(html)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"words": "  "}, "Hãy viết góp ý"),
        ({"words": "a" * 1001}, "dài quá 1000"),
        ({"where": ""}, "Hãy chọn câu, đoạn hoặc ảnh"),
        ({"where": "77"}, "Hãy chọn câu, đoạn hoặc ảnh"),
        ({"sha256": "0" * 64}, "mở lại trang"),
    ],
)
def test_a_bad_comment_is_refused_at_its_box_and_keeps_what_was_typed(client, head, waiting, data, said):
    client.force_login(head)
    page = comment(client, waiting, note="Lời nhắn gõ dở", **data)
    html = page.content.decode()
    assert page.status_code == 409
    assert said in html
    assert "Lời nhắn gõ dở" in html
    assert data.get("words", WORDS) in html
    by_script = comment(client, waiting, headers=SCRIPT, **data)
    assert (by_script.status_code, said in by_script.content.decode()) == (409, True)
    assert not Comment.objects.exists()


def test_the_same_comment_pressed_twice_is_one(client, head, waiting):
    client.force_login(head)
    comment(client, waiting)
    comment(client, waiting)
    assert Comment.objects.count() == 1


def test_title_lead_and_photo_are_commented_on_too(client, head, collaborator, school):
    body = figure_of(make_photo(department=school), "Cờ bay") + BODY
    article = submit(make_draft(collaborator, body=body), collaborator)
    client.force_login(head)
    for where in ("title", "lead", "0"):
        assert comment(client, article, where).status_code == 200
    found = Comment.objects.values_list("place", "block", "quote")
    lead = article.review_revision.content["lead"]
    assert list(found) == [
        ("title", None, article.title),
        ("lead", None, lead),
        ("figure", 0, "Cờ bay"),
    ]
    html = client.get(DESK).content.decode()
    assert all(f'data-block="{name}"' in html for name in ("title", "lead", "0", "1", "2"))


def test_a_comment_typed_beside_the_decision_goes_with_it(client, head, waiting):
    client.force_login(head)
    press(client, waiting, "send_back", comment_where="0.1", comment_words=WORDS)
    assert Article.objects.get().status == Status.RETURNED
    assert CommentStep.objects.get().act == CommentAct.SENT


def test_a_comment_that_cannot_be_kept_holds_the_decision(client, head, waiting):
    client.force_login(head)
    page = press(client, waiting, "send_back", note="Sửa nhé", comment_where="", comment_words=WORDS)
    assert (page.status_code, WORDS in page.content.decode()) == (409, True)
    assert Article.objects.get().status == Status.IN_REVIEW


def test_a_comment_on_a_text_that_was_replaced_meanwhile_is_kept_and_followed(
    client, head, waiting, collaborator
):
    newer = resubmit(waiting, collaborator, body=BODY.replace("200", "187"))
    client.force_login(head)
    assert comment(client, waiting).status_code == 200
    assert Comment.objects.get().revision == waiting.review_revision
    assert newer.review_revision != waiting.review_revision
    assert "đã đổi thành" in client.get(DESK).content.decode()


def test_a_draft_is_dropped_by_its_writer_and_stays_in_the_database(client, head, waiting):
    client.force_login(head)
    comment(client, waiting)
    assert act(client, waiting, Comment.objects.get(), "dropped").status_code == 200
    assert WORDS not in client.get(DESK).content.decode()
    assert Comment.objects.count() == 1


# --- sent with the return ---------------------------------------------------------------------------


def test_the_writer_sees_nothing_before_the_return(client, head, waiting, collaborator):
    client.force_login(head)
    comment(client, waiting)
    client.force_login(collaborator)
    past = reverse("admin:articles_article_past", args=[waiting.pk])
    pages = [editor(client, waiting), client.get(past).content.decode()]
    pages.append(client.get(f"/admin/articles/article/{waiting.pk}/gop-y/").content.decode())
    assert not any(WORDS in page for page in pages)
    assert answer(client, waiting, Comment.objects.get(), "fixed").status_code == 404
    assert not Notice.objects.filter(words__contains="góp ý").exists()


def test_another_who_decides_does_not_see_or_send_a_draft_of_somebody_else(client, head, school, waiting):
    deputy = make_user("hieupho", "deputy", school, full_name="Võ Thị Sáu")
    client.force_login(head)
    comment(client, waiting)
    row = Comment.objects.get()
    client.force_login(deputy)
    assert WORDS not in client.get(f"{DESK}{waiting.pk}/").content.decode()
    assert act(client, waiting, row, "dropped").status_code == 404
    early = {"early_reason": "Trưởng đơn vị đi công tác xa."}
    press(client, waiting, "send_back", note="Bổ sung ảnh.", **early)
    assert not CommentStep.objects.exists()
    client.force_login(head)
    resubmit(Article.objects.get(), waiting.created_by, title="Tít khác")
    assert WORDS in client.get(DESK).content.decode()


def test_comments_are_reason_enough_and_the_notice_says_how_many(client, returned, collaborator):
    assert returned.status == Status.RETURNED
    notice = Notice.objects.get(recipient=collaborator, kind="returned")
    assert "kèm 1 góp ý" in notice.words
    client.force_login(collaborator)
    html = text_of(editor(client, returned))
    assert "1 góp ý còn mở" in html
    assert WORDS in html
    assert "Gần 200 em dự lễ." in html
    assert "1 góp ý" in text_of(client.get(reverse("admin:writing_board")).content.decode())


def test_a_return_without_comments_says_nothing_of_them(head, waiting, collaborator):
    send_back(waiting, head)
    assert "góp ý" not in Notice.objects.get(recipient=collaborator, kind="returned").words


def test_taking_the_return_back_makes_its_comments_drafts_again(client, head, returned, collaborator):
    take_back(returned, head)
    client.force_login(collaborator)
    assert WORDS not in editor(client, returned)
    client.force_login(head)
    assert "1 góp ý chưa gửi" in text_of(client.get(DESK).content.decode())
    press(client, Article.objects.get(), "send_back")
    client.force_login(collaborator)
    assert WORDS in editor(client, returned)


# --- proposed words ---------------------------------------------------------------------------------------


def test_words_are_proposed_in_place_taken_or_left_and_the_head_may_still_decide(
    client, head, waiting, collaborator
):
    client.force_login(head)
    quote = {"comment_quote": "Gần 200 em dự lễ."}
    # left as they stand they are no proposal, and without other words nothing
    answered = comment(
        client, waiting, words="", comment_proposal="Gần 200  em dự lễ.", headers=SCRIPT, **quote
    )
    assert answered.status_code == 409
    too_long = comment(client, waiting, comment_proposal="ă" * 1501, headers=SCRIPT, **quote)
    assert (too_long.status_code, "dài quá 1500 ký tự" in too_long.text) == (409, True)
    html = comment(client, waiting, words="", comment_proposal="Có 187 em <b>dự</b> lễ.", **quote).text
    assert re.search(r"<del>Gần 200\s*</del>\s*<ins>Có 187", html)
    comment(client, waiting, where="title", words="", comment_proposal="Tiêu đề hay hơn")
    comment(client, waiting, where="lead", words="Sapo nên gọn.")
    press(client, waiting, "send_back")

    story, rows = Article.objects.get(), {row.place: row for row in Comment.objects.all()}
    assert rows["body"].proposal == "Có 187 em <b>dự</b> lễ."
    assert rows["body"].words == "Đề nghị sửa chữ như sau."
    client.force_login(collaborator)
    html = editor(client, story)
    assert html.count('data-act="taken"') == html.count('data-act="declined"') == 2
    assert 'data-proposed="Có 187 em &lt;b&gt;dự&lt;/b&gt; lễ."' in html
    assert answer(client, story, rows["lead"], "taken").status_code == 409  # nothing was proposed there
    assert answer(client, story, rows["body"], "taken").text.count('data-act="taken"') == 1
    assert answer(client, story, rows["body"], "taken").status_code == 409
    assert "Giữ chữ cũ" in answer(client, story, rows["title"], "declined").text
    resubmit(story, collaborator, body=BODY.replace("Gần 200", "Có 187"))

    client.force_login(head)
    html = text_of(client.get(DESK).text)
    assert "Đã lấy chữ đề nghị" in html and "Giữ chữ cũ" in html
    # Who proposed has written nothing: the writer took the words, and the head decides as about any comment.
    story = Article.objects.get()
    assert head.pk not in story.review_revision.editor_ids
    press(client, story, "approve")
    assert Article.objects.get().status == Status.APPROVED


def test_a_picture_takes_no_proposal(client, head, collaborator, school):
    photo = make_photo(department=school)
    story = submit(make_draft(collaborator, body=figure_of(photo) + BODY), collaborator)
    client.force_login(head)
    comment(client, story, where="0", words="Ảnh này mờ.", comment_proposal="Ảnh khác")
    assert Comment.objects.get().proposal == ""


# --- answered, carried on ---------------------------------------------------------------------------


def test_the_writer_marks_and_answers_and_the_head_reads_it_beside_the_new_words(
    client, head, returned, collaborator
):
    client.force_login(collaborator)
    row = Comment.objects.get()
    assert answer(client, returned, row, "answered", "Theo sổ điểm danh.").status_code == 200
    assert "đã đánh dấu sửa" in text_of(answer(client, returned, row, "fixed").content.decode())
    resubmit(Article.objects.get(), collaborator, body=BODY.replace("Gần 200", "Có 187"))
    client.force_login(head)
    html = text_of(client.get(DESK).content.decode())
    assert "Còn 1 góp ý mở" in html
    assert "Người viết: đã sửa" in html
    assert "Theo sổ điểm danh." in html
    assert "câu ấy đã đổi thành Gần 200 Có 187 em dự lễ." in html


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (BODY + "<p>Thêm một đoạn.</p>", "câu ấy chưa đổi, ở Đoạn 1"),
        (BODY.replace(" Gần 200 em dự lễ.", ""), "câu ấy đã bỏ"),
    ],
)
def test_what_became_of_the_sentence_is_said(client, head, returned, body, said):
    resubmit(returned, returned.created_by, body=body)
    client.force_login(head)
    assert said in text_of(client.get(DESK).content.decode())


def test_a_comment_is_closed_and_opened_again(client, head, returned, collaborator):
    again = resubmit(returned, collaborator, title="Tít khác")
    row = Comment.objects.get()
    client.force_login(head)
    assert "Không còn góp ý nào mở" in text_of(act(client, again, row, "closed").content.decode())
    assert act(client, again, row, "closed").status_code == 409
    client.force_login(collaborator)
    assert answer(client, again, row, "fixed").status_code == 409
    assert "Mọi góp ý đã xong" in text_of(editor(client, again))
    client.force_login(head)
    assert "1 góp ý đi cùng" in text_of(act(client, again, row, "reopened").content.decode())


def test_what_is_kept_open_goes_back_to_the_writer_with_the_next_return(client, head, returned, collaborator):
    client.force_login(collaborator)
    row = Comment.objects.get()
    answer(client, returned, row, "fixed")
    again = resubmit(returned, collaborator, title="Tít khác")
    client.force_login(head)
    press(client, again, "send_back", note="Vẫn chưa đúng.")
    client.force_login(collaborator)
    html = text_of(editor(client, again))
    assert "1 góp ý còn mở." in html
    assert "đã đánh dấu sửa" not in html


def test_approving_asks_nothing_and_everything_stays_in_the_line_of_time(
    client, head, returned, collaborator
):
    client.force_login(collaborator)
    answer(client, returned, Comment.objects.get(), "answered", "Theo sổ điểm danh.")
    again = resubmit(returned, collaborator, title="Tít khác")
    client.force_login(head)
    assert press(client, again, "approve").status_code == 302
    assert Article.objects.get().status == Status.APPROVED
    client.force_login(collaborator)
    screen = text_of(editor(client, again))
    assert "Bài đã duyệt; 1 góp ý chưa đánh dấu xong, để tham khảo." in screen
    assert "góp ý còn mở" not in screen
    assert 'href="#gop-y"' not in editor(client, again)
    past = text_of(client.get(reverse("admin:articles_article_past", args=[again.pk])).content.decode())
    assert "Góp ý, Đoạn 1: “Gần 200 em dự lễ.”" in past
    assert WORDS in past
    assert "Theo sổ điểm danh." in past


def test_drafts_do_not_go_out_with_an_approval(client, head, waiting, collaborator):
    client.force_login(head)
    comment(client, waiting)
    press(client, waiting, "approve")
    client.force_login(collaborator)
    assert WORDS not in editor(client, waiting)


def test_without_a_script_the_writing_screen_saves_and_marks(client, returned, collaborator):
    client.force_login(collaborator)
    row = Comment.objects.get()
    data = {
        "title": "Tít đã sửa",
        "lead": returned.lead,
        "body": returned.body,
        "kind": returned.kind,
        "department": returned.department_id,
        "section": returned.section_id,
        "seen_number": returned.draft_number,
        "bylines-TOTAL_FORMS": "0",
        "bylines-INITIAL_FORMS": "0",
        "_comment": f"{row.pk}:fixed",
        f"comment-{row.pk}": "Đã đếm lại.",
    }
    client.post(reverse("admin:articles_article_change", args=[returned.pk]), data)
    assert Article.objects.get().title == "Tít đã sửa"
    assert [(s.act, s.words) for s in row.steps.all()][1:] == [("fixed", "Đã đếm lại.")]


def test_where_the_sentence_is_in_the_text_being_written(client, returned, collaborator):
    returned.body = "<p>Đoạn mới.</p>" + BODY.replace("200", "187")
    drafting.save(returned, by=collaborator, draft_number=returned.draft_number)
    client.force_login(collaborator)
    html = client.get(f"/admin/articles/article/{returned.pk}/gop-y/").content.decode()
    assert 'data-now="Gần 187 em dự lễ."' in html
    assert "Đoạn 2" in html


# --- who, and that nothing is rewritten -------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("collaborator", {302, 404, 409}),
        ("other_collaborator", {404}),
        ("other_head", {404}),
        ("registrar", {404}),
        ("auditor", {302, 404, 409}),
        ("desk_editor", {302, 404, 409}),
    ],
)
def test_only_those_who_decide_comment(client, request, waiting, who, expected):
    client.force_login(request.getfixturevalue(who))
    assert comment(client, waiting).status_code in expected
    assert comment(client, waiting, headers=SCRIPT).status_code in expected
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    ("who", "expected"), [("other_collaborator", 404), ("other_head", 404), ("registrar", 404)]
)
def test_foreign_hands_reach_no_comment(client, request, returned, who, expected):
    client.force_login(request.getfixturevalue(who))
    row = Comment.objects.get()
    assert client.get(f"/admin/articles/article/{returned.pk}/gop-y/").status_code == expected
    assert answer(client, returned, row, "fixed").status_code == expected
    assert row.steps.count() == 1


def test_who_may_only_read_the_story_answers_nothing(client, returned, auditor):
    client.force_login(auditor)
    assert answer(client, returned, Comment.objects.get(), "fixed").status_code == 403


def test_a_comment_is_reached_by_its_own_story_alone(client, head, returned, collaborator):
    other = submit(make_draft(collaborator), collaborator)
    row = Comment.objects.get()
    client.force_login(head)
    assert act(client, other, row, "closed").status_code == 404
    client.force_login(collaborator)
    assert answer(client, other, row, "fixed").status_code == 404


def test_own_words_are_not_commented_on(client, head, school):
    own = submit(make_draft(head, title="Bài của trưởng"), head)
    client.force_login(head)
    assert comment(client, own).status_code in {302, 404, 409}
    assert not Comment.objects.exists()


@pytest.mark.parametrize("name", ["sent", "recalled", "fixed", "answered", "", "x"])
def test_the_desk_takes_no_act_that_is_not_the_heads(client, head, returned, collaborator, name):
    again = resubmit(returned, collaborator, title="Tít khác")
    client.force_login(head)
    assert act(client, again, Comment.objects.get(), name).status_code == 404


@pytest.mark.parametrize("name", ["sent", "recalled", "dropped", "closed", "reopened", ""])
def test_the_writer_takes_no_act_that_is_not_theirs(client, returned, collaborator, name):
    client.force_login(collaborator)
    assert answer(client, returned, Comment.objects.get(), name).status_code == 404


def test_of_two_steps_at_one_moment_one_is_refused(returned, collaborator, head):
    one, other = commenting.of_writer(returned)[0], commenting.of_writer(returned)[0]
    commenting.move_comment(one, CommentAct.FIXED, by=collaborator)
    with pytest.raises(StepRefused, match="vừa đổi trạng thái"):
        commenting.move_comment(other, CommentAct.CLOSED, by=head)
    with pytest.raises(IntegrityError), transaction.atomic():
        CommentStep.objects.create(comment=one.comment, number=2, act=CommentAct.CLOSED, taken_by=head)


def test_a_story_with_many_comments_costs_the_desk_no_more_queries(
    client, head, waiting, django_assert_max_num_queries
):
    client.force_login(head)

    def queries():
        with django_assert_max_num_queries(200) as asked:
            client.get(DESK)
        return len(asked)

    comment(client, waiting, "title")
    before = queries()
    for where in ("lead", "0", "0.0", "0.1", "1"):
        comment(client, waiting, where)
    assert queries() == before


def test_a_binned_or_approved_story_takes_no_more_comments_and_gives_the_words_back(client, head, waiting):
    client.force_login(head)
    approve(waiting, head)
    page = comment(client, waiting)
    assert (page.status_code, WORDS in page.content.decode()) == (409, True)
