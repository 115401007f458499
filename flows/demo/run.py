"""`dondoc demo`: from example documents to delivered reminders, on this machine, in one go."""

from pathlib import Path
from typing import Final

from flows import server
from flows.demo import documents
from flows.demo.documents import Taken
from flows.demo.expected import Result, broken_promises
from flows.demo.flow_runs import play_day, seen_by_the_server
from flows.demo.progress import Progress
from flows.demo.show import show
from flows.demo.stage import BUSINESS_DATE, TAKEN_IN_ON, Stage, set_up
from flows.runtime import hold, point_prefect_at, prefect_home
from flows.server import PrefectServer
from tracker.clock import instant
from tracker.domain.links import expiry
from tracker.services.linking import consent
from tracker.services.overdue import overdue_list
from tracker.services.registers import load_agencies, load_contacts
from tracker.store.calendar import calendar_of
from tracker.store.events import Act
from tracker.store.issued_links import lengthen_all
from tracker.store.session import reading, transaction
from tracker.store.views import items_by_kind, items_by_message_id

STEPS: Final = 7
OFFICE_OPENS: Final = 8
DAILY_RUN: Final = 7
BY_TEMPLATE: Final = "ubnd-huyen-can-loc-dau-moi"  # has no chat with the Bot, and gets templates
TELEPHONE: Final = "0900000001"  # made up


def play(folder: Path) -> int:
    """Play the whole demo and return the exit status: 0 when every promise was kept."""
    progress = Progress(STEPS)
    progress.title("Đôn Đốc: từ văn bản giao việc đến thư nhắc")
    examples = documents.examples()
    with set_up(folder) as stage:
        prefect = server.start(stage.folder)  # it needs some seconds, and starts while documents are read
        try:
            result = _work(progress, stage, prefect, examples)
        finally:
            prefect.stop()
        _open_links_today(stage)
        show(progress, stage, result)
        broken = broken_promises(stage, result)
    for promise in broken:
        progress.say(f"✗ Không đúng như mong đợi: {promise}")
    progress.title("Có điều không đúng như mong đợi." if broken else "Xong; mọi thứ đã dừng.")
    return 1 if broken else 0


def _work(progress: Progress, stage: Stage, prefect: PrefectServer, examples: list[Path]) -> Result:
    """Do the office's work, one visible step after the other."""
    with progress.step("Nạp danh mục cơ quan và người nhận của tỉnh Hà Tĩnh"):
        progress.say(_load_registers(stage))
    with progress.step("Tiếp nhận và duyệt văn bản mẫu (.docx, .pdf, .html)"):
        first = _take_in(progress, stage, examples, approve=True)
    with progress.step("Tiếp nhận lại: văn bản đã có không được ghi lần nữa"):
        again = _take_in(progress, stage, documents.repeated(), approve=True)
        again += _take_in(progress, stage, documents.shared(), approve=False)
    with progress.step("Chờ máy chủ Prefect"):
        prefect.wait_until_healthy()
        point_prefect_at(prefect.api_url, prefect_home(stage.folder))
        hold(stage.at(BUSINESS_DATE, DAILY_RUN))
    with progress.step(f"Chạy lượt ngày {BUSINESS_DATE:%d/%m/%Y} và gửi thư, qua Prefect"):
        day = play_day()
    with progress.step("Chạy lại cùng ngày: không thư nào gửi lần hai"):
        second = play_day()
    with progress.step("Hỏi máy chủ Prefect về các lượt chạy"), reading(stage.app.engine) as session:
        return Result(
            first=first,
            again=again,
            overdue=overdue_list(session, BUSINESS_DATE, calendar=calendar_of(session)),
            day=day,
            second=second,
            runs=seen_by_the_server(),
            items=items_by_kind(session),
            said=items_by_message_id(session),
        )


def _open_links_today(stage: Stage) -> None:
    """Let the links in the letters act on the day of the demo: written in 2020, they would be dead."""
    until = expiry(instant(stage.app.clock), stage.app.settings.link_days)
    with transaction(stage.app.engine) as session:
        lengthen_all(session, until)


def _load_registers(stage: Stage) -> str:
    """Load the province's agencies and contacts, and say how many."""
    app = stage.at(TAKEN_IN_ON, OFFICE_OPENS)
    act = Act(documents.ACTOR, "cli", instant(app.clock))
    with transaction(app.engine) as session:
        agencies = load_agencies(session, documents.REGISTER / "agencies.csv", act=act)
        contacts = load_contacts(session, documents.REGISTER / "contacts.csv", act=act)
        consent(session, BY_TEMPLATE, TELEPHONE, TAKEN_IN_ON, act=act)
    return (
        f"  {agencies.added} cơ quan, {contacts.added} người nhận; "
        f"{BY_TEMPLATE} đồng ý nhận tin theo mẫu qua điện thoại"
    )


def _take_in(progress: Progress, stage: Stage, paths: list[Path], *, approve: bool) -> list[Taken]:
    """Take documents in, and say what became of each."""
    taken = documents.take_in_all(stage.at(TAKEN_IN_ON, OFFICE_OPENS), paths, approve=approve)
    for one in taken:
        progress.say(f"  {one.in_words()}")
    return taken
