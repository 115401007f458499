"""The stand-in of Zalo keeps its word: hours, quota, users, templates as documented, steered from outside."""

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from notifications.standins.zalo import ZaloStandIn

FIRST = "access-1"
PHONE, USER = "84912345678", "2512523625412515"
BY_PHONE = {"phone": PHONE, "template_id": "240001", "template_data": {"code": "NV-1"}, "tracking_id": "t"}
TO_USER = {"recipient": {"user_id": USER}, "message": {"text": "x"}}
CS, TEMPLATE, BY_USER = "/v3.0/oa/message/cs", "/message/template", "/v3.0/oa/message/template"


@pytest.fixture
def zalo() -> Iterator[ZaloStandIn]:
    """Run a stand-in at noon."""
    with ZaloStandIn() as zalo:
        order(zalo, now="2026-11-25T12:00:00+07:00")
        yield zalo


def order(zalo: ZaloStandIn, **orders: Any) -> None:
    """Steer the stand-in as another process does."""
    requests.post(f"{zalo.url}/_ctl", json=orders, timeout=5).raise_for_status()


def ask(zalo: ZaloStandIn, path: str, body: dict[str, Any], with_token: str = FIRST) -> dict[str, Any]:
    """Post to an API; return its answer."""
    answer = requests.post(f"{zalo.url}{path}", json=body, headers={"access_token": with_token}, timeout=5)
    assert answer.status_code == 200  # OA and ZNS say no with 200 too
    return dict(answer.json())


@pytest.mark.parametrize(
    ("orders", "path", "body", "code"),
    [
        pytest.param({}, CS, TO_USER, 0, id="to a user"),
        pytest.param({}, "/v3.0/oa/message/transaction", TO_USER, 0, id="transaction"),
        pytest.param({}, TEMPLATE, BY_PHONE, 0, id="to a phone"),
        pytest.param({}, BY_USER, BY_PHONE | {"user_id": USER}, 0, id="by template to a user"),
        pytest.param({"followers": ["another"]}, CS, TO_USER, -213, id="no follower"),
        pytest.param({"expire": True}, CS, TO_USER, -220, id="expired"),
        pytest.param({"rotate": True}, CS, TO_USER, -216, id="rotated"),
        pytest.param({"expire": True}, TEMPLATE, BY_PHONE, -124, id="expired, template"),
        pytest.param({}, CS, TO_USER | {"message": {}}, -201, id="no text"),
        pytest.param({}, CS, TO_USER | {"recipient": "x"}, -201, id="no user"),
        pytest.param({}, CS, TO_USER | {"message": {"text": "x" * 2001}}, -210, id="text too long"),
        pytest.param({}, TEMPLATE, BY_PHONE | {"phone": "0912345678"}, -108, id="phone as people write it"),
        pytest.param({}, TEMPLATE, BY_PHONE | {"template_data": {}}, -112, id="template without data"),
        pytest.param({"no_zalo": [PHONE]}, TEMPLATE, BY_PHONE, -118, id="no account"),
        pytest.param({"quota": 0}, TEMPLATE, BY_PHONE, -144, id="no quota"),
        pytest.param({"now": "2026-11-25T22:00:00+07:00"}, TEMPLATE, BY_PHONE, -133, id="night"),
        pytest.param({"now": "2026-11-25T22:00:00+07:00"}, CS, TO_USER, 0, id="no night for texts"),
    ],
)
def test_it_answers_as_documented(
    zalo: ZaloStandIn, orders: dict[str, Any], path: str, body: dict[str, Any], code: int
) -> None:
    """Each reason has its code, and only what is taken is kept."""
    order(zalo, **orders)

    assert ask(zalo, path, body)["error"] == code
    state = requests.get(f"{zalo.url}/_state", timeout=5).json()
    assert len(state["oa_accepted"]) + len(state["zns_accepted"]) == (code == 0)


def test_a_message_can_be_asked_about_afterwards(zalo: ZaloStandIn) -> None:
    """By its id, with its delivery; and how much of the day's quota is left."""
    sent = ask(zalo, TEMPLATE, BY_PHONE)["data"]
    headers = {"access_token": "access-1"}
    url = f"{zalo.url}/message"

    def get(query: str) -> dict[str, Any]:
        return dict(requests.get(f"{url}/{query}", headers=headers, timeout=5).json()["data"])

    assert get(f"status?message_id={sent['msg_id']}")["status"] == 1
    assert get("status?message_id=another")["status"] == -1
    assert get("quota") == {"dailyQuota": "500", "remainingQuota": "499"}
    assert requests.get(f"{url}/quota", timeout=5).json()["error"] == -124


def test_a_refresh_token_is_good_for_one_use(zalo: ZaloStandIn) -> None:
    """With the new pair, both old tokens are dead; a wrong app gets none."""
    form = {"refresh_token": "refresh-1", "app_id": zalo.account.app_id, "grant_type": "refresh_token"}

    def refresh(secret: str) -> dict[str, Any]:
        url = f"{zalo.url}/v4/oa/access_token"
        return dict(requests.post(url, data=form, headers={"secret_key": secret}, timeout=5).json())

    assert refresh("another")["error"] == -14002
    first, second = (refresh(zalo.account.app_secret) for _ in range(2))

    assert first == {"access_token": "access-2", "refresh_token": "refresh-2", "expires_in": "90000"}
    assert second["error"] == -14014
    assert ask(zalo, CS, TO_USER)["error"] == -216
    assert ask(zalo, CS, TO_USER, "access-2")["error"] == 0
