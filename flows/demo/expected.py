"""What has to be true at the end; the demo fails aloud where it is not."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from flows.demo.documents import AGAIN, Taken
from flows.demo.flow_runs import Day, FlowRunSeen
from flows.demo.stage import Stage
from notifications.messages import DeadlineReminder, OverdueNotice
from tracker.services.intake import IntakeKind
from tracker.services.overdue import OverdueItem

LATE: Final = ("Sở Công Thương", date(2020, 4, 8))  # «trước ngày 09/4/2020» in 120/TB-UBND

LINKED: Final = "zalo-so-khcn"  # the chat of an officer with the Bot, in the example contacts
CONSENTED: Final = "84900000001"  # the telephone that takes messages by template
_TOO_MUCH: Final = re.compile(r"Kính |Sở |UBND huyện |\d+/[A-ZĐ]")  # an agency, or the number of a document

SAME: Final = frozenset({IntakeKind.SAME_FILE, IntakeKind.SAME_DOCUMENT})
KINDS: Final = frozenset({DeadlineReminder.kind, OverdueNotice.kind})


@dataclass(frozen=True, slots=True)
class Result:
    """Everything the demo did."""

    first: list[Taken]
    again: list[Taken]
    overdue: list[OverdueItem]
    day: Day
    second: Day
    runs: list[FlowRunSeen]
    items: dict[str, int]  # what the letters say, by kind
    said: dict[str, int]  # how many of these in each letter, by Message-ID


def broken_promises(stage: Stage, result: Result) -> list[str]:
    """Return each promise that was not kept, in words; none is a success."""
    return [promise for promise, kept in _promises(stage, result) if not kept]


def _promises(stage: Stage, result: Result) -> Iterator[tuple[str, bool]]:
    notice, letter, news = (taken.result for taken in result.first)
    mails = stage.mail.kept()
    yield "thông báo và công văn mẫu đều có nhiệm vụ", bool(notice.codes and letter.codes)
    yield "tin tức không giao việc", not news.codes
    again = {taken.path.name: taken.result for taken in result.again}
    yield "văn bản đã có không được ghi lần nữa", all(again[name].kind in SAME for name in AGAIN)
    yield (
        "văn bản mới chỉ là dự thảo",
        not any(one.approved for one in again.values() if one.kind not in SAME),
    )
    yield "Sở Công Thương quá hạn 08/04/2020", LATE in {(item.lead, item.due_on) for item in result.overdue}
    yield "có cả thư nhắc việc và thông báo quá hạn", result.items.keys() >= KINDS
    sent = result.day.delivery.sent
    yield "mọi thư đã lập đều đã gửi", sent == result.day.run.queued > 0
    chats, templates = stage.zalo.accepted, stage.zalo.state.zns_accepted
    yield "mỗi thư đến đúng một lần", sent == len(mails) + len(chats) + len(templates)
    yield "Zalo Bot nhắn cho cán bộ đã liên kết", LINKED in {chat["chat_id"] for chat in chats}
    yield "tin theo mẫu chỉ đến người đã đồng ý", [one["phone"] for one in templates] == [CONSENTED]
    yield (
        "không tin Zalo nào nêu tên cơ quan hay số văn bản",
        not any(map(_tells_too_much, (*chats, *templates))),
    )
    yield "mã truy cập Zalo OA chỉ lấy một lần", stage.zalo.state.calls["oauth"] == 1
    yield "không Message-ID nào lặp lại", len(mails) == len({mail.message_id for mail in mails})
    readers = Counter(
        [
            *(mail.recipient for mail in mails),
            *(chat["chat_id"] for chat in chats),
            *(one["phone"] for one in templates),
        ]
    )
    yield "mỗi người nhận một thư cho cả ngày", set(readers.values()) == {1}
    second = result.second
    yield "chạy lại không lập và không gửi gì", (second.run.queued, second.delivery.handled) == (0, 0)
    yield "mọi lượt Prefect đều Completed", {run.state for run in result.runs} == {"Completed"}
    yield "Prefect ghi đủ bốn lượt", len(result.runs) == 2 + 2


def _tells_too_much(message: Mapping[str, Any]) -> bool:
    said = message.get("text") or " ".join(message["template_data"].values())
    return _TOO_MUCH.search(said) is not None
