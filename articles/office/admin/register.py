"""Admin of public pages (read-only), sections and tags."""

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from taggit.models import Tag as PackageTag

from approvals.admin import ApprovalAdminMixin
from approvals.engine import Step
from articles.approval.workflow import PUBLIC
from articles.enums import PublicState
from articles.models import Article, DraftTag, PublishedArticle, PublishedTag, Section, Tag
from foundation.language.vietnamese import slug
from foundation.pagestore.admin import AnnouncingAdminMixin
from foundation.paging.afterwards import RowsAloneMixin

admin.site.unregister(PackageTag)  # the package's own tags; ours are `articles.models.Tag`


@admin.register(PublishedArticle)
class PublishedArticleAdmin(ApprovalAdminMixin, RowsAloneMixin, admin.ModelAdmin):
    """The register of public pages: read-only, except that permitted people withdraw pages."""

    workflow = PUBLIC
    change_form_template = "admin/articles/publishedarticle/change_form.html"
    view_on_site = False  # the template links to the page and the working copy
    list_display = ["title", "state", "section", "department_name", "published_at", "updated_at"]
    list_filter = ["state", "section"]
    search_fields = ["title"]  # the search itself is get_search_results
    search_help_text = "Tìm trong cả bài; bài đã gỡ tìm theo tiêu đề. Gõ không dấu cũng được."
    list_related = ("section",)
    fields = ["title", "state", "section", "department_name", "revision_number", "published_at", "updated_at"]
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).visible_to(request.user).defer("body_html")

    def offered_steps(self, request: HttpRequest, record: PublishedArticle) -> list[Step]:
        """An urgent withdrawal is answered on its own page, after reading the text."""
        if record.state == PublicState.SUSPENDED:
            return []
        steps = super().offered_steps(request, record)
        return [step for step in steps if not (step.name == "hide_title" and record.hides_title)]

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Finds live pages by their whole text, others by title: the index contains only live pages."""
        if not search_term:
            return queryset, False
        titled = Article.objects.search(search_term)
        gone = ~Q(state=PublicState.LIVE) & Q(pk__in=titled.values("pk"))
        return queryset.filter(Q(pk__in=queryset.containing(search_term).values("pk")) | gone), False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Section)
class SectionAdmin(AnnouncingAdminMixin, admin.ModelAdmin):
    list_display = ["name", "slug", "order", "in_navigation", "on_front_page"]
    search_fields = ["name"]
    fields = ["name", "slug", "description", "order", "in_navigation", "on_front_page"]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, str]:
        return {"slug": slug(request.GET.get("name", ""))}


@admin.register(Tag)
class TagAdmin(AnnouncingAdminMixin, admin.ModelAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name", "slug"]
    fields = ["name", "slug"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Tags on live pages, on working copies that this person may open, or used nowhere.

        A tag that only stands on another's draft may tell what the draft is about.
        """
        tags, own = super().get_queryset(request), Article.objects.visible_to(request.user)
        live = PublishedTag.objects.on_live_pages().filter(tag=OuterRef("pk"))
        drafts = DraftTag.objects.filter(tag=OuterRef("pk"))
        within_reach = Exists(drafts.filter(content_object__in=own.values("pk")))
        return tags.filter(Exists(live) | within_reach | ~Exists(drafts))
