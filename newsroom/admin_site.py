"""The admin site of the newsroom."""

import logging
import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect

from accounts.models import User
from approvals.auditing import audit_act, coming_from, last_logged, repeat_log
from articles.writing.board import is_only_a_writer, last_edited, writing_board
from foundation.choosing.boxes import row_numbers
from foundation.choosing.labels import in_order
from foundation.limiting.visitors import address_of
from identity.current import site_words
from newsroom.home.page import Home
from newsroom.office import Office
from second_factor.again import resumable
from second_factor.door import next_address
from second_factor.keys import can_use_keys, key_words
from second_factor.standing import open_door, who_is_at_door
from staff.own_password import OwnPasswordView

SAVED_COPY = "saved_copy"  # field: the name of a device's copy of the form; cookie: that it is saved
log = logging.getLogger("newsroom.refusals")
NO_SUCH_NAME = "Không có tài khoản nào tên như đã gõ."
_COPY = re.compile("[0-9a-z]{1,40}")


class Choices(AutocompleteJsonView):
    """Options of autocomplete fields; an admin whose rows share names has a method `choice_label(row)`."""

    def get_queryset(self) -> QuerySet:
        return in_order(super().get_queryset())

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        label = getattr(self.model_admin, "choice_label", str)
        return {"id": str(getattr(obj, to_field_name)), "text": label(obj)}


def _leads_on(answer: HttpResponse) -> bool:
    """Whether the answer leads to what follows a save; to the first page it leads when the record is gone."""
    return answer.status_code == 302 and answer["Location"] != reverse("admin:index")


def _choose_only_rows(request: HttpRequest) -> None:
    """Leave out chosen rows that are no number: Django's lists ask the database for them, which fails."""
    chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
    if len(rows := [row for row in row_numbers(chosen) if row]) != len(chosen):
        request.POST = request.POST.copy()
        request.POST.setlist(ACTION_CHECKBOX_NAME, rows)


class NewsroomAdminSite(admin.AdminSite):
    """Django's admin with the newsroom's navigation and error pages.

    An app adds a page of its own in its admin.py: `admin.site.pages += [path("cho-duyet/",
    admin.site.admin_view(desk), name="review_desk")]`.
    """

    site_title = "Phòng biên tập"
    site_header = "Phòng biên tập"
    index_title = "Bàn làm việc"
    enable_nav_sidebar = False
    empty_value_display = "–"
    logout_template = "admin/logged_out.html"
    password_change_done_template = "admin/password_change_done.html"  # noqa: S105 (a template)

    def __init__(self, name: str = "admin"):
        super().__init__(name)
        self.pages: list[URLPattern] = []

    def get_urls(self) -> list[URLPattern]:
        return [*self.pages, *super().get_urls()]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        # Not `site`: on the sign-in page Django uses that name for the host.
        context = super().each_context(request) | {"publication": site_words().name}
        if context["has_permission"]:
            context["office"] = Office(self, request)
        return context

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the writer's board to users who only write, else what waits for the person."""
        if is_only_a_writer(request.user):
            return writing_board(request)
        own = {"last_draft": last_edited(request.user), "home": Home(request.user)}
        return super().index(request, own | (extra_context or {}))

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        """Lazy, because Django asks for it on every page and few pages show it."""
        return SimpleLazyObject(lambda: super(NewsroomAdminSite, self).get_app_list(request, app_label))

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return Choices.as_view(admin_site=self)(request)

    def admin_view(self, view: Callable[..., HttpResponse], cacheable: bool = False) -> Callable:
        return super().admin_view(self._with_refusals(view), cacheable)

    def door_view(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        """Return a view for people who have not signed in: kept by nobody, noted with the network address."""

        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            with coming_from(address_of(request)):
                return view(request, *args, **kwargs)

        return never_cache(csrf_protect(answer))

    def _with_refusals(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        """Answer 404 and 403 with pages of the admin instead of public ones."""

        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                return self._noted(resumable(view), request, *args, **kwargs)
            except Http404:
                return self._refusal(request, 404)
            except PermissionDenied:
                return self._refusal(request, 403)

        return answer

    def _noted(self, view: Callable[..., HttpResponse], request: HttpRequest, *args: Any, **kw: Any) -> Any:
        """Copy what Django logs of a change to the audit book, with the network address.

        The device that sent a form which was saved is told to forget its copy of it.
        """
        with coming_from(address_of(request)):
            if request.method != "POST" or not request.user.is_authenticated:
                return view(request, *args, **kw)
            _choose_only_rows(request)
            before, actor = last_logged(), request.user
            answer = view(request, *args, **kw)
            is_saved = bool(repeat_log(before, actor)) or _leads_on(answer)
            copy = request.POST.get(SAVED_COPY, "")
            if is_saved and _COPY.fullmatch(copy):  # the device may forget it (static/js/office/kept.js)
                guard: dict[str, Any] = {"secure": request.is_secure(), "samesite": "Lax"}
                answer.set_cookie(SAVED_COPY, copy, max_age=3600, path="/admin/", **guard)
            return answer

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if request.method == "GET" and who_is_at_door(request):
            return redirect(f"{reverse('admin:second_step')}?{urlencode({'next': next_address(request)})}")
        keys = {"key_words": key_words(request) | {"autocompleteLoginFieldSelector": "#id_username"}}
        keys |= {"can_use_keys": can_use_keys(request), "is_duty_off": not settings.SECOND_FACTOR_ROLES}
        answer = super().login(request, keys | (extra_context or {}))
        if request.method == "POST":
            with coming_from(address_of(request)):
                self._open_door(request, answer)
        return answer

    def _open_door(self, request: HttpRequest, answer: HttpResponse) -> None:
        """Let in, or as far as the second step; note it, or a failed sign-in.

        A name that is none is noted too, which takes as long as one that is; not as typed, it may be a
        password.
        """
        if request.user.is_authenticated:
            if answer.status_code == 302:
                who = request.user
                audit_act(
                    "Đăng nhập" if open_door(request) else "Gõ đúng mật khẩu, còn chờ bước xác nhận", who
                )
        elif not getattr(request, "sign_in_wait", 0):  # attempts on a locked account are not noted
            form = (getattr(answer, "context_data", None) or {}).get("form")
            typed = form.cleaned_data.get("username") if form else None  # as sent, the database may refuse it
            if typed:
                known = User.objects.filter(username__iexact=typed).first()
                audit_act("Đăng nhập không được", None, about=known, words="" if known else NO_SUCH_NAME)

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> HttpResponseBase:
        words = self.each_context(request) | (extra_context or {})
        done = reverse("admin:password_change_done")
        return OwnPasswordView.as_view(success_url=done, extra_context=words)(request)

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        who = request.user if request.user.is_authenticated else None
        answer = super().logout(request, extra_context)
        if who and not request.user.is_authenticated:
            # Pages seen, also those behind the “back” button. Not "storage": the worker for times without a
            # network stands there, and words of others wait sealed.
            answer.headers["Clear-Site-Data"] = '"cache"'
            with coming_from(address_of(request)):
                audit_act("Đăng xuất", who)
        return answer

    def _refusal(self, request: HttpRequest, status: int) -> HttpResponse:
        if status == 403:
            # ascii: nobody writes lines of his own into the log.
            asked = f"{request.method} {request.path}"
            log.warning(
                "Refused %a to account %s at %a", asked, request.user.pk or "none", address_of(request)
            )
        return TemplateResponse(request, f"admin/{status}.html", self.each_context(request), status=status)
