"""The figures of a business date, frozen: what every letter, page and sheet of that day prints."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from tracker.store.tables import SnapshotRow


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Frozen figures, by the number that is printed beside them."""

    id: str  # S-20201105-1
    business_date: date
    cut_off_at: datetime
    figures: Mapping[str, Any]
    hash: str


def freeze(session: Session, on: date, figures: Mapping[str, Any], at: datetime) -> Snapshot:
    """Keep the figures of a date and return them with their number; the same figures again keep theirs.

    Whoever calls holds the run of the date, so that two processes cannot give out one number twice.
    """
    kept = of_date(session, on)
    digest = _digest(on, figures)
    if kept and kept[-1].hash == digest:
        return kept[-1]
    row = SnapshotRow(
        id=f"S-{on:%Y%m%d}-{len(kept) + 1}",
        business_date=on,
        cut_off_at=at,
        figures=dict(figures),
        hash=digest,
    )
    session.add(row)
    session.flush()
    return _snapshot(row)


def of_date(session: Session, on: date) -> list[Snapshot]:
    """Return what was frozen on a business date, in its order."""
    rows = session.exec(
        select(SnapshotRow)
        .where(col(SnapshotRow.business_date) == on)
        .order_by(col(SnapshotRow.cut_off_at), col(SnapshotRow.id))
    )
    return [_snapshot(row) for row in rows]


def with_id(session: Session, snapshot_id: str) -> Snapshot | None:
    """Return frozen figures by their number."""
    row = session.get(SnapshotRow, snapshot_id)
    return None if row is None else _snapshot(row)


def is_genuine(snapshot: Snapshot) -> bool:
    """Tell whether the figures are still those that were frozen."""
    return snapshot.hash == _digest(snapshot.business_date, snapshot.figures)


def _digest(on: date, figures: Mapping[str, Any]) -> str:
    written = json.dumps([on.isoformat(), dict(figures)], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def _snapshot(row: SnapshotRow) -> Snapshot:
    return Snapshot(row.id, row.business_date, row.cut_off_at, row.figures, row.hash)
