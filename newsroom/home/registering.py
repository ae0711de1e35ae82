"""What waits for registrars and the desk: unsent records, rounds to screen, decisions without a file."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from approvals.enums import RecordStatus
from approvals.history import last_moved
from awards.models import Decision
from departments.access import scope
from events.models import Event
from foundation.language.dates import format_near
from media.models import DataRequest
from newsroom.home.task import BAD, MOST, WARN, Found, Task
from rounds.enums import NomineeStatus, ProposalStatus, RoundStatus
from rounds.models import Proposal, Round
from rounds.querysets import RUN, SCREEN

NEW = datetime.timedelta(days=92)  # decisions signed earlier came without a file from old registers
_LISTS = {Event: "admin:events_event", Decision: "admin:awards_decision"}


def data_requests(user: Any) -> Iterator[Found]:
    """Requests about personal data, by the clock that runs out next."""
    units = scope(user, "media.change_datarequest")
    rows = DataRequest.objects.filter(department__in=units, done_on=None) if units else []
    found = sorted(rows, key=_next_day)
    if found:
        address = reverse("admin:media_datarequest_changelist")
        noun = "yêu cầu về dữ liệu cá nhân"
        yield Found([_data_task(one) for one in found[:MOST]], len(found), noun, address)


def _next_day(one: DataRequest) -> datetime.date:
    return one.act_by if one.replied_on else min(one.reply_by, one.act_by)


def _data_task(one: DataRequest) -> Task:
    day, what = _next_day(one), "thực hiện" if one.replied_on else "trả lời lần đầu"
    is_late = day < timezone.localdate()
    state = f"Quá hạn {what} ngày {day:%d/%m/%Y}" if is_late else f"Hạn {what}: {day:%d/%m/%Y}"
    came = timezone.make_aware(datetime.datetime.combine(one.received_on, datetime.time(8)))
    address = reverse("admin:media_datarequest_change", args=[one.pk])
    act = "Ghi đã làm" if one.replied_on else "Ghi đã trả lời"
    return Task("people", str(one), one.words[:120], address, act, came, state, BAD if is_late else WARN)


def unsent_events(user: Any) -> Iterator[Found]:
    """Events that are being typed or came back."""
    units = scope(user, "events.submit_event")
    if units:
        rows = Event.objects.filter(host__in=units, status=RecordStatus.DRAFTING).select_related("host")
        found = list(rows.order_by("pk")[:100])
        words = {one.pk: f"{one.host}." for one in found}
        yield _unsent(Event, found, words, "calendar", "sự kiện chưa gửi duyệt")


def unsent_decisions(user: Any) -> Iterator[Found]:
    """Commendation decisions that are being typed or came back, with the names that no unit is known of."""
    units = scope(user, "awards.submit_decision")
    if units:
        rows = Decision.objects.filter(issuer__in=units, status=RecordStatus.DRAFTING)
        alone = Count("commendations", filter=Q(commendations__department=None))
        found = list(rows.annotate(alone=alone).order_by("pk")[:100])
        words = {
            one.pk: f"{one.summary}." + (f" {one.alone} tên chưa khớp đơn vị." if one.alone else "")
            for one in found
        }
        yield _unsent(Decision, found, words, "medal", "quyết định chưa gửi duyệt")


def _unsent(model: Any, found: list[Any], words: dict[int, str], icon: str, noun: str) -> Found:
    since = last_moved(model, [one.pk for one in found])
    tasks = [
        Task(
            icon,
            str(one),
            words[one.pk],
            reverse(f"{_LISTS[model]}_change", args=[one.pk]),
            "Mở để sửa và gửi" if one.pk in since else "Nhập tiếp",
            since=since.get(one.pk),
            state="Trả lại hoặc thu về" if one.pk in since else "Chưa gửi duyệt",
        )
        for one in found
    ]
    tasks.sort(key=lambda one: one.place)
    return Found(tasks[:MOST], len(tasks), noun, reverse(f"{_LISTS[model]}_changelist"))


def rounds(user: Any) -> Iterator[Found]:
    """Rounds whose proposals wait to be screened, or whose deadline has passed while they are open."""
    screened, run = scope(user, SCREEN), scope(user, RUN)
    if not screened | run:
        return
    waiting = Q(proposals__status=ProposalStatus.SUBMITTED)
    waiting &= Q(proposals__nominees__status=NomineeStatus.PROPOSED)
    live = Round.objects.filter(host__in=screened | run, status__in=(RoundStatus.OPEN, RoundStatus.SCREENING))
    live = list(live.annotate(waiting=Count("proposals", filter=waiting, distinct=True))[:100])
    sent = dict(
        Proposal.objects.filter(round__in=live, status=ProposalStatus.SUBMITTED).values_list("pk", "round")
    )
    first: dict[int, datetime.datetime] = {}
    for proposal, moment in last_moved(Proposal, sent).items():
        first[sent[proposal]] = min(moment, first.get(sent[proposal], moment))
    tasks, now = [], timezone.now()
    for one in live:
        is_over = one.status == RoundStatus.OPEN and one.deadline < now
        if not one.waiting and not is_over:
            continue
        due = format_near(one.deadline, timezone.localdate())
        waits = f"{one.waiting} hồ sơ chờ thẩm định." if one.waiting else "Không còn hồ sơ nào chờ thẩm định."
        since = first.get(one.pk) if one.waiting else one.deadline
        state = f"Hết hạn nhận từ {due}" if is_over else f"Hạn nhận {due}"
        address = reverse("admin:round_page", args=[one.pk])
        tone = WARN if is_over else ""
        tasks.append(Task("medal", f"Đợt khen: {one}", waits, address, "Mở đợt khen", since, state, tone))
    tasks.sort(key=lambda one: one.place)
    yield Found(tasks[:MOST], len(tasks), "đợt khen", reverse("admin:round_list"))


def without_file(user: Any) -> Iterator[Found]:
    """Public decisions signed lately that are not linked to a document with their file."""
    units = scope(user, "awards.submit_decision")
    if not units:
        return
    rows = Decision.objects.filter(issuer__in=units, status=RecordStatus.PUBLIC, document=None)
    rows = list(rows.filter(signed_on__gt=timezone.localdate() - NEW).order_by("published_at", "pk")[:100])
    tasks = [
        Task(
            "file",
            f"Quyết định {one.number} chưa có bản quyết định kèm theo",
            f"{one.summary}. Bạn đọc chưa tải được văn bản.",
            reverse("admin:awards_decision_change", args=[one.pk]),
            "Gắn văn bản",
            since=one.published_at,
            state="Đã công bố",
        )
        for one in rows[:MOST]
    ]
    yield Found(tasks, len(rows), "quyết định chưa có văn bản", reverse("admin:awards_decision_changelist"))
