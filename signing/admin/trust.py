"""Pinned certificates and spellings of names: the administrator's, each change after asking again."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from accounts.confirming import ask_again
from approvals.auditing import audit_act
from signing.models import SignerName, TrustedCertificate
from signing.pinning import NotACertificate, known_as, read_certificate, read_list


class TrustedCertificateForm(forms.ModelForm):
    """A certificate as a file; of one that is pinned only its source and its revocation list change."""

    upload = forms.FileField(
        label="Tệp chứng thư",
        help_text="Tệp .crt, .cer hoặc .pem của cơ quan cấp chứng thư: gốc, hoặc cấp dưới của gốc đã ghim.",
    )
    revocation_list = forms.FileField(
        label="Danh sách thu hồi (.crl)",
        required=False,
        help_text="Tải từ cơ quan cấp. Có danh sách còn hạn của mọi cấp thì tệp ký mới được ghi là "
        "đã kiểm tra thu hồi.",
    )
    retire = forms.BooleanField(label="Ngừng dùng chứng thư này", required=False)

    class Meta:
        model = TrustedCertificate
        fields = ("source", "is_trial")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            hidden = ("upload", "is_trial")
        else:
            hidden = ("revocation_list", "retire")
        for name in hidden:
            self.fields.pop(name, None)  # whoever may only look has none of them

    def clean_upload(self) -> Any:
        try:
            facts = read_certificate(self.cleaned_data["upload"].read(1024 * 1024))
        except NotACertificate as refusal:
            raise forms.ValidationError(refusal.message) from refusal
        if TrustedCertificate.objects.filter(digest=facts["digest"]).exists():
            raise forms.ValidationError("Chứng thư này đã được ghim.")
        for name, value in facts.items():
            setattr(self.instance, name, value)
        return self.cleaned_data["upload"]

    def clean_revocation_list(self) -> Any:
        if upload := self.cleaned_data["revocation_list"]:
            try:
                facts = read_list(upload.read(20 * 1024 * 1024), self.instance)
            except NotACertificate as refusal:
                raise forms.ValidationError(refusal.message) from refusal
            for name, value in facts.items():
                setattr(self.instance, name, value)
        return upload

    def save(self, commit: bool = True) -> TrustedCertificate:
        if self.cleaned_data.get("retire") and not self.instance.retired_at:
            self.instance.retired_at = timezone.now()
        return super().save(commit)


@admin.register(TrustedCertificate)
class TrustedCertificateAdmin(admin.ModelAdmin):
    no_search = "một trang có vài chứng thư"
    form = TrustedCertificateForm
    actions = None
    list_display = ["name", "kind", "ends_on", "revocations_until", "retired_at"]

    @admin.display(description="Loại")
    def kind(self, certificate: TrustedCertificate) -> str:
        word = "Gốc" if certificate.is_root else "Cấp dưới"
        return f"{word}, chỉ để thử" if certificate.is_trial else word

    @admin.display(description="Đối chiếu dấu vân tay")
    def known(self, certificate: TrustedCertificate) -> str:
        return known_as(certificate.digest)

    def get_fields(self, request: HttpRequest, obj: TrustedCertificate | None = None) -> list[str]:
        if obj is None:
            return ["upload", "source", "is_trial"]
        facts = ["name", "kind", "digest", "known", "begins_on", "ends_on", "revocations_until"]
        acts = ["revocation_list", "retire"] if self.has_change_permission(request, obj) else []
        return [*facts, "source", *acts]

    def get_readonly_fields(self, request: HttpRequest, obj: TrustedCertificate | None = None) -> list[str]:
        return ["name", "kind", "digest", "known", "begins_on", "ends_on", "revocations_until"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was pinned once stays to be read: signatures were judged by it."""
        return False

    def save_model(self, request: HttpRequest, obj: TrustedCertificate, form: Any, change: bool) -> None:
        ask_again(request.user)
        if not change:
            obj.added_by = request.user
        super().save_model(request, obj, form, change)
        act = "Sửa chứng thư được ghim" if change else "Ghim chứng thư"
        audit_act(act, request.user, about=obj, words=f"SHA-256 {obj.digest}. {obj.source}")


@admin.register(SignerName)
class SignerNameAdmin(admin.ModelAdmin):
    actions = None
    search_fields = ["name", "on_certificate"]
    list_display = ["name", "on_certificate"]

    def save_model(self, request: HttpRequest, obj: SignerName, form: Any, change: bool) -> None:
        ask_again(request.user)
        super().save_model(request, obj, form, change)
        audit_act("Ghi tên trên chứng thư", request.user, about=obj, words=str(obj))
