"""Accounts on the command line: who may act, who stands in for whom."""

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.shared import (
    Actor,
    DryRun,
    Json,
    Viewer,
    act_of,
    day_of,
    open_app,
    tell,
    write_json,
    write_table,
)
from tracker.cli.tables import Table, load_table
from tracker.domain.people import AccountRole

if TYPE_CHECKING:
    from datetime import date

    from tracker.app import App

commands = typer.Typer(help="Tài khoản và người thay thế.", no_args_is_help=True)

Login = Annotated[str, typer.Argument(metavar="TÀI_KHOẢN", help="Tên tài khoản.", show_default=False)]
Name = Annotated[str | None, typer.Option("--name", help="Họ và tên.")]
RoleOption = Annotated[AccountRole | None, typer.Option("--role", help="Vai trò.")]
Agency = Annotated[
    str | None, typer.Option("--agency", help="Mã cơ quan, với lãnh đạo cơ quan và cán bộ đầu mối.")
]
ContactOption = Annotated[
    str | None, typer.Option("--contact", help="Mã người nhận thông báo là chính người này.")
]
From = Annotated[str | None, typer.Option("--from", metavar="NGÀY", help="Ngày đầu tiên.")]
To = Annotated[str | None, typer.Option("--to", metavar="NGÀY", help="Ngày cuối cùng.")]


@commands.command()
def add(  # noqa: PLR0913, PLR0917 — a field each
    login: Login,
    name: Annotated[str, typer.Option("--name", help="Họ và tên.")],
    role: Annotated[AccountRole, typer.Option("--role", help="Vai trò.")],
    agency: Agency = None,
    contact: ContactOption = None,
    begins: From = None,
    ends: To = None,
    actor: Actor = None,
) -> None:
    """Thêm một tài khoản. Tài khoản đầu tiên phải là quản trị viên; từ đó mọi thao tác phải nêu tài khoản."""
    from tracker.phrasebook import say
    from tracker.services.accounts import put
    from tracker.store.accounts import AccountEntry, none_yet
    from tracker.store.session import transaction

    app = open_app()
    entry = AccountEntry(
        login=login,
        name=" ".join(name.split()),
        role=role,
        agency=agency,
        contact=contact,
        valid_from=_day(begins, app, "--from"),
        valid_to=_day(ends, app, "--to"),
    )
    with transaction(app.engine) as session:
        first = none_yet(session)
        put(session, entry, act=act_of(actor, app), new=True)
    tell("account.added", login=login, role=say(f"accountrole.{role}"))
    if first:
        tell("account.first", login=login)


@commands.command()
def change(  # noqa: PLR0913, PLR0917 — a field each
    login: Login,
    name: Name = None,
    role: RoleOption = None,
    agency: Agency = None,
    contact: ContactOption = None,
    begins: From = None,
    ends: To = None,
    actor: Actor = None,
) -> None:
    """Sửa một tài khoản; điều không nêu thì giữ nguyên, "-" là bỏ trống."""
    from dataclasses import replace

    from tracker.services.accounts import known, put
    from tracker.store.session import transaction

    app = open_app()
    said = {"agency": agency, "contact": contact, "valid_from": begins, "valid_to": ends}
    days = {"valid_from": "--from", "valid_to": "--to"}
    with transaction(app.engine) as session:
        entry = known(session, login)
        values: dict[str, object] = {
            field: None if value == "-" else _day(value, app, days[field]) if field in days else value
            for field, value in said.items()
            if value is not None
        }
        changed = replace(entry, name=name or entry.name, role=role or entry.role, **values)  # type: ignore[arg-type]
        put(session, changed, act=act_of(actor, app), new=False)
    tell("account.changed", login=login)


@commands.command()
def leave(
    login: Login,
    on: Annotated[
        str | None, typer.Option("--on", metavar="NGÀY", help="Ngày làm việc cuối; mặc định hôm nay.")
    ] = None,
    actor: Actor = None,
) -> None:
    """Ghi nhận một người nghỉ hoặc chuyển đi: tài khoản hết hiệu lực, việc thay thế còn mở kết thúc."""
    from tracker.clock import shown
    from tracker.services.accounts import leave as leave_account
    from tracker.store.session import transaction

    app = open_app()
    last_day = day_of(on, app)
    with transaction(app.engine) as session:
        leave_account(session, login, last_day, act=act_of(actor, app))
    tell("account.left", login=login, on=shown(last_day))


