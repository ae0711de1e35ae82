"""What `receive` keeps, and what it refuses with which words."""

import errno
import json
import random
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from PIL import Image, ImageChops, ImageCms, ImageStat
from PIL.PngImagePlugin import PngInfo

from media import uploads
from media.models import Photo
from media.storage import WholeFileStorage, stored_name
from media.uploads import UploadRefused, receive
from tests.factories.media import image_bytes, make_image, make_upload
from tests.shared import case

GPS = {1: "N", 2: (12.0, 40.0, 1.0), 3: "E", 4: (108.0, 2.0, 3.0)}

pytestmark = pytest.mark.one_database  # pixels and files


@pytest.fixture
def take(school, collaborator):
    def take(content=None, name="anh.jpg", **words):
        return receive(make_upload(content, name), department=school, uploaded_by=collaborator, **words)

    return take


def stored(photo: Photo, file: str) -> bytes:
    with default_storage.open(stored_name(photo.content_hash, file)) as picture:
        return picture.read()


def files_of(photo: Photo) -> list[str]:
    return sorted(default_storage.listdir(stored_name(photo.content_hash, ""))[1])


def largest(photo: Photo) -> Image.Image:
    _, width, _, _ = photo.renditions[-1]
    return Image.open(BytesIO(stored(photo, f"{width}.jpg")))


