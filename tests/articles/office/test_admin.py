"""The writing screen over HTTP: text is stored, other people's work is closed, status is not a field."""

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.enums import Status
from articles.models import Article, PublishedArticle
from tests.factories.articles import make_draft, make_published, make_section, submit, withdraw
from tests.factories.events import make_event

pytestmark = pytest.mark.django_db
ADD = "/admin/articles/article/add/"


def address(article):
    return reverse("admin:articles_article_change", args=[article.pk])


def typed(article=None, **words):
    """What the browser posts from the writing screen."""
    rows = list(article.bylines.all()) if article else []
    data = {
        "title": "Tiêu đề đã gõ",
        "lead": "Sapo đã gõ.",
        "body": "<p>Nội dung đã gõ.</p>",
        "kind": "activity",
        "section": make_section().pk,
        "tags": "",
        "slug": "",
        "source_mark": "",
        "seen_number": article.draft_number if article else 1,
        "bylines-TOTAL_FORMS": len(rows),
        "bylines-INITIAL_FORMS": len(rows),
    }
    for number, row in enumerate(rows):
        data |= {
            f"bylines-{number}-id": row.pk,
            f"bylines-{number}-name": row.name,
            f"bylines-{number}-role": row.role,
        }
    return data | words


def test_a_first_save_makes_a_draft_of_the_writers_unit_signed_by_the_writer(client, collaborator, school):
    client.force_login(collaborator)
    answer = client.post(ADD, typed(department=school.pk, tags="thi đua, khen thưởng"))
    article = Article.objects.get()
    assert answer["Location"] == address(article)
    assert (article.title, article.status, article.department) == ("Tiêu đề đã gõ", Status.DRAFTING, school)
    assert [byline.name for byline in article.bylines.all()] == ["Nguyễn Thị Lan"]
    assert sorted(article.tags.names()) == ["khen thưởng", "thi đua"]


def test_a_form_that_was_sent_goes_on_with_its_story(client, collaborator, school):
    client.force_login(collaborator)
    key = client.get(f"{ADD}?kind=activity", follow=True).context["form_key"]
    first = typed(department=school.pk, client_key=key)
    client.post(ADD, first)
    article = Article.objects.get()
    came_back = client.get(f"{ADD}?kind=activity&khoa={key}")
    assert came_back["Location"] == address(article)
    client.post(ADD, first | {"title": "Tiêu đề gõ thêm"})
    assert [story.title for story in Article.objects.all()] == ["Tiêu đề gõ thêm"]
    # The story went on meanwhile: told, nothing overwritten, no second story, typed words kept.
    refused = client.post(ADD, first | {"title": "Bản cũ hơn"})
    html = refused.content.decode()
    assert "Ở một cửa sổ khác, bạn đã lưu bài này" in html
    assert "Bản cũ hơn" in html
    assert f'action="{address(article)}"' in html
    assert Article.objects.get().title == "Tiêu đề gõ thêm"


def test_the_form_for_a_new_story_opens(client, collaborator):
    client.force_login(collaborator)
    html = client.get(f"{ADD}?kind=activity", follow=True).content.decode()
    assert "Gửi duyệt" in html
    assert "Trường THPT Chu Văn An" in html


def test_submitting_saves_and_sends(client, collaborator, school):
    client.force_login(collaborator)
    client.post(ADD, typed(department=school.pk, _submit="1"))
    article = Article.objects.get()
    assert article.status == Status.IN_REVIEW
    assert article.review_revision.content["title"] == "Tiêu đề đã gõ"


def test_a_refused_submission_keeps_every_word_as_a_draft(client, collaborator, school):
    client.force_login(collaborator)
    answer = client.post(ADD, typed(department=school.pk, lead="", _submit="1"), follow=True)
    html = answer.content.decode()
    assert Article.objects.get().title == "Tiêu đề đã gõ"
    assert Article.objects.get().status == Status.DRAFTING
    assert "Đã lưu nháp. Chưa gửi được, còn " in html
    assert '<li><a href="#lead" data-place="lead" data-said="">Chưa có sapo' in html
    assert "Chưa gửi được: " not in html  # one sentence of all that is missing


def test_a_title_too_long_is_refused_at_its_field_and_kept(client, collaborator, school):
    client.force_login(collaborator)
    long = "ă" * 201
    html = client.post(ADD, typed(department=school.pk, title=long)).content.decode()
    assert "Tiêu đề dài quá 200 ký tự (hiện có 201)." in html
    assert '<li><a href="#title" data-place="title">Tiêu đề</a>: Tiêu đề dài quá 200 ký tự' in html
    assert long in html
    assert "Nội dung đã gõ." in html


