"""Every kind of body that directives name is found whole, and nothing beyond its name."""

from pathlib import Path

import pytest

from directives.agencies import find_agencies

LINES = (Path(__file__).parent / "bodies_of_every_kind.txt").read_text(encoding="utf-8").splitlines()
BODIES = [line.split("|") for line in LINES if line and not line.startswith("#")]
# What stands around a name, and the other bodies that the sentence names before and behind it.
SENTENCES: dict[str, tuple[str, list[str], list[str]]] = {
    "given work": ("Giao {} chủ trì, phối hợp với Sở Tài chính rà soát, báo cáo.", [], ["Sở Tài chính"]),
    "behind a list": (
        "Sở Y tế, {} và Thanh tra Chính phủ tổ chức kiểm tra.",
        ["Sở Y tế"],
        ["Thanh tra Chính phủ"],
    ),
    "before a colon": ("Đề nghị {}: rà soát quy hoạch.", [], []),
    "before an adverb": ("Yêu cầu {} khẩn trương xây dựng phương án.", [], []),
    "before a comma": ("Việc này giao cho {}, xong trước ngày 15/6/2020.", [], []),
    "at the end": ("Kết quả gửi về {}", [], []),
}


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body[0])
def test_found_whole_in_any_sentence(body: list[str]) -> None:
    """The mention is the whole name; a list is each of its members."""
    said, *members = body
    expected = {
        name: [*before, *(members or [said]), *behind] for name, (_, before, behind) in SENTENCES.items()
    }

    found = {
        name: [mention.text for mention in find_agencies(around.format(said))]
        for name, (around, _, _) in SENTENCES.items()
    }

    assert expected == found


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body[0])
def test_found_where_a_sentence_begins(body: list[str]) -> None:
    """A name that opens a sentence, in any case, ends where its verb begins."""
    said, *members = body
    large = said[0].upper() + said[1:]

    found = [mention.text for mention in find_agencies(f"{large} báo cáo kết quả trước ngày 15/6/2020.")]

    assert (members or [large]) == found
