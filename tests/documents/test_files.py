import io
import random
import time
import zipfile
import zlib
from pathlib import Path

import pytest

from documents.files import FileRefused, clean_name, download_name, inspect
from documents.models import OfficialDocument
from tests.budgets import least_cpu
from tests.factories.documents import docx_bytes, make_document, make_upload, pdf_bytes
from tests.shared import CORPORA

needs_corpora = pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora are not beside the project")


def refusal(content: bytes, name: str = "tep.pdf") -> str:
    with pytest.raises(FileRefused) as refused:
        inspect(make_upload(name, content))
    return refused.value.message


def test_a_pdf_and_a_word_file_are_told_by_content_not_by_name():
    assert inspect(make_upload("Quyết định.docx", pdf_bytes())).type == "PDF"
    facts = inspect(make_upload("kế hoạch.pdf", docx_bytes()))
    assert (facts.type, facts.name) == ("DOCX", "kế hoạch.docx")


def test_the_file_is_left_at_its_beginning():
    upload = make_upload()
    inspect(upload)
    assert upload.read(5) == b"%PDF-"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Tệp trống"),
        (b"GIF89a....", "Chỉ nhận tệp PDF hoặc Word"),
        (b"<html>", "Chỉ nhận tệp PDF hoặc Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "lưu lại thành PDF hoặc Word"),
        (b"%PDF-1.7\n1 0 obj\n", "chưa trọn vẹn"),
        (b"PK\x03\x04 broken", "bị hỏng"),
    ],
)
def test_other_files_are_refused_with_a_way_out(content, words):
    assert words in refusal(content)


def test_a_file_over_twenty_megabytes_is_refused_by_its_size():
    assert "21 MB, lớn hơn mức 20 MB" in refusal(b"%PDF-" + b"0" * (21 * 1024 * 1024))


@pytest.mark.parametrize(
    "active",
    [
        b"3 0 obj\n<< /S /JavaScript /JS (app.alert(1)) >>\nendobj\n",
        b"3 0 obj\n<</S/J#61vaScript/JS(app.alert(1))>>\nendobj\n",
        b"3 0 obj\n<< /S /Launch /F (cmd.exe) >>\nendobj\n",
    ],
)
def test_a_pdf_that_starts_something_is_refused(active):
    assert "mã lệnh tự chạy" in refusal(pdf_bytes(active))


def object_stream(inner: bytes) -> bytes:
    packed = zlib.compress(inner)
    head = b"7 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\n" % len(packed)
    return head + b"stream\n" + packed + b"\nendstream\nendobj\n"


def test_a_script_in_a_compressed_object_stream_is_found():
    assert "mã lệnh" in refusal(pdf_bytes(object_stream(b"8 0 << /S /JavaScript /JS (x) >>")))
    inspect(make_upload(content=pdf_bytes(object_stream(b"8 0 << /Type /Annot >>"))))


