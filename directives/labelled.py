"""Items whose leads, helpers and time stand behind labels, in the item or in the lines under it."""

from directives.coordination import as_helpers
from directives.labels import CellReader, bodies_of, fields_in, first_label
from directives.model import Span
from directives.order import Order
from directives.outline import Section
from directives.page import Page

LABELLED = "labelled"


def labelled_order(page: Page, section: Section, read_cell: CellReader) -> Order | None:
    """Return the order of an item whose leads stand behind a label, in it or in the lines right under it."""
    fields = dict(fields_in(page, section.span))
    spans = [section.span]
    under = [child for child in section.children if child.mark is None or not child.mark.row.in_path]
    for child in under:
        for name, span in fields_in(page, child.span):
            fields.setdefault(name, span)
        spans += [below.span for below in child.walk()]
    leads = bodies_of(page, fields.get("leads"))
    if not leads:
        return None
    work = Span(section.span.start, first_label(page, section.span))
    if not page.words(work).strip(" .:;(-"):
        return None
    deadline = read_cell(fields["time"]) if "time" in fields else None
    if deadline is None:
        deadline = next(iter(page.deadlines_in(work)), None)
    helpers = as_helpers(bodies_of(page, fields.get("helpers")), LABELLED)
    return Order(leads, helpers, spans, work, deadline, rule=LABELLED)
