"""The table role × state × action: asked of the project itself, written in docs/quyen-truy-cap.md."""

from collections.abc import Iterator
from typing import NamedTuple

from accounts.roles import PERMISSIONS, Role
from approvals.engine import Workflow
from articles.approval.workflow import ARTICLE, PUBLIC
from awards.workflow import WORKFLOW as AWARD
from daybook.materials.workflow import MATERIAL
from daybook.notes.workflow import NOTE
from documents.workflow import DOCUMENT
from events.workflow import EVENT
from fees.workflow import FEES
from rounds.workflow.nominee import NOMINEE
from rounds.workflow.proposal import PROPOSAL, SCREENING
from rounds.workflow.round import ROUND
from tests.access.addresses import Address, all_addresses, states_of
from tests.access.asking import NO_SUCH, SIGN_IN, ask, clients
from tests.access.world import PEOPLE, STATES, World
from tests.architecture import ROOT
from training.attesting.workflow import ATTESTING
from training.workflow import ENROLMENT

FILE = ROOT / "docs" / "quyen-truy-cap.md"
WORKFLOWS = {
    "Bài viết": ARTICLE,
    "Bài đã đăng": PUBLIC,
    "Sự kiện": EVENT,
    "Quyết định khen thưởng": AWARD,
    "Văn bản": DOCUMENT,
    "Đợt khen": ROUND,
    "Hồ sơ đề nghị, phía đơn vị": PROPOSAL,
    "Hồ sơ đề nghị, phía cơ quan khen": SCREENING,
    "Người, tập thể được đề nghị": NOMINEE,
    "Đợt đăng ký dự": ENROLMENT,
    "Danh sách xác nhận tham gia": ATTESTING,
    "Tài liệu sự kiện": MATERIAL,
    "Tháng nhuận bút": FEES,
    "Tin nhanh": NOTE,
}
INTRODUCTION = """# Ai làm được gì, ở đâu

Bảng này do máy viết từ chính chương trình: mỗi địa chỉ được hỏi thật, bằng từng tài khoản, về một bài của
Trường THPT Chu Văn An; mỗi lần hỏi xong mọi thay đổi được bỏ đi. Kiểm thử `tests/access` so bảng với
chương trình: có địa chỉ mới mà chưa có dòng, hay một ô khác đi, là kiểm thử hỏng. Viết lại bảng rồi đọc kỹ:

    WRITE_ACCESS_TABLE=1 uv run pytest tests/access

| ký hiệu | nghĩa |
|---|---|
| ✓ | mở được, hoặc biểu mẫu được nhận và xem xét |
| ghi | làm được, có ghi vào cơ sở dữ liệu |
| → | được đưa sang trang khác, không đổi gì (hồ sơ ngoài phạm vi cũng trả lời như vậy) |
| – | bị từ chối (403), không có đối với người này (404), hoặc bước bị từ chối bằng lời (409) |
| đn | phải đăng nhập |
| · | địa chỉ không nhận cách hỏi này (405) |

Phó đơn vị và trưởng đơn vị cấp trên chỉ quyết định khi đến lượt, hoặc với lý do viết ra
(`tests/articles/approval/test_holding.py`).
"""


class Row(NamedTuple):
    """One address, asked in one way about a story in one state (or none): a sign for each person."""

    address: Address
    method: str
    state: str
    signs: tuple[str, ...]

    def sign(self, person: str) -> str:
        return self.signs[list(PEOPLE).index(person)]


def rows(world: World) -> list[Row]:
    """Every address in both ways, everybody, every state: some thousands of requests."""
    people = clients(world)
    return [
        Row(address, method, state, tuple(ask(c, address, method, world, state) for c in people.values()))
        for address in all_addresses()
        for state in states_of(address)
        for method in ("GET", "POST")
    ]


# --- as a page ------------------------------------------------------------------------------------------


def page(found: list[Row]) -> str:
    parts = [INTRODUCTION, "## Bước, trạng thái, vai trò\n", *map(_workflow, WORKFLOWS.items())]
    parts.append(
        "## Địa chỉ\n\n" + "\n".join(f"- **{code}**: {words}" for code, words in PEOPLE.items()) + "\n"
    )
    for title, group in _groups(found).items():
        parts.append(f"### {title}\n\n" + "\n".join(_lines(group)) + "\n")
    return "\n".join(parts)


def _workflow(pair: tuple[str, Workflow]) -> str:
    title, workflow = pair
    lines = [f"### {title}\n", "| bước | từ | sang | quyền | vai trò có quyền |", "|---|---|---|---|---|"]
    for step in workflow.steps:
        roles = ", ".join(role.label for role in Role if step.permission in PERMISSIONS[role])
        sources = ", ".join(str(s.label) for s in map(_status, step.sources))
        target = _status(step.target).label
        lines.append(
            f"| {step.label} (`{step.name}`) | {sources} | {target} | `{step.permission}` | {roles} |"
        )
    return "\n".join(lines) + "\n"


def _status(value: object) -> object:
    return value if hasattr(value, "label") else type("Word", (), {"label": str(value)})()


def _groups(found: list[Row]) -> dict[str, list[Row]]:
    """Public addresses, the office, the register of each model; those that take neither way are left out."""
    groups: dict[str, list[Row]] = {}
    for row in found:
        if set(row.signs) <= {NO_SUCH, SIGN_IN}:
            continue
        about = row.address.about.replace("_", ".")
        title = about or ("Phòng biên tập" if row.address.pattern.startswith("admin/") else "Trang tin")
        groups.setdefault(title, []).append(row)
    return groups


def _lines(group: list[Row]) -> Iterator[str]:
    yield "| địa chỉ | cách | bài | " + " | ".join(PEOPLE) + " |"
    yield "|---" * (3 + len(PEOPLE)) + "|"
    for row in group:
        shown = row.address.pattern.replace("|", "\\|")
        yield f"| `{shown}` | {row.method} | {STATES.get(row.state, '')} | " + " | ".join(row.signs) + " |"
