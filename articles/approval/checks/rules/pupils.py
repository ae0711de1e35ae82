"""Pupils' pictures and names need a consent in force (Luật BVDLCN 2025, Điều 24; NĐ 356/2025)."""

import re
from collections.abc import Iterator

from articles.approval.checks.finding import Finding, rule
from articles.approval.checks.story import CheckedStory
from articles.text.person_names import children_in, places_of
from foundation.language.vietnamese import initials, same_word
from media.models import Pupil

_ETHNIC_GROUP = re.compile(
    r"\b(?:dân tộc|người)\s+(?:Ê Đê|Êđê|M[’']?[Nn]ông|Gia Rai|Jrai|J[’']?rai|Ba Na|Xơ Đăng|Xê Đăng|Tày|Nùng|"
    r"Thái|Mường|Mông|H[’']?[Mm]ông|Dao|Chăm|Khmer|Hoa|Sán Chay|Sán Dìu|Hrê|Vân Kiều|Cơ Ho|Mạ|Giẻ Triêng)\b"
)
BOOK = "Ghi vào Sổ đồng ý trong kho ảnh"


@rule
def pupils_on_photos(story: CheckedStory) -> Iterator[Finding]:
    photos = [figure["photo"] for figure in story.content["figures"]]
    withheld = (
        Pupil.objects.withholding("picture").filter(photos__in=photos) if photos else Pupil.objects.none()
    )
    shown = Pupil.photos.through.objects.filter(photo__in=photos, pupil__in=withheld).select_related("pupil")
    on_photo: dict[int, list[Pupil]] = {}
    for row in shown if photos else ():
        on_photo.setdefault(row.photo_id, []).append(row.pupil)
    for number, photo in enumerate(photos, 1):
        for pupil in on_photo.get(photo, ()):
            yield Finding(
                f"Ảnh {number} có em {pupil}: {pupil.why_not('picture')}",
                f"figure-{number}",
                f"{BOOK} khi đã có sự đồng ý, hoặc chọn ảnh khác.",
                said=pupil.name,
            )


@rule
def names_of_pupils(story: CheckedStory) -> Iterator[Finding]:
    """A pupil of the consent register without consent to the name, or a child not in the register."""
    for pupil in story.pupils:
        if why := pupil.why_not("name"):
            yield _unagreed(pupil.name, why, story.place_of(pupil.name))
    known = [pupil.name for pupil in story.pupils]
    told: list[str] = []
    for passage in story.passages:
        for name in children_in(passage.text):
            if any(same_word(name.text, other) for other in (*known, *told)):
                continue
            told.append(name.text)
            yield _unagreed(name.text, "chưa có sự đồng ý nào trong Sổ đồng ý", passage.field)


@rule
def ethnic_group_of_pupils(story: CheckedStory) -> Iterator[Finding]:
    """Sensitive data: allowed next to a pupil's name only when the consent includes it."""
    for pupil in story.pupils:
        why = pupil.why_not("ethnic_group")
        for passage in story.passages if why and not pupil.why_not("name") else ():
            for sentence in passage.sentences:
                group = _ETHNIC_GROUP.search(sentence)
                if group and places_of(pupil.name, sentence):
                    yield Finding(
                        f"Nêu “{group[0]}” cạnh tên em {pupil.name}: {why}",
                        passage.field,
                        "Thành phần dân tộc là dữ liệu nhạy cảm: bỏ chi tiết này, hoặc xin thêm sự đồng ý.",
                        said=sentence,
                    )


def _unagreed(name: str, why: str, field: str) -> Finding:
    hint = f"{BOOK} khi đã có sự đồng ý, hoặc viết tắt: “em {initials(name)}”."
    return Finding(f"Nêu tên em {name}: {why}", field, hint, said=name)
