"""Letters go to official domains, and to the addresses that somebody excepted by name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.channels.allowed import NOT_ALLOWED, allowed, refusal
from notifications.outcome import OutcomeKind

OFFICIAL = ("gov.vn", "@Quochoi.VN")
EXCEPTED = ("Ong.Ba@gmail.example",)


@pytest.mark.parametrize(
    ("address", "may"),
    [
        pytest.param("bd@gov.vn", True, id="the domain itself"),
        pytest.param("bd@sct.hatinh.gov.vn", True, id="below it"),
        pytest.param("BD@SCT.HaTinh.GOV.vn", True, id="capitals"),
        pytest.param("bd@quochoi.vn", True, id="a second domain, written with its at sign"),
        pytest.param("ong.ba@GMAIL.example", True, id="excepted"),
        pytest.param("ong.ba2@gmail.example", False, id="another at the same place"),
        pytest.param("bd@mygov.vn", False, id="only ends alike"),
        pytest.param("bd@gov.vn.evil.example", False, id="only begins alike"),
        pytest.param("bd@vn", False, id="above it"),
        pytest.param("bd@gov.vn@evil.example", False, id="two at signs"),
        pytest.param("bd@evil.example, x@gov.vn", False, id="a list"),
        pytest.param("gov.vn", False, id="no address"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_only_official_addresses_and_exceptions_are_written_to(address: str, may: bool) -> None:
    """A refused address is refused for good, with the domains that would do."""
    assert allowed(address, OFFICIAL, EXCEPTED) is may
    refused = refusal(address, OFFICIAL, EXCEPTED)
    assert (refused is None) is may
    if refused is not None:
        assert (refused.kind, refused.code) == (OutcomeKind.REFUSED, NOT_ALLOWED)
        assert "gov.vn" in refused.detail


def test_without_domains_any_address_is_written_to() -> None:
    """An office that names none allows all; what is no address stays none."""
    assert allowed("bd@anywhere.example", ())
    assert not allowed("nobody", ())


@pytest.mark.parametrize("empty", ["", "@", ".", " "])
def test_an_empty_domain_allows_nobody(empty: str) -> None:
    """A slip in the settings does not open the list to everybody."""
    assert not allowed("bd@anywhere.example", (empty,))


@given(st.text(max_size=40), st.text(max_size=40))
def test_whatever_stands_before_the_domain_never_decides(name: str, domain: str) -> None:
    """An address outside the domains is refused, however it is written."""
    if not domain.lower().endswith("gov.vn"):
        assert not allowed(f"{name}@{domain}", ("gov.vn",))