def test_a_pdf_bomb_is_refused_quickly():
    bomb = pdf_bytes(object_stream(b"\0" * (80 * 1024 * 1024)))
    began = time.monotonic()
    assert "nén quá nhiều" in refusal(bomb)
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    "hostile",
    [
        b"1 0 obj<</ObjStm>>stream\n",
        b"1 0 obj<</ObjStm>>stream\n" + zlib.compress(b"a" * 3000)[:-4],
        b"stream\n",
        b"/ObjStm ",
        b"/#4a#61#76#61",
        b"endstream",
        b"obj<<" * 20 + b"stream\n",
    ],
)
def test_the_work_for_a_pdf_grows_no_faster_than_the_file(hostile):
    content = pdf_bytes(hostile * (800_000 // len(hostile)))

    def work():
        try:
            inspect(make_upload(content=content))
        except FileRefused as refused:
            assert "không an toàn" in refused.message

    assert least_cpu(work, 2) < 2


def test_a_changed_pdf_is_taken_or_refused_in_words():
    chance = random.Random(5)  # noqa: S311 (repeatable)
    content = pdf_bytes(object_stream(b"8 0 << /Type /Annot >>") + b"9 0 obj\n(Chu)\nendobj\n")
    for _ in range(500):
        changed = bytearray(content)
        for _ in range(chance.choice((1, 5, 40))):
            place = chance.randrange(len(changed) + 1)
            changed[place : place + chance.choice((0, 1, 30))] = chance.randbytes(chance.choice((0, 1, 9)))
        try:
            inspect(make_upload(content=bytes(changed)))
        except FileRefused as refused:
            assert refused.message.endswith(".")


def test_a_script_in_a_stream_within_a_stream_is_found():
    inner = object_stream(b"8 0 << /S /JavaScript /JS (x) >>")
    assert "mã lệnh" in refusal(pdf_bytes(b"4 0 obj\n<< /Length 900 >>\nstream\n" + inner))


def test_words_about_scripts_are_not_scripts():
    inspect(make_upload(content=pdf_bytes(b"3 0 obj\n(Day JavaScript cho lop 8 /JavaScriptX)\nendobj\n")))


def test_a_pdf_with_a_password_is_refused():
    assert "mật khẩu" in refusal(pdf_bytes().replace(b"/Root", b"/Encrypt 9 0 R /Root"))


def test_a_digital_signature_passes():
    signature = b"5 0 obj\n<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached >>\nendobj\n"
    inspect(make_upload(content=pdf_bytes(signature)))


def test_a_word_file_with_macros_is_refused():
    assert "macro" in refusal(docx_bytes(word__vbaProject_bin=b"x").replace(b"_bin", b".bin"))
    macro_type = "<Types>application/vnd.ms-word.document.macroEnabled.main+xml</Types>"
    assert "macro" in refusal(zip_of({"[Content_Types].xml": macro_type, "word/document.xml": "<w/>"}))


def zip_of(members: dict[str, bytes | str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return packed.getvalue()


def test_a_zip_that_is_no_word_file_is_refused():
    assert "không phải văn bản Word" in refusal(zip_of({"readme.txt": "x"}))


def test_a_zip_bomb_is_refused_without_being_unpacked():
    bomb = docx_bytes(word__media__a=b"\0" * (60 * 1024 * 1024))
    began = time.monotonic()
    assert "không an toàn" in refusal(bomb)
    assert time.monotonic() - began < 2


def test_members_that_point_outside_or_stand_twice_are_refused():
    assert "không an toàn" in refusal(
        zip_of({"[Content_Types].xml": "", "word/document.xml": "", "../x": ""})
    )


def test_a_foreign_entity_is_refused_also_in_utf_16():
    evil = '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><d>&e;</d>'
    for body in (evil, evil.encode("utf-16")):
        assert "không an toàn" in refusal(zip_of({"[Content_Types].xml": "<T/>", "word/document.xml": body}))


@needs_corpora
def test_word_files_of_the_corpus_are_taken():
    files = sorted((CORPORA / "docx").glob("*.docx"))
    assert len(files) >= 20
    for file in files:
        assert inspect(make_upload(file.name, file.read_bytes())).type == "DOCX"


@needs_corpora
def test_hostile_uploads_of_the_corpus_are_refused_in_time():
    taken = []
    for file in sorted(
        f for f in (CORPORA / "uploads").iterdir() if f.suffix not in (".md", ".json", ".jsonl")
    ):
        began = time.process_time()
        try:
            inspect(make_upload(file.name, file.read_bytes()))
            taken.append(file.name)
        except FileRefused as refused:
            assert refused.message.endswith((".", "lên"))
        assert time.process_time() - began < 2
    assert taken == ["docx_script.docx"]  # markup as text stays text, and we never render it


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("Quyết định khen thưởng.pdf", "Quyết định khen thưởng.pdf"),
        ("C:\\Users\\a\\qd.PDF", "qd.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ('a"b\r\nSet-Cookie: x.pdf', "ab Set-Cookie x.pdf"),
        ("..", "van-ban.pdf"),
        ("Quye\u0302\u0301t.pdf", "Quyết.pdf"),
        ("a" * 300 + ".pdf", "a" * 100 + ".pdf"),
    ],
)
def test_file_names_are_one_line_of_composed_text(typed, clean):
    assert clean_name(typed, "PDF") == clean


def test_readers_get_a_file_named_by_its_number():
    document = OfficialDocument(number="1247/ QĐ - SGD&ĐT", file_type="PDF")
    assert download_name(document) == "1247-QĐ-SGD&ĐT.pdf"


def test_an_attached_file_lies_under_a_name_nobody_guesses(db):
    first, second = make_document(upload=make_upload()), make_document(upload=make_upload())
    assert first.file.name != second.file.name
    assert "khen" not in first.file.name and len(Path(first.file.name).stem) == 32
    assert (first.file_name, first.file_type, first.file_size) == (
        "QĐ khen thưởng.pdf",
        "PDF",
        len(pdf_bytes()),
    )
    assert first.file_words == "PDF, 1 KB"
