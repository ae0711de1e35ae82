"""A Word file becomes a new story's text; a harmful one is refused with a clear message."""

import io
import re
import time
import zipfile
from collections import Counter

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from articles.models import Article
from articles.text.body import figures_in, plain_text
from articles.writing.importing import ImportRefused, read_word
from media.models import Photo
from media.renditions import MASTER
from media.storage import stored_name
from tests.factories.media import image_bytes, make_image
from tests.factories.word import DRAWING, OFFICE, make_docx, paragraph
from tests.shared import CORPORA

pytestmark = pytest.mark.django_db
OPEN = "/admin/articles/article/mo-word/"


def upload(content, name="bai.docx"):
    return SimpleUploadedFile(name, content)


def read(content, collaborator, school):
    return read_word(upload(content), department=school, by=collaborator)


def test_title_sapo_headings_pictures_and_captions_in_order(collaborator, school):
    pictures = [image_bytes(image=make_image((640, 480))), image_bytes(image=make_image((650, 480)))]
    content = make_docx(
        paragraph("Đắk Lắk: chú trọng truyền thông", style="Title"),
        paragraph("GD&amp;TĐ - Sở GD&amp;ĐT Đắk Lắk vừa tổ chức hội nghị."),
        paragraph(picture="p0"),
        paragraph("Các tập thể nhận giấy khen", style="Caption"),
        paragraph("Dự lễ khai mạc có lãnh đạo Sở."),
        paragraph("Kết quả", style="Heading1"),
        paragraph(picture="p1"),
        paragraph("Lời cuối."),
        pictures=pictures,
    )
    found = read(content, collaborator, school)
    assert (found.title, found.source_mark) == ("Đắk Lắk: chú trọng truyền thông", "GD&TĐ")
    assert found.lead == "Sở GD&ĐT Đắk Lắk vừa tổ chức hội nghị."
    assert re.findall(r"<(h2|h3|p|figure)\b", found.body) == ["figure", "p", "h2", "figure", "p"]
    assert [figure.caption for figure in figures_in(found.body)] == ["Các tập thể nhận giấy khen", ""]
    assert set(Photo.objects.values_list("department", "uploaded_by")) == {(school.pk, collaborator.pk)}


def test_a_text_without_a_plain_head_stays_whole(collaborator, school):
    found = read(make_docx(paragraph("Đoạn một."), paragraph("Đoạn hai.")), collaborator, school)
    assert (found.title, found.lead, found.body) == ("", "", "<p>Đoạn một.</p>\n<p>Đoạn hai.</p>")


def test_a_picture_that_cannot_be_taken_is_said_and_the_words_stay(collaborator, school):
    content = make_docx(paragraph("Lời.", picture="p0"), pictures=[b"not a picture"])
    found = read(content, collaborator, school)
    assert found.body == "<p>Lời.</p>"
    assert "Ảnh thứ 1 trong tệp (sau chữ “…Lời.”) chưa lấy được" in found.notes[0]


def test_what_was_cut_off_a_picture_in_word_is_kept_nowhere(collaborator, school):
    image = make_image((800, 600))
    image.paste((0, 0, 128), (400, 0, 800, 600))
    image.paste((255, 0, 0), (0, 0, 400, 600))
    cut = paragraph(picture="p0").replace(
        "</pic:blipFill>", f'<a:srcRect xmlns:a="{DRAWING}/main" l="50000"/></pic:blipFill>'
    )
    read(make_docx(paragraph("Lời."), cut, pictures=[image_bytes(image=image)]), collaborator, school)
    photo = Photo.objects.get()
    assert (photo.width, photo.height) == (400, 600)
    with default_storage.open(stored_name(photo.content_hash, MASTER)) as master:
        red, _, blue = Image.open(master).convert("RGB").getpixel((5, 300))
    assert red < 60 < blue


