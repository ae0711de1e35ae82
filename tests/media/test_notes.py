"""What a camera or a photographer's program wrote into a file fills the library's boxes."""

import datetime
import struct
from io import BytesIO

import pytest
from PIL import Image, TiffImagePlugin

from media.notes import notes_of
from media.uploads import receive
from tests.factories.media import make_image, make_upload

CAPTION = "Cô Nguyễn Thị Lan trao giấy khen"


def exif(**tags):
    made = Image.Exif()
    if "caption" in tags:
        made[0x010E] = tags["caption"]
    if "artist" in tags:
        made[0x013B] = tags["artist"]
    if "title" in tags:
        made[0x9C9B] = tags["title"].encode("utf-16-le") + b"\0\0"
    if "day" in tags:
        made.get_ifd(0x8769)[0x9003] = tags["day"]
    made.get_ifd(0x8825)[2] = tuple(TiffImagePlugin.IFDRational(n) for n in (12, 40, 0))  # where they stood
    return made


def xmp(caption=CAPTION, creator="Trần Văn Minh", attributes='photoshop:City="Buôn Ma Thuột"'):
    return f"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
     xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"
     xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"><rdf:Description rdf:about="" {attributes}>
     <dc:description><rdf:Alt><rdf:li xml:lang="x-default">{caption}</rdf:li></rdf:Alt></dc:description>
     <dc:creator><rdf:Seq><rdf:li>{creator}</rdf:li></rdf:Seq></dc:creator>
     </rdf:Description></rdf:RDF></x:xmpmeta>""".encode()


def with_iptc(jpeg, **said):
    """The JPEG with a Photoshop block (APP13) that holds these IPTC fields."""
    numbers = {"caption": 120, "byline": 80, "place": 92, "day": 55}
    heads = {name: b"\x1c\x02" + bytes([numbers[name]]) + struct.pack(">H", len(said[name])) for name in said}
    fields = b"".join(heads[name] + said[name] for name in said)
    block = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(fields)) + fields + b"\0" * (len(fields) % 2)
    payload = b"Photoshop 3.0\0" + block
    return jpeg[:2] + b"\xff\xed" + struct.pack(">H", len(payload) + 2) + payload + jpeg[2:]


def written(tmp_path, kind="JPEG", **options):
    path = tmp_path / "photo"
    make_image((64, 48)).save(path, kind, **options)
    return path


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_exif_of_every_format(tmp_path, kind):
    said = exif(caption=CAPTION.encode(), artist="Lan", day="2026:11:20 07:30:00")
    assert notes_of(written(tmp_path, kind, exif=said)) == {
        "caption": CAPTION,
        "credit": "Lan",
        "taken_on": "2026-11-20",
    }


def test_exif_of_a_telephones_heic(tmp_path, heic_bytes):
    path = tmp_path / "photo"
    path.write_bytes(heic_bytes(make_image((64, 48)), exif=exif(day="2026:11:20 07:30:00").tobytes()))
    assert notes_of(path) == {"taken_on": "2026-11-20"}


def test_what_windows_writes(tmp_path):
    assert notes_of(written(tmp_path, exif=exif(title=CAPTION))) == {"caption": CAPTION}


def test_xmp(tmp_path):
    assert notes_of(written(tmp_path, xmp=xmp())) == {
        "caption": CAPTION,
        "credit": "Trần Văn Minh",
        "place": "Buôn Ma Thuột",
    }


def test_iptc(tmp_path):
    path = written(tmp_path)
    said = {"caption": CAPTION.encode(), "byline": b"Lan", "place": "Cư M’gar".encode(), "day": b"20261120"}
    path.write_bytes(with_iptc(path.read_bytes(), **said))
    assert notes_of(path) == {
        "caption": CAPTION,
        "credit": "Lan",
        "place": "Cư M’gar",
        "taken_on": "2026-11-20",
    }


def test_a_persons_words_come_before_a_cameras(tmp_path):
    said = exif(caption="Words of a machine", artist="Camera", day="2026:11:20 07:30:00")
    found = notes_of(written(tmp_path, exif=said, xmp=xmp()))
    assert (found["caption"], found["credit"], found["taken_on"]) == (CAPTION, "Trần Văn Minh", "2026-11-20")


@pytest.mark.parametrize(
    "words", ["OLYMPUS DIGITAL CAMERA", "DCIM", "IMG_0042.JPG", "SONY DSC", "Created with GIMP", "   "]
)
def test_what_a_machine_says_of_itself_is_no_caption(tmp_path, words):
    assert notes_of(written(tmp_path, exif=exif(caption=words))) == {}


@pytest.mark.parametrize(
    "broken",
    [
        b"<x:xmpmeta",
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><l>&b;</l>',
        b"\xff\xfe\0",
    ],
)
def test_broken_or_hostile_notes_are_left_aside(tmp_path, broken):
    path = written(tmp_path, xmp=broken, exif=exif(artist="Lan"))
    assert notes_of(path) == {"credit": "Lan"}


@pytest.mark.django_db
def test_notes_fill_only_what_nobody_typed_and_leave_no_trace_in_the_files(school, collaborator):
    file = BytesIO()
    said = exif(artist="Máy của Lan".encode(), day="2026:11:20 07:30:00")
    make_image().save(file, "JPEG", exif=said, xmp=xmp())
    words = {"credit": "Trường THPT Chu Văn An", "place": "", "taken_on": None}
    photo, _ = receive(make_upload(file.getvalue()), department=school, uploaded_by=collaborator, **words)
    photo.refresh_from_db()
    assert (photo.caption, photo.credit) == (CAPTION, "Trường THPT Chu Văn An")
    assert (photo.place, photo.taken_on) == ("Buôn Ma Thuột", datetime.date(2026, 11, 20))


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["1970:01:01 00:00:00", "2026:13:45 00:00:00", "2099:01:01", "0000:00:00"])
def test_a_clock_that_was_never_set_gives_no_day(school, collaborator, day):
    file = BytesIO()
    make_image().save(file, "JPEG", exif=exif(day=day))
    photo, _ = receive(make_upload(file.getvalue()), department=school, uploaded_by=collaborator)
    assert photo.taken_on is None


@pytest.mark.django_db
def test_a_caption_in_an_old_encoding_is_read(school, collaborator):
    file = BytesIO()
    make_image().save(
        file, "JPEG", exif=exif(caption="Së Gi¸o dôc vµ §µo t¹o tæ chøc héi nghÞ".encode("latin-1"))
    )
    photo, _ = receive(make_upload(file.getvalue()), department=school, uploaded_by=collaborator)
    assert photo.caption == "Sở Giáo dục và Đào tạo tổ chức hội nghị"