def test_an_event_the_writer_may_not_see_is_refused_at_its_field_and_not_named(
    client, collaborator, school, other_school
):
    secret = make_event("Hội nghị kín về sáp nhập", host=other_school, status="drafting")
    article = make_draft(collaborator)
    client.force_login(collaborator)
    for where in (ADD, address(article)):
        story = None if where == ADD else article
        html = client.post(where, typed(story, department=school.pk, event=secret.pk)).content.decode()
        assert "Không có sự kiện này hoặc bạn không được xem. Hãy chọn lại." in html
        assert "Nội dung đã gõ." in html
        assert "Hội nghị kín" not in html
    article.refresh_from_db()
    assert article.event is None


def test_a_conflict_keeps_the_words_and_offers_to_overwrite(client, collaborator, head):
    article = make_draft(collaborator)
    mine = typed(article, title="Chữ của tôi", department=article.department_id)
    client.force_login(head)
    client.post(address(article), typed(article, title="Chữ của người kia", department=article.department_id))
    client.force_login(collaborator)
    html = client.post(address(article), mine).content.decode()
    assert "Trần Văn Minh đã lưu bài này" in html
    assert "Chữ của tôi" in html
    assert Article.objects.get().title == "Chữ của người kia"
    client.post(address(article), mine | {"overwrite": "on"})
    assert Article.objects.get().title == "Chữ của tôi"


@pytest.mark.parametrize(
    "field", ["status", "version", "state", "review_revision", "approved_revision", "published_at"]
)
def test_posting_a_status_changes_nothing(client, collaborator, field):
    article = make_draft(collaborator)
    client.force_login(collaborator)
    client.post(address(article), typed(article, department=article.department_id, **{field: "approved"}))
    fresh = Article.objects.get()
    assert (fresh.title, fresh.status, fresh.version) == ("Tiêu đề đã gõ", Status.DRAFTING, 1)
    assert not PublishedArticle.objects.exists()


def test_a_writer_cannot_put_a_story_in_another_unit(client, collaborator, school, other_school):
    client.force_login(collaborator)
    html = client.post(ADD, typed(department=other_school.pk)).content.decode()
    assert not Article.objects.exists()
    assert "Tiêu đề đã gõ" in html


def test_work_of_another_unit_is_closed_at_every_door(client, collaborator, other_collaborator):
    article = make_draft(collaborator, title="Chuyện riêng xyzzy")
    client.force_login(other_collaborator)
    for door in ("change", "history", "preview"):
        answer = client.get(reverse(f"admin:articles_article_{door}", args=[article.pk]), follow=True)
        assert "xyzzy" not in answer.content.decode(), door
    listed = client.get("/admin/articles/article/?q=xyzzy").content.decode()
    assert "Chuyện riêng" not in listed
    client.post(address(article), typed(article))
    client.post(reverse("admin:articles_article_step", args=[article.pk, "submit"]), {"version": 1})
    assert Article.objects.get().title == "Chuyện riêng xyzzy"
    assert Article.objects.get().status == Status.DRAFTING


def test_a_first_draft_is_its_units_own_but_submitted_work_is_the_desks_too(
    client, collaborator, desk_editor, auditor
):
    draft = make_draft(collaborator, title="Bản nháp riêng")
    sent = submit(make_draft(collaborator, title="Bài đã gửi"), collaborator)
    client.force_login(desk_editor)
    html = client.get("/admin/articles/article/").content.decode()
    assert "Bài đã gửi" in html
    assert "Bản nháp riêng" not in html
    assert client.get(address(sent)).status_code == 200
    client.force_login(auditor)
    assert "Bản nháp riêng" in client.get("/admin/articles/article/").content.decode()
    assert "Dòng thời gian" in client.get(address(draft)).content.decode()


def test_who_audits_opens_a_story_on_its_history_and_reads_the_text_beside_it(client, collaborator, auditor):
    article = submit(make_draft(collaborator, body="<p>Lời của nháp.</p>"), collaborator)
    client.force_login(auditor)
    html = client.get(address(article)).content.decode()
    assert "Dòng thời gian" in html
    assert "Gửi duyệt bản 1" in html
    assert '<form class="editor"' not in html
    text = f"/admin/articles/article/{article.pk}/xem-thu/"
    assert f'href="{text}?ban=1"' in html
    for page in (html, client.get(text).content.decode(), client.get(f"{text}?ban=1").content.decode()):
        assert f'href="{address(article)}"' not in page  # nothing leads back to where one is
    assert "Lời của nháp." in client.get(text).content.decode()
    client.post(address(article), typed(article))
    assert Article.objects.get().title == article.title


@pytest.mark.parametrize("who", ["registrar", "administrator"])
def test_those_who_do_not_write_see_no_stories(client, request, collaborator, who):
    article = make_draft(collaborator)
    client.force_login(request.getfixturevalue(who))
    assert client.get("/admin/articles/article/").status_code == 403
    assert client.get(address(article)).status_code in {302, 403}


