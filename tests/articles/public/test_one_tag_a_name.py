"""Twins are one tag, however they were typed; those from before are merged and keep their addresses."""

import unicodedata

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from articles.models import (
    Article,
    DraftTag,
    OldAddress,
    PublishedArticle,
    PublishedTag,
    Tag,
    find_tags,
    name_tags,
)
from articles.public.tags import tags_in
from tests.factories.articles import make_draft, make_published
from tests.shared import CASES

BEFORE = [("articles", "0022_plain_text")]
TWINS = [
    "chuyển đổi xanh",
    "CHUYỂN ĐỔI XANH",
    "#Chuyển đổi xanh",
    " Chuyển  đổi xanh ;",
    unicodedata.normalize("NFD", "Chuyển đổi xanh"),
    "Chuy\u200bển đổi xanh",
    "Chuyen doi xanh",
]
# Names that were legal before: by Unicode form, of signs alone, of one word that its marks make another.
ODD = ["học", unicodedata.normalize("NFD", "học"), "🎉", "🎊", "###", "Hoa", "Hóa"]


@pytest.mark.parametrize("typed", TWINS)
def test_a_twin_typed_beside_a_tag_is_that_tag(typed):
    assert tags_in(f"Chuyển đổi xanh, {typed}, thi đua") == ["Chuyển đổi xanh", "thi đua"]


def test_the_list_of_twins_is_one_tag():
    path = CASES / "tags-twins.txt"
    if not path.exists():
        pytest.skip("shared/cases is absent")
    assert tags_in(path.read_text("utf-8")) == ["Chuyển đổi xanh"]


@pytest.mark.django_db
@pytest.mark.parametrize("typed", TWINS)
def test_a_twin_of_a_stored_tag_is_that_tag(typed):
    tag = Tag.objects.create(name="Chuyển đổi xanh")
    assert name_tags([typed]) == {typed: tag}
    assert Tag.objects.count() == 1


@pytest.mark.django_db
def test_both_places_of_the_tone_mark_are_one_tag_and_other_marks_are_not():
    found = name_tags(["Hoà bình", "hòa bình", "Mã nguồn", "Má nguồn", "Thi đua 2", "Thi đua 3", "###"])
    assert found["Hoà bình"] == found["hòa bình"]
    assert len(set(found.values())) == 5
    assert "###" not in found
    assert find_tags(["ma nguon"]) == {}  # two have these letters


@pytest.mark.django_db
@pytest.mark.parametrize(("there", "typed"), [("Hóa", "Hoa"), ("Lan", "Lân"), ("Thì", "thi")])
def test_a_word_is_no_other_word_for_its_marks(there, typed):
    tag = Tag.objects.create(name=there)
    assert name_tags([typed])[typed] != tag
    assert tags_in(f"{there}, {typed}") == [there, typed]


@pytest.mark.django_db
def test_the_screen_takes_the_spelling_there_is(client, collaborator):
    tag = Tag.objects.create(name="Hoà bình")
    draft = make_draft(collaborator)
    client.force_login(collaborator)
    words = {"title": draft.title, "body": draft.body, "kind": draft.kind, "department": draft.department_id}
    words |= {"tags": "#HÒA BÌNH; thi đua", "seen_number": 1, "section": draft.section_id or ""}
    answer = client.post(f"/admin/articles/article/{draft.pk}/tu-luu/", words)
    assert answer.json()["refused"] == {}
    assert sorted(Article.objects.get(pk=draft.pk).tags.names()) == ["Hoà bình", "thi đua"]
    assert Tag.objects.get(name="Hoà bình") == tag


@pytest.mark.django_db
def test_the_office_is_told_of_a_twin(client, managing_editor):
    Tag.objects.create(name="Hoà bình")
    client.force_login(managing_editor)
    page = client.post("/admin/articles/tag/add/", {"name": "hòa  bình", "slug": "hoa-binh-2"}).text
    assert "Đã có thẻ “Hoà bình”, chỉ khác cách viết." in page


@pytest.mark.django_db(transaction=True)
def test_twins_from_before_are_merged_and_keep_their_pages(client, collaborator, head):
    first = make_published(collaborator, head, title="Một", tags=["Chuyển đổi xanh"])
    second = make_published(collaborator, head, title="Hai", tags=["thi đua"])
    MigrationExecutor(connection).migrate(BEFORE)
    try:
        tags = MigrationExecutor(connection).loader.project_state(BEFORE).apps.get_model("articles", "Tag")
        kept = tags.objects.get(name="Chuyển đổi xanh")
        rows = [tags.objects.create(name=name, slug=f"xanh-{n}") for n, name in enumerate(TWINS[1:3])]
        plain = tags.objects.create(name="Chuyen doi xanh", slug="xanh-9")
        other = tags.objects.create(name="Mã nguồn", slug="ma-nguon")
        far = tags.objects.create(name="Má nguồn", slug="ma-nguon-2")
        for number, name in enumerate(ODD):
            tags.objects.create(name=f"la {number}", slug=f"la-{number}")
            with connection.cursor() as cursor:  # as they were once stored
                cursor.execute("UPDATE articles_tag SET name = %s WHERE slug = %s", [name, f"la-{number}"])
        for twin in (*rows, plain):
            PublishedTag.objects.create(
                content_object_id=second.pk, tag_id=twin.pk, published_at=second.published_at
            )
            DraftTag.objects.create(content_object_id=first.pk, tag_id=twin.pk)
        said = [*second.tag_names, ["CHUYỂN ĐỔI XANH", "xanh-0"], ["#Chuyển đổi xanh", "xanh-1"]]
        PublishedArticle.objects.filter(pk=second.pk).update(tag_names=said)
        OldAddress.objects.create(path="tag/xanh", tag_id=plain.pk)
    finally:
        call_command("migrate", "articles", verbosity=0)
    assert set(Tag.objects.filter(pk__in=[kept.pk, other.pk, far.pk, plain.pk, *(r.pk for r in rows)])) == {
        *Tag.objects.filter(pk__in=[kept.pk, other.pk, far.pk])
    }
    left = set(Tag.objects.filter(slug__startswith="la-").values_list("name", flat=True))
    assert left == {"học", "🎉", "🎊", "###", "Hoa", "Hóa"}
    for old in ("/the/xanh-0/", "/the/xanh-1/", "/the/xanh-9/", "/tag/xanh/"):
        answer = client.get(old)
        assert (answer.status_code, answer.headers["Location"]) == (301, f"/the/{kept.slug}/"), old
    assert "Một" in client.get(f"/the/{kept.slug}/").text
    assert "Hai" in client.get(f"/the/{kept.slug}/").text
    second.refresh_from_db()
    assert second.tag_names == [["thi đua", "thi-dua"], ["CHUYỂN ĐỔI XANH", kept.slug]]
    assert list(Article.objects.get(pk=first.pk).tags.names()) == ["Chuyển đổi xanh"]
