"""The page on which somebody leaves, moves or comes back: filled in, read once more, written."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.confirming import ask_again
from departments.models import Person
from foundation.language.dates import format_date
from staff.admin.reach import account_of, context_of, require_administrator
from staff.change_form import ChangeForm
from staff.changing import Asked, UndoRefused, delegations_beyond, make_change, running, undo_change
from staff.models import ChangeKind, StaffChange
from staff.waiting import gaps_after, headships_of, what_waits

MAY = "departments.change_person"


@require_http_methods(["GET", "HEAD", "POST"])
def change_page(request: HttpRequest, id: int) -> HttpResponse:
    """Show the form; on POST what would follow, and with the second button write it."""
    person = _person(request, id)
    form = ChangeForm(person, request.user, request.POST or None)
    asked = form.asked if request.method == "POST" and form.is_valid() else None
    if asked and "save" in request.POST:
        ask_again(request.user)  # roles come and go with it
        try:
            change = make_change(asked, by=request.user)
        except ValidationError as problem:  # somebody else has changed the positions meanwhile
            form.add_error(None, problem.messages)
            asked = None
        else:
            _log(request, person, f"{change.get_kind_display()}, kể từ ngày {_day(change)}.")
            messages.success(request, f"Đã ghi: {change}, kể từ ngày {_day(change)}.")
            return redirect("admin:staff_change", person.pk)
    context = context_of(
        request,
        "Thôi việc, chuyển, trở lại",
        subtitle=str(person),
        person=person,
        form=form,
        posts=form.posts,
        follows=_what_follows(asked) if asked else None,
        changes=StaffChange.objects.filter(person=person).select_related("made_by", "successor")[:20],
        media=form.media,
    )
    return TemplateResponse(request, "admin/staff/change.html", context)


@require_POST
def undo_page(request: HttpRequest, id: int, change: int) -> HttpResponse:
    """Undo a change whose day has not come."""
    person = _person(request, id)
    made = get_object_or_404(StaffChange, pk=change, person=person)
    ask_again(request.user)
    try:
        undo_change(made, by=request.user)
    except UndoRefused as refusal:
        messages.error(request, str(refusal))
    else:
        _log(request, person, f"Bỏ thay đổi: {made.get_kind_display()}, kể từ ngày {_day(made)}.")
        messages.success(request, "Đã bỏ; chức danh trở lại như trước.")
    return redirect("admin:staff_change", person.pk)


def _person(request: HttpRequest, pk: int) -> Person:
    """Return the person if the user may change people, and is not this person."""
    require_administrator(request)
    person = get_object_or_404(Person.objects.select_related("user"), pk=pk)
    if not request.user.has_perm(MAY) or person.user_id == request.user.pk:
        raise PermissionDenied
    if person.user_id:
        account_of(request, person.user_id)
    return person


def _what_follows(asked: Asked) -> dict[str, Any]:
    stays = asked.kind == ChangeKind.RETURN
    ending = [] if stays else list(running(asked.person, asked.day))
    headships = [] if asked.acting_title else headships_of(ending)
    return {
        "asked": asked,
        "ending": ending,
        "last": asked.last,
        "lent": [] if stays else list(delegations_beyond(asked.person, asked.day)),
        "waits": what_waits(asked.person),
        "gaps": gaps_after(asked.person, headships, asked.day) if headships else [],
        "locks": asked.kind == ChangeKind.LEAVE and asked.person.user is not None,
    }


def _log(request: HttpRequest, person: Person, words: str) -> None:
    LogEntry.objects.log_actions(str(request.user.pk), [person], CHANGE, words)


def _day(change: StaffChange) -> str:
    return format_date(change.day, "so")
