"""Fill an empty database with the demo newsroom; a filled one is not changed."""

import datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from articles.models import PublishedArticle
from awards.law.pack import load_pack
from departments.models import Department
from foundation.language.school_years import school_year_on
from frontpage.enums import Slot
from frontpage.models import Placement
from inbox.models import Notice
from media.models import Photo, PhotoRights
from media.uploads import receive
from newsroom.demo import directory, photos, pupils, seed_story
from newsroom.demo.newsdesk import Newsdesk
from newsroom.demo.people import ACCOUNTS
from newsroom.demo.registry import Registry

USERNAMES = tuple(row.username for row in ACCOUNTS)
PLACED = (
    (Slot.TOP, seed_story.TITLE),
    (Slot.FOCUS, "Thêm 12 lớp tiếng Ê Đê ở các trường tiểu học xã Cư M’gar"),
    (Slot.FOCUS, "Mười lăm phút đọc sách đầu giờ ở ngôi trường vùng biên Ea Súp"),
    (Slot.FOCUS, "Viết tin cho trang của trường: năm lỗi thường gặp và cách sửa"),
    (Slot.FOCUS, "Chào cờ đầu tuần, kể một chuyện người tốt việc tốt"),
    (Slot.DONT_MISS, seed_story.SPARKLING_TITLE),
    (Slot.DONT_MISS, "Cách tra cứu và xác minh giấy khen bằng điện thoại"),
    (Slot.DONT_MISS, "Phụ huynh hỏi: trường hợp nào được chuyển trường giữa học kỳ?"),
)


class NotADemoError(Exception):
    """The database has a real newsroom; the demo is not mixed with it."""


def is_loaded() -> bool:
    """Return whether the demo is there; it is loaded in one transaction. Raises NotADemoError."""
    known = User.objects.filter(username__in=USERNAMES).count()
    if known == len(USERNAMES):
        return True
    if User.objects.exists() or Department.objects.exists():
        raise NotADemoError
    return False


@transaction.atomic
def load(now: datetime.datetime | None = None) -> None:
    """Load the demo as of `now`, in one transaction."""
    now = now or timezone.now()
    load_pack()
    directory.make_identity()
    years = directory.make_school_years(school_year_on(now))
    units = directory.make_units()
    users = directory.make_people(units)
    sections = directory.make_sections()
    photo_ids = _make_photos(units["SGD-DL"], users["bientap"])
    pupils.keep_book(users["ctv"], timezone.localdate(now))
    registry = Registry(now, units, users, years, photo_ids)
    registry.fill()
    Newsdesk(now, units, users, sections, photo_ids, registry.events, registry.decisions).fill()
    _place(now)
    _settle_inboxes(now)


def _settle_inboxes(now: datetime.datetime) -> None:
    """Cancel mail about events before the demo was made; mark notices older than a day as read."""
    Notice.objects.update(mail_at=None)
    Notice.objects.filter(told_at__lt=now - datetime.timedelta(days=1)).update(read_at=now)


def _make_photos(department: Department, by: User) -> dict[str, int]:
    made = {}
    for name, alt in photos.ALT.items():
        file = SimpleUploadedFile(f"{name}.webp", photos.path(name).read_bytes(), "image/webp")
        words = {"alt_text": alt, "credit": photos.CREDIT, "rights": PhotoRights.DRAWING}
        photo, _created = receive(file, department=department, uploaded_by=by, **words)
        made[name] = photo.pk
    captions = {"trao-giay-khen": seed_story.AWARDED, "toan-canh-hoi-nghi": seed_story.WHOLE_ROOM}
    for name, caption in captions.items():
        photo = Photo.objects.get(pk=made[name])
        photo.caption = caption
        photo.save()
    return made


def _place(now: datetime.datetime) -> None:
    live = {title: pk for pk, title in PublishedArticle.objects.live().values_list("pk", "title")}
    for position, (slot, title) in enumerate(PLACED):
        Placement.objects.create(slot=slot, article_id=live[title], position=position, starts_at=now)
