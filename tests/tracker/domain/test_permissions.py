"""What each role may see and do: a table, and the laws of standing in and of leaving."""

from datetime import date, timedelta
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.accounts import Account, StandIn, may_stand_in
from tracker.domain.people import AccountRole as Role
from tracker.domain.permissions import EVERYTHING, RULES, Allowed, Deed, Refused, Scope, may, scope_of
from tracker.domain.status import Move, Status

DAY = date(2020, 4, 9)
OURS, THEIRS = 1, 2
ADMIN, OFFICE, LEADER, HEAD, OFFICER = (
    Role.ADMINISTRATOR,
    Role.SECRETARIAT,
    Role.LEADER,
    Role.AGENCY_HEAD,
    Role.AGENCY_OFFICER,
)

# The rule book once more, written by hand: who may do what with work that is their own agency's.
MAY: Final[dict[str, set[Role]]] = {
    Move.APPROVE: {OFFICE, LEADER},
    Move.ACKNOWLEDGE: {OFFICE, HEAD, OFFICER},
    Move.START: {OFFICE, HEAD, OFFICER},
    Move.PROGRESS: {OFFICE, HEAD, OFFICER},
    Move.OBSTACLE: {OFFICE, HEAD, OFFICER},
    Move.REPORT: {OFFICE, HEAD, OFFICER},
    Move.CONFIRM: {OFFICE, LEADER},
    Move.RETURN: {OFFICE, LEADER},
    Move.REFUSE: {OFFICE, HEAD, OFFICER},
    Move.KEEP: {OFFICE, LEADER},
    Move.TRANSFER: {OFFICE, LEADER},
    Move.SUSPEND: {OFFICE, LEADER},
    Move.RESUME: {OFFICE, LEADER},
    Move.WITHDRAW: {OFFICE, LEADER},
    Move.ASK_EXTENSION: {OFFICE, HEAD, OFFICER},
    Move.WITHDRAW_EXTENSION: {OFFICE, HEAD, OFFICER},
    Move.REFUSE_EXTENSION: {LEADER},
    Move.GRANT_EXTENSION: {LEADER},
    Move.GRANT_EXTENSION_AGAIN: {LEADER},
    Move.RECORD_EXTENSION: {OFFICE, LEADER},
    Move.ASK_EXPLANATION: {OFFICE, LEADER},
    Move.ANSWER_EXPLANATION: {OFFICE, HEAD, OFFICER},
    Move.JUDGE_EXPLANATION: {LEADER},
    Deed.TAKE_IN: {OFFICE, LEADER},
    Deed.OFFICE: {OFFICE, LEADER},
    Deed.DATE_PAPER: {OFFICE},
    Deed.LINEAGE: {OFFICE, LEADER},
    Deed.REGISTER: {ADMIN, OFFICE},
    Deed.CALENDAR: {ADMIN, OFFICE},
    Deed.BACKUP: {ADMIN, OFFICE},
    Deed.RELEASE: {ADMIN, OFFICE},
    Deed.LADDER: {ADMIN, OFFICE},
    Deed.LETTERS: {ADMIN, OFFICE},
    Deed.ACCOUNTS: {ADMIN},
    Deed.OVERSEE: {ADMIN, OFFICE, LEADER},
    Deed.SEE_LETTERS: {ADMIN, OFFICE, LEADER},
    Deed.SEE_LADDER: {ADMIN, OFFICE, LEADER},
    Deed.SEE_HOLD: {ADMIN, OFFICE, LEADER},
    Deed.SEE_CONTACTS: {ADMIN, OFFICE, LEADER},
    Deed.SEE_TAKEOVERS: {ADMIN, OFFICE, LEADER},
    Deed.SEE_ACCOUNTS: {ADMIN, OFFICE, LEADER},
    "something nobody thought of": {OFFICE, LEADER},
}


def a_person(role: Role, agency_id: int | None = None, number: int = 1, **values: Any) -> Account:
    """Build an account; those of an agency are of ours unless another is given."""
    if role in {HEAD, OFFICER}:
        agency_id = agency_id or OURS
    return Account(
        id=number, login=f"{role}-{number}", name=str(role), role=role, agency_id=agency_id, **values
    )


