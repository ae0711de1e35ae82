"""The home page as a reader gets it."""

from tests.factories.articles import make_draft, make_published, submit


def test_home_shows_the_lead_with_its_words(client, collaborator, head):
    page = make_published(collaborator, head, title="Chào cờ đầu tuần", lead="Học sinh tự dẫn chương trình.")
    html = client.get("/").content.decode()
    assert f'href="{page.get_absolute_url()}"' in html
    assert "Học sinh tự dẫn chương trình." in html


def test_home_does_not_show_a_draft(client, collaborator):
    submit(make_draft(collaborator, title="Lời chưa duyệt"), collaborator)
    assert "Lời chưa duyệt" not in client.get("/").content.decode()


def test_empty_blocks_disappear_whole(client, db):
    html = client.get("/").content.decode()
    assert "Xác minh giấy khen" in html
    for heading in ("Tin tiêu điểm", "Sắp diễn ra", "Bảng vàng", "Văn bản mới", "Đừng bỏ lỡ", "Tin mới"):
        assert heading not in html


def test_home_is_read_only(client, db):
    assert client.post("/").status_code == 405
