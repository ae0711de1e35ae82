"""The inbox pages of the admin: a person's notices, and how they want to get mail."""

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from inbox.models import MailChoice, Notice
from inbox.reading import may_read, page_of_notices, unread


class MailChoiceForm(forms.ModelForm):
    """The choice of how to get mail."""

    class Meta:
        model = MailChoice
        fields = ["delivery"]
        widgets = {"delivery": forms.RadioSelect}


@never_cache
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Show the user's own notices, newest first."""
    asked = request.GET.get("truoc", "")
    before = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 18 else None
    notices, following = page_of_notices(request.user, before)
    choice = MailChoice.objects.filter(user=request.user).first()
    context = admin.site.each_context(request) | {
        "title": "Hộp thư",
        "notices": notices,
        "following": following,
        "unread": unread(request.user),
        "form": MailChoiceForm(instance=choice or MailChoice()),
    }
    return render(request, "admin/inbox/inbox.html", context)


@never_cache
@require_safe
def inbox_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a notice as read and redirect to what it is about. The link in a mail points here."""
    notice = get_object_or_404(Notice, recipient=request.user, ticket=None, is_letter=False, pk=pk)
    Notice.objects.filter(pk=pk, read_at=None).update(read_at=timezone.now())
    if may_read(request.user, notice):
        return redirect(notice.address)
    messages.info(request, "Việc này nay không thuộc phạm vi của bạn nữa nên không mở được.")
    return redirect("admin:inbox")


@never_cache
@require_POST
def inbox_mark(request: HttpRequest) -> HttpResponse:
    """Mark all own notices as read, or the given one as read or unread."""
    mine, one = Notice.objects.filter(recipient=request.user), request.POST.get("notice", "")
    if one:
        mine = mine.filter(pk=int(one) if one.isascii() and one.isdecimal() and len(one) < 18 else 0)
    if "unread" in request.POST:
        mine.filter(read_at__isnull=False).update(read_at=None)
    else:
        mine.filter(read_at=None).update(read_at=timezone.now())
    return redirect("admin:inbox")


@never_cache
@require_POST
def inbox_delivery(request: HttpRequest) -> HttpResponse:
    """Save how the user wants to get mail."""
    form = MailChoiceForm(request.POST)
    if form.is_valid():
        MailChoice.objects.update_or_create(user=request.user, defaults=form.cleaned_data)
        messages.success(request, "Đã đổi cách nhận thư; áp dụng từ việc tiếp theo.")
    else:
        messages.error(request, "Hãy chọn một cách nhận thư trong danh sách.")
    return redirect("admin:inbox")


admin.site.pages += [
    path("hop-thu/", admin.site.admin_view(inbox), name="inbox"),
    path("hop-thu/da-doc/", admin.site.admin_view(inbox_mark), name="inbox_mark"),
    path("hop-thu/cach-nhan/", admin.site.admin_view(inbox_delivery), name="inbox_delivery"),
    path("hop-thu/<int:pk>/", admin.site.admin_view(inbox_open), name="inbox_open"),
]
