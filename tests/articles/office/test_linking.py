"""The link dialog offers our own public pages, and nothing that readers may not see."""

import pytest

from tests.factories.articles import make_draft, make_published, withdraw
from tests.factories.documents import make_document
from tests.factories.events import make_event

pytestmark = pytest.mark.django_db
URL = "/admin/articles/article/lien-ket/"


def found(client, words):
    return {(row["kind"], row["url"]) for row in client.get(URL, {"q": words}).json()["found"]}


def test_pages_are_found_by_their_names_without_marks(client, collaborator, head, school):
    story = make_published(collaborator, head, title="Ngày hội đọc sách")
    event = make_event(title="Ngày hội đọc sách toàn tỉnh", host=school)
    document = make_document(summary="Kế hoạch ngày hội đọc sách")
    client.force_login(collaborator)
    assert found(client, "ngay hoi doc sach") == {
        ("Bài", story.get_absolute_url()),
        ("Sự kiện", event.get_absolute_url()),
        ("Văn bản", document.get_absolute_url()),
    }
    assert ("Đơn vị", school.get_absolute_url()) in found(client, "chu van an")
    assert found(client, "  ") == set()


def test_what_is_not_public_is_not_offered(client, collaborator, head, school):
    make_draft(collaborator, title="Zebra nháp")
    withdraw(make_published(collaborator, head, title="Zebra đã gỡ"), head)
    make_event(title="Zebra chưa công bố", host=school, status="drafting")
    client.force_login(collaborator)
    assert found(client, "zebra") == set()


def test_only_writers_ask(client, auditor, registrar):
    assert client.get(URL, {"q": "a"}).status_code == 302
    for person in (auditor, registrar):
        client.force_login(person)
        assert client.get(URL, {"q": "a"}).status_code == 404


def test_documents_are_offered_by_number_or_words_and_only_public_ones(client, collaborator):
    document = make_document("89/KH-SGDĐT", summary="Kế hoạch ngày hội đọc sách")
    make_document(summary="Ngày hội chưa công bố", status="drafting")
    client.force_login(collaborator)

    def offered(words):
        return client.get(URL, {"loai": "van-ban", "q": words}).json()["found"]

    for words in ("89/kh", "ngay hoi", ""):
        assert [row["url"] for row in offered(words)] == [document.get_absolute_url()], words
    assert offered("89/kh")[0]["label"].endswith("89/KH-SGDĐT: Kế hoạch ngày hội đọc sách")
    assert offered("khong co") == []
