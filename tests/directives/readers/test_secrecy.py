"""State secrets are refused at the door, and nothing else is."""

import base64
import unicodedata
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from directives.readers import UnreadableDocument, read, read_bytes
from directives.readers.secrecy import refuse_secret_name
from tests.directives.readers.hostile.paper import PAGE, objects
from tests.directives.readers.sheets import pdf_file, words
from tests.directives.readers.sheets_of_cells import book, cell
from tests.directives.readers.word import V, W, p, table, word_file, zipped

HEAD = "ỦY BAN NHÂN DÂN   CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH A            Độc lập - Tự do - Hạnh phúc\n"


SECRET_NAMES = (
    "12-BC (Mật).txt",
    "Tối mật - báo cáo.txt",
    "van ban MẬT 12.txt",
    "MẬT.docx",
    "[TUYỆT MẬT] Kế hoạch diễn tập.pdf",
    "Công văn mật số 12.docx",
    "Báo cáo_Mật_2020.docx",
    "Kế hoạch-Tối-Mật.docx",
    "bao-cao (mat).txt",
    "toi_mat_12.txt",
    "TUYET-MAT.txt",
    "TOIMAT_12.pdf",
    "MAT.pdf",
    "mat_12.txt",
    "MAT - Bao cao quy I.docx",
    "Bao cao quy I - MAT.docx",
    "CV mat 12.docx",
    "cong-van-mat.pdf",
    "van_ban_mat_03.docx",
    "15-BC-UBND(M).docx",
    "15_BC-UBND (TM).docx",
    "15-bc-ubnd-M.pdf",
    "12-TM-UBND.docx",
    "Fwd: [MẬT] Kế hoạch X",
    unicodedata.normalize("NFD", "Tối mật.txt"),
    f"Tối mật - {'kế hoạch ' * 40}.docx",
)
OTHER_NAMES = (
    "giai-phong-mat-bang.txt",
    "ke-hoach-bao-mat.txt",
    "Kế hoạch bảo vệ bí mật nhà nước.txt",
    "Mật độ dân cư.txt",
    "mat-can-bang-thu-chi.txt",
    "Quy chế bảo mật.docx",
    "QUY CHẾ BẢO MẬT.docx",
    "Đổi mật khẩu.txt",
    "Mật ong Hương Sơn.docx",
    "nuôi ong lấy mật.docx",
    "Buổi gặp thân mật.docx",
    "Luật Cơ yếu - mật mã.pdf",
    "bi mat kinh doanh.docx",
    "bao-mat-thong-tin.pdf",
    "mat tran to quoc.docx",
    "MAT-TRAN-TO-QUOC.pdf",
    "mat khau.txt",
    "mat-do-dan-so.txt",
    "Nhóm máu (M).docx",
    "Sở GTVT - bề mặt đường.docx",
    "Giấy báo mất.docx",
    "15-BC-UBND.docx",
    "120-TB-UBND (2).docx",
    "15-TM-xuat-khau.docx",
    "Hướng dẫn tạo mật khẩu.pdf",
    "format.txt",
    "BC họp Phường Phú Mật.txt",
    "Xã Mật Sơn.txt",
    "KH giải mật.txt",
    "tomato.pdf",
    "Re: họp mặt đầu xuân",
)


@pytest.mark.parametrize("name", SECRET_NAMES)
def test_a_name_may_say_so_too(name: str) -> None:
    """A level or a secret number in a file's name or a mail's subject is seen, with and without marks."""
    with pytest.raises(UnreadableDocument) as refusal:
        refuse_secret_name(name)

    assert (refusal.value.code, refusal.value.fields) == ("secret", {})


@pytest.mark.parametrize("name", OTHER_NAMES)
def test_names_that_only_look_like_it_are_let_through(name: str) -> None:
    """Passwords, honey, density, cleared ground and protection of secrets are ordinary words."""
    refuse_secret_name(name)


def test_a_secret_name_is_refused_before_the_file_is_opened(tmp_path: Path) -> None:
    """Where there is no such file, the name alone is the answer."""
    with pytest.raises(UnreadableDocument) as refusal:
        read(tmp_path / "TỐI MẬT.docx")

    assert refusal.value.code == "secret"


