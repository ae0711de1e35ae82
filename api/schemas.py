"""The shapes of the answers; the OpenAPI description is generated from them."""

import datetime

from ninja import Field, Schema


class Error(Schema):
    detail: str


class UnitRef(Schema):
    name: str = Field(description="Tên đơn vị vào ngày ấy")
    slug: str = Field(description="Địa chỉ hiện nay, dùng cho /units/{unit}")


class Unit(Schema):
    slug: str
    name: str
    short_name: str
    kind: str
    kind_label: str
    url: str
    valid_from: datetime.date
    valid_until: datetime.date | None


class Photo(Schema):
    src: str
    width: int
    height: int
    alt: str
    caption: str
    credit: str


class Section(Schema):
    name: str
    url: str


class StoryCard(Schema):
    id: int
    url: str
    title: str
    lead: str
    source_mark: str
    section: Section
    unit: UnitRef
    published_at: datetime.datetime
    updated_at: datetime.datetime
    photo: Photo | None
    tags: list[str]


class Byline(Schema):
    name: str
    role: str


class Story(StoryCard):
    content_html: str = Field(description="Cả bài: sapo, ảnh, nội dung; đã làm sạch, địa chỉ tuyệt đối")
    bylines: list[Byline]


class Event(Schema):
    slug: str
    url: str
    title: str
    kind: str
    summary: str
    host: UnitRef
    starts_at: datetime.datetime
    ends_at: datetime.datetime | None
    all_day: bool
    place: str
    state: str = Field(description="upcoming, running, past, rescheduled, postponed, cancelled")
    note: str = Field(description="Lý do hoãn, hủy, dời")
    calendar_url: str


class Decision(Schema):
    number: str
    signed_on: datetime.date
    issuer: UnitRef
    url: str


class Commendation(Schema):
    code: str
    url: str = Field(description="Trang xác minh")
    recipient_kind: str
    recipient: str
    detail: str
    award: str
    achievement: str
    decision: Decision
    unit: UnitRef | None
    revoked_on: datetime.date | None


class Document(Schema):
    slug: str
    url: str
    number: str
    summary: str
    kind: str
    issuer: UnitRef
    issued_on: datetime.date
    effective_on: datetime.date | None
    expires_on: datetime.date | None
    force: str
    file_url: str | None
    file_type: str
    file_size: int


class UnitPage(Schema):
    items: list[Unit]
    next: str | None = Field(description="Địa chỉ trang sau; null ở trang cuối")


class StoryPage(Schema):
    items: list[StoryCard]
    next: str | None


class EventPage(Schema):
    items: list[Event]
    next: str | None


class CommendationPage(Schema):
    items: list[Commendation]
    next: str | None


class DocumentPage(Schema):
    items: list[Document]
    next: str | None
