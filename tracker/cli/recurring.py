"""Recurring duties on the command line: when they come round, and the dates that are made of them."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.moving import Assignment, Seen
from tracker.cli.shared import (
    Actor,
    Json,
    On,
    act_of,
    day_of,
    open_app,
    seen_by,
    tell,
    write_json,
    write_table,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.domain.recurrence import ReportingPeriod
    from tracker.store.moves import Share

commands = typer.Typer(help="Nhiệm vụ định kỳ và các kỳ của nó.", no_args_is_help=True)


@commands.command("list")
def list_duties(as_json: Json = False, actor: Actor = None) -> None:
    """Các nhiệm vụ định kỳ đang theo dõi, rơi vào những ngày nào, và đã hoàn thành bao nhiêu kỳ."""
    del actor  # asked whether it may see this, by the option itself
    from directives.model import DeadlineKind
    from tracker.phrasebook import say
    from tracker.services.recurring import rhythm_of
    from tracker.store.instances import done_of
    from tracker.store.session import reading
    from tracker.store.timed import Which, timed

    with reading(open_app().engine) as session:
        duties = timed(session, Which(kind=DeadlineKind.RECURRING, without_day=True))
        done = done_of(session, (one.id for one in duties))
    rows = [(one, rhythm_of(one), done.get(one.id, (0, 0))) for one in duties]
    if as_json:
        write_json(
            [
                {"duty": one, "rules": rhythm.days if rhythm else None, "done": count, "dates": total}
                for one, rhythm, (count, total) in rows
            ]
        )
        return
    write_table(
        ("work-number", "code", "lead", "every", "rhythm", "dates-done"),
        (
            (
                one.id,
                one.code,
                one.lead,
                say(f"interval.{one.every}") if one.every else "",
                rhythm.words if rhythm else "",
                f"{count}/{total}" if total else "",
            )
            for one, rhythm, (count, total) in rows
        ),
    )


@commands.command("make")
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


@commands.command("set")
def set_recurrence(
    ref: Assignment,
    words: Annotated[
        str,
        typer.Argument(metavar="KHI_NÀO", help='Như "trước ngày 20 của tháng cuối quý".', show_default=False),
    ],
    seen: Seen = None,
    as_json: Json = False,
    actor: Actor = None,
) -> None:
    """Cho biết nhiệm vụ định kỳ rơi vào những ngày nào, bằng lời; lập kỳ mới, kỳ cũ chưa đến được thu hồi."""
    _settle(ref, words, seen=seen, as_json=as_json, actor=actor)


@commands.command("offer")
def offer(  # noqa: PLR0913, PLR0917 - options of a command
    ref: Assignment,
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
    from tracker.services.finding import find_assignment
    from tracker.services.recurring import offer as propose
    from tracker.store.calendar import calendar_of
    from tracker.store.session import transaction

    app = open_app()
    if every is not None and every not in set(Interval):
        raise typer.BadParameter(", ".join(Interval), param_hint="--every")
    chosen = None if every is None else Interval(every)
    with transaction(app.engine) as session:
        calendar = calendar_of(session)
        number = find_assignment(session, ref, seen_by(actor, session, app))
        found = propose(session, number, day_of(on, app), calendar, every=chosen, day=day)
    if accept:
        _settle(ref, found.words, seen=None, as_json=as_json, actor=actor)
        return
    if as_json:
        write_json(found)
        return
    _write_periods(found.periods)
    tell("recurring.offered", task=found.code, lead=found.lead, words=found.words)


def _settle(ref: str, words: str, *, seen: int | None, as_json: bool, actor: str | None) -> None:
    """Write down when a duty comes round, and make its dates from today on, which any run would too."""
    from tracker.clock import today
    from tracker.domain.deadlines import Reckoning
    from tracker.services.finding import find_assignment
    from tracker.services.recurring import make_instances, set_recurrence
    from tracker.store.calendar import calendar_of
    from tracker.store.session import transaction

    app = open_app()
    ahead = app.settings.recurring_ahead_days
    with transaction(app.engine) as session:
        act, by = act_of(actor, app), Reckoning(calendar_of(session), app.policy)
        number = find_assignment(session, ref, seen_by(actor, session, app))
        settled = set_recurrence(session, number, words, by=by, act=act, seen=seen)
    rhythm, left = settled.rhythm, settled.left
    with transaction(app.engine) as session:  # now the history says from when on the dates are known
        act, calendar, day = act_of(actor, app), calendar_of(session), today(app.clock)
        made = make_instances(session, day, calendar, act, policy=app.policy, ahead=ahead, only=number)
    if as_json:
        said = {"assignment_id": number, "words": rhythm.words, "rules": rhythm.days.rules, "made": made}
        write_json({**said, "withdrawn": left})
        return
    _write_left(left)
    tell("recurring.set", ref=number, words=rhythm.words, made=len(made), left=len(left))


def _write_left(left: "Sequence[Share]") -> None:
    """List the dates of the old rhythm that were withdrawn."""
    if not left:
        return
    from tracker.clock import shown

    tell("recurring.left", count=len(left))
    write_table(
        ("work-number", "lead", "occasion", "due-on"),
        ((one.id, one.lead_name, shown(date.fromisoformat(one.occasion)), shown(one.due_on)) for one in left),
    )


def _write_periods(periods: "Sequence[ReportingPeriod]") -> None:
    from tracker.clock import shown

    write_table(
        ("figures-from", "figures-close", "sent-from", "sent-by"),
        ((shown(one.first), shown(one.closes), shown(one.sent_from), shown(one.sent_by)) for one in periods),
    )
