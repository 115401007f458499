"""Sign what goes out in letters and forms, and read it back; the keys may be changed while letters are out.

The setting names the keys, the newest first: that one signs, all of them are taken. Without a setting one is
made and kept in the data folder, where only its owner reads it.
"""

import os
import secrets
import tempfile
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from itsdangerous import BadData, URLSafeSerializer

from tracker.errors import Unavailable
from tracker.settings import Settings

KEY_FILE: Final = "link-keys"
LONGEST: Final = 300  # characters; nothing that we sign is longer


def sign(settings: Settings, purpose: str, value: list[int | str]) -> str:
    """Return a value as text that can stand in an address and that nobody else can make.

    What is signed for one purpose is worth nothing for another. Raises Unavailable where no key can be kept.
    """
    return str(_serializer(_keys(settings) or [_made(settings)], purpose).dumps(value))


def read_signed(settings: Settings, purpose: str, text: str) -> list[Any] | None:
    """Return what was signed, None for what was not signed by us; nothing is written."""
    keys = _keys(settings)
    if not keys or len(text) > LONGEST:
        return None
    try:
        value = _serializer(keys, purpose).loads(text)
    except BadData:
        return None
    return value if isinstance(value, list) else None


def _serializer(keys: list[str], purpose: str) -> URLSafeSerializer:
    """Build a serializer; itsdangerous signs with the last of its keys, we name the newest first."""
    return URLSafeSerializer(
        list(reversed(keys)), salt=f"dondoc.{purpose}", signer_kwargs={"digest_method": sha256}
    )


def _keys(settings: Settings) -> list[str]:
    """Return the keys in force: the setting's, else those of the data folder, one a line."""
    named = [key.strip() for key in settings.link_keys.get_secret_value().split(",")]
    if any(named):
        return [key for key in named if key]
    try:
        kept = (settings.data_dir / KEY_FILE).read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    except OSError as error:
        raise Unavailable("link.key-not-readable", path=settings.data_dir / KEY_FILE) from error
    return kept.split()


def _made(settings: Settings) -> str:
    """Make a key in the data folder, whole or not at all; where two do at once, the first one's counts."""
    target = settings.data_dir / KEY_FILE
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".")  # only its owner may read it
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as draft:
                draft.write(secrets.token_urlsafe(32) + "\n")
                draft.flush()
                os.fsync(draft.fileno())
            with suppress(FileExistsError):
                os.link(name, target)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise Unavailable("folder.not-writable", folder=target.parent) from error
    return _keys(settings)[0]
