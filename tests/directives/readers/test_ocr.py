"""Parts of reading scans: numerals, marks, stamps, doubts, turned pages, the shelf, and what is missing."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from directives.model import Span
from directives.readers import Refusal, UnreadableDocument, read, scan
from directives.readers.ocr import engine
from directives.readers.ocr.doubts import doubts_of_scan
from directives.readers.ocr.marks import with_marks
from directives.readers.ocr.picture import Picture
from directives.readers.ocr.quarters import meant
from directives.readers.ocr.stamps import refuse_stamp
from directives.readers.ocr.words import Sheet, Turn, Word
from directives.readers.pieces import Page, Piece
from directives.readers.places import Box, Place, Stretch
from tests.directives.readers.scanner import need_ocr, scanned, typed, written
from tests.directives.readers.sheets import PICTURE, pdf_file, words


@pytest.mark.parametrize(
    ("read_as", "quarter"),
    [
        ("TV/2020", "IV/2020"), ("1V", "IV"), ("II1/TEXT", "III/TEXT"), ("TII/2021,", "III/2021,"),
        ("IH/2020;", "III/2020;"), ("THH.", "III."), ("1/2021", "I/2021"), ("11", "II"),
        ("I1/2020.", "II/2020."),

        ("IU2020,", "II/2020,"), ("U2020", "I/2020"), ("Ï", "I"), ("|", "I"),
        ("III/2020", "III/2020"), ("2/2020", "2/2020"),
        ("báu", "báu"), ("TỈNH", "TỈNH"), ("Hội", "Hội"),
    ],
)  # fmt: skip
def test_a_misread_numeral_is_mended_by_the_table(read_as: str, quarter: str) -> None:
    """What the engine makes of I to IV behind «quý»; other words and digits stay."""
    assert meant(read_as) == quarter


def test_strokes_seen_in_the_picture_decide() -> None:
    """An engine that loses a stroke says II; three strokes are III."""
    assert [meant("II/2021", "III"), meant("HI", "II"), meant("IV", "II")] == ["III/2021", "II", "IV"]


def row(*texts: str) -> list[Word]:
    """Return words that stand on one line."""
    return [Word(text, 50.0 * index, 50.0 * index + 40, 700, 13, 1) for index, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        pytest.param(["5,", "Sở"], ["5.", "Sở"], id="a comma for the stop of an item"),
        pytest.param(["5,", "báo"], ["5,", "báo"], id="a number before a comma"),
        pytest.param(["-Lưu:", "VT"], ["- Lưu:", "VT"], id="a dash without its space"),
        pytest.param(["606/UBND-KTI1", "ngày"], ["606/UBND-KT1", "ngày"], id="one digit read as two"),
        pytest.param(["II1", "x"], ["II1", "x"], id="a numeral"),
    ],
)
def test_marks_and_numbers_are_mended(line: list[str], mended: list[str]) -> None:
    """The number of an item decides whose task it is."""
    assert [word.text for word in with_marks(row(*line))] == mended


def page_of(text: str, base: float) -> Page:
    """Return an A4 page with one piece of a line."""
    return Page(595, 842, (Piece(text, 100, 200, base, 13),))


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("MẬT", 780), ("MAT", 780), ("M A T", 780), ("MÂT", 700), ("|MẬT|", 700),
        ("[ MAT ]", 700), ("[Mái]", 700), ("TÔI MẠI", 700), ("TUYỆT MÂ", 700), ("[roimặr;", 700),
        ("TOI MAT", 780), ("TUYET MAT", 780), ("TÓI MẠT", 400),
        ("TUYỆT MẬT", 100), ("Độ mật: MẬT".upper(), 780),
    ],
)  # fmt: skip
def test_a_stamp_is_seen_however_it_is_read(text: str, base: float) -> None:
    """With its marks, with others or none, in the frame of the stamp; a higher level anywhere on the page."""
    with pytest.raises(UnreadableDocument) as refusal:
        refuse_stamp(page_of(text, base))

    assert refusal.value.code is Refusal.SECRET


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("MẶT BẰNG", 780),
        ("BẢO MẬT", 780),
        ("mật", 780),
        ("MAT", 100),
        ("MẬT ĐỘ", 780),
        ("MẶT TRẬN", 780),
        ("MAI", 780),
        ("TỈNH HÀ NAM", 780),
    ],
)
def test_words_about_secrets_are_no_stamp(text: str, base: float) -> None:
    """Nor is a word of the body."""
    refuse_stamp(page_of(text, base))


@pytest.mark.parametrize(
    ("text", "doubted"),
    [
        ("trước ngày 10/5/2020.", ["ngày 10/5/2020"]),
        ("Hà Tĩnh, ngày 03 tháng 4 năm 2020", ["ngày 03 tháng 4 năm 2020"]),
        ("trong tháng 01/2020", ["tháng 01/2020"]),
        ("trong Quý TÏ/2020", ["Quý TÏ/2020"]),
        ("trong quý IV năm 2020", ["quý IV năm 2020"]),
        ("quy hoạch, quý báu", []),
        ("trong thời hạn 15 ngày làm việc", ["15 ngày làm việc"]),
        ("xong trong năm 2020", ["trong năm 2020"]),
        ("Số: 120/TB-UBND, 606/UBND-KT1", ["606/UBND-KT1"]),
        ("05-10 cơ sở, 5,77%", []),
    ],
)
def test_each_date_period_and_quarter_is_doubted(text: str, doubted: list[str]) -> None:
    """Whatever way it is written; on pages that were not scanned nothing is."""
    stretches = (Stretch(Span(0, len(text)), Place(page=2)),)
    doubts = doubts_of_scan(text, stretches, {2})

    assert [text[doubt.span.start : doubt.span.end] for doubt in doubts if doubt.span] == doubted
    assert doubts_of_scan(text, stretches, {1}) == ()


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_a_box_is_turned_back_as_the_page_was(quarters: int) -> None:
    """The upper left corner of the upright page lies in another corner of the shown one."""
    turn = Turn(595, 842, quarters)
    box = turn.back(Box(0, 0, 10, 20))

    assert (box.left, box.top) == pytest.approx([(0, 0), (0, 832), (585, 822), (575, 0)][quarters])


def test_without_the_engine_a_scan_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The sentence has the install lines; so it has where only the data are missing."""
    file = tmp_path / "scan.pdf"
    file.write_bytes(pdf_file([PICTURE]))
    monkeypatch.setattr(engine, "DATA_FOLDERS", ())
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    phrases = []
    for missing in ("", "tesserocr"):
        if missing:
            monkeypatch.setitem(sys.modules, missing, None)
        with pytest.raises(UnreadableDocument) as refusal:
            read(file)
        phrases.append(refusal.value.phrase)

    assert set(phrases) <= {"unreadable.no-ocr-data", "unreadable.no-ocr-engine"}
    assert phrases[1] == "unreadable.no-ocr-engine"