def standing_in_for(account: Account, **values: Any) -> StandIn:
    """Build a rule by which somebody stands in for a person around the day."""
    usual = {"from_on": DAY - timedelta(days=1), "to_on": DAY + timedelta(days=1)}
    return StandIn(account=account, **{**usual, **values})


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("what", MAY, ids=str)
def test_what_a_role_may_do_with_work_of_its_own_agency(role: Role, what: str) -> None:
    """Every role and everything that can be done: allowed as the table says, else refused with the rule."""
    verdict = may(a_person(role), [], what, DAY, agency_id=OURS)

    assert isinstance(verdict, Allowed) == (role in MAY[what])


@pytest.mark.parametrize("role", [HEAD, OFFICER])
@pytest.mark.parametrize("agency", [THEIRS, None], ids=["another's", "nobody's"])
@pytest.mark.parametrize("what", MAY, ids=str)
def test_nobody_of_an_agency_touches_work_of_another(role: Role, agency: int | None, what: str) -> None:
    """Whatever the move; for those that are theirs with their own work the sentence says why."""
    verdict = may(a_person(role), [], what, DAY, agency_id=agency)

    assert isinstance(verdict, Refused)
    assert (verdict.rule == "permit.other-agency") == (role in MAY[what])


def test_the_table_above_knows_every_move_and_deed() -> None:
    """A move that is added needs a decision about who may make it, and a row here."""
    assert {*Move, *Deed} <= MAY.keys()
    assert {*Move, *Deed} == set(RULES)


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "there"),
    [
        pytest.param(None, None, True, id="no dates"),
        pytest.param(DAY, DAY, True, id="first and last day"),
        pytest.param(None, DAY - timedelta(days=1), False, id="has left"),
        pytest.param(DAY + timedelta(days=1), None, False, id="has not begun"),
    ],
)
@pytest.mark.parametrize("role", Role)
def test_who_has_left_or_not_begun_sees_and_does_nothing(
    role: Role, valid_from: date | None, valid_to: date | None, there: bool
) -> None:
    """The dates of an account count to the day."""
    person = a_person(role, valid_from=valid_from, valid_to=valid_to)
    seen = scope_of(person, [], DAY)
    verdicts = [may(person, [], what, DAY, agency_id=OURS) for what in MAY]

    assert (seen != Scope()) == there
    assert any(isinstance(verdict, Allowed) for verdict in verdicts) == there
    if not there:
        assert set(verdicts) == {Refused("permit.not-active")}


@pytest.mark.parametrize("role", [ADMIN, OFFICE, LEADER])
def test_the_office_sees_everything(role: Role) -> None:
    """Also drafts and work that no agency of the register leads."""
    scope = scope_of(a_person(role), [], DAY)

    assert scope == EVERYTHING
    assert all(scope.sees(agency, status) for agency in (OURS, None) for status in Status)


def test_an_agency_sees_its_own_work_once_it_is_given() -> None:
    """Neither another's, nor a reading that nobody approved yet."""
    scope = scope_of(a_person(OFFICER), [], DAY)

    assert {status for status in Status if scope.sees(OURS, status)} == set(Status) - {Status.DRAFT}
    assert not any(scope.sees(agency, status) for agency in (THEIRS, None) for status in Status)


def test_a_substitute_sees_and_does_what_the_other_may() -> None:
    """And the verdict says whose right it was; for one's own work it is one's own."""
    person, other = a_person(OFFICER), a_person(HEAD, THEIRS, 2)
    rules = [standing_in_for(other)]

    assert scope_of(person, rules, DAY) == Scope(agencies=frozenset({OURS, THEIRS}))
    assert may(person, rules, Move.REPORT, DAY, agency_id=THEIRS) == Allowed(other)
    assert may(person, rules, Move.REPORT, DAY, agency_id=OURS) == Allowed(person)
    assert isinstance(may(person, rules, Move.CONFIRM, DAY, agency_id=OURS), Refused)