def test_nobody_deletes_a_story(client, collaborator, managing_editor):
    article = submit(make_draft(collaborator), collaborator)
    client.force_login(managing_editor)
    client.post(reverse("admin:articles_article_delete", args=[article.pk]), {"post": "yes"})
    assert Article.objects.filter(pk=article.pk).exists()


def test_the_preview_is_private_and_never_kept(client, collaborator):
    article = make_draft(collaborator, body="<p>Lời của nháp.</p>")
    where = reverse("admin:articles_article_preview", args=[article.pk])
    assert client.get(where).status_code == 302
    client.force_login(collaborator)
    answer = client.get(where)
    assert "Lời của nháp." in answer.content.decode()
    assert "no-store" in answer["Cache-Control"] or "no-cache" in answer["Cache-Control"]
    assert 'content="noindex' in answer.content.decode()


def test_a_live_story_is_edited_beside_itself(client, collaborator, head):
    page = make_published(collaborator, head, title="Tên công khai")
    article = Article.objects.get(pk=page.pk)
    client.force_login(collaborator)
    client.post(address(article), typed(article, title="Tên mới", department=article.department_id))
    assert "Tên công khai" in client.get(page.get_absolute_url()).content.decode()
    assert "Bản đang viết khác bản 1 đã duyệt." in client.get(address(article)).content.decode()


def test_the_list_costs_the_same_with_few_and_many(client, collaborator, django_assert_max_num_queries):
    client.force_login(collaborator)
    for count in (1, 8):
        for _ in range(count):
            make_draft(collaborator)
        with django_assert_max_num_queries(14):
            client.get("/admin/articles/article/")


def test_withdrawing_from_the_register_needs_a_reason(client, collaborator, head):
    page = make_published(collaborator, head)
    client.force_login(head)
    step = reverse("admin:articles_publishedarticle_step", args=[page.pk, "withdraw"])
    screen = client.get(f"/admin/articles/publishedarticle/{page.pk}/change/").content.decode()
    assert "Thông báo, bạn đọc sẽ thấy" in screen
    assert "Lý do, chỉ phòng biên tập thấy" in screen  # the urgent one beside it
    assert address(Article.objects.get()) in screen  # the way to correct it
    assert client.post(step, {"version": page.version, "note": ""}).status_code == 409
    assert PublishedArticle.objects.live().exists()
    answer = client.post(step, {"version": page.version, "note": "Theo đề nghị của nhà trường."}, follow=True)
    assert "Đã gỡ bài. Bạn đọc thấy thông báo ở địa chỉ cũ." in answer.content.decode()
    assert not PublishedArticle.objects.live().exists()
    assert "Theo đề nghị của nhà trường." in client.get(page.get_absolute_url()).content.decode()


def test_a_planned_day_and_an_embargo_are_kept_and_a_bad_hour_is_refused_at_its_field(client, collaborator):
    client.force_login(collaborator)
    article = make_draft(collaborator)
    words = {"department": article.department_id, "planned_on": "2027-01-05"}
    client.post(address(article), typed(article, embargo_until="2027-01-06T07:30", **words))
    article.refresh_from_db()
    assert f"{article.planned_on:%d/%m/%Y}" == "05/01/2027"
    assert f"{timezone.localtime(article.embargo_until):%H:%M %d/%m/%Y}" == "07:30 06/01/2027"
    html = client.get(address(article)).content.decode()
    assert 'value="2027-01-06T07:30"' in html
    refused = client.post(
        address(article), typed(article, embargo_until="hôm nào đó", **words)
    ).content.decode()
    assert "Hãy chọn ngày và giờ, ví dụ 20/11/2026 07:30." in refused


def test_a_withdrawn_story_is_found_in_the_register_by_its_title(client, collaborator, head):
    page = make_published(collaborator, head, title="Phòng tư vấn tâm lý")
    make_published(collaborator, head, title="Bài khác")
    withdraw(page, head)
    client.force_login(head)
    html = client.get("/admin/articles/publishedarticle/", {"q": "tu van tam ly"}).content.decode()
    assert "Phòng tư vấn tâm lý" in html
    assert "Bài khác" not in html


def test_the_address_follows_the_title_until_it_is_approved_or_named(client, collaborator, head):
    client.force_login(collaborator)
    article = make_draft(collaborator, title="Tiêu đề đầu")
    assert 'placeholder="tieu-de-dau"' in client.get(address(article)).content.decode()
    client.post(address(article), typed(article, title="Tiêu đề sau", department=article.department_id))
    article.refresh_from_db()
    assert article.slug == "tieu-de-sau"
    named = typed(article, title="Tiêu đề cuối", slug="rieng", department=article.department_id)
    client.post(address(article), named)
    article.refresh_from_db()
    assert article.slug == "rieng"
    assert 'value="rieng"' in client.get(address(article)).content.decode()
