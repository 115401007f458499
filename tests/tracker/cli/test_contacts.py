"""`dondoc contacts`: loaded with telephones and consent, listed without giving them away."""

import json
from pathlib import Path
from typing import Any

import pytest

HEAD = "code,name,role,email,zalo_chat_id,zalo_user_id,phone,consented_on"
LAN = "lan,Trần Thị Lan,chairman,lan@a.example,e4ea2cd5189df1c3,2512523625412515,0912 345 678,02/4/2020"


@pytest.fixture
def loaded(command: Any, tmp_path: Path) -> None:
    """Load one contact with every kind of address."""
    path = tmp_path / "nguoi-nhan.csv"
    path.write_text(f"{HEAD}\n{LAN}\n", encoding="utf-8")
    answer = command("contacts", "load", str(path))
    assert answer.status == 0, answer


@pytest.mark.parametrize("more", [(), ("--json",)], ids=["as a table", "as JSON"])
def test_the_list_shows_only_the_ends_of_a_persons_numbers(
    loaded: None, command: Any, more: tuple[str, ...]
) -> None:
    """Enough to tell two apart and to see what is there; e-mail is an office's address and stays."""
    said = command("contacts", "list", *more).out

    for whole in ("84912345678", "912 345", "e4ea2cd5189df1c3", "2512523625412515"):
        assert whole not in said
    flat = "".join(said.split())
    for ends in ("84••••••678", "e4•••••••••••1c3", "25•••••••••••515", "lan@a.example"):
        assert ends in flat


def test_the_list_tells_who_has_consented(loaded: None, command: Any) -> None:
    """The day of consent is there, as a day."""
    (lan,) = json.loads(command("contacts", "list", "--json").out)

    assert lan["consented_on"] == "2020-04-02"


def test_a_number_that_is_none_is_told_by_its_cell(command: Any, tmp_path: Path) -> None:
    """The sentence says which cell, what is wrong, and how to write it."""
    path = tmp_path / "nguoi-nhan.csv"
    path.write_text(f"{HEAD}\n{LAN.replace('0912 345 678', '0239 3855 555')}\n", encoding="utf-8")
    answer = command("contacts", "load", str(path))

    assert answer.status == 3
    assert "dòng 2, cột phone" in answer.err
    assert "0912345678" in answer.err


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param((), ("--withdraw",), None, id="withdrawn"),
        pytest.param(("--withdraw",), ("--on", "2020-05-05"), "2020-05-05", id="given anew"),
    ],
)
def test_consent_by_command_is_what_the_list_shows(
    loaded: None,
    command: Any,
    before: tuple[str, ...],
    after: tuple[str, ...],
    expected: str | None,
) -> None:
    """Table and command write the same thing."""
    if before:
        assert command("contacts", "consent", "lan", *before).status == 0
    assert command("contacts", "consent", "lan", *after).status == 0
    (lan,) = json.loads(command("contacts", "list", "--json").out)

    assert lan["consented_on"] == expected


def test_an_old_table_does_not_give_a_withdrawn_consent_anew(
    loaded: None, command: Any, tmp_path: Path
) -> None:
    """The file that was loaded before the withdrawal is refused; without the day it loads as before."""
    assert command("contacts", "consent", "lan", "--withdraw").status == 0
    refused = command("contacts", "load", str(tmp_path / "nguoi-nhan.csv"))
    (tmp_path / "nguoi-nhan.csv").write_text(f"{HEAD}\n{LAN.replace('02/4/2020', '')}\n", encoding="utf-8")
    without = command("contacts", "load", str(tmp_path / "nguoi-nhan.csv"))
    (lan,) = json.loads(command("contacts", "list", "--json").out)

    assert (refused.status, "dòng 2, cột consented_on" in refused.err) == (3, True)
    assert without.status == 0
    assert lan["consented_on"] is None
