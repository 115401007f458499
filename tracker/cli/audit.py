"""History on the command line: is it whole, and what happened to a task."""

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli.shared import Json, Viewer, open_app, plain, seen_by, tell, write_json, write_table

if TYPE_CHECKING:
    from tracker.services.audit import Verification
    from tracker.services.audit_rows import RowFinding
    from tracker.services.audit_walk import Finding
    from tracker.store.chain import KeptLine

BROKEN = 1
_PHRASED_AS = {"role": "accountrole"}  # where the phrasebook has the values of a field

commands = typer.Typer(help="Nhật ký: kiểm tra tính nguyên vẹn, xem diễn biến.", no_args_is_help=True)


@commands.command()
def verify(
    expect: Annotated[
        str | None,
        typer.Option(
            "--expect", metavar="MỐC", help="Mốc đối chiếu đã giữ từ lần trước: MÃ_BĂM hoặc MÃ_BĂM@SỐ."
        ),
    ] = None,
    as_json: Json = False,
    viewer: Viewer = None,
) -> None:
    """Kiểm tra nhật ký nguyên vẹn không, bảng có khớp nhật ký không; in mốc đối chiếu. Sai: thoát 1."""
    from tracker.services.audit import expected_of
    from tracker.services.audit import verify as verify_history

    del viewer  # who may look was asked before
    expected = None if expect is None else expected_of(expect)
    found = verify_history(open_app().engine, expected=expected)
    if as_json:
        write_json(_all_as_json(found))
    else:
        _tell_all(found)
        if expected is not None and found.whole:
            tell("audit.met", count=found.walked.met_at)
        tell("audit.mark", mark=found.mark)
    if not found.whole:
        raise typer.Exit(BROKEN)


@commands.command()
def show(
    ref: Annotated[
        str,
        typer.Argument(metavar="NHIỆM_VỤ", help="Mã nhiệm vụ hoặc số phần việc.", show_default=False),
    ],
    as_json: Json = False,
    viewer: Viewer = None,
) -> None:
    """Kể lại toàn bộ diễn biến của một nhiệm vụ: tiếp nhận, giao, báo cáo, gia hạn, thư đã gửi."""
    from tracker.phrasebook import catalogue, say
    from tracker.services.audit_story import story
    from tracker.store.session import reading

    app = open_app()
    with reading(app.engine) as session:
        told = story(session, ref, scope=seen_by(viewer, session, app))
    if as_json:
        write_json(told)
        return
    head = say(
        "story.head",
        None,
        task=told.code,
        action=told.action,
        document=told.document,
        leads="; ".join(told.leads),
    )
    typer.echo(head)

    def via(channel: str) -> str:
        code = f"story.via.{channel}"
        return say(code) if code in catalogue() else channel

    write_table(
        ("at", "who", "channel", "about", "what"),
        (
            (
                f"{entry.at.astimezone(app.settings.zone):%d/%m/%Y %H:%M}",
                entry.who,
                via(entry.channel),
                entry.about,
                entry.sentence,
            )
            for entry in told.entries
        ),
    )


def _tell_all(found: "Verification") -> None:
    """Say every fault, then whether all is whole, and what history does not reach back to."""
    walked, compared = found.walked, found.compared
    for one in walked.findings:
        typer.echo(_sentence(one))
    for row in compared.findings:
        typer.echo(_row_sentence(row))
    if more := walked.more + compared.more:
        tell("audit.more", count=more)
    for name in found.guards_missing:
        tell("audit.guard-missing", name=name)
    tell(
        "audit.whole" if found.whole else "audit.broken",
        count=walked.count,
        faults=found.faults,
        works=compared.works,
        accounts=compared.accounts,
    )
    if compared.before:
        tell("audit.before", count=compared.before)


def _all_as_json(found: "Verification") -> dict[str, Any]:
    walked, compared = found.walked, found.compared
    return {
        "whole": found.whole,
        "count": walked.count,
        "last_hash": walked.last_hash,
        "mark": found.mark,
        "met_at": walked.met_at,
        "findings": [_as_json(one) for one in walked.findings],
        "more": walked.more,
        "guards_missing": list(found.guards_missing),
        "rows": {
            "works": compared.works,
            "accounts": compared.accounts,
            "before": compared.before,
            "findings": [{**plain(one), "message": _row_sentence(one)} for one in compared.findings],
            "more": compared.more,
        },
    }


def _row_sentence(found: "RowFinding") -> str:
    """Name a row that says otherwise than history, and what each says."""
    from tracker.phrasebook import catalogue, say
    from tracker.services.audit_story import in_words

    row = say(f"row.{found.kind}", None, number=found.number, name=found.name, version=found.version)
    if found.field is None:
        return say(f"fault.row-{found.fault}", None, row=row)
    label = next(
        (
            say(code)
            for code in (f"row.field.{found.field}", f"story.field.{found.field}")
            if code in catalogue()
        ),
        found.field,
    )
    now = in_words(_PHRASED_AS.get(found.field, found.field), found.now)
    if found.kind == "deadline" and found.said is None and found.field != "due_on":
        return say("fault.row-edited-text", None, row=row, field=label, now=now)
    said = in_words(_PHRASED_AS.get(found.field, found.field), found.said)
    return say("fault.row-edited", None, row=row, field=label, now=now, said=said)


def _sentence(found: "Finding") -> str:
    """Say what was done, and what the line that is named says now."""
    from tracker.phrasebook import say

    said = say(
        f"fault.{found.fault}",
        None,
        line="" if found.line is None else found.line.id,
        after=found.after,
        before=found.before,
        was=found.was,
        count="?" if found.count is None else found.count,
        hash=found.hash,
    )
    return said if found.line is None else f"{said} {_now_says(found.line)}"


def _now_says(line: "KeptLine") -> str:
    from tracker.clock import VIETNAM
    from tracker.phrasebook import say

    unread = dict(line.unread)
    told = say(
        "audit.now-says",
        None,
        at="?" if "at" in unread else f"{line.at.astimezone(VIETNAM):%d/%m/%Y %H:%M}",
        actor=line.actor,
        channel=line.channel,
        action=line.action,
        entity=line.entity,
        id=line.entity_id,
        before=json.dumps(line.before, ensure_ascii=False),
        after=json.dumps(line.after, ensure_ascii=False),
    )
    foreign = (say("audit.unread", None, column=column, value=value) for column, value in line.unread)
    return " ".join((told, *foreign))


def _as_json(found: "Finding") -> dict[str, Any]:
    value: dict[str, Any] = {
        name: plain(getattr(found, name))
        for name in ("fault", "after", "before", "was", "count", "hash", "line")
    }
    return {**value, "message": _sentence(found)}
