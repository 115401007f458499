"""Text from before Unicode, and text that lost its way to it: put right, and never without a word."""

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.readers import RawDocument, UnreadableDocument, read_bytes
from directives.readers.legacy.capitals import TONED
from directives.readers.legacy.fonts import encoding_of
from directives.readers.legacy.tables import Encoding, respelled, to_unicode
from directives.text import canonical
from tests.directives.readers.old_fonts import TCVN3, in_tcvn3, in_vni, in_windows_1258

DOCUMENTS = sorted(
    file
    for folder in ("corpus", "blind", "unseen")
    for file in (Path(__file__).resolve().parents[1] / folder).glob("*.txt")
)
LETTERS = "".join(letter for letter in TCVN3 if letter != ".")
# Quotes and signs at whose codes TCVN3 has letters: nobody could type them in its fonts.
UNTYPABLE = str.maketrans("«»°²³·×", "“”o23-x")
ABOUT_LETTERS = {"old-font", "encoded-twice", "encoding-guessed", "encoding-unknown", "letters-lost"}
SENTENCE = (
    "Sở Công Thương chủ trì, báo cáo UBND tỉnh trước ngày 09/4/2020; Ủy ban nghiệm thu đường, hộ nghèo."
)


def about_letters(document: RawDocument) -> list[str]:
    """List the codes of the doubts about letters."""
    return [doubt.code for doubt in document.doubts if doubt.code in ABOUT_LETTERS]


def typed(document: Path) -> str:
    """Read a document of the tests without the signs that old fonts had not."""
    return canonical(document.read_text("utf-8")).translate(UNTYPABLE)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_clean_documents_are_not_touched(document: Path) -> None:
    """A document in Unicode is read letter by letter as it is, and no doubt says otherwise."""
    text = canonical(document.read_text("utf-8"))
    read = read_bytes(text.encode())

    assert (read.text, about_letters(read)) == (text, [])


def spoilt(encoding: str) -> Callable[[str], str]:
    """Return what takes UTF-8 for another encoding."""
    return lambda text: text.encode().decode(encoding)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        pytest.param(in_vni, "old-font", id="VNI"),
        pytest.param(spoilt("latin-1"), "encoded-twice", id="UTF-8 as Latin-1"),
        pytest.param(spoilt("cp437"), "encoded-twice", id="UTF-8 as DOS"),
        pytest.param(spoilt("mac_roman"), "encoded-twice", id="UTF-8 as Mac"),
    ],
)
def test_every_letter_comes_back(document: Path, spoil: Callable[[str], str], code: str) -> None:
    """Each document of the tests, spoilt and read, is the same, capitals too; one doubt says so."""
    text = typed(document)
    read = read_bytes(spoil(text).encode())

    assert (read.text, about_letters(read)) == (text, [code])


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_every_letter_comes_back_from_tcvn3(document: Path) -> None:
    """TCVN3 has no capitals with tones: at most three in a document are not known from those beside them."""
    text = typed(document)
    read = read_bytes(in_tcvn3(text).encode())
    other_case = [(one, two) for one, two in zip(text, read.text, strict=True) if one != two]

    assert about_letters(read) == ["old-font"]
    assert read.text.lower() == text.lower()
    assert len(other_case) <= 3


@pytest.mark.parametrize("document", DOCUMENTS[::6], ids=lambda path: path.stem)
@pytest.mark.parametrize("write", [in_tcvn3, in_vni], ids=["TCVN3", "VNI"])
def test_one_byte_a_letter_is_read_the_same(document: Path, write: Callable[[str], str]) -> None:
    """The bytes of an old text file say the same as their look in a UTF-8 one."""
    text = write(typed(document)).encode("cp1252", "ignore")

    assert read_bytes(text).text == read_bytes(text.decode("cp1252").encode()).text


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
@pytest.mark.parametrize("encoding", ["cp1258", "utf-16", "utf-16-le", "utf-32"])
def test_encodings_of_vietnamese_need_no_doubt(document: Path, encoding: str) -> None:
    """Windows-1258 and the wide forms of Unicode hold every letter."""
    text = typed(document)
    raw = in_windows_1258(text) if encoding == "cp1258" else text.encode(encoding)
    read = read_bytes(raw)

    assert about_letters(read) == []
    assert read.text == canonical(unicodedata.normalize("NFC", raw.decode(encoding)))


