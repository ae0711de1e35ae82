"""A small public site with every kind of page in every state a reader may meet."""

import datetime
from typing import Any

from django.utils import timezone

from accounts.roles import Role
from articles.models import Article, PublishedArticle
from awards import revocation
from departments.enums import DepartmentKind, RelationKind, SuccessionKind
from events.enums import EventKind, Occurrence
from events.models import Event
from frontpage.enums import Slot
from frontpage.models import Placement
from media.models import Photo
from media.uploads import receive
from tests.factories.articles import approve, figure_of, make_published, make_section, resubmit, withdraw
from tests.factories.awards import make_commendation, make_seed_decision
from tests.factories.departments import make_department, make_relation, make_school_year, make_user
from tests.factories.documents import make_document
from tests.factories.documents import make_upload as make_file
from tests.factories.events import at, make_event
from tests.factories.media import make_upload

LONG_BODY = (
    '<p>Sáng nay, nhà trường tổ chức <a href="/su-kien/">lễ chào cờ</a> đầu tuần.</p><h2>Một chuyện tốt</h2>'
    "<ul><li>Nhặt được ví</li><li>Trả lại người mất</li></ul><blockquote><p>Em chỉ làm việc nên làm.</p>"
    "</blockquote><table><tbody><tr><th>Lớp</th><th>Điểm</th></tr><tr><td>8A</td><td>10</td></tr></tbody></table>"
)


def build() -> dict[str, str]:
    """Everything public of one newsroom; addresses by what they show. Wants its own MEDIA_ROOT."""
    make_school_year(timezone.localdate().year)
    units = _units()
    people = _people(units)
    paper = make_document("1247/QĐ-SGDĐT", issuer=units["province"], upload=make_file())
    old_paper = make_document("1188/SGDĐT-GDTrH", issuer=units["province"], replaced_by=paper)
    events = _events(units["province"], paper)
    decision = make_seed_decision(issuer=units["province"], event=events["event"], document=paper)
    revoked = make_commendation(decision, "Đỗ Thị Ngọc Ánh", published_at="2017-11-08T08:00Z")
    words = {
        "number": "88/QĐ-SGDĐT",
        "signed_on": datetime.date(2018, 2, 1),
        "reason": "Khai sai thành tích.",
    }
    revocation.revoke(revoked, actor=people["registrar"], **words)
    stories = _stories(people, units, {"event": events["event"], "commendation_decision": decision})
    Event.objects.filter(pk=events["event"].pk).update(lead_photo=Photo.objects.earliest("pk"))
    code = decision.commendations.exclude(pk=revoked.pk).first().verify_code
    verify = "/khen-thuong/xac-minh/"
    story = stories["story"]
    return {
        "home": "/",
        "news": "/tin/",
        "focus": "/tin-tieu-diem/",
        "section": story.section.get_absolute_url(),
        "tag": f"/the/{story.tag_names[0][1]}/",
        "corrections": "/dinh-chinh/",
        **{name: page.get_absolute_url() for name, page in stories.items()},
        "events": "/su-kien/",
        **{name: event.get_absolute_url() for name, event in events.items()},
        **{
            f"event, {slug}": f"{events['event'].get_absolute_url()}{slug}/"
            for slug in ("dai-bieu", "don-vi", "chuong-trinh")
        },
        "awards": "/khen-thuong/",
        "awards, nothing found": "/khen-thuong/?ten=khongaicả",
        "decision": decision.get_absolute_url(),
        "verify": verify,
        "verified": f"{verify}{code}/",
        "verify, revoked": f"{verify}{revoked.verify_code}/",
        "verify, mistyped": f"{verify}?ma={code[:5]}O{code[6:]}",
        "verify, unknown": f"{verify}DL17-7K3M-9QXP/",
        "documents": "/van-ban/",
        "documents, wrong day": "/van-ban/?tu=ngaymai",
        "documents, nothing found": "/van-ban/?q=khongthay",
        "document": paper.get_absolute_url(),
        "document, replaced": old_paper.get_absolute_url(),
        "units": "/don-vi/",
        "units, nothing found": "/don-vi/?q=khongthay",
        "unit": units["school"].get_absolute_url(),
        "unit, closed": units["closed"].get_absolute_url(),
        "unit, stories": f"{units['school'].get_absolute_url()}tin/",
        "about": "/gioi-thieu/",
        "contact": "/lien-he/",
        "accessibility": "/tiep-can/",
        "without the network": "/mat-mang/",
        "search": "/tim-kiem/",
        "search, found": "/tim-kiem/?q=chao+co",
        "search, nothing found": "/tim-kiem/?q=xyzzy",
        "not found": "/tin/ke-hoach-nam-hoc/",
    }


EVENT_LISTS = ("dai-bieu", "don-vi", "chuong-trinh")  # of those that the event has
STATUSES = {"story, withdrawn": 410, "verify, unknown": 404, "not found": 404}