def test_a_clerk_who_stands_in_for_a_leader_decides() -> None:
    """Only as long as it lasts."""
    clerk, leader = a_person(OFFICE), a_person(LEADER, number=2)
    rules = [standing_in_for(leader)]

    assert may(clerk, rules, Move.GRANT_EXTENSION, DAY) == Allowed(leader)
    assert may(clerk, rules, Move.GRANT_EXTENSION, DAY + timedelta(days=2)) == Refused("permit.decision")


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"to_on": DAY - timedelta(days=1)}, id="over"),
        pytest.param({"from_on": DAY + timedelta(days=1)}, id="not begun"),
        pytest.param({"ended_on": DAY}, id="called off today"),
        pytest.param({"ended_on": DAY - timedelta(days=1)}, id="called off before"),
    ],
)
def test_a_substitution_counts_on_its_days_only(values: dict[str, Any]) -> None:
    """Before, after, and once it is called off there is nothing."""
    rules = [standing_in_for(a_person(OFFICER, THEIRS, 2), **values)]

    assert scope_of(a_person(OFFICER), rules, DAY) == Scope(agencies=frozenset({OURS}))


def test_nobody_stands_in_for_one_who_has_left() -> None:
    """The right goes with the person."""
    gone = a_person(OFFICER, THEIRS, 2, valid_to=DAY - timedelta(days=1))

    assert scope_of(a_person(OFFICER), [standing_in_for(gone)], DAY) == Scope(agencies=frozenset({OURS}))


def test_one_who_has_left_stands_in_for_nobody() -> None:
    """Whatever rules there still are."""
    gone = a_person(OFFICER, valid_to=DAY - timedelta(days=1))

    assert scope_of(gone, [standing_in_for(a_person(LEADER, number=2))], DAY) == Scope()


@pytest.mark.parametrize("substitute", Role)
@pytest.mark.parametrize("account", Role)
def test_agencies_stand_in_for_agencies_and_the_office_for_the_office(
    account: Role, substitute: Role
) -> None:
    """Nobody comes to confirm a result that they reported; administrators stay out of it on both sides."""
    inside, office = {HEAD, OFFICER}, {OFFICE, LEADER}
    allowed = may_stand_in(a_person(substitute), a_person(account, number=2))

    assert allowed == ({account, substitute} <= inside or {account, substitute} <= office)


@pytest.mark.parametrize("roles", [(ADMIN, LEADER), (OFFICE, ADMIN), (OFFICER, LEADER)])
def test_a_substitution_ends_with_the_roles_that_allowed_it(roles: tuple[Role, Role]) -> None:
    """Somebody who stood in as a clerk and became an administrator does not decide extensions."""
    person, other = a_person(roles[0], THEIRS if roles[0] is OFFICER else None), a_person(roles[1], number=2)
    rules = [standing_in_for(other)]

    assert may(person, rules, Move.GRANT_EXTENSION, DAY) == Refused("permit.decision")
    assert scope_of(person, rules, DAY) == scope_of(person, [], DAY)
    assert [may(person, rules, deed, DAY) for deed in Deed] == [may(person, [], deed, DAY) for deed in Deed]


def test_nobody_stands_in_for_oneself() -> None:
    """That would say nothing."""
    assert not may_stand_in(a_person(OFFICE), a_person(OFFICE))


@given(
    roles=st.lists(
        st.tuples(st.sampled_from(Role), st.integers(1, 4), st.booleans()), min_size=1, max_size=5
    ),
    agency=st.one_of(st.none(), st.integers(1, 4)),
    move=st.sampled_from(Move),
)
def test_whoever_may_do_something_also_sees_it(
    roles: list[tuple[Role, int, bool]], agency: int | None, move: Move
) -> None:
    """Nobody acts on work that is hidden from them."""
    people = [a_person(role, number, place) for place, (role, number, _) in enumerate(roles, start=1)]
    rules = [
        standing_in_for(one, to_on=DAY if now else DAY - timedelta(days=1))
        for one, (_, _, now) in zip(people[1:], roles[1:], strict=True)
    ]
    verdict = may(people[0], rules, move, DAY, agency_id=agency)

    if isinstance(verdict, Allowed):
        assert scope_of(people[0], rules, DAY).sees(agency, Status.ASSIGNED)
