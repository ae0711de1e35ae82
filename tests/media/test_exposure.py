"""Which photos are public on whose behalf."""

from media.exposure import expose, hide, share
from media.models import Photo, PhotoExposure
from tests.factories.media import make_photo


def shown(subject):
    return set(PhotoExposure.objects.filter(subject=subject).values_list("photo_id", flat=True))


def test_exposing_sets_exactly_these_photos(db):
    first, second, third = (make_photo() for _ in range(3))
    expose("article:12", [first.pk, second.pk, second.pk])
    assert shown("article:12") == {first.pk, second.pk}
    expose("article:12", {second.pk, third.pk})
    assert shown("article:12") == {second.pk, third.pk}
    expose("article:12", {second.pk, third.pk})
    assert shown("article:12") == {second.pk, third.pk}


def test_hiding_one_subject_leaves_the_others(db):
    photo = make_photo()
    expose("article:12", [photo.pk])
    expose("event:3", [photo.pk])
    hide("article:12")
    assert shown("article:12") == set()
    assert Photo.objects.with_exposure().get().is_public
    hide("event:3")
    assert not Photo.objects.with_exposure().get().is_public


def test_a_photo_shared_with_a_unit_is_seen_by_its_people_only(
    school, other_school, other_collaborator, collaborator, province
):
    photo = make_photo(department=province)
    assert not Photo.objects.visible_to(collaborator).exists()
    share(school.pk, [photo.pk])
    share(school.pk, [photo.pk])
    assert list(Photo.objects.visible_to(collaborator)) == [photo]
    assert photo.may_be_seen_by(collaborator)
    assert not Photo.objects.visible_to(other_collaborator).exists()
    assert not Photo.objects.with_exposure().get().is_public


def test_exposing_costs_the_same_for_one_photo_and_for_many(db, django_assert_num_queries):
    photos = [make_photo().pk for _ in range(4)]
    for ids in (photos[:1], photos):
        with django_assert_num_queries(4):  # delete, insert, and the savepoint around them
            expose(f"article:{len(ids)}", ids)