def _units() -> dict[str, Any]:
    contact = {"address": "01 Đường Ví Dụ", "phone": "0262 000 0000", "email": "lienhe@vidu.example"}
    province = make_department(
        "Sở Giáo dục và Đào tạo Đắk Lắk",
        DepartmentKind.PROVINCE_OFFICE,
        short_name="Sở GD&ĐT Đắk Lắk",
        website="https://vidu.example/",
        functions="Tham mưu, quản lý nhà nước về giáo dục và đào tạo.",
        **contact,
    )
    school = make_department("Trường THPT Chu Văn An", parent=province, **contact)
    last_day = datetime.date(2025, 6, 30)
    closed = make_department(
        "Trường THPT Cao Bá Quát", parent=province, valid_until=last_day, closing_document="Nghị quyết 12/NQ"
    )
    make_relation(
        closed,
        RelationKind.SUCCESSION,
        school,
        valid_from=last_day + datetime.timedelta(1),
        succession_kind=SuccessionKind.MERGE,
    )
    return {"province": province, "school": school, "closed": closed}


def _people(units: dict[str, Any]) -> dict[str, Any]:
    school, province = units["school"], units["province"]
    return {
        "writer": make_user("ctv", Role.COLLABORATOR, school, full_name="H’Nương Byă"),
        "head": make_user("truongdonvi", Role.HEAD, school, full_name="Trần Văn Minh"),
        "registrar": make_user("thidua", Role.REGISTRAR, province, full_name="Đào Ấn"),
    }


def _events(province: Any, paper: Any) -> dict[str, Any]:
    soon = timezone.localtime() + datetime.timedelta(days=6)
    event = make_event(
        "Hội nghị tập huấn công tác truyền thông",
        host=province,
        ends_at="10/11/2017 16:30",
        place_address="Thành phố Buôn Ma Thuột",
        attendance=200,
        documents=(paper,),
        summary="Một ngày nghe và viết.",
    )
    event.programme.create(starts_at=at("10/11/2017 08:00"), title="Khai mạc", note="Chào cờ")
    event.delegates.create(name="Lê Thị Thanh Xuân", title="Phó Giám đốc Sở GD&ĐT", position=1)
    event.participants.create(label="Trường THPT", count=56)
    ahead = {"host": province, "starts_at": soon, "ends_at": soon + datetime.timedelta(hours=3)}
    return {
        "event": event,
        "event, upcoming": make_event("Ngày hội đọc sách", online_url="https://vidu.example/hop", **ahead),
        "event, cancelled": make_event(
            "Hội trại", occurrence=Occurrence.CANCELLED, occurrence_note="Mưa lũ.", **ahead
        ),
        "event, postponed": make_event(
            "Giải bóng đá", kind=EventKind.CONTEST, occurrence=Occurrence.POSTPONED, **ahead
        ),
    }


def _stories(people: dict[str, Any], units: dict[str, Any], links: dict[str, Any]) -> dict[str, Any]:
    writer, head = people["writer"], people["head"]
    words = {"alt_text": "Sân trường", "caption": "Chào cờ", "credit": "Lan", "rights": "own"}
    photo, _ = receive(make_upload(), department=units["school"], uploaded_by=writer, **words)
    second, _ = receive(make_upload(), department=units["school"], uploaded_by=writer, **words)
    section = make_section("Tin ngành", slug="tin-nganh", in_navigation=True)
    common = {"by": writer, "head": head, "section": section}
    body = figure_of(photo) + LONG_BODY + figure_of(second)
    story = make_published(title="Chào cờ, kể chuyện tốt", body=body, tags=["Nền nếp"], **common, **links)
    corrected = make_published(title="Khen 2 tập thể", source_mark="GD&TĐ", **common)
    resubmit(
        Article.objects.get(pk=corrected.pk),
        writer,
        body="<p>Khen 3 tập thể.</p>",
        correction_kind="erratum",
        correction_note="Bản đầu ghi “2 tập thể”; nay sửa là “3 tập thể”.",
    )
    approve(Article.objects.select_related("review_revision").get(pk=corrected.pk), head)
    old = make_published(title="Chuyện năm ấy", **common)
    PublishedArticle.objects.filter(pk=old.pk).update(published_at="2017-11-10T07:30Z")
    gone = make_published(title="Bài đã gỡ", **common)
    withdraw(gone, head)
    pages = {"story": story, "story, corrected": corrected, "story, old": old}
    for slot, page in zip(Slot, pages.values(), strict=True):
        Placement.objects.create(slot=slot, article=page)
    pages["story, withdrawn"] = gone
    return {
        name: PublishedArticle.objects.select_related("section").get(pk=page.pk)
        for name, page in pages.items()
    }
