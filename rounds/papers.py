"""The files of a proposal: what is required, how one is taken in, and when they go."""

import datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from approvals.auditing import audit_act
from documents.files import inspect, storage_may_fail
from rounds.enums import PaperKind
from rounds.models import CouncilSession, Paper, Proposal, Round

MOST = 20  # of one proposal


def required_papers(proposal: Proposal) -> list[PaperKind]:
    """Return the papers that the proposal's round asks for."""
    found = [PaperKind.LETTER, PaperKind.REPORT]
    return [*found, PaperKind.MINUTES] if proposal.round.asks_minutes else found


def missing_papers(proposal: Proposal) -> list[PaperKind]:
    """Return the required papers that the proposal does not have."""
    there = set(proposal.papers.values_list("kind", flat=True))
    return [kind for kind in required_papers(proposal) if kind not in there]


def add_paper(proposal: Proposal, kind: str, upload: File, *, by: Any) -> Paper:
    """Check the file by its content and keep it. Raises FileRefused."""
    facts = inspect(upload)
    paper = Paper(proposal=proposal, kind=kind, sent_by=by)
    paper.file_name, paper.file_size, paper.file_type = facts.name, facts.size, facts.type
    with storage_may_fail():
        paper.file.save(f"tep.{facts.type.lower()}", File(upload.file), save=False)
    with transaction.atomic():
        paper.save()
        Proposal.objects.filter(pk=proposal.pk).update(version=F("version") + 1)
        audit_act("Gửi tệp của hồ sơ", by, about=proposal, words=str(paper))
    return paper


def remove_paper(paper: Paper, *, by: Any) -> None:
    """Delete the file and its row: the unit took it back before sending."""
    stored = paper.file.name
    with transaction.atomic():
        audit_act("Bỏ tệp của hồ sơ", by, about=paper.proposal, words=str(paper))
        Proposal.objects.filter(pk=paper.proposal_id).update(version=F("version") + 1)
        paper.delete()
        delete_after_commit(Paper, stored)


def delete_old_papers() -> int:
    """Delete the files of rounds that ended long ago, as each round says. Returns how many.

    Run by the worker. The row of a paper stays and names the day.
    """
    today = timezone.localdate()
    ended = Round.objects.filter(ended_on__isnull=False)
    over = [one for one in ended if one.ended_on + datetime.timedelta(days=one.files_kept_days) < today]
    papers = Paper.objects.filter(proposal__round__in=over, deleted_on=None).select_related("proposal")
    for paper in papers:
        with transaction.atomic():
            Paper.objects.filter(pk=paper.pk).update(file="", deleted_on=today)
            audit_act("Xóa tệp hết hạn giữ", None, about=paper.proposal, words=str(paper))
            delete_after_commit(Paper, paper.file.name)
    sessions = CouncilSession.objects.filter(round__in=over).exclude(minutes="").select_related("round")
    for session in sessions:
        with transaction.atomic():
            CouncilSession.objects.filter(pk=session.pk).update(minutes="")
            audit_act("Xóa tệp hết hạn giữ", None, about=session.round, words=session.minutes_name)
            delete_after_commit(CouncilSession, session.minutes.name)
    return len(papers) + len(sessions)


def delete_after_commit(model: type[Paper | CouncilSession], name: str) -> None:
    """Delete a stored file of these rows once the transaction is committed."""
    field = model._meta.get_field("file" if model is Paper else "minutes")
    transaction.on_commit(lambda: field.storage.delete(name))  # type: ignore[attr-defined]  # a FileField's
