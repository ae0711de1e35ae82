"""Who sees which photos, and what words find."""

import pytest

from departments.models import Position
from media.exposure import expose
from media.models import Photo
from tests.factories.departments import make_user
from tests.factories.media import make_photo


@pytest.fixture
def photos(province, school, other_school):
    photos = {
        "own": make_photo(department=school),
        "other": make_photo(department=other_school),
        "office": make_photo(department=province),
        "public": make_photo(department=other_school),
    }
    expose("article:1", [photos["public"].pk])
    return photos


@pytest.mark.parametrize("person", ["collaborator", "head"])
def test_people_see_their_unit_and_what_is_public(request, photos, person):
    user = request.getfixturevalue(person)
    assert set(Photo.objects.visible_to(user)) == {photos["own"], photos["public"]}


@pytest.mark.parametrize(
    "person", ["desk_editor", "managing_editor", "registrar", "administrator", "auditor"]
)
def test_people_of_the_province_office_see_the_units_under_it(request, photos, person):
    user = request.getfixturevalue(person)
    assert set(Photo.objects.visible_to(user)) == set(photos.values())


def test_people_without_a_position_see_nothing(db):
    photo = make_photo()
    expose("article:1", [photo.pk])
    assert not Photo.objects.visible_to(make_user()).exists()


def test_a_position_that_has_ended_shows_nothing(school, collaborator):
    make_photo(department=school)
    assert Photo.objects.visible_to(collaborator).exists()
    Position.objects.update(valid_until="2020-01-01")
    collaborator.rights_read = None
    assert not Photo.objects.visible_to(collaborator).exists()


@pytest.mark.parametrize(
    "query",
    [
        "le khai giang",
        "LỄ KHAI GIẢNG",
        "giảng khai",
        "minh",
        "dak lak",
        "Buon Ma Thuot",
        "BMT",
        "khai gi",
        "IMG_77",
    ],
)
def test_words_find_a_photo_without_marks(db, query):
    photo = make_photo(
        "Lễ khai giảng năm học mới",
        credit="Trần Văn Minh",
        place="Buôn Ma Thuột, Đắk Lắk",
        original_name="IMG_7788.jpg",
    )
    make_photo("Hội nghị tập huấn", credit="NTCC", alt_text="", original_name="khac.jpg")
    assert list(Photo.objects.found_by(query)) == [photo]


@pytest.mark.parametrize("query", ["khai hội", "giang bế", "ang"])
def test_words_that_are_not_there_find_nothing(db, query):
    make_photo("Lễ khai giảng năm học mới")
    assert not Photo.objects.found_by(query).exists()


@pytest.mark.parametrize("query", ["", "%", "_ '"])
def test_a_query_without_words_leaves_the_list_as_it_is(db, query):
    photo = make_photo("Lễ khai giảng năm học mới")
    assert list(Photo.objects.found_by(query)) == [photo]


def test_words_written_later_are_found(db):
    photo = make_photo("")
    photo.caption = "Cồng chiêng Ê Đê"
    photo.save(update_fields=["caption", "search_key"])
    assert list(Photo.objects.found_by("cong chieng e de")) == [photo]
