"""Links between posts lead to the stories here, not to the old site, which may disappear."""

import datetime
import re

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.approval.freezing import digest
from articles.bulk.old_site import carrying
from articles.enums import Status, Verdict
from articles.models import Article, ImportedStory, PublishedArticle
from articles.writing import drafting
from tests.articles.bulk.wordpress.export import item, write
from tests.factories.articles import approve, submit, withdraw
from tests.factories.departments import make_user
from tests.factories.media import image_bytes
from tests.newsroom.test_import_wordpress import Impatient, bring

pytestmark = pytest.mark.django_db

HERE = "/bai-viet/bai-tam-"


@pytest.fixture(autouse=True)
def office(managing_editor):
    return managing_editor


def linking(number, href, title="Bài có liên kết", **said):
    return item(number, title, content=f'Mở đầu.\n\nĐọc <a href="{href}">bài tám</a> nhé.', **said)


def eight(**said):
    return item(8, "Bài tám", **said)


def target():
    return PublishedArticle.objects.get(title="Bài tám")


def links_of(title="Bài có liên kết"):
    return re.findall('href="([^"]*)"', PublishedArticle.objects.get(title=title).body_html)


@pytest.mark.parametrize(
    "href",
    [
        "http://cu.example/2017/11/bai-8/",
        "https://www.cu.example/2017/11/bai-8",
        "HTTP://CU.Example:80/2017/11/BAI-8/?utm_source=zalo&amp;b=1",
        "//cu.example/2017/11/bai-8/",
        "/2017/11/bai-8/",
        "../bai-8/",
        "https://cu.example/?p=8",
        "/index.php?p=8",
        "http://cu.example/2017/11/bai-8/amp/",
        "http://cu.example/2017/11/bai-8/feed",
    ],
)
def test_a_link_leads_to_the_story_here_however_it_was_written(tmp_path, href):
    bring(write(tmp_path, eight(), linking(9, href)))
    assert links_of() == [target().get_absolute_url()]
    assert target().get_absolute_url().startswith(HERE)


@pytest.mark.parametrize(
    "href",
    [
        "http://khac.example/2017/11/bai-8/",
        "http://cu.example.khac.example/2017/11/bai-8/",
        "http://cu.example/gioi-thieu/",
        "http://cu.example/",
        "http://cu.example:8080/2017/11/bai-8/",
        "mailto:a@cu.example",
        "http://[hỏng/2017/11/bai-8/",
    ],
)
def test_other_links_stay(tmp_path, href):
    bring(write(tmp_path, eight(), linking(9, href)))
    assert links_of() in ([href], [])
    assert PublishedArticle.objects.live().count() == 2


def test_a_site_without_words_in_its_addresses(tmp_path):
    site = "http://cu.example/?p="
    bring(write(tmp_path, eight(link=f"{site}8"), linking(9, "?p=8", link=f"{site}9")))
    assert links_of() == [target().get_absolute_url()]


def test_the_place_in_the_story_is_kept_and_the_words_too(tmp_path):
    bring(write(tmp_path, eight(), linking(9, "http://cu.example/2017/11/bai-8/#ket-qua")))
    assert links_of() == [f"{target().get_absolute_url()}#ket-qua"]
    assert ">bài tám</a> nhé." in PublishedArticle.objects.get(title="Bài có liên kết").body_html


def test_a_category_leads_to_its_section(tmp_path, client):
    bring(write(tmp_path, eight(), linking(9, "https://cu.example/category/giao-duc/tin-tuc/")))
    (href,) = links_of()
    assert href == "https://cu.example/category/giao-duc/tin-tuc/" or client.get(href).status_code == 200


@pytest.mark.parametrize("batch", [1, 2, 250])
@pytest.mark.parametrize("order", ["before", "behind", "far"])
def test_wherever_in_the_file_the_other_post_stands(tmp_path, monkeypatch, batch, order, client):
    """The target is written, being drawn, in the same batch or later: frozen and public text are equal."""
    monkeypatch.setattr(carrying, "BATCH", batch)
    link = linking(9, "http://cu.example/2017/11/bai-8/")
    between = [item(n, f"Bài {n}") for n in range(20, 25)]
    posts = {"before": [eight(), link], "behind": [link, eight()], "far": [link, *between, eight()]}[order]
    report = bring(write(tmp_path, *posts))
    assert links_of() == [target().get_absolute_url()]
    assert "1 bài có liên kết tới bài cùng trang, nay dẫn về địa chỉ mới" in report
    assert client.get(links_of()[0]).status_code == 200
    page = PublishedArticle.objects.get(title="Bài có liên kết")
    article = Article.objects.get(pk=page.pk)
    frozen = article.approved_revision
    assert page.sha256 == frozen.sha256 == digest(frozen.content)
    assert article.body == frozen.content["body"]
    assert (page.corrections, page.published_at, page.updated_at) == (
        [],
        target().published_at,
        target().updated_at,
    )
    assert set(frozen.decisions.values_list("verdict", flat=True)) == {Verdict.IMPORTED}
    before = list(Article.objects.order_by("pk").values())
    assert "nay dẫn về" not in bring(tmp_path / "export.xml")
    assert list(Article.objects.order_by("pk").values()) == before


def test_two_posts_that_name_each_other_lead_to_each_other(tmp_path):
    bring(write(tmp_path, linking(7, "/?p=9", "Bài một"), linking(9, "/?p=7", "Bài hai")))
    one, two = (PublishedArticle.objects.get(title=title) for title in ("Bài một", "Bài hai"))
    assert links_of("Bài một") == [two.get_absolute_url()]
    assert links_of("Bài hai") == [one.get_absolute_url()]
    assert Article.objects.get(pk=one.pk).revisions.count() == 1  # within a batch nothing is written twice


