"""Settings come from DONDOC_ variables; a wrong one is named in a sentence."""

from pathlib import Path

import pytest

from tracker.errors import InvalidSetting
from tracker.settings import Settings


def test_the_default_database_lies_in_the_data_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """One variable moves everything to another place."""
    monkeypatch.delenv("DONDOC_DATABASE_URL", raising=False)
    monkeypatch.setenv("DONDOC_DATA_DIR", str(tmp_path))
    settings = Settings.load()

    assert settings.database == f"sqlite:///{tmp_path}/dondoc.db"
    assert settings.files_dir == tmp_path / "files"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("DONDOC_TIMEZONE", "Asia/Hanoi", id="a zone that does not exist"),
        pytest.param("DONDOC_TIMEZONE", "Asia", id="a folder of zones"),
        pytest.param("DONDOC_SMTP_PORT", "smtp", id="a port that is no number"),
        pytest.param("DONDOC_WEB_PORT", "70000", id="a port that does not exist"),
        pytest.param("DONDOC_SMTP_TLS", "ssl3", id="a protection nobody offers"),
        pytest.param("DONDOC_BEFORE_IS_EXCLUSIVE", "maybe", id="neither yes nor no"),
    ],
)
def test_a_wrong_setting_is_named(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence has the variable's name and what it was set to."""
    monkeypatch.setenv(name, value)
    with pytest.raises(InvalidSetting) as refused:
        Settings.load()

    assert name in refused.value.sentence()
    assert value in refused.value.sentence()


def test_an_empty_variable_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable set to nothing in a unit file leaves the default."""
    monkeypatch.setenv("DONDOC_SMTP_PORT", "")

    assert Settings.load().smtp_port == 25


def test_secrets_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    """Printing the settings prints neither password nor token."""
    monkeypatch.setenv("DONDOC_SMTP_PASSWORD", "geheim")
    monkeypatch.setenv("DONDOC_ZALO_BOT_TOKEN", "123:geheim")

    assert "geheim" not in repr(Settings.load())
