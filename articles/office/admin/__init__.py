"""The admin classes of stories, and the admin pages of this wing."""

from django.contrib import admin

from articles.office import comments, desk, figures, planning, reports, urgent_pages
from articles.office.admin.article import ArticleAdmin
from articles.office.admin.register import PublishedArticleAdmin, SectionAdmin, TagAdmin
from articles.office.admin.routes import BreakGlassAdmin, ReviewRouteAdmin, UrgentWithdrawalAdmin
from articles.writing import answering, board

__all__ = [
    "ArticleAdmin",
    "BreakGlassAdmin",
    "PublishedArticleAdmin",
    "ReviewRouteAdmin",
    "SectionAdmin",
    "TagAdmin",
    "UrgentWithdrawalAdmin",
]

admin.site.pages += [
    *desk.urls(admin.site),
    *answering.urls(admin.site),
    *comments.urls(admin.site),
    *board.urls(admin.site),
    *planning.urls(admin.site),
    *figures.urls(admin.site),
    *reports.urls(admin.site),
    *urgent_pages.urls(admin.site),
]
