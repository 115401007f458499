"""The parts fit together as the settings say."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from notifications.channels import ChannelName
from tracker.settings import Settings
from tracker.wiring import build_app


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        pytest.param("", {ChannelName.EMAIL, ChannelName.APPRISE}, id="without a token there is no Zalo"),
        pytest.param(
            "123:geheim",
            {ChannelName.EMAIL, ChannelName.APPRISE, ChannelName.ZALO},
            id="with a token there is",
        ),
    ],
)
def test_channels_are_those_set_up(token: str, expected: set[str], tmp_path: Path) -> None:
    """Letters are only planned for channels that can be used."""
    app = build_app(Settings(data_dir=tmp_path, zalo_bot_token=SecretStr(token)))
    app.engine.dispose()

    assert expected == app.channels.keys()
    assert "geheim" not in repr(app)


def test_the_policy_is_the_office_s(tmp_path: Path) -> None:
    """Both choices about deadlines are settings."""
    app = build_app(Settings(data_dir=tmp_path, before_is_exclusive=False, roll_computed=False))
    app.engine.dispose()

    assert not app.policy.before_is_exclusive
    assert not app.policy.roll_computed
