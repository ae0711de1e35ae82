"""The move from beginning to end: checked, shut, copied, verified."""

import contextlib
from collections.abc import Callable, Iterator

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from newsroom.backups.databases import measure_database
from newsroom.moving.refusal import MoveRefused
from newsroom.moving.shutting import identity, open_again, shut
from newsroom.moving.tables import moved_models, read_counters, write_counters
from newsroom.moving.target import Target
from newsroom.moving.turn import own_turn

ROOM = 2  # times the size of the source: what the target and its indexes may take
Report = Callable[[str], None]


def move(url: str, report: Report, *, again: bool = False) -> int:
    """Copy everything to the database of this address and verify it; returns how many rows.

    The machine is shut from here on and stays so until it is started on the new database. Raises MoveRefused;
    then the source is as it was and the machine is open.
    """
    with own_turn(report) as lock:
        target = Target(url, lock)
        try:
            return _move(target, report, again=again)
        finally:
            target.line.close()


def _move(target: Target, report: Report, *, again: bool) -> int:
    source, there = identity(connection.settings_dict), identity(target.line.settings_dict)
    _check(target, source, there, again=again)
    shut(there)
    try:
        target.note_source(source)
        report("Lập các bảng ở đích…")
        target.manage("migrate", "--noinput", "--verbosity=0")
        with _nobody_writes():
            copied = target.write_all(report)
            write_counters(target.line, read_counters(connection))
            target.line.close()
        report("Lập chỉ mục tìm kiếm ở đích…")
        target.manage("rebuild_search")
        report("Đọc lại đích, so từng bảng…")
        _compare(copied, target.digests())
        target.forget_source()
    except BaseException:
        open_again()
        raise
    return sum(rows for rows, _ in copied.values())


def _check(target: Target, source: str, there: str, *, again: bool) -> None:
    """Raise MoveRefused before anything is touched."""
    if source == there:
        raise MoveRefused("Đích chính là cơ sở dữ liệu đang dùng.")
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise MoveRefused("Cơ sở dữ liệu đang dùng chưa lên bản mới: chạy migrate trước.")
    half = target.source_of_half()
    if half is None:
        raise MoveRefused("Đích không trống: hãy dùng một cơ sở dữ liệu mới, chưa có bảng nào.")
    if half and half != source:
        raise MoveRefused("Đích đang chuyển dở từ một cơ sở dữ liệu khác: hãy xóa đích rồi làm lại.")
    if half and not again:
        raise MoveRefused("Đích đang chuyển dở từ lần trước: thêm --again để làm tiếp cho trọn.")
    if target.has_space(measure_database() * ROOM) is False:
        raise MoveRefused(
            f"Đĩa của đích không đủ chỗ: cần {measure_database() * ROOM // 1024**2 + 1} MB trống."
        )


@contextlib.contextmanager
def _nobody_writes() -> Iterator[None]:
    """Hold a lock under which everybody reads and nobody writes, also other machines of the same database.

    On SQLite a transaction of ours is the only one that may write.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            names = (connection.ops.quote_name(model._meta.db_table) for model in moved_models())
            with connection.cursor() as cursor:
                cursor.execute(f"LOCK TABLE {', '.join(names)} IN SHARE MODE")
        yield


def _compare(own: dict[str, tuple[int, str]], there: dict[str, tuple[int, str]]) -> None:
    wrong = [name for name in own.keys() | there.keys() if own.get(name) != there.get(name)]
    if wrong:
        told = [
            f"{name} ({own.get(name, (0,))[0]} dòng, ở đích {there.get(name, (0,))[0]})" for name in wrong
        ]
        raise MoveRefused(f"Đích không giống nguồn ở bảng: {'; '.join(sorted(told)[:10])}.")