def test_without_the_engine_pages_of_text_are_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A map bound in with a letter does not keep it from being read; its page is doubted by number."""
    lines = b"".join(words(85, 700 - 20 * line, f"Dong thu {line} cua van ban nay.") for line in range(9))
    file = tmp_path / "letter.pdf"
    file.write_bytes(pdf_file([lines, PICTURE]))
    monkeypatch.setitem(sys.modules, "tesserocr", None)

    document = read(file)

    assert document.text.count("van ban") == 9
    assert [(doubt.code, "Trang 2" in doubt.message) for doubt in document.doubts] == [
        ("page-not-read", True)
    ]


LETTER = ["UBND TINH A", "So: 12/UBND-KT", "So Cong Thuong bao cao truoc ngay 10/5/2021."]


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Return how many pages the engine has read."""
    need_ocr()
    calls: list[Picture] = []

    def counting(picture: Picture) -> Sheet:
        calls.append(picture)
        return engine.read_page(picture)

    monkeypatch.setattr(scan, "read_page", counting)
    return lambda: len(calls)


def test_no_page_is_recognised_twice(tmp_path: Path, counted: Callable[[], int]) -> None:
    """The same bytes under another name are found on the shelf; a spoiled entry is read anew."""
    cache, files = tmp_path / "cache", [tmp_path / "a.png", tmp_path / "b.png"]
    for file in files:
        file.write_bytes(written(scanned(typed(LETTER), noise=0), "PNG"))

    texts = [read(file, ocr_cache=cache).text for file in files]
    (kept,) = cache.iterdir()
    kept.write_bytes(b"spoiled")
    texts.append(read(files[0], ocr_cache=cache).text)

    assert counted() == 2
    assert len(set(texts)) == 1
    assert kept.stat().st_mode & 0o077 == 0


def test_nothing_of_a_secret_scan_is_kept(tmp_path: Path, counted: Callable[[], int]) -> None:
    """A stamp on the second page: the first was read, and yet nothing is on the shelf."""
    pages = [*scanned(typed(LETTER), noise=0), *scanned(typed(["TOI MAT", *LETTER]), noise=0)]
    file, cache = tmp_path / "scan.tif", tmp_path / "cache"
    file.write_bytes(written(pages, "TIFF"))

    with pytest.raises(UnreadableDocument) as refusal:
        read(file, ocr_cache=cache)

    assert counted() == 2
    assert (str(refusal.value), refusal.value.fields) == ("secret", {})
    assert not cache.exists()
