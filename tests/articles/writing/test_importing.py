"""A Word file becomes a new story's text; a harmful one is refused with a clear message."""

import io
import re
import time
import zipfile
from collections import Counter

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.models import Article
from articles.text.body import figures_in, plain_text
from articles.writing.importing import ImportRefused, read_word
from media.models import Photo
from tests.factories.media import image_bytes, make_image
from tests.shared import CORPORA

pytestmark = pytest.mark.django_db
OPEN = "/admin/articles/article/mo-word/"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="jpg" ContentType="image/jpeg"/><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def paragraph(text="", style="", bold=False, picture=""):
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    weight = "<w:rPr><w:b/></w:rPr>" if bold else ""
    drawing = (
        f'<w:drawing><wp:inline xmlns:wp="{DRAWING}/wordprocessingDrawing">'
        f'<a:graphic xmlns:a="{DRAWING}/main"><a:graphicData><pic:pic xmlns:pic="{DRAWING}/picture">'
        f'<pic:blipFill><a:blip r:embed="{picture}"/></pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    return f"<w:p>{look}<w:r>{weight}<w:t>{text}</w:t>{drawing if picture else ''}</w:r></w:p>"


def make_docx(*paragraphs, pictures=(), extra=()):
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/></w:style>'
        for name in ("Title", "Caption", "Heading1")
    ).replace('w:name w:val="Heading1"', 'w:name w:val="heading 1"')
    images = "".join(
        f'<Relationship Id="p{n}" Type="{OFFICE}/image" Target="media/p{n}.jpg"/>'
        for n in range(len(pictures))
    )
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELS.format(
            f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
        ),
        "word/_rels/document.xml.rels": RELS.format(
            f'<Relationship Id="s1" Type="{OFFICE}/styles" Target="styles.xml"/>{images}'
        ),
        "word/styles.xml": f'<w:styles xmlns:w="{W}">{styles}</w:styles>',
        "word/document.xml": f'<w:document xmlns:w="{W}" xmlns:r="{OFFICE}"><w:body>'
        f"{''.join(paragraphs)}</w:body></w:document>",
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in [*parts.items(), *extra]:
            package.writestr(name, text)
        for number, picture in enumerate(pictures):
            package.writestr(f"word/media/p{number}.jpg", picture)
    return file.getvalue()


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
    assert "Ảnh thứ 1 trong tệp chưa lấy được" in found.notes[0]


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
