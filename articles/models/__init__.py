"""Stories: the working copy, the frozen revisions, the decisions, the releases, and what readers see."""

from articles.models.answer import CheckAnswer
from articles.models.article import Article, ArticleByline, Presence, Section, WorkingEdit
from articles.models.brought import ImportedStory, OldAddress
from articles.models.comment import Comment, CommentStep
from articles.models.preview_link import PreviewLink
from articles.models.published import PublishedArticle
from articles.models.release import Release
from articles.models.revision import ReviewDecision, Revision, SavedCopy
from articles.models.route import BreakGlass, ReviewRoute
from articles.models.tag import DraftTag, PublishedTag, Tag, find_tags, name_tags, same_tag
from articles.models.urgent import UrgentAnswer, UrgentWithdrawal

__all__ = [
    "Article",
    "ArticleByline",
    "BreakGlass",
    "CheckAnswer",
    "Comment",
    "CommentStep",
    "DraftTag",
    "ImportedStory",
    "OldAddress",
    "Presence",
    "PreviewLink",
    "PublishedArticle",
    "PublishedTag",
    "Release",
    "ReviewDecision",
    "ReviewRoute",
    "Revision",
    "SavedCopy",
    "Section",
    "Tag",
    "UrgentAnswer",
    "UrgentWithdrawal",
    "WorkingEdit",
    "find_tags",
    "name_tags",
    "same_tag",
]
