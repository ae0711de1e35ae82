"""The bar over a story: calm when nothing is to be sent, awake when something changed."""

import datetime
import re

from django.urls import reverse
from django.utils import timezone

from articles.models import Article, PublishedArticle
from articles.writing import drafting
from tests.factories.articles import approve, make_draft, send_back, submit


def bar(client, article: Article) -> str:
    page = client.get(reverse("admin:articles_article_change", args=[article.pk])).text
    return re.sub(
        r"\s+", " ", page[page.index('<div class="flow stick"') : page.index('name="_submit"') + 60]
    )


def send_button(html: str) -> str:
    return re.findall(r'<button class="([^"]*)" type="submit" name="_submit"', html)[0]


def change(article: Article, by, **words) -> Article:
    article = Article.objects.get(pk=article.pk)
    for name, value in words.items():
        setattr(article, name, value)
    drafting.save(article, by=by, draft_number=article.draft_number)
    return Article.objects.get(pk=article.pk)


def test_after_sending_it_says_who_has_it_and_until_when(client, collaborator, head):
    head.form_of_address, head.full_name = "chị", "Lê Thị Tâm"
    head.save()
    story = make_draft(collaborator)
    client.force_login(collaborator)
    html = bar(client, story)
    assert "data-calm" not in html and send_button(html) == "btn primary"
    story = submit(story, collaborator)
    html = bar(client, story)
    assert re.search(r"Đang ở chị Tâm, hạn \d\d:\d\d ", html)
    assert send_button(html) == "btn"  # nothing is left to do
    long_ago = timezone.now() - datetime.timedelta(days=30)
    Article.objects.filter(pk=story.pk).update(submitted_at=long_ago)
    assert "Đang ở chị Tâm, quá hạn từ " in bar(client, story)
    changed = change(story, collaborator, lead="Sapo đã sửa sau khi gửi.")
    html = bar(client, changed)
    assert "Đang ở chị Tâm" not in html and send_button(html) == "btn primary"


def test_after_approving_the_next_step_is_to_see_the_page(client, collaborator, head):
    story = approve(submit(make_draft(collaborator), collaborator), head)
    client.force_login(collaborator)
    html = bar(client, story)
    page = PublishedArticle.objects.get(pk=story.pk)
    assert f'<a class="btn primary" href="{page.get_absolute_url()}"' in html and "Xem trang" in html
    assert send_button(html) == "btn"


def test_a_scheduled_story_says_when_it_will_be_out(client, collaborator, head):
    due = timezone.localtime() + datetime.timedelta(days=1)
    story = approve(submit(make_draft(collaborator), collaborator), head, due_at=due)
    client.force_login(collaborator)
    assert f"Đã duyệt, lên trang lúc {due:%H:%M} ngày mai." in bar(client, story)


def test_a_returned_story_opens_with_the_heads_reason_until_it_is_sent_again(client, collaborator, head):
    story = send_back(submit(make_draft(collaborator), collaborator), head, note="Ghi rõ <b>lớp</b> nào.")
    client.force_login(collaborator)
    page = client.get(reverse("admin:articles_article_change", args=[story.pk])).text
    reason = page.index("Ghi rõ &lt;b&gt;lớp&lt;/b&gt; nào.")
    assert page.index('id="bi-tra-lai"') < reason < page.index('id="id_title"')
    submit(change(story, collaborator, lead="Sapo đã ghi rõ lớp."), collaborator)
    assert "bi-tra-lai" not in client.get(reverse("admin:articles_article_change", args=[story.pk])).text
