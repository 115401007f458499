"""The watchdog on the command line: is anybody forgotten, did every day run, is any letter stuck."""

import typer

from tracker.cli.shared import Json, Viewer, open_app, tell, write_json


def watch(as_json: Json = False, viewer: Viewer = None) -> None:
    """Kiểm tra việc nhắc: không phần việc nào bị quên, không ngày nào lỡ lượt, không thư nào mất hoặc kẹt."""
    from tracker.clock import shown
    from tracker.phrasebook import say
    from tracker.services.watching import as_json as plain_of
    from tracker.services.watching import look_after, sentence

    del viewer  # who may look was asked before
    seen = look_after(open_app())
    if as_json:
        write_json(plain_of(seen))
    else:
        for one in seen.findings:
            typer.echo(f"{'!' if one.wrong else '·'} {sentence(one)}")
        quiet = "; ".join(f"{say(f'quiet.{why}')}: {count}" for why, count in seen.quiet.items())
        tell(
            "watch.outlook",
            on=shown(seen.on),
            count=seen.assignments,
            next=seen.with_next,
            quiet=quiet or say("watch.no-quiet"),
        )
        tell("watch.in-order" if seen.in_order else "watch.not-in-order")
    if not seen.in_order:
        raise typer.Exit(1)
