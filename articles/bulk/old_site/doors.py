"""The workflow by which imported stories become public, and who may use it.

It is separate, so that the desk never offers its steps.
"""

from approvals.engine import Attempt, Step, StepRefused, Workflow
from articles.bulk.wholesale import Door
from articles.enums import Status, Verdict
from departments.access import capacity, granting_position

PERMISSION = "articles.import_article"


def holds_the_unit(attempt: Attempt) -> None:
    """Importing needs a dated position in the unit, not only a permission of the account."""
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
    is_writing=False,
)
