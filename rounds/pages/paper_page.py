"""The files of a proposal: sent, downloaded, taken back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from documents.files import FileRefused
from documents.filing.downloads import answer_file
from rounds.enums import OVER, PaperKind
from rounds.models import Paper, Proposal
from rounds.pages.reach import is_own, proposal_of
from rounds.papers import MOST, add_paper, remove_paper
from rounds.telling import page_of_proposal
from rounds.workflow.proposal import EDITABLE


@require_POST
def add_paper_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file in; what is wrong with it is told on the proposal's page."""
    proposal = proposal_of(request, pk)
    _require_writing(request, proposal)
    kind, upload = request.POST.get("kind", ""), request.FILES.get("upload")
    if kind not in PaperKind.values or upload is None:
        messages.error(request, "Hãy chọn loại giấy tờ và tệp PDF hoặc Word.")
    elif proposal.papers.count() >= MOST:
        messages.error(request, f"Mỗi hồ sơ nhiều nhất {MOST} tệp.")
    else:
        try:
            paper = add_paper(proposal, kind, upload, by=request.user)
        except FileRefused as refusal:
            messages.error(request, f"{upload.name}: {refusal.message}")
        else:
            messages.success(request, f"Đã nhận {paper} ({paper.file_words}).")
    return redirect(f"{page_of_proposal(proposal)}#giay-to")


@require_POST
def remove_paper_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file back before the proposal is sent."""
    paper = _paper(request, pk)
    _require_writing(request, paper.proposal)
    remove_paper(paper, by=request.user)
    messages.success(request, f"Đã bỏ {paper}.")
    return redirect(f"{page_of_proposal(paper.proposal)}#giay-to")


@require_safe
def paper_file(request: HttpRequest, pk: int) -> FileResponse:
    """Answer with the file as a download, to those who see the proposal."""
    paper = _paper(request, pk)
    return answer_file(paper.file, paper.file_name, paper.file_type)


def _paper(request: HttpRequest, pk: int) -> Paper:
    rows = Paper.objects.filter(proposal__in=Proposal.objects.visible_to(request.user))
    return get_object_or_404(rows.select_related("proposal__round", "proposal__department"), pk=pk)


def _require_writing(request: HttpRequest, proposal: Proposal) -> None:
    if not is_own(request.user, proposal):
        raise PermissionDenied
    if proposal.status not in EDITABLE or proposal.round.status in OVER:
        raise PermissionDenied
