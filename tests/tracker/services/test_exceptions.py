"""Addresses outside the official domains: allowed for a reason, by who may, kept in history, and revoked."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from tests.tracker.factories import MOMENT
from tracker.domain.people import AccountRole
from tracker.errors import Conflict, InvalidSetting, NotFound, NotPermitted
from tracker.services import accounts
from tracker.services.exceptions import except_address, revoke_exception
from tracker.store import address_exceptions
from tracker.store.accounts import AccountEntry
from tracker.store.address_exceptions import ENTITY
from tracker.store.events import Act, history
from tracker.store.session import reading, transaction

ACT = Act("lan", "cli", datetime(2020, 4, 6, 2, 0, tzinfo=UTC))
ADDRESS = "ban.quan.ly@gmail.example"


def test_an_exception_is_allowed_and_revoked_with_history(engine: Engine) -> None:
    """Capitals and blanks do not matter; both acts are lines of history with their reasons."""
    with transaction(engine) as session:
        made = except_address(session, " Ban.Quan.Ly@gmail.example ", "chưa có hộp thư  công vụ", act=ACT)
    with reading(engine) as session:
        assert address_exceptions.in_force(session) == {ADDRESS}
    with transaction(engine) as session:
        revoke_exception(session, ADDRESS.upper(), "đã có hộp thư", act=ACT)
    with reading(engine) as session:
        lines = history(session, ENTITY, made.id)
        left = address_exceptions.in_force(session), address_exceptions.entries(session)
        kept = address_exceptions.entries(session, revoked=True)

    assert made.reason == "chưa có hộp thư công vụ"
    assert left == (frozenset(), [])
    assert [one.revoked_at is not None for one in kept] == [True]
    assert [(one.action, (one.after or {}).get("reason")) for one in lines] == [
        ("address-allowed", "chưa có hộp thư công vụ"),
        ("address-revoked", "đã có hộp thư"),
    ]


def test_what_cannot_be_excepted_is_refused(engine: Engine) -> None:
    """No address, no reason, twice, and revoking what is none: each says what to do."""
    with transaction(engine) as session:
        except_address(session, ADDRESS, "vì", act=ACT)
        with pytest.raises(Conflict, match="contacts allowed"):
            except_address(session, ADDRESS, "vì", act=ACT)
        with pytest.raises(InvalidSetting, match="--reason"):
            except_address(session, "b@gmail.example", "  ", act=ACT)
        with pytest.raises(InvalidSetting, match="không phải địa chỉ"):
            except_address(session, "không phải", "vì", act=ACT)
        with pytest.raises(NotFound):
            revoke_exception(session, "c@gmail.example", act=ACT)
        revoke_exception(session, ADDRESS, act=ACT)
        assert except_address(session, ADDRESS, "lại", act=ACT).address == ADDRESS


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        pytest.param(AccountRole.SECRETARIAT, True, id="secretariat"),
        pytest.param(AccountRole.ADMINISTRATOR, True, id="administrator"),
        pytest.param(AccountRole.LEADER, False, id="leader"),
    ],
)
def test_only_who_sets_the_office_up_excepts_an_address(
    engine: Engine, role: AccountRole, allowed: bool
) -> None:
    """Leaders do not; nor does a name that nobody knows."""
    with transaction(engine) as session:
        for login, held in (("quan-tri", AccountRole.ADMINISTRATOR), ("lan", role)):
            entry = AccountEntry(login=login, name=login, role=held)
            accounts.put(session, entry, act=Act("quan-tri", "cli", MOMENT), new=True)
    with transaction(engine) as session:
        if allowed:
            except_address(session, ADDRESS, "vì", act=ACT)
        else:
            with pytest.raises(NotPermitted):
                except_address(session, ADDRESS, "vì", act=ACT)
        with pytest.raises(NotPermitted):
            except_address(session, "b@gmail.example", "vì", act=Act("ai", "cli", MOMENT))