def corners(image: Image.Image) -> list[str]:
    """The colour of each quarter, in the order top left, top right, bottom left, bottom right."""
    names = {(1, 0, 0): "red", (0, 1, 0): "lime", (0, 0, 1): "blue", (1, 1, 0): "yellow"}
    across, down = (image.width // 4, image.width * 3 // 4), (image.height // 4, image.height * 3 // 4)
    return [
        names[tuple(int(value > 127) for value in image.convert("RGB").getpixel((x, y)))]
        for y in down
        for x in across
    ]


UPRIGHT = ["red", "lime", "blue", "yellow"]


def test_a_photo_is_a_row_with_all_its_pictures(take):
    photo, created = take(image_bytes(image=make_image((1600, 1200))), caption="Lễ khai giảng", credit="NTCC")
    assert created
    assert (photo.caption, photo.credit, photo.original_name) == ("Lễ khai giảng", "NTCC", "anh.jpg")
    assert (photo.width, photo.height) == (1600, 1200)
    sizes = [(480, 360), (800, 600), (1280, 960)]
    assert [e[:3] for e in photo.renditions] == [[kind, *size] for kind in ("avif", "jpg") for size in sizes]
    assert files_of(photo) == sorted(
        ["master.jpg", *(f"{w}.{k}" for w in (480, 800, 1280) for k in ("avif", "jpg"))]
    )
    for kind, width, height, size in photo.renditions:
        content = stored(photo, f"{width}.{kind}")
        assert len(content) == size
        assert Image.open(BytesIO(content)).size == (width, height)
    assert Photo.objects.get(pk=photo.pk).renditions == photo.renditions


def test_a_small_picture_is_never_enlarged(take):
    photo, _ = take(image_bytes(image=make_image((500, 300))))
    assert [e[:3] for e in photo.renditions] == [["avif", 500, 300], ["jpg", 500, 300]]
    photo, _ = take(image_bytes(image=make_image((1, 1))))
    assert (photo.width, photo.height) == (1, 1)


def test_a_large_picture_is_brought_down_to_a_master(take):
    photo, _ = take(image_bytes(image=make_image((3000, 2000))))
    assert (photo.width, photo.height) == (2400, 1600)
    assert Image.open(BytesIO(stored(photo, "master.jpg"))).size == (2400, 1600)


def test_a_long_poster_keeps_its_width(take):
    photo, _ = take(image_bytes(image=make_image((1000, 5000))))
    assert photo.width == 1000
    assert photo.renditions[-1][1] > 700


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_the_content_decides_not_the_name(take, kind):
    photo, _ = take(image_bytes(kind), "khong-phai.txt")
    assert corners(largest(photo)) == UPRIGHT


def test_a_heic_photo_is_taken_and_stands_upright(take, heic_bytes):
    photo, _ = take(heic_bytes(make_image()), "IMG_0001.HEIC")
    assert corners(largest(photo)) == UPRIGHT


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_turned_photo_stands_upright(take, kind, orientation):
    back = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    lying = make_image((320, 240)) if back is None else make_image((320, 240)).transpose(back)
    exif = Image.Exif()
    exif[0x0112] = orientation
    photo, _ = take(image_bytes(kind, lying, exif=exif))
    assert (photo.width, photo.height) == (320, 240)
    assert corners(largest(photo)) == UPRIGHT


def test_nothing_but_pixels_is_kept(take):
    exif = Image.Exif()
    exif[0x010E] = "<script>alert(1)</script>"
    exif[0x8298] = "bí mật của máy ảnh"
    exif.get_ifd(0x8825).update(GPS)
    content = image_bytes(
        exif=exif, comment=b"loi-nhan-rieng", xmp=b"<x:xmpmeta>vi-tri-nha</x:xmpmeta>", dpi=(300, 300)
    )
    content += b"PK\x03\x04duoi-tep"
    assert b"duoi-tep" in content
    assert b"loi-nhan-rieng" in content
    assert Image.open(BytesIO(content)).getexif().get_ifd(0x8825)
    photo, _ = take(content)
    assert len(files_of(photo)) == 5
    for file in files_of(photo):
        kept = stored(photo, file)
        for secret in (b"script", b"bi mat", "bí mật".encode(), b"loi-nhan", b"vi-tri", b"duoi-tep", b"Exif"):
            assert secret not in kept, (file, secret)
        image = Image.open(BytesIO(kept))
        assert not image.getexif()
        assert not {"exif", "xmp", "comment", "icc_profile", "photoshop"} & set(image.info)


def test_words_inside_a_png_are_dropped(take):
    words = PngInfo()
    words.add_text("Comment", "dia-chi-nha")
    content = image_bytes("PNG", make_image(), pnginfo=words)
    assert b"dia-chi-nha" in content
    photo, _ = take(content)
    assert all(b"dia-chi-nha" not in stored(photo, file) for file in files_of(photo))


def test_colours_of_another_profile_become_those_of_every_screen(take):
    # Green and red changed places: only somebody who obeys the profile sees the picture right.
    profile = swapped_profile()
    seen = ImageCms.profileToProfile(make_image(), profile, ImageCms.createProfile("sRGB"))
    photo, _ = take(image_bytes("PNG", make_image(), icc_profile=profile.tobytes()))
    difference = ImageChops.difference(largest(photo).convert("RGB"), seen)
    assert max(ImageStat.Stat(difference).mean) < 6
    plain = ImageChops.difference(make_image(), seen)
    assert max(ImageStat.Stat(plain).mean) > 60


def swapped_profile() -> ImageCms.ImageCmsProfile:
    content = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = int.from_bytes(content[128:132])
    entries = {bytes(content[i : i + 4]): i for i in range(132, 132 + 12 * count, 12)}
    red, green = (slice(entries[tag] + 4, entries[tag] + 12) for tag in (b"rXYZ", b"gXYZ"))
    content[red], content[green] = content[green], content[red]
    for name in (b"sRGB", "sRGB".encode("utf-16-be")):
        content = content.replace(name, name.replace(b"s", b"t"))
    return ImageCms.ImageCmsProfile(BytesIO(bytes(content)))


@pytest.mark.parametrize("mode", ["L", "CMYK", "1", "P", "LA", "RGBA", "I;16"])
def test_every_kind_of_pixel_is_understood(take, mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    image = make_image((600, 400)).convert("L").convert("I;16") if mode == "I;16" else None
    if image:
        image = image.point(lambda value: value * 256)
    photo, _ = take(image_bytes(kind, image or make_image((600, 400), mode)))
    shown = largest(photo).convert("L")
    expected = make_image((600, 400)).convert("1" if mode == "1" else "L").convert("L")
    small = [picture.resize((6, 4), Image.Resampling.BOX) for picture in (shown, expected)]
    assert max(ImageStat.Stat(ImageChops.difference(*small)).extrema[0]) < 24


def test_see_through_becomes_white_paper(take):
    for image in (Image.new("RGBA", (400, 300), (0, 0, 0, 0)), Image.new("LA", (400, 300), (0, 0))):
        photo, _ = take(image_bytes("PNG", image))
        assert min(largest(photo).convert("RGB").getpixel((200, 150))) > 250
    palette = make_image((400, 300), "P")
    palette.info["transparency"] = palette.getpixel((0, 0))
    photo, _ = take(image_bytes("PNG", palette, transparency=palette.getpixel((0, 0))))
    assert min(largest(photo).convert("RGB").getpixel((20, 20))) > 250


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF"])
def test_of_a_moving_picture_the_first_frame_stays(take, kind):
    second = Image.new("RGB", (640, 480), "black")
    content = image_bytes(kind, make_image(), save_all=True, append_images=[second], duration=100)
    assert Image.open(BytesIO(content)).n_frames == 2
    photo, _ = take(content)
    assert corners(largest(photo)) == UPRIGHT


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "rỗng"),
        (b"x", "không phải ảnh"),
        (b"<?xml version='1.0'?><svg onload='alert(1)'/>", "SVG"),
        (b"PK\x03\x04 word/document.xml", "Word"),
        (b"%PDF-1.7", "PDF"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "không phải ảnh"),
        (b"P6 1 1 255 abc", "không phải ảnh"),
        (b"GIF89a\x01\x00", "GIF"),
        (b"\xff\xd8\xff\xe0 not a photo at all", "hỏng"),
        (b"\x89PNG\r\n\x1a\n", "hỏng"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "hỏng"),
        (b"\x00\x00\x00\x18ftypavif\x00\x00\x00\x00", "hỏng"),
    ],
)
def test_what_is_no_photo_is_refused_with_words(take, content, words):
    with pytest.raises(UploadRefused) as refusal:
        take(content, "anh.jpg")
    assert words in refusal.value.message
    assert refusal.value.message.endswith(".")
    assert not Photo.objects.exists()
    assert not Path(default_storage.location).exists()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_photo_copied_half_is_refused(take, kind):
    content = image_bytes(kind, make_image((1200, 900)))
    with pytest.raises(UploadRefused, match="chép lại"):
        take(content[: len(content) * 6 // 10])


def test_a_picture_with_too_many_points_is_refused_before_it_is_opened(take):
    wide = image_bytes("PNG", Image.new("1", (30_000, 30_000)))
    assert len(wide) < 200_000
    with pytest.raises(UploadRefused, match="rộng khoảng 4000"):
        take(wide)
    with pytest.raises(UploadRefused, match="25 triệu điểm ảnh"):
        take(image_bytes("PNG", Image.new("1", (5_000, 5_000))))


def test_a_heavy_file_is_refused_while_it_is_read(take, monkeypatch):
    content = image_bytes()
    monkeypatch.setattr(uploads, "LARGEST", len(content) - 1)
    with pytest.raises(UploadRefused, match="nặng quá"):
        take(content)
    monkeypatch.setattr(uploads, "LARGEST", len(content))
    assert take(content)[1]


def test_a_chunk_of_text_that_swells_is_refused(take):
    words = PngInfo()
    words.add_text("Comment", "0" * 60_000_000, zip=True)
    content = image_bytes("PNG", make_image(), pnginfo=words)
    assert len(content) < 100_000
    with pytest.raises(UploadRefused, match="quá nhiều sức máy"):
        take(content)


def test_a_long_note_of_a_drawing_program_is_no_damage(take):
    words = PngInfo()
    words.add_itxt("XML:com.adobe.xmp", "<x/>" * 1_000_000, zip=True)
    photo, _ = take(image_bytes("PNG", make_image(), pnginfo=words))
    assert photo.width == make_image().width


def test_the_same_file_is_the_same_photo_with_the_first_words(take):
    content = image_bytes()
    first, _ = take(content, "mot.jpg", caption="Lời thứ nhất")
    second, created = take(content, "hai.jpg", caption="Lời thứ hai")
    assert (second.pk, created) == (first.pk, False)
    assert second.caption == "Lời thứ nhất"
    assert Photo.objects.count() == 1


def test_a_unit_that_brings_a_file_of_another_may_use_the_photo(
    take, other_school, other_collaborator, collaborator
):
    content = image_bytes()
    photo, _ = take(content)
    assert not Photo.objects.visible_to(other_collaborator).exists()
    again, created = receive(make_upload(content), department=other_school, uploaded_by=other_collaborator)
    assert (again, created) == (photo, False)
    assert list(Photo.objects.visible_to(other_collaborator)) == [photo]
    assert not other_collaborator.has_perm("media.change_photo", photo)


def test_one_file_sent_twice_at_once_is_one_photo(take, monkeypatch):
    """The second sender arrives between the first one's pictures and the first one's row."""
    content, keep = image_bytes(), uploads._keep
    others = []

    def keep_while_another_sends(*args):
        monkeypatch.setattr(uploads, "_keep", keep)
        others.append(take(content, "thu-hai.jpg"))
        keep(*args)

    monkeypatch.setattr(uploads, "_keep", keep_while_another_sends)
    photo, created = take(content, "thu-nhat.jpg")
    assert (photo, created) == (others[0][0], False)
    assert others[0][1]
    assert photo.original_name == "thu-hai.jpg"
    assert files_of(photo) == sorted(["master.jpg", *(f"{e[1]}.{e[0]}" for e in photo.renditions)])


def test_two_who_write_the_same_file_leave_one(take, monkeypatch):
    """Both saw that the file was not there yet; the later one's copy goes."""
    take(content := image_bytes())
    Photo.objects.all().delete()
    looked, exists = set(), WholeFileStorage.exists

    def exists_not_yet(storage, name):
        first_look = name not in looked
        looked.add(name)
        return not first_look and exists(storage, name)

    monkeypatch.setattr(WholeFileStorage, "exists", exists_not_yet)
    again, created = take(content)
    assert created
    assert files_of(again) == sorted(["master.jpg", *(f"{e[1]}.{e[0]}" for e in again.renditions)])


def test_a_photo_gets_no_row_when_its_files_cannot_be_kept(take, settings, tmp_path):
    content = image_bytes()
    tmp_path.joinpath("uploads").write_text("a file where the folder should be")
    with pytest.raises(UploadRefused, match="đang đầy hoặc không trả lời"):
        take(content)
    assert not Photo.objects.exists()
    tmp_path.joinpath("uploads").unlink()
    photo, created = take(content)
    assert created
    assert len(files_of(photo)) == 5


class FullAfterThree(WholeFileStorage):
    """A disk with room for three files."""

    def _save(self, name, content):
        if len(list(Path(self.location).rglob("*.*"))) >= 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super()._save(name, content)


def test_a_disk_that_is_full_half_way_keeps_nothing_of_a_photo(take, settings, tmp_path):
    full = {"BACKEND": f"{__name__}.FullAfterThree", "OPTIONS": {"location": tmp_path / "full"}}
    settings.STORAGES = settings.STORAGES | {"default": full}
    with pytest.raises(UploadRefused, match="đang đầy hoặc không trả lời"):
        take(image_bytes())
    assert not [path for path in (tmp_path / "full").rglob("*") if path.is_file()]
    assert not Photo.objects.exists()


@pytest.mark.parametrize(
    ("size", "kind", "options"),
    [
        ((1080, 20_000), "JPEG", {}),
        ((1080, 20_000), "PNG", {}),
        ((1080, 16_000), "JPEG", {"progressive": True}),
        ((16_000, 1200), "JPEG", {}),
        ((16_000, 1200), "PNG", {}),
        ((60_000, 3), "PNG", {}),
        ((2, 60_000), "JPEG", {}),
    ],
)
def test_very_long_pictures_are_taken(take, size, kind, options):
    photo, _ = take(image_bytes(kind, make_image(size), **options))
    assert photo.width / photo.height == pytest.approx(size[0] / size[1], rel=0.05) or min(size) < 10
    assert min(size) < 10 or corners(largest(photo)) == UPRIGHT


@pytest.mark.parametrize("file", ["tall-screenshot.jpg", "wide-panorama.jpg", "jpeg-without-end.jpg"])
def test_real_pictures_of_unusual_shape_are_taken(take, file):
    assert take(case(file).read_bytes(), file)[1]


@pytest.mark.parametrize("lacks", [1, 2, 40, 0.02])
def test_a_jpeg_without_its_last_bytes_is_taken_without_the_missing_rows(take, lacks):
    image = Image.effect_noise((160, 120), 90).convert("RGB").resize((1600, 1200))
    content = image_bytes("JPEG", image)
    photo, _ = take(content[: -(lacks if lacks >= 1 else int(len(content) * lacks))])
    assert photo.width == 1600
    assert 1100 <= photo.height <= 1200
    bottom = largest(photo).crop((0, largest(photo).height - 2, largest(photo).width, largest(photo).height))
    assert bottom.convert("L").getextrema() != (128, 128)


def test_a_picture_that_its_decoder_cannot_hold_is_called_heavy_not_damaged():
    code = (
        "import media.decoding as d, media.darkroom as r, pathlib, json, pillow_heif\n"
        "class Big:\n"
        "    size, mode, info = (10, 10), 'RGB', {}\n"
        "    @property\n"
        "    def data(self): raise RuntimeError('Memory allocation error: 24015375 bytes failed')\n"
        "pillow_heif.open_heif = lambda *args, **options: Big()\n"
        "d.picture = d._heif\n"
        "print(json.dumps(r.main(pathlib.Path('x'), pathlib.Path('y'))))"
    )
    assert json.loads(in_darkroom(code).stdout)["refused"] == "heavy"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_changed_picture_is_taken_or_refused_in_words(take, kind):
    chance = random.Random(kind)  # noqa: S311 (repeatable)
    content = image_bytes(kind, make_image((160, 120)))
    for _ in range(6):
        changed = bytearray(content)
        for _ in range(chance.choice((1, 4, 20))):
            place = chance.randrange(12, len(changed))
            changed[place : place + chance.choice((0, 1, 1))] = chance.randbytes(chance.choice((0, 1, 1)))
        try:
            take(bytes(changed))
        except UploadRefused as refusal:
            assert refusal.message.endswith(".")


def test_a_darkroom_that_fails_refuses_that_file_alone(take, monkeypatch, caplog):
    with monkeypatch.context() as patch, pytest.raises(UploadRefused, match="riêng ảnh này"):
        patch.setattr(sys, "executable", "/bin/false")
        take(image_bytes())
    assert "The darkroom failed" in caplog.text
    assert take(image_bytes())[1]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../x.jpg", "x.jpg"),
        ("..\\..\\Ảnh lễ.jpg", "Ảnh lễ.jpg"),
        ("x.jpg\0.html", "x.jpg.html"),
        ("\ud83d.jpg", "?.jpg"),
        ("{{7*7}}.jpg", "{{7*7}}.jpg"),
        ("a" * 300 + ".jpg", "a" * 196 + ".jpg"),
    ],
)
def test_a_file_name_is_only_ever_words(school, collaborator, name, kept):
    upload = make_upload()
    upload._name = name  # what a client may send; Django itself tidies less
    photo, _ = receive(upload, department=school, uploaded_by=collaborator)
    photo.refresh_from_db()
    assert photo.original_name == kept
    assert len(files_of(photo)) == 5