@pytest.mark.parametrize("text", [f"MẬT\n{HEAD}", f"{HEAD}Số: 15/BC-UBND(M)\nBÁO CÁO"])
def test_a_stamped_text_is_refused_at_the_door(text: str) -> None:
    """Which lines are stamps is tested row by row in `test_stamps`."""
    with pytest.raises(UnreadableDocument) as refusal:
        read_bytes(text.encode())

    assert refusal.value.code == "secret"


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


WORD_ART = "<w:p><w:r><w:pict><v:shape><v:textpath string='TUYỆT MẬT'/></v:shape></w:pict></w:r></w:p>"
DRAWING = (
    "<w:p><w:r><w:drawing><a:p xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'>"
    "<a:r><a:t>MẬT</a:t></a:r></a:p></w:drawing></w:r></w:p>"
)
CUSTOM = (
    "<Properties xmlns='urn:p' xmlns:vt='urn:vt'><property name='Độ mật'><vt:lpwstr>Tối mật</vt:lpwstr>"
    "</property></Properties>"
)
DIAGRAM = (
    "<d:dataModel xmlns:d='urn:d' xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'>"
    "<a:p><a:r><a:t>TỐI MẬT</a:t></a:r></a:p></d:dataModel>"
)
DELETED = "<w:p><w:del w:id='1'><w:r><w:delText>TỐI MẬT</w:delText></w:r></w:del></w:p>"
HIDDEN = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>TỐI MẬT</w:t></w:r></w:p>"
PICTURED = "<w:p><w:r><w:drawing><wp:docPr xmlns:wp='urn:wp' id='1' descr='TỐI MẬT'/></w:drawing></w:r></w:p>"


def carrier(inside: bytes) -> bytes:
    """Make a Word file with another in it, as Word keeps what is put in as an object."""
    with ZipFile(BytesIO(word_file(p("BÁO CÁO")))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return zipped({**parts, "word/embeddings/Document1.docx": inside})


FACTS = "<c:p xmlns:c='urn:c' xmlns:d='urn:d'><d:title>{}</d:title></c:p>"


def form(value: bytes) -> bytes:
    """Make a PDF with a field that was filled in; object 7 is what it may share its value with."""
    field = b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (level) /Rect [9 9 99 99] %s >>"
    return objects(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R 7 0 R] >> >>",
            4: PAGE.replace(b"/Contents", b"/Annots [6 0 R] /Contents"),
            6: field % value,
            7: b"<< /FT /Tx /T (shared) /V (TOI MAT) /Kids [6 0 R] >>",
        }
    )


