"""Addresses outside the official domains on the command line: allow, revoke, list."""

from typing import Annotated

import typer

from tracker.cli.shared import Actor, Json, Viewer, act_of, open_app, tell, write_json, write_table

Address = Annotated[str, typer.Argument(metavar="ĐỊA_CHỈ", help="Địa chỉ thư điện tử.", show_default=False)]


def allow(
    address: Address,
    reason: Annotated[str, typer.Option("--reason", help="Lý do, ghi vào nhật ký.", show_default=False)],
    as_json: Json = False,
    actor: Actor = None,
) -> None:
    """Cho phép gửi đến một địa chỉ ngoài các tên miền của cơ quan nhà nước, có lý do."""
    from tracker.services.exceptions import except_address
    from tracker.store.session import transaction

    app = open_app()
    with transaction(app.engine) as session:
        made = except_address(session, address, reason, act=act_of(actor, app))
    if as_json:
        write_json(made)
    else:
        tell("exception.allowed", address=made.address)


def revoke(
    address: Address,
    reason: Annotated[str, typer.Option("--reason", help="Lý do, ghi vào nhật ký.")] = "",
    actor: Actor = None,
) -> None:
    """Thôi cho phép gửi đến một địa chỉ ngoài tên miền."""
    from tracker.services.exceptions import revoke_exception
    from tracker.store.session import transaction

    app = open_app()
    with transaction(app.engine) as session:
        revoke_exception(session, address, reason, act=act_of(actor, app))
    tell("exception.revoked", address=address.strip().lower())


def allowed(
    everything: Annotated[bool, typer.Option("--all", help="Cả những địa chỉ đã thôi cho phép.")] = False,
    as_json: Json = False,
    viewer: Viewer = None,
) -> None:
    """Liệt kê các địa chỉ ngoài tên miền được phép gửi đến, ai cho phép và vì sao."""
    from tracker.clock import office_day, shown
    from tracker.store import address_exceptions
    from tracker.store.session import reading

    del viewer  # who may look was asked before
    app = open_app()
    with reading(app.engine) as session:
        found = address_exceptions.entries(session, revoked=everything)
    if as_json:
        write_json(found)
    elif not found:
        tell("exception.list-none")
    else:
        write_table(
            ("address", "reason", "allowed-on", "allowed-by", "revoked-on"),
            (
                (
                    one.address,
                    one.reason,
                    shown(office_day(one.created_at)),
                    one.created_by,
                    "" if one.revoked_at is None else shown(office_day(one.revoked_at)),
                )
                for one in found
            ),
        )
