"""By which steps stories of another site become public here, and who may take them.

Workflows of their own: no button of the desk ever offers them.
"""

from approvals.engine import Attempt, Step, StepRefused, Workflow
from articles.bulk.wholesale import Door
from articles.enums import Status, Verdict
from departments.access import capacity, granting_position

PERMISSION = "articles.import_article"


def holds_the_unit(attempt: Attempt) -> None:
    """Bringing stories in follows a position with dates, never an account's power."""
    if granting_position(attempt.actor, PERMISSION, attempt.record.department_id) is None:
        raise StepRefused("Hôm nay người này không giữ chức danh được nhập bài cho đơn vị.", code="capacity")


DOOR = Door(
    Workflow(
        name="story from another site",
        capacity=capacity,
        steps=(
            Step(
                name="import",
                label="Nhập từ trang cũ",
                sources=(Status.DRAFTING,),
                target=Status.APPROVED,
                permission=PERMISSION,
                guards=(holds_the_unit,),
            ),
        ),
    ),
    "import",
    Verdict.IMPORTED,
)