@commands.command("list")
def list_accounts(as_json: Json = False, viewer: Viewer = None) -> None:
    """Liệt kê tài khoản, cả người đã nghỉ."""
    from tracker.clock import shown
    from tracker.phrasebook import say
    from tracker.store import accounts
    from tracker.store.session import reading

    del viewer  # who may look was asked before
    with reading(open_app().engine) as session:
        entries = accounts.entries(session)
    if as_json:
        write_json(entries)
    elif not entries:
        tell("account.none")
    else:
        write_table(
            ("login", "name", "role", "agency", "valid-from", "valid-to", "password"),
            (
                (
                    entry.login,
                    entry.name,
                    say(f"accountrole.{entry.role}"),
                    entry.agency,
                    shown(entry.valid_from),
                    shown(entry.valid_to),
                    "x" if entry.has_password else "",
                )
                for entry in entries
            ),
        )


@commands.command()
def load(
    path: Table,
    dry_run: DryRun = False,
    as_json: Json = False,
    actor: Actor = None,
) -> None:
    """Nạp tài khoản từ bảng. Nạp lại không đổi gì; có lỗi thì không ghi gì."""
    from tracker.services.accounts import load as loader

    load_table(loader, path, dry_run=dry_run, as_json=as_json, actor=actor)


@commands.command()
def password(login: Login, actor: Actor = None) -> None:
    """Đặt mật khẩu: hỏi hai lần, không nhận mật khẩu trên dòng lệnh."""
    from tracker.phrasebook import say
    from tracker.services.accounts import known
    from tracker.services.passwords import set_password
    from tracker.store.session import reading, transaction

    app = open_app()
    with reading(app.engine) as session:
        known(session, login)
    given = typer.prompt(
        say("account.password-prompt"), hide_input=True, confirmation_prompt=say("account.password-again")
    )
    with transaction(app.engine) as session:
        set_password(session, login, given, act=act_of(actor, app))
    tell("account.password-set", login=login)


@commands.command()
def substitute(  # noqa: PLR0913, PLR0917 — who, by whom, when, why
    login: Login,
    by: Annotated[str, typer.Option("--by", metavar="TÀI_KHOẢN", help="Người thay.")],
    until: Annotated[str, typer.Option("--to", metavar="NGÀY", help="Ngày cuối cùng.")],
    begins: From = None,
    reason: Annotated[str, typer.Option("--reason", help="Lý do.")] = "",
    actor: Actor = None,
) -> None:
    """Cho một người thay một người trong một thời gian: xem và làm được việc của người đó."""
    from tracker.clock import shown
    from tracker.services.accounts import substitute as stand_in
    from tracker.store.session import transaction

    app = open_app()
    first, last = day_of(begins, app, "--from"), day_of(until, app, "--to")
    with transaction(app.engine) as session:
        act = act_of(actor, app)
        number = stand_in(session, login, by, from_on=first, to_on=last, reason=reason, act=act)
    tell(
        "substitution.added",
        number=number,
        login=login,
        substitute=by,
        first=shown(first),
        last=shown(last),
    )


@commands.command()
def substitutions(as_json: Json = False, viewer: Viewer = None) -> None:
    """Liệt kê ai thay ai, từ ngày nào đến ngày nào."""
    from tracker.clock import shown
    from tracker.store import accounts
    from tracker.store.session import reading

    del viewer  # who may look was asked before
    with reading(open_app().engine) as session:
        found = accounts.substitutions(session)
    if as_json:
        write_json(found)
    elif not found:
        tell("substitution.none")
    else:
        write_table(
            ("id", "login", "substitute", "from-on", "to-on", "ended-on", "reason"),
            (
                (
                    one.id,
                    one.login,
                    one.substitute,
                    shown(one.from_on),
                    shown(one.to_on),
                    shown(one.ended_on),
                    one.reason,
                )
                for one in found
            ),
        )


@commands.command("end-substitution")
def end_substitution(
    number: Annotated[int, typer.Argument(metavar="SỐ", help="Số trong dondoc accounts substitutions.")],
    actor: Actor = None,
) -> None:
    """Kết thúc sớm việc thay thế."""
    from tracker.services.accounts import end_substitution as end
    from tracker.store.session import transaction

    app = open_app()
    with transaction(app.engine) as session:
        ended = end(session, number, act=act_of(actor, app))
    tell("substitution.ended", login=ended.login, substitute=ended.substitute)


def _day(written: str | None, app: "App", option: str) -> "date | None":
    return None if written is None else day_of(written, app, option)
