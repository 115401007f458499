"""The five figures on the command line."""

from typing import Annotated, Literal

import typer

from tracker.cli.shared import Json, On, Viewer, day_of, open_app, seen_by, tell, write_json, write_table

By = Annotated[
    Literal["agency"] | None, typer.Option("--by", help="agency: thêm một dòng cho từng cơ quan chủ trì.")
]


def figures(on: On = None, by: By = None, as_json: Json = False, viewer: Viewer = None) -> None:
    """Năm số liệu: tổng số, hoàn thành đúng hạn và quá hạn, đang làm trong hạn và quá hạn."""
    from dataclasses import astuple

    from tracker.clock import shown
    from tracker.phrasebook import say
    from tracker.services.figures import figures_on
    from tracker.store.calendar import calendar_of
    from tracker.store.session import reading

    app = open_app()
    with reading(app.engine) as session:
        found = figures_on(
            session,
            day_of(on, app),
            calendar=calendar_of(session),
            by_agency=by is not None,
            scope=seen_by(viewer, session, app),
        )
    if as_json:
        write_json(found)
        return
    tell("figures.on", on=shown(found.on))
    columns = ("total", "done-on-time", "done-late", "open-in-time", "open-overdue")
    total = (say("figures.all"), *astuple(found.figures))
    agencies = [(one.name, *astuple(one.figures)) for one in found.agencies]
    write_table(("agency", *columns), [*agencies, total])
