"""The writing screen: Django's admin form of a working copy."""

from typing import Any

from django.contrib import admin
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.urls import path

from approvals import once
from approvals.admin import ApprovalAdminMixin
from articles.approval.workflow import ARTICLE
from articles.models import Article, ArticleByline
from articles.office import previews, stories
from articles.office.admin import bringing, linking, past, pressed, saving
from articles.office.admin.boxes import WithoutSideDoors
from articles.office.previews import article_preview
from articles.writing import autosaving, bylines, drafting, new_story, screen
from articles.writing.forms import ArticleForm


class BylineInline(WithoutSideDoors, admin.TabularInline):
    model = ArticleByline
    formset = bylines.BylineFormSet
    fields = list(bylines.FIELDS)
    autocomplete_fields = ["department", "person"]
    extra = 0


@admin.register(Article)
class ArticleAdmin(WithoutSideDoors, ApprovalAdminMixin, admin.ModelAdmin):
    workflow = ARTICLE
    form = ArticleForm
    change_form_template = "admin/articles/article/change_form.html"
    inlines = [BylineInline]
    search_fields = ["search_key"]  # of select boxes; the list is a screen of its own
    search_help_text = "Tìm theo tiêu đề, gõ không dấu cũng được."
    autocomplete_fields = ["event", "commendation_decision"]
    save_on_top = False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return stories.story_list(request)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).visible_to(request.user)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        return (queryset.search(search_term), False) if search_term else (queryset, False)

    def get_urls(self) -> list:
        view = self.admin_site.admin_view
        return [
            path("<path:object_id>/xem-thu/", view(self.preview_view), name="articles_article_preview"),
            *saving.urls(view),
            *bringing.urls(view),
            *linking.urls(view),
            *past.urls(view),
            *previews.urls(view),
            *super().get_urls(),
        ]

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> type[ArticleForm]:
        form = super().get_form(request, *args, **kwargs)
        return type("ArticleFormOfUser", (form,), {"__init__": screen.form_for(form, request.user)})

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Only what `new_story` returns: an address may not put other text or records into a story."""
        return new_story.first_words(request.user, request.GET)

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "GET" and not {"kind", "event"} & set(request.GET):
            return new_story.start_page(request, self)
        key = request.POST.get("client_key") or request.GET.get(once.PARAMETER, "")
        if opened := autosaving.find_new(key, request.user):
            # Its autosave has created it in the meantime, or the writer came back to a form already sent.
            return new_story.go_on(self, request, opened)
        try:
            return super().add_view(request, *args, **kwargs)
        except IntegrityError:  # sent twice at the same moment: the other request was first
            if opened := autosaving.find_new(key, request.user):
                return new_story.go_on(self, request, opened)
            raise

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return list(ArticleForm.Meta.fields)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("articles.change_article", obj)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("articles.view_article", obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def preview_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        article = self.get_object(request, object_id)
        if article is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return article_preview(request, article)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Cached on the request: Django calls it twice, and finding a person's reach is slow."""
        kept = getattr(request, "story", None)
        if kept is None or str(kept.pk) != object_id:
            kept = request.story = super().get_object(request, object_id, from_field)
        return kept

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        article = self.get_object(request, object_id)
        if article is not None and not self.has_change_permission(request, article):
            # Who audits asks first what happened; everybody else who only reads gets the text.
            if request.method == "GET" and request.user.has_perm("articles.audit_article", article):
                return past.timeline(request, article.pk)
            return self.preview_view(request, object_id)
        return super().change_view(request, object_id, *args, **kwargs)

    def render_change_form(
        self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context |= screen.screen(kwargs.get("obj"), request.user, request.POST)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Article, form: ArticleForm, change: bool) -> None:
        if change:
            drafting.save(obj, by=request.user, draft_number=screen.seen_number(obj, form))
        else:
            obj.client_key = autosaving.key_in(request.POST)
            drafting.start_from(obj, by=request.user)

    def save_related(self, request: HttpRequest, form: ArticleForm, formsets: list, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if not change:
            drafting.sign(form.instance, request.user)

    def response_add(self, request: HttpRequest, obj: Article, post_url_continue: Any = None) -> HttpResponse:
        return pressed.after_saving(request, obj)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        return pressed.after_saving(request, obj)
