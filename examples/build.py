"""Write the example documents in every format from the one content.

Run by a person after changing documents.toml (needs python-docx, LibreOffice and the Liberation fonts):

    .venv/bin/python examples/build.py
"""

import html
import shutil
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

from content import NATION, Item, NewsItem, OfficialDocument, load
from official_docx import write_docx

HERE = Path(__file__).resolve().parent
WIDTH = 100  # of the plain-text page, in characters
LEFT, RIGHT = 42, 58  # its two columns


def beside(left: tuple[str, ...], right: tuple[str, ...]) -> list[str]:
    """Set two columns of centred lines side by side."""
    rows = max(len(left), len(right))
    pad = [(*column, *[""] * (rows - len(column))) for column in (left, right)]
    return [(one.center(LEFT) + two.center(RIGHT)).rstrip() for one, two in zip(*pad, strict=True)]


def text_head(document: OfficialDocument) -> list[str]:
    """Set the head: who issues, the nation's name, number, date, title or subject, addressees."""
    number = f"Số: {document.number}"
    lines = [*beside(document.issuer, NATION), ""]
    if document.title:
        about = textwrap.wrap(document.about, 72)
        lines += [*beside((number,), (document.dated,)), "", document.title.center(WIDTH).rstrip()]
        return [*lines, *(line.center(WIDTH).rstrip() for line in about), ""]
    about = textwrap.wrap(document.about, 38)
    lines += [*beside((number, *about), (document.dated,)), ""]
    return [*lines, "Kính gửi:", *(f"- {line}" for line in document.addressees), ""]


def text_of(document: OfficialDocument) -> str:
    """Set a document as plain text, one paragraph a line."""
    lines = [*text_head(document), *document.introduction]
    for number, item in enumerate(document.items, start=1):
        lines += [f"{number}. {item.text}", *(f"- {bullet}" for bullet in item.bullets)]
    recipients = ("Nơi nhận:".ljust(LEFT - 4), *(f"- {line}".ljust(LEFT - 4) for line in document.recipients))
    signing = (*document.signing, "", "(Đã ký)", "", document.signer)
    wrapped = tuple(part.ljust(LEFT - 4) for line in recipients for part in textwrap.wrap(line, LEFT - 6))
    return "\n".join([*lines, document.closing, "", *beside(wrapped, signing), ""])


def html_of(item: NewsItem) -> str:
    """Set a news item as a page with a menu, a script and a foot around it, as news sites have."""
    menu = "".join(f'<li><a href="#">{html.escape(name)}</a></li>' for name in item.menu)
    body = "\n".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in item.paragraphs)
    return f"""<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="utf-8">
<title>{html.escape(item.headline)}</title>
<style>body {{ font-family: serif; max-width: 40rem; margin: auto; line-height: 1.6 }}</style>
<script>const shown = "trước ngày 31/12/2020";</script>
</head>
<body>
<nav><ul>{menu}</ul></nav>
<article>
<h1>{html.escape(item.headline)}</h1>
<p><time>{html.escape(item.posted)}</time></p>
{body}
<p><em>{html.escape(item.author)}</em></p>
</article>
<footer>Trang tin ví dụ của Đôn Đốc</footer>
</body>
</html>
"""


def copy_of(document: OfficialDocument) -> str:
    """Set a document as the copy on an office's web page: numbers by the list, columns by tables."""

    def lines(*texts: str) -> str:
        return "<br>".join(html.escape(text) for text in texts)

    def bullets(item: Item) -> str:
        points = "".join(f"<li>{html.escape(point)}</li>" for point in item.bullets)
        return f"<ul>{points}</ul>" if points else ""

    items = "\n".join(f"<li>{html.escape(item.text)}{bullets(item)}</li>" for item in document.items)
    about = () if document.title else (document.about,)
    title = f"<h1>{lines(document.title, document.about)}</h1>" if document.title else ""
    to = "".join(f"<p>- {html.escape(line)}</p>" for line in document.addressees)
    addressed = f"<p>Kính gửi:</p>{to}" if to else ""
    introduction = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in document.introduction)
    copied = lines("Nơi nhận:", *(f"- {line}" for line in document.recipients))
    return f"""<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="utf-8">
<title>{html.escape(document.number)}</title>
</head>
<body>
<nav><ul><li><a href="#">Trang chủ</a></li><li><a href="#">Văn bản chỉ đạo</a></li></ul></nav>
<main>
<table>
<tr><td>{lines(*document.issuer)}</td><td>{lines(*NATION)}</td></tr>
<tr><td>{lines(f"Số: {document.number}", *about)}</td><td><em>{lines(document.dated)}</em></td></tr>
</table>
{title}
{addressed}
{introduction}
<ol>
{items}
</ol>
<p>{html.escape(document.closing)}</p>
<table><tr><td>{copied}</td><td>{lines(*document.signing, "(Đã ký)", document.signer)}</td></tr></table>
</main>
<footer>Cổng thông tin ví dụ của Đôn Đốc</footer>
</body>
</html>
"""


def news_text_of(item: NewsItem) -> str:
    """Set a news item as plain text."""
    return "\n".join([item.headline, item.posted, *item.paragraphs, item.author, ""])


def write_pdf(source: Path) -> None:
    """Have LibreOffice print a .docx as .pdf beside it, fonts embedded."""
    soffice = shutil.which("soffice")
    if soffice is None:
        sys.exit("LibreOffice (soffice) is needed to make the .pdf files")
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(  # noqa: S603 - our own file, no shell
            [
                soffice,
                f"-env:UserInstallation=file://{profile}",
                *("--headless", "--convert-to", "pdf", "--outdir", str(source.parent), str(source)),
            ],
            check=True,
            stdout=subprocess.DEVNULL,
        )


def main() -> None:
    """Write every file."""
    official, news = load()
    for document in official:
        (HERE / f"{document.stem}.txt").write_text(text_of(document), encoding="utf-8")
        (HERE / f"{document.stem}.html").write_text(copy_of(document), encoding="utf-8")
        write_docx(document, HERE / f"{document.stem}.docx")
        write_pdf(HERE / f"{document.stem}.docx")
    for item in news:
        (HERE / f"{item.stem}.txt").write_text(news_text_of(item), encoding="utf-8")
        (HERE / f"{item.stem}.html").write_text(html_of(item), encoding="utf-8")


if __name__ == "__main__":
    main()
