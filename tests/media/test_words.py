"""Captions typed in a story reach the library, and nobody who may not read the story."""

from django.urls import reverse

from articles.models import Article
from articles.writing import drafting
from media.models import Photo
from tests.factories.articles import BODY, figure_of, make_draft, make_published, submit
from tests.factories.media import make_photo

NO_WORDS = {"caption": "", "credit": "", "alt_text": ""}


def found(client, user, words: str) -> set[int]:
    client.force_login(user)
    answer = client.get(reverse("admin:media_photo_picker"), {"q": words}).json()
    return {row["id"] for row in answer["photos"]}


def words_of(photo: Photo) -> list[str]:
    photo.refresh_from_db()
    return [photo.caption, photo.credit, photo.alt_text]


def rewrite(article: Article, by, body: str) -> Article:
    article = Article.objects.get(pk=article.pk)
    article.body = body
    return drafting.save(article, by=by, draft_number=article.draft_number)


def test_a_photo_is_found_by_the_caption_of_a_submitted_story(
    client, collaborator, head, school, other_collaborator
):
    other_school = other_collaborator.person.positions.get().department
    new, known, decoration = (
        make_photo(department=school, **NO_WORDS),
        make_photo("Lời ghi trong kho", department=school, credit="", alt_text="Cờ"),
        make_photo(department=school, **NO_WORDS, is_decorative=True),
    )
    shared = make_photo(department=school, **NO_WORDS)
    foreign = make_photo(department=other_school, **NO_WORDS)
    shared.shared_with.add(other_school)
    public = make_photo(department=school, **NO_WORDS)
    make_published(collaborator, head, body=figure_of(public, "Đã đăng") + BODY)
    Photo.objects.filter(pk=public.pk).update(**NO_WORDS, search_key="")
    photos = (new, known, decoration, shared, foreign, public)
    body = "".join(figure_of(photo, f"Chợ nổi Ea Súp {photo.pk}") for photo in photos) + BODY

    story = make_draft(collaborator, body=body)
    assert found(client, collaborator, "cho noi ea sup") == set()  # a draft is nobody's but its unit's
    story = submit(story, collaborator)
    assert found(client, collaborator, "cho noi ea sup") == {new.pk, decoration.pk}
    assert found(client, other_collaborator, "cho noi ea sup") == set()
    assert words_of(new) == [f"Chợ nổi Ea Súp {new.pk}", "Trần Lan", "Sân trường có cờ"]
    assert words_of(known) == ["Lời ghi trong kho", "Trần Lan", "Cờ"]
    assert words_of(decoration)[2] == ""
    for photo in (shared, foreign, public):  # seen by people who may not read this story
        assert words_of(photo) == ["", "", ""]

    # a better caption, sent again, replaces the one the story gave; one typed in the library stays
    Photo.objects.filter(pk=decoration.pk).update(caption="Ghi lại trong kho")
    submit(rewrite(story, collaborator, body.replace("Chợ nổi", "Phiên chợ")), collaborator)
    assert words_of(new)[0] == f"Phiên chợ Ea Súp {new.pk}"
    assert words_of(decoration)[0] == "Ghi lại trong kho"
    assert found(client, collaborator, "phien cho") == {new.pk}