STAMP_NOTE = b"<< /Type /Annot /Subtype /Stamp /Rect [9 9 99 99] /Contents %s >>"


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(word_file(p("BÁO CÁO") + WORD_ART), id="word art in the body"),
        pytest.param(
            word_file(p("BÁO CÁO"), word__header1=f"<w:hdr {W} {V}>{WORD_ART}</w:hdr>"), id="watermark"
        ),
        pytest.param(word_file(p("BÁO CÁO"), word__footer2=f"<w:ftr {W}>{p('Mật')}</w:ftr>"), id="foot"),
        pytest.param(word_file(p("BÁO CÁO") + DRAWING), id="caption in a drawing"),
        pytest.param(
            word_file(p("BÁO CÁO"), word__footnotes=f"<w:footnotes {W}>{p('MẬT')}</w:footnotes>"), id="note"
        ),
        pytest.param(
            word_file(p("BÁO CÁO"), docProps__core=FACTS.format("Kế hoạch (Mật)")), id="title of the file"
        ),
        pytest.param(
            word_file(p("BÁO CÁO"), word__comments=f"<w:comments {W}>{p('TỐI MẬT')}</w:comments>"),
            id="comment",
        ),
        pytest.param(
            word_file(p("BÁO CÁO"), word__dautrang=f"<w:hdr {W}>{p('TỐI MẬT')}</w:hdr>"), id="odd head"
        ),
        pytest.param(word_file(p("BÁO CÁO"), docProps__custom=CUSTOM), id="custom fact"),
        pytest.param(word_file(p("BÁO CÁO"), word__diagrams__data1=DIAGRAM), id="diagram"),
        pytest.param(word_file(p("BÁO CÁO") + DELETED), id="deleted"),
        pytest.param(word_file(p("BÁO CÁO") + HIDDEN), id="hidden"),
        pytest.param(word_file(p("BÁO CÁO") + PICTURED), id="said of a picture"),
        pytest.param(book([[cell("BÁO CÁO")]], MẬT="<sheetData/>"), id="name of a sheet"),
        pytest.param(carrier(word_file(p("TỐI MẬT") + p("KẾ HOẠCH"))), id="a file packed inside"),
        pytest.param("<html><title>[MẬT] Kế hoạch</title><p>BÁO CÁO".encode(), id="title of a page"),
        pytest.param("<html><p>BÁO CÁO</p><footer><p>Tối mật</p></footer>".encode(), id="foot of a page"),
        pytest.param("<html><header><b>MẬT</b></header><p>BÁO CÁO".encode(), id="head of a page"),
        pytest.param(
            pdf_file([words(85, 700, "BAO CAO")], trailer=b"/Info 4 0 R", on_page=b"/Title (TOI MAT)"),
            id="title of a PDF",
        ),
        pytest.param(
            pdf_file([words(85, 700, "BAO CAO")], on_page=b"/Annots [%s]" % (STAMP_NOTE % b"(TUYET MAT)")),
            id="stamp put on a PDF",
        ),
        pytest.param(form(b"/V (TOI MAT)"), id="field of a form"),
        pytest.param(form(b"/Parent 7 0 R"), id="field of a form in two places"),
        pytest.param(pdf_file([words(85, 700, "BAO CAO") + words(300, 20, "TOI MAT")]), id="foot of a PDF"),
    ],
)
def test_a_stamp_outside_the_text_counts(raw: bytes) -> None:
    """Watermarks, drawings, notes, running lines, stamps put on later and a file's title are looked at."""
    with pytest.raises(UnreadableDocument) as refusal:
        read_bytes(raw)

    assert refusal.value.code == "secret"


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(
            word_file(p("BÁO CÁO"), docProps__core=FACTS.format("Quy chế bảo mật")), id="title of the file"
        ),
        pytest.param("<html><title>Mật độ dân số</title><p>BÁO CÁO".encode(), id="title of a page"),
        pytest.param("<html><p>BÁO CÁO</p><form>Mật khẩu <i>mật</i></form>".encode(), id="form of a page"),
        pytest.param(
            pdf_file([words(85, 700, "BAO CAO")], on_page=b"/Annots [%s]" % (STAMP_NOTE % b"(DA DUYET)")),
            id="another stamp put on a PDF",
        ),
    ],
)
def test_other_words_outside_the_text_do_not(raw: bytes) -> None:
    """Where a title or a stamp says something else, the document is read."""
    assert read_bytes(raw).text.strip().partition("\n")[0] in {"BÁO CÁO", "BAO CAO"}


def test_a_plain_pdf_is_not_taken_for_a_secret() -> None:
    """The head of a PDF is looked at in the same way."""
    assert read_bytes(pdf_file([words(85, 700, "Bao cao MAT BANG")])).text == "Bao cao MAT BANG"


LETTERS = base64.encodebytes(word_file(p("TỐI MẬT") + p("KẾ HOẠCH")))


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"\nFrom: a@example.vn\nTo: b@example.vn\n\n" + LETTERS, id="a mail cut out"),
        pytest.param(
            b"begin 644 ke-hoach.docx\n" + b"".join(b"M" + b"A" * 60 + b"\n" for _ in range(3)),
            id="uuencoded",
        ),
        pytest.param(
            b"<html><p>BAO CAO</p><a href='data:application/msword;base64,"
            + LETTERS.replace(b"\n", b"")
            + b"'>x</a>",
            id="linked in a page",
        ),
    ],
)
def test_a_file_written_out_as_letters_is_not_kept_unread(raw: bytes) -> None:
    """What cannot be looked at for a stamp is refused, with a way out."""
    with pytest.raises(UnreadableDocument) as refusal:
        read_bytes(raw)

    assert refusal.value.detail == "file-inside"


@pytest.mark.parametrize(
    "inside",
    [
        "<img src='data:image/png;base64,{letters}'>",
        "<input type='hidden' name='__VIEWSTATE' value='{letters}'>",
        "<script>var x = '{letters}';</script>",
    ],
)
def test_a_page_with_pictures_and_state_is_read(inside: str) -> None:
    """Long runs of letters in a page's pictures, forms and scripts are no file."""
    page = f"<html><body>{inside.format(letters='iVBORw0KGgo' * 90)}<p>BAO CAO</p></body></html>"

    assert read_bytes(page.encode()).text.strip() == "BAO CAO"
