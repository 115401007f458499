"""The channels that letters go through: how each stands, and a test message."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.shared import Actor, Json, Viewer, act_of, open_app, tell, write_json, write_table

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from tracker.services.channels import Standing, Tested
    from tracker.store.channel_log import LastTry

commands = typer.Typer(help="Kênh gửi thư: tình trạng, gửi thử.", no_args_is_help=True)


@commands.command("list")
def list_channels(as_json: Json = False, viewer: Viewer = None) -> None:
    """Liệt kê các kênh: đã cài đặt chưa, còn thiếu gì, lần gửi gần nhất, có đang tạm ngừng không."""
    from tracker.clock import instant
    from tracker.phrasebook import say
    from tracker.services.channels import standings

    del viewer  # who may look was asked before
    app = open_app()
    found = standings(app)
    if as_json:
        write_json(found)
        return
    zone, now = app.settings.zone, instant(app.clock)
    write_table(
        ("channel", "channel-name", "channel-state", "waiting", "last-try"),
        (
            (
                say(f"channel.{one.channel}"),
                one.channel,
                _state(one, zone, now),
                one.waiting,
                _last(one.last, zone),
            )
            for one in found
        ),
    )


@commands.command("test")
def send_test(
    channel: Annotated[
        str,
        typer.Argument(metavar="KÊNH", help="email, zalo, zns, zalo-oa hoặc apprise.", show_default=False),
    ],
    to: Annotated[
        str,
        typer.Option(
            "--to",
            metavar="ĐỊA_CHỈ",
            help="Thư điện tử, mã hội thoại Zalo, số điện thoại (zns), mã người dùng OA hoặc URL Apprise.",
            show_default=False,
        ),
    ],
    as_json: Json = False,
    actor: Actor = None,
) -> None:
    """Gửi một tin ghi rõ là tin thử đến một địa chỉ và cho biết kênh trả lời gì."""
    from notifications.outcome import OutcomeKind
    from tracker.services.channels import send_test as send

    app = open_app()
    done = send(app, channel, to, act=act_of(actor, app))
    if as_json:
        write_json(
            {
                "channel": done.channel,
                "to": done.address,
                "message_id": done.message_id,
                "outcome": done.outcome.kind,
                "code": done.outcome.code,
                "detail": done.outcome.detail,
            }
        )
    else:
        _tell(done)
    if done.outcome.kind is not OutcomeKind.SENT:
        raise typer.Exit(1)


def _tell(done: "Tested") -> None:
    from tracker.phrasebook import say

    outcome = done.outcome
    tell(
        f"channels.test-{outcome.kind}",
        channel=say(f"channel.{done.channel}"),
        to=done.address,
        answer=" ".join(filter(None, (outcome.code, outcome.detail))),
    )


def _state(one: "Standing", zone: "ZoneInfo", now: datetime) -> str:
    """Say whether a channel can be used, and if not, what to do."""
    from notifications.breaker import Gate
    from tracker.phrasebook import say

    if not one.set_up:
        return say("channels.lacks", missing=", ".join(one.missing))
    if (until := one.rest.rests_until) is not None:
        code = "channels.shut" if one.rest.gate(now) is Gate.SHUT else "channels.trial"
        return say(code, until=_moment(until, zone), reason=one.rest.reason)
    if one.token_until is not None:
        return say("channels.ready-until", until=_moment(one.token_until, zone))
    return say("channels.ready")


def _last(last: "LastTry | None", zone: "ZoneInfo") -> str:
    from tracker.phrasebook import say

    if last is None:
        return say("channels.never")
    outcome = say("channels.unanswered") if last.outcome is None else say(f"letter-state.{last.outcome}")
    return f"{_moment(last.at, zone)}: " + " ".join(filter(None, (outcome, last.code, last.detail)))


def _moment(at: datetime, zone: "ZoneInfo") -> str:
    return f"{at.astimezone(zone):%H:%M %d/%m/%Y}"