def test_the_darkroom_inherits_no_secret(tmp_path, monkeypatch):
    """The process that opens strangers' bytes is told neither the key nor the database."""
    seen = {}
    monkeypatch.setattr(subprocess, "run", lambda *args, **kw: seen.update(kw) or pytest.fail("enough"))
    with pytest.raises(pytest.fail.Exception, match="enough"):
        uploads._develop(tmp_path / "x", tmp_path)
    assert set(seen["env"]) <= {"PATH", "LD_LIBRARY_PATH"}


def test_the_darkroom_ends_a_file_that_takes_too_long():
    """A picture whose decoding never ends: the process goes, the answer stays polite."""
    code = (
        "import media.decoding as d, media.darkroom as r, pathlib\n"
        "r.DECODING_SECONDS = 0.2\n"
        "def forever(path):\n    while True: pass\n"
        "d.picture = forever\n"
        "r.main(pathlib.Path('x'), pathlib.Path('y'))"
    )
    assert in_darkroom(code).returncode < 0


def test_the_darkroom_refuses_what_needs_more_memory_than_there_is():
    code = (
        "import media.decoding as d, media.darkroom as r, pathlib, json\n"
        "d.picture = lambda path: bytearray(400_000_000)\n"
        "print(json.dumps(r.main(pathlib.Path('x'), pathlib.Path('y'))))"
    )
    assert json.loads(in_darkroom(code).stdout) == {"refused": "heavy"}


def in_darkroom(code):
    command = [sys.executable, "-c", code]
    return subprocess.run(  # noqa: S603 (our own few lines)
        command, check=False, cwd=uploads.settings.BASE_DIR, capture_output=True, timeout=20
    )
