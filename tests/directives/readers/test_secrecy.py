"""State secrets are refused at the door, and nothing else is."""

from pathlib import Path

import pytest

from directives.readers import UnreadableDocument, read, read_bytes
from tests.directives.readers.sheets import pdf_file, words
from tests.directives.readers.word import W, p, table, word_file

HEAD = "ỦY BAN NHÂN DÂN   CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH A            Độc lập - Tự do - Hạnh phúc\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"MẬT\n{HEAD}Số: 12/BC-UBND", id="stamp above the head"),
        pytest.param(f"{HEAD}Số: 12/BC-UBND      TỐI MẬT\n", id="stamp in a column"),
        pytest.param(f"{HEAD}TUYỆT MẬT\nBÁO CÁO", id="highest level"),
        pytest.param(f"{HEAD}[ M Ậ T ]\nBÁO CÁO", id="spaced, in brackets"),
        pytest.param(f"{HEAD}Độ mật: Mật\nBÁO CÁO", id="named level"),
        pytest.param(f"{HEAD}Độ mật: Tối mật\nBÁO CÁO", id="named higher level"),
        pytest.param(f"{HEAD}Số: 12/BC-BCH-M\nBÁO CÁO", id="number ending in M"),
        pytest.param(f"{HEAD}Số: 12-M/BC-UBND\nBÁO CÁO", id="number with M before the slash"),
        pytest.param(f"{HEAD}Số: 12/BC-UBND (Mật)\nBÁO CÁO", id="level behind the number"),
        pytest.param(f"{HEAD}CÔNG ĐIỆN MẬT\n", id="secret telegram"),
        pytest.param(HEAD + "Nội dung. " * 40 + "\nPHỤ LỤC\nTUYỆT MẬT\n", id="annex with a stamp of its own"),
    ],
)
def test_a_stamp_in_the_head_is_refused(text: str) -> None:
    """A document that bears a level of secrecy is not read."""
    with pytest.raises(UnreadableDocument) as refusal:
        read_bytes(text.encode())

    assert refusal.value.code == "secret"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{HEAD}V/v tăng cường bảo mật thông tin", id="security of data"),
        pytest.param(f"{HEAD}QUY CHẾ BẢO VỆ BÍ MẬT NHÀ NƯỚC", id="rules about secrets"),
        pytest.param(f"{HEAD}QUY CHẾ BẢO VỆ BÍ\nMẬT NHÀ NƯỚC", id="title broken in two"),
        pytest.param(f"{HEAD}QUY CHẾ BẢO VỆ BÍ\nMẬT", id="title broken before its last word"),
        pytest.param(f"{HEAD}về việc hỗ trợ nghề làm đường, nấu\nmật\nmía", id="word alone on a line, small"),
        pytest.param(f"{HEAD}Độ mật: Thường\nBÁO CÁO", id="no level"),
        pytest.param(f"{HEAD}Số: 12/UBND-TM\nBÁO CÁO", id="number of a trade unit"),
        pytest.param(f"{HEAD}GIẢI PHÓNG MẶT BẰNG\nMẬT ĐỘ DÂN CƯ", id="other words"),
        pytest.param(HEAD + "Nội dung. " * 40 + "\n" + "1. Việc\n" * 60 + "MẬT\n", id="far down in the body"),
    ],
)
def test_words_about_secrets_are_no_stamp(text: str) -> None:
    """Only a level that stands by itself in the head counts."""
    assert text.strip() == read_bytes(text.encode()).text.strip()


@pytest.mark.parametrize(
    ("name", "secret"),
    [
        ("12-BC (Mật).txt", True),
        ("Tối mật - báo cáo.txt", True),
        ("bao-cao (mat).txt", True),
        ("toi_mat_12.txt", True),
        ("TUYET-MAT.txt", True),
        ("van ban MẬT 12.txt", True),
        ("giai-phong-mat-bang.txt", False),
        ("ke-hoach-bao-mat.txt", False),
        ("Kế hoạch bảo vệ bí mật nhà nước.txt", False),
        ("Mật độ dân cư.txt", False),
        ("mat-can-bang-thu-chi.txt", False),
    ],
)
def test_a_file_name_may_say_so_too(tmp_path: Path, name: str, *, secret: bool) -> None:
    """A level in the file's name is refused before the file is opened; look-alikes are read."""
    file = tmp_path / name
    file.write_text("1. Sở Công Thương báo cáo.", encoding="utf-8")

    try:
        refused = read(file) is None
    except UnreadableDocument as refusal:
        refused = refusal.code == "secret"

    assert secret == refused


def test_a_refusal_keeps_nothing_of_a_secret(tmp_path: Path) -> None:
    """Neither the name nor a word of the document is in the error."""
    file = tmp_path / "ke-hoach-X.txt"
    file.write_text(f"{HEAD}TUYỆT MẬT\nKế hoạch X tại Y", encoding="utf-8")

    with pytest.raises(UnreadableDocument) as refusal:
        read(file)

    assert refusal.value.fields == {}
    assert str(refusal.value) == "secret"


def test_a_stamp_in_a_running_head_or_a_text_box_counts() -> None:
    """Word keeps stamps in headers and boxes, which are no part of the body."""
    box = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>"
        f"{p('MẬT')}</w:txbxContent></wps:txbx></w:drawing></mc:Choice></mc:AlternateContent></w:r></w:p>"
    )
    in_header = word_file(p("BÁO CÁO"), word__header1=f"<w:hdr {W}>{p('TỐI MẬT')}</w:hdr>")
    in_cell = word_file(table(("TỈNH A", "MẬT")))

    codes = []
    late = "".join(p("Nội dung. " * 40) for _ in range(3)) + box
    for raw in (word_file(box + p("BÁO CÁO")), word_file(late), in_header, in_cell):
        with pytest.raises(UnreadableDocument) as refusal:
            read_bytes(raw)
        codes.append(refusal.value.code)

    assert codes == ["secret"] * 4


def test_a_plain_pdf_is_not_taken_for_a_secret() -> None:
    """The head of a PDF is looked at in the same way."""
    assert read_bytes(pdf_file([words(85, 700, "Bao cao MAT BANG")])).text == "Bao cao MAT BANG"
