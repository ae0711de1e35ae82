"""One newsroom with a record of every kind and a person of every part, for the table of addresses."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from accounts.roles import Role
from approvals.models import AuditEntry, StatusChange
from articles.models import Article, BreakGlass, PublishedArticle, ReviewRoute, Section, Tag, UrgentWithdrawal
from articles.writing import preview_links, story_bin
from awards.models import BaseSalary
from awards.paper.subject import GIAY_KHEN
from departments import delegating
from departments.enums import DepartmentKind
from departments.models import DayOff
from fees.models import Correction, FeeRate, FeeTerms, Share, TaxRule
from frontpage.enums import Slot
from frontpage.models import Placement
from inbox.models import Notice
from media.models import DataRequest, Photo
from media.uploads import receive
from press.models import Printer, PrintRun
from press.ordering import Order, order_run
from rounds.models import CouncilSession
from signing.models import SignerName, TrustedCertificate
from tests.factories.articles import (
    approve,
    figure_of,
    make_article,
    make_comment,
    make_draft,
    send_back,
    submit,
    take_down,
    withdraw,
)
from tests.factories.awards import make_commendation, make_decision
from tests.factories.daybook import entrust, make_material, make_note
from tests.factories.departments import delegate, make_department, make_school_year, make_user
from tests.factories.documents import make_document
from tests.factories.documents import make_upload as make_file
from tests.factories.events import make_event
from tests.factories.fees import make_month, make_payer, prepare_month
from tests.factories.identity import make_alert, make_identity
from tests.factories.media import make_pupil, make_upload
from tests.factories.press import make_template
from tests.factories.rounds import make_proposal, make_round, send
from tests.factories.training import make_enrolment, make_training_event, unit_in
from tests.factories.training import send as send_people

# The columns: who they are to the school whose work is asked about.
PEOPLE = {
    "khach": "Khách (không đăng nhập)",
    "cuu": "Có tài khoản, nay không giữ chức danh",
    "ctv": "CTV của đơn vị",
    "truong": "Trưởng đơn vị",
    "pho": "Phó đơn vị",
    "ctv2": "CTV đơn vị khác",
    "truong2": "Trưởng đơn vị khác",
    "tren": "Trưởng đơn vị cấp trên",
    "thuky": "Thư ký tòa soạn",
    "bientap": "Biên tập viên Sở",
    "thidua": "Văn thư, thi đua",
    "quantri": "Quản trị",
    "kiemtra": "Kiểm tra",
}
STATES = {
    "nhap": "nháp",
    "cho": "chờ duyệt",
    "tralai": "trả lại",
    "dang": "đã đăng",
    "go": "đã gỡ",
    "bo": "thùng rác",
}


@dataclass
class World:
    users: dict[str, Any] = field(default_factory=dict)
    stories: dict[str, Article] = field(default_factory=dict)
    records: dict[str, Any] = field(default_factory=dict)  # by "app_model", for the admin's addresses
    words: dict[str, Any] = field(default_factory=dict)  # other things an address names

    def story(self, state: str) -> Article:
        return Article.objects.get(pk=self.stories[state].pk)


def build() -> World:
    world = World()
    province = make_department("Sở GD&ĐT Đắk Lắk", DepartmentKind.PROVINCE_OFFICE)
    school = make_department("Trường THPT Chu Văn An", parent=province)
    other = make_department("Trường THPT Buôn Ma Thuột", parent=province)
    _people(world, province, school, other)
    _stories(world)
    _registers(world, province, school)
    _press(world, province)
    _traces(world, school)
    _round(world, province, school)
    _enrolment(world, province, school)
    _fees(world, province)
    return world


def _people(world: World, province: Any, school: Any, other: Any) -> None:
    parts = {
        "ctv": (Role.COLLABORATOR, school),
        "truong": (Role.HEAD, school),
        "pho": (Role.DEPUTY, school),
        "ctv2": (Role.COLLABORATOR, other),
        "truong2": (Role.HEAD, other),
        "tren": (Role.HEAD, province),
        "thuky": (Role.MANAGING_EDITOR, province),
        "bientap": (Role.DESK_EDITOR, province),
        "thidua": (Role.REGISTRAR, province),
        "quantri": (Role.ADMINISTRATOR, province),
        "kiemtra": (Role.AUDITOR, province),
    }
    world.users = {name: make_user(name, role, unit) for name, (role, unit) in parts.items()}
    world.users["cuu"] = make_user("cuu", valid_until=datetime.date(2020, 1, 1), role="", department=school)


def _stories(world: World) -> None:
    writer, head = world.users["ctv"], world.users["truong"]
    photo, _ = receive(
        make_upload(), department=writer.person.positions.get().department, uploaded_by=writer, **_WORDS
    )
    hidden, _ = receive(
        make_upload(), department=writer.person.positions.get().department, uploaded_by=writer, **_WORDS
    )
    body = "<p>Sáng nay chào cờ.</p>" + figure_of(photo)
    live = make_article("approved", writer, head, title="Bài đã đăng", body=body)
    gone = make_article("approved", writer, head, title="Bài đã gỡ")
    suspended = make_article("approved", writer, head, title="Bài gỡ khẩn")
    take_down(PublishedArticle.objects.get(pk=suspended.pk), head)
    withdraw(PublishedArticle.objects.get(pk=gone.pk), head)
    binned = make_draft(writer, title="Bài bỏ")
    story_bin.bin_story(binned, by=writer)
    early = approve(
        submit(make_draft(writer, title="Bài gấp"), writer),
        world.users["tren"],
        early_reason="Việc gấp, mưa lũ.",
    )
    world.stories = {
        "nhap": make_draft(writer, title="Bài nháp", body="<p>Nháp.</p>" + figure_of(hidden)),
        "cho": submit(make_draft(writer, title="Bài chờ"), writer),
        "tralai": submit(make_draft(writer, title="Bài trả lại"), writer),
        "dang": live,
        "go": gone,
        "bo": binned,
    }
    comments = {state: make_comment(world.stories[state], head).pk for state in ("cho", "tralai")}
    world.stories["tralai"] = send_back(world.stories["tralai"], head)
    world.words |= {"photo": photo, "hidden": hidden, "early": early, "comments": comments}
    world.words["suspended"] = PublishedArticle.objects.get(pk=suspended.pk)


def _enrolment(world: World, province: Any, school: Any) -> None:
    """An enrolment of the Sở, to which the school has sent one person."""
    event = make_training_event(province)
    enrolment = make_enrolment(province, event=event, opened_by=world.users["bientap"])
    unit = unit_in(enrolment, school)
    (person,) = send_people(unit, "Y Wang Niê", by=world.users["truong"])
    world.words["enrolment"] = {
        "enrolment_person": person,
        "enrolment_unit": unit,
        "enrolment": enrolment,
    }
    world.words["gate"] = {"gate": enrolment}
    world.words["event_of_enrolment"] = event
    world.words["entrusted"] = entrust(world.records["events_event"], world.users["thuky"])
    world.records["daybook_note"] = make_note(world.records["events_event"])
    world.records["daybook_material"] = make_material(world.records["events_event"])


def _round(world: World, province: Any, school: Any) -> None:
    """A round of the Sở with the school's proposal, sent, and a session of the council."""
    head, registrar = world.users["truong"], world.users["thidua"]
    round_ = make_round(province, opened_by=registrar)
    proposal = send(make_proposal(round_, school, "Y Wang Niê", by=head), head)
    session = CouncilSession(round=round_, held_at=timezone.now(), minutes_name="bien-ban.pdf")
    session.minutes.save("bien-ban.pdf", make_file())
    world.words["round"] = {
        "round_proposal": proposal,
        "round_paper": proposal.papers.first(),
        "round_paper_add": proposal,
        "round_nominee": proposal.nominees.get(),
        "round_minutes": session,
        "round": round_,
    }


