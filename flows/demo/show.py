"""What the demo shows when the work is done."""

import os
import shlex
import sys
from email import message_from_bytes, policy
from itertools import groupby
from pathlib import Path
from typing import Final

from flows.demo.expected import Result
from flows.demo.progress import Progress
from flows.demo.stage import BUSINESS_DATE, Stage
from tracker.clock import shown
from tracker.domain.masking import masked
from tracker.phrasebook import say
from tracker.services.listing import TaskItem, task_list
from tracker.services.overdue import OverdueItem
from tracker.store.calendar import calendar_of
from tracker.store.session import reading

FEW: Final = 3  # leads named in a row


def show(progress: Progress, stage: Stage, result: Result) -> None:
    """Show everything: tasks, what is late, what was sent, how Prefect saw it, and where to look next."""
    _tasks(progress, stage)
    _overdue(progress, result.overdue)
    _mail(progress, stage, result)
    _zalo(progress, stage)
    _flow_runs(progress, result)
    _second_time(progress, result)
    _where_to_look(progress, stage)


def _tasks(progress: Progress, stage: Stage) -> None:
    with reading(stage.app.engine) as session:
        items = task_list(session, BUSINESS_DATE, calendar=calendar_of(session))
    for document, given in groupby(items, key=lambda item: item.document):
        tasks = [list(shares) for _, shares in groupby(given, key=lambda item: item.code)]
        progress.title(f"{document}: {len(tasks)} nhiệm vụ, {sum(map(len, tasks))} phần việc")
        progress.table(
            "Mã", "Mục", "Cơ quan chủ trì", "Thời hạn trong văn bản", "Hạn cuối", "Tình trạng",
            rows=[_task(shares) for shares in tasks],
        )  # fmt: skip


def _task(shares: list[TaskItem]) -> tuple[str, ...]:
    """Put a task with all its leads into a row."""
    item, timing = shares[0], shares[0].timing
    leads = "; ".join(share.lead for share in shares[:FEW])
    if len(shares) > FEW:
        leads += f" và {len(shares) - FEW} cơ quan khác"
    standing = say(f"timing.{timing.kind}", None, days=timing.days, working_days=timing.working_days)
    return item.code, item.item or "", leads, item.deadline or "", shown(item.due_on), standing


def _overdue(progress: Progress, overdue: list[OverdueItem]) -> None:
    progress.title(f"Quá hạn tính đến hết ngày {shown(BUSINESS_DATE)}: {len(overdue)} phần việc")
    progress.table(
        "Quá hạn", "Mã", "Cơ quan chủ trì", "Hạn cuối", "Văn bản",
        rows=[
            (f"{item.days} ngày", item.code, item.lead, shown(item.due_on), item.document)
            for item in overdue
        ],
    )  # fmt: skip


def _mail(progress: Progress, stage: Stage, result: Result) -> None:
    kept = stage.mail.kept()
    progress.title(f"Thư điện tử đã đến máy chủ thư trên máy này: {len(kept)}")
    for mail in kept:
        path = stage.mail.folder / mail.file
        said = result.said.get(mail.message_id, 0)  # none: it tells only of changes and of what waits
        what = f"{said} việc" if said else "tin khác"
        progress.say(f"  {_relative(path)}  {mail.recipient}  {what}  {_subject(path)}")


def _subject(path: Path) -> str:
    """Return the subject of a message as a mail program would show it."""
    subject = message_from_bytes(path.read_bytes(), policy=policy.default)["Subject"]
    return " ".join(str(subject).split())


def _zalo(progress: Progress, stage: Stage) -> None:
    chats, templates = stage.zalo.accepted, stage.zalo.state.zns_accepted
    progress.title(f"Tin Zalo đã đến máy chủ giả lập: {len(chats)} qua Bot, {len(templates)} theo mẫu (ZNS)")
    for chat in chats:
        progress.say(f"  Bot → {chat['chat_id']}: {_beginning(chat['text'])}")
    for sent in templates:
        data = sent["template_data"]
        progress.say(f"  ZNS → {masked(sent['phone'])}, mẫu «{sent['template_id']}»:")
        link = data["link"].rpartition("/")[0] + "/…"  # the rest is the reader's own key
        progress.say(f"    {data['code']}: {data['title']}; hạn {data['due_on']}; {link}")


def _beginning(text: str) -> str:
    """Return the first lines of a message in one."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return " ".join(lines[:2])


def _flow_runs(progress: Progress, result: Result) -> None:
    progress.title("Các lượt chạy, theo máy chủ Prefect")
    progress.table(
        "Luồng", "Lượt", "Trạng thái", "Giây",
        rows=[(run.flow, run.name, run.state, f"{run.seconds:.1f}") for run in result.runs],
    )  # fmt: skip


def _second_time(progress: Progress, result: Result) -> None:
    first, second = result.day, result.second
    progress.title("Chạy cùng ngày hai lần")
    progress.table(
        "", "Phần việc đã xem", "Việc cần nói", "Thư mới lập", "Đã gửi",
        rows=[
            (name, str(day.run.assignments), str(day.run.items), str(day.run.queued), str(day.delivery.sent))
            for name, day in (("Lần một", first), ("Lần hai", second))
        ],
    )  # fmt: skip


def _where_to_look(progress: Progress, stage: Stage) -> None:
    """Print the very command that opens the pages on the demo's data."""
    command = Path(sys.argv[0]) if Path(sys.argv[0]).name == "dondoc" else Path("dondoc")
    folder = shlex.quote(str(_relative(stage.folder)))
    progress.title("Xem trên trang web (dừng bằng Ctrl-C)")
    progress.say(f"  DONDOC_DATA_DIR={folder} {_relative(command)} serve --pages-only")
    progress.say(f"  {stage.app.settings.public_url}/overdue?on={BUSINESS_DATE.isoformat()}")


def _relative(path: Path) -> Path:
    """Shorten a path to what can be typed here."""
    absolute, here = path.absolute(), Path.cwd()
    return Path(os.path.relpath(absolute, here)) if absolute.is_relative_to(here) else path
