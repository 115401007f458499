"""Web pages set in old fonts: by the name of the font, and by the words where it is not named."""

import pytest

from directives.readers import read_bytes
from tests.directives.readers.old_fonts import in_tcvn3, in_vni

SENTENCE = "Sở Công Thương chủ trì, báo cáo UBND tỉnh trước ngày 09/4/2020."
WORD_SHEET = """<style><!-- @font-face {font-family:".VnTime";}
p.Old, li.Old {margin:0; font-family:".VnTime","serif";} --></style>"""


def page(body: str, head: str = "") -> str:
    """Write a page."""
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param(f'<p><font face=".VnTime">{in_tcvn3("Sở Y tế")}</font></p>', "Sở Y tế", id="face"),
        pytest.param(f'<p><font face=".VnTimeH">{in_tcvn3("Sở Y tế")}</font></p>', "SỞ Y TẾ", id="capitals"),
        pytest.param(f'<p><font face="VNI-Times">{in_vni("Sở Y tế")}</font></p>', "Sở Y tế", id="VNI"),
        pytest.param(
            f"<p style=\"font-family: '.VnTime', serif\">{in_tcvn3('Sở <b>Y tế')}</b></p>",
            "Sở Y tế",
            id="style",
        ),
        pytest.param(f'<p class="x Old">{in_tcvn3("Sở Y tế")}</p>', "Sở Y tế", id="class of a sheet"),
        pytest.param(
            f"<p class=Old>{in_tcvn3('Sở')} <font face=Arial>Đắk Lắk, có</font> {in_tcvn3('Y tế')}</p>",
            "Sở Đắk Lắk, có Y tế",
            id="Unicode within",
        ),
        pytest.param('<p><font face="VNI-Times">Thöô<b>ùng</b></font></p>', "Thướng", id="a letter in two"),
        pytest.param(
            '<p><font face=".VnTime">Đã được dán vào: có</font></p>', "Đã được dán vào: có", id="a lie"
        ),
        pytest.param(f"<p>{in_vni(SENTENCE)}</p>", SENTENCE, id="no font, VNI"),
        pytest.param(
            f"<p>{in_tcvn3(SENTENCE).replace(chr(0xAD), '&shy;')}</p>", SENTENCE, id="no font, TCVN3"
        ),
    ],
)
def test_a_page_is_read_by_its_fonts(body: str, text: str) -> None:
    """Words come out in Unicode, whatever named their font."""
    assert read_bytes(page(body, WORD_SHEET).encode()).text == text


@pytest.mark.parametrize("charset", ["windows-1252", "iso-8859-1", "x-user-defined", "utf-8", ""])
def test_the_charset_of_an_old_page_says_little(charset: str) -> None:
    """Old pages named any charset, or none."""
    head = f'<meta charset="{charset}">' if charset else ""
    raw = page(f"<p>{in_tcvn3(SENTENCE)}</p>", head).encode("cp1252")

    assert read_bytes(raw).text == SENTENCE


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1258"])
def test_one_doubt_tells_of_the_fonts_of_a_page(encoding: str) -> None:
    """A page of two fonts has a doubt for each; one in Unicode has none."""
    two = (
        f'<font face=".VnTime">{in_tcvn3("Sở Y tế")}</font><font face="VNI-Times">{in_vni("Sở Y tế")}</font>'
    )
    old, clean = page(two), page("<p>Không, đương nhiên là đơn</p>")

    assert [doubt.code for doubt in read_bytes(old.encode()).doubts] == ["old-font", "old-font"]
    assert read_bytes(clean.encode(encoding)).doubts == ()