def test_a_linked_picture_is_never_fetched(collaborator, school, tmp_path):
    secret = tmp_path / "secret.jpg"
    secret.write_bytes(image_bytes())
    content = make_docx(paragraph("Lời.", picture="p0"))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    rels = parts["word/_rels/document.xml.rels"].decode()
    link = f'<Relationship Id="p0" Type="{OFFICE}/image" Target="file://{secret}" TargetMode="External"/>'
    parts["word/_rels/document.xml.rels"] = rels.replace(
        "</Relationships>", f"{link}</Relationships>"
    ).encode()
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"r:embed", b"r:link")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    try:
        read(file.getvalue(), collaborator, school)
    except ImportRefused:
        pass
    assert not Photo.objects.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"hello", "không phải tệp Word .docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "kiểu cũ (.doc)"),
        (b"PK\x03\x04 broken", "hỏng"),
        (make_docx(paragraph("a"), extra=[("word/vbaProject.bin", "x")]), "macro"),
        (
            make_docx(paragraph("a"), extra=[("word/x.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>")]),
            "không an toàn",
        ),
        (make_docx(paragraph("a"), extra=[("word/x.xml", "a" * 13_000_000)]), "dài bất thường"),
        (make_docx(paragraph("")), "không có chữ nào"),
    ],
)
def test_what_is_no_word_text_is_refused_in_words(client, collaborator, content, words):
    client.force_login(collaborator)
    answer = client.post(OPEN, {"file": upload(content)})
    assert answer.status_code == 400
    assert words in answer.json()["error"]
    assert not Article.objects.exists()


@pytest.mark.parametrize("part", range(1, 10))
def test_a_file_damaged_in_its_middle_is_refused_in_words(client, collaborator, part):
    """Far after the first bytes, which are all that is read before the file is unpacked."""
    words = [paragraph(f"Lời số {number}, mã {hash((number, part)):x}.") for number in range(4000)]
    content = bytearray(make_docx(*words))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        member = package.getinfo("word/document.xml")
    middle = member.header_offset + 60 + member.compress_size * part // 10
    content[middle : middle + 80] = bytes(0xFF ^ byte for byte in content[middle : middle + 80])
    client.force_login(collaborator)
    answer = client.post(OPEN, {"file": upload(bytes(content))})
    assert answer.status_code == 400
    assert "hỏng" in answer.json()["error"]


def test_who_may_open_a_file(client, collaborator, auditor, administrator):
    content = make_docx(paragraph("Lời."))
    assert client.post(OPEN, {"file": upload(content)}).status_code == 302
    client.force_login(collaborator)
    assert client.post(OPEN, {"file": upload(content)}).json()["body"] == "<p>Lời.</p>"
    assert "Hãy chọn một tệp" in client.post(OPEN).json()["error"]
    assert client.get(OPEN).status_code == 405
    for person in (auditor, administrator):
        client.force_login(person)
        assert client.post(OPEN, {"file": upload(content)}).status_code == 404


def _hostile():
    return sorted((CORPORA / "uploads").glob("docx_*")) if (CORPORA / "uploads").exists() else []


def test_every_hostile_file_is_answered_quickly(collaborator, school):
    if not _hostile():
        pytest.skip("the corpus of hostile files is not beside the project")
    for file in _hostile():
        begun = time.monotonic()
        try:
            body = read(file.read_bytes(), collaborator, school).body
        except ImportRefused:
            body = ""
        assert time.monotonic() - begun < 2, file.name
        assert "<script" not in body


def _words_of(path):
    """Words of the document's own body, read the plain way."""
    with zipfile.ZipFile(path) as package:
        text = package.read("word/document.xml").decode()
    text = re.sub(
        r"</w:p>|<w:tab/>|<w:br/>", " ", re.sub(r"<w:(?:instrText|delText).*?</w:\w+Text>", "", text)
    )
    return Counter(re.findall(r"\w+", re.sub(r"<[^>]+>", "", text)))


def test_words_of_the_corpus_are_kept(collaborator, school):
    files = sorted((CORPORA / "docx").glob("*.docx")) if (CORPORA / "docx").exists() else []
    if not files:
        pytest.skip("the corpus of Word files is not beside the project")
    kept = total = 0
    for file in files:
        before = _words_of(file)
        try:
            found = read(file.read_bytes(), collaborator, school)
        except ImportRefused as refusal:
            assert not before or "không có chữ" not in refusal.message, file.name
            continue
        after = Counter(re.findall(r"\w+", f"{found.title} {found.lead} {plain_text(found.body)}"))
        kept, total = kept + (before & after).total(), total + before.total()
        assert not re.search(r"class=|style=|data:|<p></p>|•", found.body), file.name
    assert kept / total >= 0.98, f"{kept} of {total}"
