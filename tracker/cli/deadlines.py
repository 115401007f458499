"""Due dates that people settle, what still waits for one, and the dates of recurring duties."""

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.moving import Seen, numbered
from tracker.cli.shared import (
    Actor,
    Json,
    On,
    act_of,
    day_of,
    open_app,
    tell,
    write_json,
    write_table,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.domain.recurrence import ReportingPeriod
    from tracker.services.due_dates import Dated

deadline = typer.Typer(help="Thời hạn do người có thẩm quyền ấn định.", no_args_is_help=True)
recurring = typer.Typer(help="Nhiệm vụ định kỳ và các kỳ của nó.", no_args_is_help=True)

Number = Annotated[
    int,
    typer.Argument(
        metavar="PHẦN_VIỆC", help="Số của phần việc (dondoc tasks).", show_default=False, parser=numbered
    ),
]


def undetermined(
    unstated: Annotated[
        bool, typer.Option("--unstated", help="Cả việc mà văn bản không giao thời hạn.")
    ] = False,
    as_json: Json = False,
    actor: Actor = None,
) -> None:
    """Các phần việc cần xác định hạn, và cần làm gì với từng việc."""
    del actor  # asked whether it may see this, by the option itself
    from tracker.domain.deadlines import Reckoning
    from tracker.phrasebook import say
    from tracker.services.undetermined import undetermined as queue
    from tracker.store.calendar import calendar_of
    from tracker.store.session import reading

    app = open_app()
    with reading(app.engine) as session:
        items = queue(session, Reckoning(calendar_of(session), app.policy), unstated=unstated)
    if as_json:
        write_json(items)
        return
    if not items:
        tell("undetermined.none")
        return
    write_table(
        ("work-number", "code", "document", "lead", "deadline", "why-undetermined"),
        (
            (
                item.assignment_id,
                item.code,
                item.document,
                item.lead,
                item.words,
                say(f"undetermined.{item.why}", ref=item.assignment_id),
            )
            for item in items
        ),
    )
    tell("undetermined.count", count=len(items))


def anchor(  # noqa: PLR0913, PLR0917 - options of a command
    number: Annotated[
        int | None,
        typer.Argument(metavar="PHẦN_VIỆC", help="Số của phần việc.", show_default=False, parser=numbered),
    ] = None,
    received: Annotated[
        str | None, typer.Option("--received", metavar="NGÀY", help="Ngày cơ quan nhận được văn bản.")
    ] = None,
    event: Annotated[
        str | None, typer.Option("--event", metavar="NGÀY", help="Ngày của sự kiện mà thời hạn tính theo.")
    ] = None,
    document: Annotated[
        str | None, typer.Option("--document", help="Mọi cơ quan của một văn bản, cùng một ngày nhận.")
    ] = None,
    seen: Seen = None,
    as_json: Json = False,
    actor: Actor = None,
) -> None:
    """Cho biết mốc mà thời hạn tính từ đó; hạn cuối được tính theo đúng lời văn bản."""
    from tracker.domain.deadlines import Reckoning
    from tracker.errors import InvalidSetting
    from tracker.services import due_dates
    from tracker.services.listing import find_directive
    from tracker.store.calendar import calendar_of
    from tracker.store.session import transaction

    if (received is None) == (event is None) or (document is not None and received is None):
        raise InvalidSetting("deadline.one-anchor")
    if (number is None) == (document is None):
        raise InvalidSetting("deadline.which-work")
    app = open_app()
    day, act = day_of(received or event, app), act_of(actor, app)
    with transaction(app.engine) as session:
        by = Reckoning(calendar_of(session), app.policy)
        if document is not None:
            found = find_directive(session, document).id
            dated = due_dates.tell_received_by_all(session, found, day, by=by, act=act)
        else:
            told = due_dates.tell_event if received is None else due_dates.tell_received
            dated = [told(session, number or 0, day, by=by, act=act, seen=seen)]
    _write_dated(dated, as_json=as_json)


@deadline.command("set")
def set_deadline(  # noqa: PLR0913, PLR0917 - options of a command
    number: Number,
    day: Annotated[str, typer.Argument(metavar="NGÀY", help="Hạn cuối.", show_default=False)],
    reason: Annotated[str, typer.Option("--reason", help="Lý do, ghi vào cách tính.", show_default=False)],
    document: Annotated[
        str | None, typer.Option("--document", help="Số, ký hiệu văn bản làm căn cứ.")
    ] = None,
    seen: Seen = None,
    as_json: Json = False,
    actor: Actor = None,
) -> None:
    """Ấn định hạn cuối của một phần việc, hoặc sửa hạn đã đọc sai; hạn cũ vẫn được giữ."""
    from tracker.services import due_dates
    from tracker.store.session import transaction

    app = open_app()
    with transaction(app.engine) as session:
        dated = due_dates.set_deadline(
            session,
            number,
            day_of(day, app),
            reason=reason,
            document=document,
            rules=app.settings.extension_rules,
            act=act_of(actor, app),
            seen=seen,
        )
    _write_dated([dated], as_json=as_json)


@deadline.command("history")
def history(number: Number, as_json: Json = False, actor: Actor = None) -> None:
    """Mọi thời hạn mà một phần việc đã có, hạn gốc trước."""
    del actor  # asked whether it may see this, by the option itself
    from tracker.clock import shown
    from tracker.phrasebook import say
    from tracker.store import deadline_versions
    from tracker.store.session import reading

    with reading(open_app().engine) as session:
        versions = deadline_versions.of(session, number)
    if as_json:
        write_json(versions)
        return
    write_table(
        ("work-number", "due-on", "cause", "explain", "decision"),
        (
            (one.version, shown(one.due_on), say(f"deadline-cause.{one.cause}"), one.explain, one.document)
            for one in versions
        ),
    )


@recurring.command("list")
def list_duties(as_json: Json = False, actor: Actor = None) -> None:
    """Các nhiệm vụ định kỳ đang theo dõi, và rơi vào những ngày nào."""
    del actor  # asked whether it may see this, by the option itself
    from directives.model import DeadlineKind
    from tracker.phrasebook import say
    from tracker.services.recurring import rhythm_of
    from tracker.store.session import reading
    from tracker.store.timed import Which, timed

    with reading(open_app().engine) as session:
        duties = timed(session, Which(kind=DeadlineKind.RECURRING, without_day=True))
    rows = [(one, rhythm_of(one)) for one in duties]
    if as_json:
        write_json([{"duty": one, "rules": rhythm.days if rhythm else None} for one, rhythm in rows])
        return
    write_table(
        ("work-number", "code", "lead", "every", "rhythm"),
        (
            (
                one.id,
                one.code,
                one.lead,
                say(f"interval.{one.every}") if one.every else "",
                rhythm.words if rhythm else "",
            )
            for one, rhythm in rows
        ),
    )


@recurring.command("make")
def make(on: On = None, as_json: Json = False, actor: Actor = None) -> None:
    """Lập các kỳ sắp tới của nhiệm vụ định kỳ; chạy lại không lập hai lần."""
    from datetime import timedelta

    from tracker.clock import shown, today
    from tracker.errors import InvalidSetting
    from tracker.services.recurring import make_instances
    from tracker.store.calendar import calendar_of
    from tracker.store.session import transaction

    app = open_app()
    day, ahead, now = day_of(on, app), app.settings.recurring_ahead_days, today(app.clock)
    if day > now:  # a year mistyped would make years of work, each with reminders of its own
        raise InvalidSetting("recurring.not-yet", on=shown(day), today=shown(now))
    with transaction(app.engine) as session:
        act = act_of(actor, app)
        made = make_instances(session, day, calendar_of(session), act, policy=app.policy, ahead=ahead)
    if as_json:
        write_json(made)
        return
    until = shown(day + timedelta(days=ahead))
    if not made:
        tell("recurring.none-made", until=until)
        return
    write_table(
        ("work-number", "code", "lead", "occasion", "due-on"),
        ((one.assignment_id, one.code, one.lead, shown(one.occasion), shown(one.due_on)) for one in made),
    )
    tell("recurring.made", count=len(made), until=until)


@recurring.command("set")
def set_recurrence(
    number: Number,
    words: Annotated[
        str,
        typer.Argument(metavar="KHI_NÀO", help='Như "trước ngày 20 của tháng cuối quý".', show_default=False),
    ],
    seen: Seen = None,
    as_json: Json = False,
    actor: Actor = None,
) -> None:
    """Cho biết nhiệm vụ định kỳ rơi vào những ngày nào, bằng lời; các kỳ sắp tới được lập ngay."""
    _settle(number, words, seen=seen, as_json=as_json, actor=actor)


@recurring.command("offer")
def offer(  # noqa: PLR0913, PLR0917 - options of a command
    number: Number,
    every: Annotated[
        str | None, typer.Option("--every", help="Kỳ báo cáo: month, quarter, half hoặc year.")
    ] = None,
    day: Annotated[
        int, typer.Option("--day", min=1, max=31, help="Ngày của tháng cuối kỳ phải gửi báo cáo.")
    ] = 25,
    accept: Annotated[bool, typer.Option("--accept", help="Dùng kỳ báo cáo này.")] = False,
    on: On = None,
    as_json: Json = False,
    actor: Actor = None,
) -> None:
    """Đề xuất kỳ báo cáo theo Nghị định 09/2019/NĐ-CP: ngày chốt số liệu và ngày gửi."""
    from directives.model import Interval
    from tracker.services.recurring import offer as propose
    from tracker.store.calendar import calendar_of
    from tracker.store.session import transaction

    app = open_app()
    if every is not None and every not in set(Interval):
        raise typer.BadParameter(", ".join(Interval), param_hint="--every")
    chosen = None if every is None else Interval(every)
    with transaction(app.engine) as session:
        calendar = calendar_of(session)
        found = propose(session, number, day_of(on, app), calendar, every=chosen, day=day)
    if accept:
        _settle(number, found.words, seen=None, as_json=as_json, actor=actor)
        return
    if as_json:
        write_json(found)
        return
    _write_periods(found.periods)
    tell("recurring.offered", task=found.code, lead=found.lead, words=found.words)


def _settle(number: int, words: str, *, seen: int | None, as_json: bool, actor: str | None) -> None:
    """Write down when a duty comes round, and make its dates from today on, which any run would too."""
    from tracker.clock import today
    from tracker.services.recurring import make_instances, set_recurrence
    from tracker.store.calendar import calendar_of
    from tracker.store.session import transaction

    app = open_app()
    ahead = app.settings.recurring_ahead_days
    with transaction(app.engine) as session:
        rhythm = set_recurrence(session, number, words, act=act_of(actor, app), seen=seen)
    with transaction(app.engine) as session:  # now the history says from when on the dates are known
        act, calendar, day = act_of(actor, app), calendar_of(session), today(app.clock)
        made = make_instances(session, day, calendar, act, policy=app.policy, ahead=ahead, only=number)
    if as_json:
        write_json({"assignment_id": number, "words": rhythm.words, "rules": rhythm.days.rules, "made": made})
        return
    tell("recurring.set", ref=number, words=rhythm.words, made=len(made))


def _write_periods(periods: "Sequence[ReportingPeriod]") -> None:
    from tracker.clock import shown

    write_table(
        ("figures-from", "figures-close", "sent-from", "sent-by"),
        ((shown(one.first), shown(one.closes), shown(one.sent_from), shown(one.sent_by)) for one in periods),
    )


def _write_dated(dated: "Sequence[Dated]", *, as_json: bool) -> None:
    from tracker.clock import shown

    if as_json:
        write_json(dated)
        return
    if not dated:
        tell("deadline.none-dated")
    for one in dated:
        tell("deadline.dated", task=one.code, lead=one.lead, due_on=shown(one.due_on), explain=one.explain)