def _fees(world: World, payer: Any) -> None:
    """The Sở pays fees: this month is open, the one before is prepared and waits for the accountant."""
    today, desk = timezone.localdate(), world.users["thuky"]
    first = today.replace(day=1)
    before = (first - datetime.timedelta(days=1)).replace(day=1)
    PublishedArticle.objects.filter(pk=world.words["early"].pk).update(
        published_at=timezone.now() - datetime.timedelta(days=today.day + 3)
    )
    paying = make_payer(payer)
    waiting, now = (make_month(paying, day) for day in (before, first))
    sheet = prepare_month(waiting, desk)
    share = Share.objects.filter(work__month=sheet).first()
    world.records |= {
        "fees_payer": paying,
        "fees_feerate": FeeRate.objects.first(),
        "fees_feeterms": FeeTerms.objects.first(),
        "fees_taxrule": TaxRule.objects.first(),
    }
    world.words["fee"] = {
        "fee_month": now,
        "fee_sheet": sheet,
        "fee_work": now.works.first(),
        "fee_share_correct": share,
        "fee_correction": Correction.objects.create(month=now, share=share, amount=5, made_by=desk),
        "fee_payee": share.payee,
        "fee_own": now,
    }


_WORDS = {"caption": "Sân trường", "alt_text": "Cờ", "credit": "Lan", "rights": "own"}


