"""The example documents as values, from documents.toml."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).with_name("documents.toml")
NATION = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered item, with dash bullets under it."""

    text: str
    bullets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """A document in the form of Nghị định 30/2020/NĐ-CP, annex I."""

    stem: str
    issuer: tuple[str, ...]
    number: str
    dated: str
    about: str  # the abstract: under the title of a notice, «V/v …» of a letter
    introduction: tuple[str, ...]
    items: tuple[Item, ...]
    closing: str
    recipients: tuple[str, ...]
    signing: tuple[str, ...]  # authority and office, a line each
    signer: str
    title: str | None = None  # «THÔNG BÁO»; a letter has none
    addressees: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewsItem:
    """A page of a news site; it assigns nothing."""

    stem: str
    headline: str
    posted: str
    paragraphs: tuple[str, ...]
    author: str
    menu: tuple[str, ...]


def load() -> tuple[list[OfficialDocument], list[NewsItem]]:
    """Read the documents and the news."""
    source = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    official = [
        OfficialDocument(**_fields(row) | {"items": tuple(Item(**_fields(item)) for item in row["items"])})
        for row in source["official"]
    ]
    return official, [NewsItem(**_fields(row)) for row in source["news"]]


def _fields(row: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
