"""Whose answer is late: the worker reminds once, and tells the next rank when its turn has come."""

from articles.holding import WAITING, Holding, holdings
from articles.models import Article
from articles.telling import Said, tell_turn
from inbox.models import Notice

FIRST_TURN = Said("reminded", "Nhắc: bài quá hạn trả lời", "Cộng tác viên đang chờ.")
LATER_TURN = Said("turn", "Bài quá hạn, nay đến lượt bạn", "Người giữ bài chưa trả lời trong hạn.")


def remind() -> int:
    """Remind of every story past its hour, each person once for each revision and reading; returns how many.

    Time moves nothing: it is people who decide.
    """
    waiting = Article.objects.filter(status__in=WAITING, binned_at=None)
    late = {
        story: held
        for story, held in _held(list(waiting.select_related("department", "review_revision__article")))
        if held.is_overdue
    }
    known = Notice.objects.filter(kind__in=("reminded", "turn"), object_id__in=[story.pk for story in late])
    told = set(known.values_list("key", flat=True))
    return sum(_remind(story, held, told) for story, held in late.items())


def _held(stories: list[Article]) -> list[tuple[Article, Holding]]:
    found = holdings(stories)
    return [(story, found[story.pk]) for story in stories if story.pk in found]


def _remind(story: Article, held: Holding, told: set[str]) -> int:
    count = 0
    for number in range(len(held.open)):
        said = LATER_TURN if number else FIRST_TURN
        once = f"{said.kind}:{story.status}:{story.review_revision_id}"
        people = held.turns[number].positions
        if all(f"{once}:{position.person.user_id}" in told for position in people):
            continue
        count += tell_turn(story, held, number, said, once=once, urgent=True)
    return count