def _registers(world: World, province: Any, school: Any) -> None:
    Placement.objects.create(
        slot=Slot.TOP,
        article_id=world.stories["dang"].pk,
        starts_at=timezone.now() - datetime.timedelta(days=1),
    )
    decision = make_decision(issuer=province)
    world.records |= {
        "accounts_user": make_user("taikhoan", Role.COLLABORATOR, school),
        "departments_department": school,
        "departments_person": world.users["ctv"].person,
        "departments_schoolyear": make_school_year(),
        "departments_dayoff": DayOff.objects.create(
            name="Tết", first=datetime.date(2027, 2, 5), last=datetime.date(2027, 2, 11)
        ),
        "identity_siteidentity": make_identity(),
        "identity_alert": make_alert(),
        "media_photo": Photo.objects.get(pk=world.words["hidden"].pk),
        "media_pupil": make_pupil(department=school),
        "media_datarequest": DataRequest.objects.create(
            department=school,
            about="Em Lan",
            kind="see",
            words="Gia đình hỏi",
            received_on=datetime.date(2026, 11, 2),
            reply_by=datetime.date(2026, 11, 4),
            act_by=datetime.date(2026, 11, 12),
            recorded_by=world.users["ctv"],
        ),
        "documents_officialdocument": make_document(issuer=province, upload=make_file()),
        "events_event": _event(province),
        "awards_decision": decision,
        "awards_commendation": make_commendation(decision),
        "awards_awardkind": decision.commendations.get().award_kind,
        "awards_basesalary": BaseSalary.objects.create(
            valid_from=datetime.date(2024, 7, 1), amount=2340000, document="NĐ 73/2024"
        ),
        "articles_section": Section.objects.get(pk=world.stories["dang"].section_id),
        "articles_tag": Tag.objects.create(name="Chào cờ", slug="chao-co"),
        "articles_reviewroute": ReviewRoute.objects.create(kind=DepartmentKind.PRIMARY),
        "articles_breakglass": BreakGlass.objects.get(),
        "articles_urgentwithdrawal": UrgentWithdrawal.objects.get(),
        "articles_publishedarticle": PublishedArticle.objects.get(pk=world.stories["dang"].pk),
        "approvals_statuschange": StatusChange.objects.first(),
        "signing_signername": SignerName.objects.create(name="Lan", on_certificate="Lan 01"),
        "signing_trustedcertificate": TrustedCertificate.objects.create(
            name="Gốc",
            is_root=True,
            digest="0" * 64,
            begins_on=datetime.date(2020, 1, 1),
            ends_on=datetime.date(2030, 1, 1),
        ),
        "approvals_auditentry": AuditEntry.objects.first(),
    }


def _press(world: World, province: Any) -> None:
    """A run with files, as the worker leaves them."""
    decision, by = world.records["awards_decision"], world.users["thidua"]
    template = make_template(province)
    run = order_run(GIAY_KHEN, decision, Order(template), by)
    kept = default_storage.save("press/tep/x.pdf", ContentFile(b"%PDF-"))
    PrintRun.objects.filter(pk=run.pk).update(whole=kept, singles=kept, finished_at=timezone.now())
    world.records |= {
        "press_printtemplate": template,
        "press_printer": Printer.objects.create(department=province, name="Phòng thi đua"),
    }
    world.words["print_run"] = run


def _event(host: Any) -> Any:
    event = make_event(host=host)
    event.delegates.create(name="Khách mời")
    return event


def _traces(world: World, school: Any) -> None:
    writer, head, today = world.users["ctv"], world.users["truong"], timezone.localdate()
    headship = delegating.own_headships(head).get()
    later = today + datetime.timedelta(days=300)
    world.words |= {
        "lent": delegate(headship, world.users["pho"].person, later, later, reason="Họp"),
        "notice": Notice.objects.filter(recipient=writer).first(),
        "school": school,
        "token": preview_links.make_link(world.stories["nhap"], by=writer, days=preview_links.LIVES[0]),
    }
    kind = ContentType.objects.get_for_model(Article)
    LogEntry.objects.log_actions(writer.pk, [world.stories["nhap"]], CHANGE, "Sửa.")
    world.words |= {"article_kind": kind}
