"""Steer the stand-in of Zalo from another process, and see what it did."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, Final

from notifications.standins.zalo_state import Fault, State


def shown(state: State) -> dict[str, Any]:
    """Return what GET /_state shows."""
    with state.lock:
        return {
            "accepted": list(state.accepted),
            "oa_accepted": list(state.oa_accepted),
            "zns_accepted": list(state.zns_accepted),
            "requests": state.requests,
            "calls": dict(state.calls),
            "issued": state.account.issued,
            "refused_refreshes": state.account.refused_refreshes,
            "faults": [asdict(fault) for fault in state.faults],
        }


def control(state: State, orders: Mapping[str, Any]) -> None:
    """Carry out the orders of POST /_ctl, in the order of the table below."""
    with state.lock:
        for name, carry_out in _ORDERS.items():
            if name in orders:
                carry_out(state, orders[name])


def _reset(state: State, wanted: Any) -> None:
    if wanted:
        state.reset()


def _bot_tokens(state: State, tokens: Any) -> None:
    state.tokens = set(tokens)


def _chats(state: State, chats: Any) -> None:
    state.chats = None if chats is None else set(chats)


def _followers(state: State, users: Any) -> None:
    state.account.followers = None if users is None else set(users)


def _without_zalo(state: State, phones: Any) -> None:
    state.account.no_zalo = set(phones)


def _left(state: State, count: Any) -> None:
    state.account.left = int(count)


def _now(state: State, moment: Any) -> None:
    """Stop the clock at an ISO 8601 moment; null lets the real one count again."""
    fixed = None if moment is None else datetime.fromisoformat(moment).astimezone(UTC)
    state.now = lambda: fixed or datetime.now(UTC)


def _expire(state: State, wanted: Any) -> None:
    if wanted:
        state.account.expires_at = state.now()


def _rotate(state: State, wanted: Any) -> None:
    """Change the tokens behind everybody's back, as another program with the same app would."""
    if wanted:
        state.account.rotate(state.now())


def _faults(state: State, faults: Any) -> None:
    state.faults.extend(Fault(**fault) for fault in faults)


_ORDERS: Final[Mapping[str, Callable[[State, Any], None]]] = {
    "reset": _reset,
    "tokens": _bot_tokens,
    "chats": _chats,
    "followers": _followers,
    "no_zalo": _without_zalo,
    "quota": _left,
    "now": _now,
    "expire": _expire,
    "rotate": _rotate,
    "faults": _faults,
}