@pytest.mark.parametrize(
    ("spoilt_text", "message"),
    [
        pytest.param(
            "Tr­íc ngµy 10/5/2020, Së C«ng Th­¬ng b¸o c¸o UBND tØnh.",
            "Chữ của phông cũ TCVN3 đã được chuyển sang Unicode: "
            "«Tr-íc ngµy 10/5/2020, Së C«ng Th-¬ng b¸o c¸o …» → "
            "«Trước ngày 10/5/2020, Sở Công Thương báo cáo …». Hãy đối chiếu với bản gốc.",
            id="TCVN3",
        ),
        pytest.param(
            "Sôû Coâng Thöông baùo caùo.",
            "Chữ của phông cũ VNI đã được chuyển sang Unicode: «Sôû Coâng Thöông baùo caùo» → "
            "«Sở Công Thương báo cáo». Hãy đối chiếu với bản gốc.",
            id="VNI",
        ),
        pytest.param(
            "Ngày 5: TrÆ°á»›c háº¡n",
            "Chữ bị mã hóa hai lần đã được sửa lại: «TrÆ°á»›c háº¡n» → «Trước hạn». "
            "Hãy đối chiếu với bản gốc.",
            id="encoded twice",
        ),
    ],
)
def test_a_doubt_shows_before_and_after(spoilt_text: str, message: str) -> None:
    """A clerk sees a sample of what was read and what was made of it."""
    assert [doubt.message for doubt in read_bytes(spoilt_text.encode()).doubts] == [message]


@pytest.mark.parametrize("write", [in_tcvn3, in_vni], ids=["TCVN3", "VNI"])
def test_of_a_mixed_document_only_the_old_paragraphs_change(write: Callable[[str], str]) -> None:
    """One paragraph pasted from an old file is converted; its doubt points at it."""
    other = "Sở Tài chính có ý kiến; các cơ quan là đầu mối."
    read = read_bytes(f"{other}\n{write(SENTENCE)}\n{other}\n".encode())

    assert read.text == f"{other}\n{SENTENCE}\n{other}\n"
    assert [doubt.span.of(read.text) for doubt in read.doubts if doubt.span] == [SENTENCE]


def test_words_in_an_old_font_inside_a_line_change_alone() -> None:
    """Two fonts on one line are told apart word by word."""
    read = read_bytes("Giao Sở Tài chính phối hợp Sôû Coâng Thöông vaø Sôû Noâng nghieäp thực hiện.".encode())

    assert read.text == "Giao Sở Tài chính phối hợp Sở Công Thương và Sở Nông nghiệp thực hiện."


@pytest.mark.parametrize(
    "text",
    [
        "Le maire a décidé : où est-il né, l'été dernier ? Bientôt à côté du café, là-bas.",
        "La résolution du 5 mai a été adoptée à l'unanimité; le délai court dès sa réception.",
        "Der Bürgermeister für Straßen und Brücken weiß schon, daß die Prüfung später beginnt.",
        "El año pasado el señor Muñoz envió la resolución; según él, no habrá más.",
        "A decisão não será alterada até a próxima sessão; a comissão já está reunida.",
        "© 2020 Company®. Temperature 25 °C, 10 µm, ½ page, §5, «quoted», naïve café résumé.",
        "là có tôi và bà; hội là nhà; cà phê có đá; tôi có là",
        "Phòng họp: 25 m², 30°C; chi phí 1.000.000đ; ® và © thuộc công ty; Điều 5 § 2 «Quy định»",
        "MÃ SỐ: 12; THỊ XÃ»; LÃNH ĐẠO, XÃ HỘI; ÂM, ÊM, ÔM; ĂN Ã",
        "120/TB-UBND; 8287/UBND-KT1; 1.000,5; 09/4/2020; 2 × 3 ÷ 4 ± 5; ¼ ½ ¾; a¹ b² c³",
        "Müller, Björn và Zoë họp với ông Y Biêr Niê ở Đắk Lắk; señor Núñez đến sau.",
    ],
)
def test_other_languages_and_signs_are_not_touched(text: str) -> None:
    """No conversion makes anything of clean text, whatever its letters."""
    read = read_bytes(text.encode())

    assert (read.text, about_letters(read)) == (canonical(text), [])


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        pytest.param(
            "Le maire a décidé hier: où est-il né? Le délai court.".encode("cp1252"),
            "encoding-guessed",
            id="French of one byte a letter",
        ),
        pytest.param(
            "S· Công Thß½ng chü trì, báo cáo UBND tïnh trß¾c ngày 09/4; ban qu¨n lý nêu rõ nghi®m thu ðß¶ng, "
            "hµ nghèo. Các s· ðßþc giao nhi®m vø thu gom xong.".encode(),
            "encoding-unknown",
            id="VISCII",
        ),
        pytest.param((SENTENCE * 3).encode() + b"\xe1\xbb", "letters-lost", id="a file cut in a letter"),
        pytest.param(
            (SENTENCE * 3 + " S? Công Th??ng b?o cáo ngh?a vụ.").encode(), "letters-lost", id="question marks"
        ),
        pytest.param(
            (SENTENCE * 3 + " N\ufffdng nghiệp").encode(), "letters-lost", id="letters replaced long ago"
        ),
    ],
)
def test_what_cannot_be_put_right_is_doubted(raw: bytes, code: str) -> None:
    """A guess and a loss are said aloud."""
    assert about_letters(read_bytes(raw)) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "S? C?ng Th??ng b?o c?o U?BND t?nh tr??c ng?y; ?y ban nh?n d?n.",
        "S\ufffd C\ufffdng Th\ufffd\ufffdng b\ufffdo c\ufffdo tr\ufffdc ng\ufffdy.",
    ],
)
def test_text_past_reading_is_refused(text: str) -> None:
    """Where every other word lacks letters, a clear refusal is better than a reading."""
    with pytest.raises(UnreadableDocument) as refusal:
        read_bytes(text.encode())

    assert refusal.value.phrase == "unreadable.garbled-text"


