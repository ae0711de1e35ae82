"""The first line of a table: which column each heading names."""

from collections.abc import Mapping

from foundation.language.vietnamese import fold

COUNT_HEADINGS = ("STT", "TT", "Số TT", "Số thứ tự")  # of the column that numbers the lines


def heading_key(cell: str) -> str:
    """Return a heading as it is compared: without accents, case, underscores and double spaces."""
    return " ".join(fold(cell).replace("_", " ").split())


def read_headings[C](cells: list[str], known: Mapping[str, C], *, counts: C) -> tuple[list[C], list[str]]:
    """Return the columns in order, and the problems with them: no typed column is ignored silently.

    `known` maps a `heading_key` to its column; `counts` is the column of line numbers, which may repeat.
    """
    columns: list[C] = []
    problems = []
    while cells and not cells[-1]:
        cells = cells[:-1]
    for place, cell in enumerate(cells, start=1):
        column = known.get(heading_key(cell), counts)
        if not cell:
            problems.append(f"Cột thứ {place} chưa có tên.")
        elif heading_key(cell) not in known:
            problems.append(f"Không hiểu cột “{cell}”. Hãy đổi tên cột theo danh sách bên dưới, hoặc bỏ cột.")
        elif column in columns and column != counts:
            problems.append(f"Cột “{cell}” có hai lần.")
        columns.append(column)
    return columns, problems
