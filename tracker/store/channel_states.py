"""The circuit breakers of the channels, shared by all deliverers; the rule is `notifications.breaker`."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Engine, select, update
from sqlmodel import Session, col

from notifications.breaker import TRIAL_TAKES, BreakerState, after
from notifications.outcome import Outcome
from tracker.store.session import reading, transaction
from tracker.store.tables import ChannelStateRow
from tracker.store.upsert import insert_new


def of_channels(session: Session) -> dict[str, BreakerState]:
    """Return how each channel fared that ever failed, by its name."""
    rows = session.scalars(select(ChannelStateRow).order_by(col(ChannelStateRow.channel)))
    return {row.channel: _state(row) for row in rows}


@dataclass(frozen=True, slots=True)
class SqlBreakers:
    """Breakers in the database; implements `notifications.breaker.Breakers`."""

    engine: Engine

    def states(self, channels: Collection[str]) -> Mapping[str, BreakerState]:
        """Return the state of each channel."""
        with reading(self.engine) as session:
            known = of_channels(session)
        return {channel: known.get(channel, BreakerState()) for channel in channels}

    def take_trial(self, channel: str, seen: BreakerState, now: datetime) -> bool:
        """Take the one trial that a channel allows, if nobody took it since it was seen."""
        taken = (
            update(ChannelStateRow)
            .where(
                col(ChannelStateRow.channel) == channel,
                col(ChannelStateRow.open_until) == seen.rests_until,
                col(ChannelStateRow.since) == seen.since,
            )
            .values(since=now, open_until=now + TRIAL_TAKES)
            .returning(col(ChannelStateRow.channel))
        )
        with transaction(self.engine) as session:
            return session.execute(taken).first() is not None

    def record(self, channel: str, outcome: Outcome, now: datetime, *, trial: bool) -> None:
        """Write down what a channel answered."""
        with transaction(self.engine) as session:
            insert_new(session, ChannelStateRow, {"channel": channel, "failures": 0, "since": now})
            row = session.get_one(ChannelStateRow, channel, with_for_update=True)
            seen = _state(row)
            state = after(seen, outcome, now, trial=trial)
            if replace(state, since=seen.since) != seen:
                row.failures, row.since = state.failures, state.since or now
                row.open_until, row.reason = state.rests_until, state.reason


def _state(row: ChannelStateRow) -> BreakerState:
    return BreakerState(row.failures, row.since, row.open_until, row.reason)