def test_questions_and_addresses_lose_nothing() -> None:
    """A question mark has its own uses."""
    text = "Ai? Khi nào? Xem http://hatinh.gov.vn/vb?id=3&x?y=1, a?b=2, c?d=3. Việc gì?"

    assert about_letters(read_bytes(text.encode())) == []


@pytest.mark.parametrize("write", [in_tcvn3, in_vni], ids=["TCVN3", "VNI"])
def test_a_stamp_of_secrecy_in_an_old_font_is_seen(write: Callable[[str], str]) -> None:
    """«TèI MËT» is as secret as «TỐI MẬT»."""
    with pytest.raises(UnreadableDocument) as refusal:
        read_bytes(write(f"TỐI MẬT\n{SENTENCE}").encode())

    assert refusal.value.phrase == "unreadable.secret"


@given(st.text(alphabet=LETTERS + LETTERS.upper() + "bcdghklmnpqrstvxBCDGHKLMNPQRSTVX 0123456789,.;/-"))
def test_any_words_in_vni_come_back(text: str) -> None:
    """VNI has a spelling of its own for every letter, capital or small."""
    assert to_unicode(in_vni(text), Encoding.VNI) == text
    assert "".join(respelled(list(in_vni(text)), Encoding.VNI)) == text


@given(st.text(alphabet=LETTERS + "bcdghklmnpqrstvxBCDGHKLMNPQRSTVX 0123456789,.;/-"))
def test_any_words_in_tcvn3_come_back(text: str) -> None:
    """TCVN3 has a code for every small letter, and a font of capitals for the others."""
    assert to_unicode(in_tcvn3(text), Encoding.TCVN3) == text
    assert to_unicode(in_tcvn3(text.upper()), Encoding.TCVN3_CAPITALS) == text.upper()


def test_capitals_without_codes_are_those_with_tones() -> None:
    """The letters that may stand for capitals are those whose capitals the table lacks."""
    assert {letter for letter in LETTERS if letter.upper() not in LETTERS} == TONED


@pytest.mark.parametrize(
    ("font", "encoding"),
    [
        (".VnTime", Encoding.TCVN3),
        (".VnTimeH", Encoding.TCVN3_CAPITALS),
        (".VnArial NarrowH", Encoding.TCVN3_CAPITALS),
        ("ABCDEF+.VnTimeH-Bold", Encoding.TCVN3_CAPITALS),
        ("ABCDEF+.VnTime,BoldItalic", Encoding.TCVN3),
        ("'.VnTime', serif", Encoding.TCVN3),
        ("VNI-Times", Encoding.VNI),
        ("ABCDEF+VNI-Helve-Condense,Bold", Encoding.VNI),
        ("Times New Roman", None),
        ("UVnTime", None),
        ("VnTimes", None),
        ("Verdana", None),
        ("", None),
        (None, None),
    ],
)
def test_a_font_s_name_says_its_encoding(font: str | None, encoding: Encoding | None) -> None:
    """The maker's prefix tells the encoding, a last H the fonts of capitals."""
    assert encoding_of(font) is encoding