def test_files_one_after_the_other_lead_to_each_other_both_ways(tmp_path):
    bring(write(tmp_path, linking(7, "https://cu.example/2017/11/bai-8/", "Tệp một")))
    assert links_of("Tệp một") == ["https://cu.example/2017/11/bai-8/"]
    bring(write(tmp_path, eight(), linking(9, "http://cu.example/2017/11/bai-7/", "Tệp hai")))
    assert links_of("Tệp một") == [target().get_absolute_url()]
    first = PublishedArticle.objects.get(title="Tệp một")
    assert links_of("Tệp hai") == [first.get_absolute_url()]
    assert first.revision_number == 2


def test_what_was_stopped_is_made_up_for_by_the_next_run(tmp_path, monkeypatch):
    monkeypatch.setattr(carrying, "BATCH", 1)
    link = linking(7, "http://cu.example/2017/11/bai-8/")
    path = write(tmp_path, link, *(item(n, f"Bài {n}") for n in range(20, 25)), eight())
    monkeypatch.setattr(Impatient, "flush", lambda self: None)
    with pytest.raises((CommandError, KeyboardInterrupt)):
        call_command("import_wordpress", path, stdout=Impatient())
    assert ImportedStory.objects.count() < 7
    bring(path)
    assert ImportedStory.objects.count() == 7
    assert links_of() == [target().get_absolute_url()]


def test_a_known_story_given_a_photo_never_leads_to_what_a_stop_left_out(tmp_path, monkeypatch, settings):
    """It is published before the current batch is written, so it may link only to stories that exist."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
    folder = tmp_path / "anh"
    (folder / "2017").mkdir(parents=True)
    picture = '<img src="http://cu.example/wp-content/uploads/2017/co.jpg">'
    href = "http://cu.example/2017/11/bai-8/"
    content = f'Mở đầu.\n\n{picture}\n\nĐọc <a href="{href}">bài tám</a> nhé.'
    known = item(7, "Bài có liên kết", content=content)
    bring(write(tmp_path, known), photos=folder)
    assert links_of() == [href]

    (folder / "2017" / "co.jpg").write_bytes(image_bytes())
    monkeypatch.setattr(carrying, "BATCH", 1)
    # Bài tám is sent to be drawn, then the known one is met, and there the power goes.
    path = write(tmp_path, eight(), item(20), known, item(21))
    with monkeypatch.context() as stopped, pytest.raises((CommandError, KeyboardInterrupt)):
        stopped.setattr(carrying.Carrier, "_write", power_goes)
        bring(path, photos=folder)
    assert PublishedArticle.objects.get().card_photo  # it was told again, and has its photo
    assert links_of() == [href]

    bring(path, photos=folder)
    assert links_of() == [target().get_absolute_url()]


def power_goes(self, batch):
    raise KeyboardInterrupt


def test_a_draft_leads_home_too_but_nothing_leads_to_a_draft(tmp_path):
    bring(
        write(
            tmp_path,
            linking(7, "http://cu.example/2017/11/bai-8/", "Nháp", status="draft"),
            eight(),
            linking(9, "http://cu.example/2017/11/bai-7/"),
        )
    )
    assert f'href="{target().get_absolute_url()}"' in Article.objects.get(title="Nháp").body
    assert links_of() == ["http://cu.example/2017/11/bai-7/"]


def test_links_that_find_nothing_are_told(tmp_path):
    report = bring(write(tmp_path, linking(9, "http://cu.example/gioi-thieu/")))
    assert "Liên kết còn dẫn tới trang cũ (1)" in report
    assert "http://cu.example/gioi-thieu/ – http://cu.example/2017/11/bai-9/" in report


def test_what_editors_and_heads_did_since_is_not_touched(tmp_path, managing_editor):
    """Edited, withdrawn, being drafted, approved for tomorrow: the link stays and the report names it."""
    href = "http://cu.example/2017/11/bai-8/"
    titles = ["Sửa", "Gỡ", "Nháp sửa", "Hẹn giờ"]
    drafts = {"Nháp sửa", "Hẹn giờ"}
    posts = [
        linking(n, href, title, status="draft" if title in drafts else "publish")
        for n, title in enumerate(titles, 20)
    ]
    bring(write(tmp_path, *posts))
    for title in ("Sửa", "Nháp sửa"):
        article = Article.objects.get(title=title)
        article.lead = "Lời người biên tập viết lại."
        drafting.save(article, by=managing_editor, draft_number=article.draft_number)
    withdraw(PublishedArticle.objects.get(title="Gỡ"), managing_editor)
    draft = Article.objects.get(title="Hẹn giờ")
    submit(draft, managing_editor)
    draft.refresh_from_db()
    reader = make_user("nguoi-duyet", role="deputy", department=draft.department)
    approve(draft, reader, due_at=timezone.now() + datetime.timedelta(days=1))
    assert draft.status != Status.DRAFTING
    before = list(Article.objects.order_by("pk").values())

    report = bring(write(tmp_path, eight()))
    assert "Liên kết nay có chỗ mới nhưng không tự sửa (4)" in report
    assert list(Article.objects.exclude(title="Bài tám").order_by("pk").values()) == before
    assert links_of("Sửa") == [href]


def test_a_rehearsal_changes_no_link(tmp_path):
    bring(write(tmp_path, linking(7, "http://cu.example/2017/11/bai-8/")))
    before = list(Article.objects.values())
    bring(write(tmp_path, eight()), dry_run=True)
    assert list(Article.objects.values()) == before
