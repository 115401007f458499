"""Word files whose XML expands, nests, goes round in circles, or points outside."""

from collections.abc import Iterator

from tests.directives.readers.word import TYPES, W, abstract, level, num, p, style, table, word_file, zipped

MB = 1024 * 1024
LAUGHS = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a0 "ha">' + "".join(
    f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9)
)
QUADRATIC = f'<?xml version="1.0"?><!DOCTYPE q [<!ENTITY a "{"x" * 100_000}">]><q>{"&a;" * 10_000}</q>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a SYSTEM "{}">]><b>&a;</b>'
RELATED = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="{kind}" Target="{target}" TargetMode="{mode}"/></Relationships>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def files() -> Iterator[tuple[str, bytes]]:
    """Give them."""
    yield from _entities()
    yield from _nesting()
    yield from _numbering()
    yield from _tables()
    yield from _parts()
    yield from _words()


def _document(content: str | bytes) -> bytes:
    return zipped({"[Content_Types].xml": TYPES, "word/document.xml": content})


def _entities() -> Iterator[tuple[str, bytes]]:
    yield "billion laughs.docx", _document(f"{LAUGHS}]><l>&a9;</l>")
    yield "quadratic blow-up.docx", _document(QUADRATIC)
    yield (
        "entity that is itself.docx",
        _document('<!DOCTYPE a [<!ENTITY a "&b;"><!ENTITY b "&a;">]><a>&a;</a>'),
    )
    yield "file from outside.docx", _document(OUTSIDE.format("file:///etc/passwd"))
    yield "page from outside.docx", _document(OUTSIDE.format("http://127.0.0.1:9/x"))
    yield "device from outside.docx", _document(OUTSIDE.format("file:///dev/zero"))
    yield "types from outside.docx", _document('<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>')
    yield "laughs among the types.docx", zipped({"[Content_Types].xml": f"{LAUGHS}]><l>&a9;</l>"})
    yield "laughs in the styles.docx", word_file(p("x"), word__styles=f"{LAUGHS}]><l>&a9;</l>")
    yield "laughs in a head.docx", word_file(p("x"), word__header1=f"{LAUGHS}]><l>&a9;</l>")


def _nesting() -> Iterator[tuple[str, bytes]]:
    for tag in ("w:p", "w:r", "w:sdt", "w:tbl", "w:ins", "w:txbxContent", "w:smartTag"):
        for depth in (200, 3000, 100_000):
            nested = f"<{tag}>" * depth + p("x") + f"</{tag}>" * depth
            yield f"{depth} {tag.replace(':', '-')} in each other.docx", word_file(nested)
    cell = "<w:tbl><w:tr><w:tc>"
    yield "tables in tables.docx", word_file(cell * 60 + p("x") + "</w:tc></w:tr></w:tbl>" * 60)
    box = "<w:p><w:r><w:pict><w:txbxContent>"
    yield "boxes in boxes.docx", word_file(box * 60 + p("x") + "</w:txbxContent></w:pict></w:r></w:p>" * 60)
    yield (
        "a million attributes.docx",
        word_file("<w:p " + " ".join(f'a{n}="1"' for n in range(300_000)) + "/>"),
    )
    yield "a million names.docx", word_file("".join(f"<a{n}/>" for n in range(300_000)))
    yield "an attribute without end.docx", word_file(f'<w:p w:x="{"y" * (12 * MB)}"/>')


def _numbering() -> Iterator[tuple[str, bytes]]:
    circle = style("a", '<w:basedOn w:val="b"/>') + style("b", '<w:basedOn w:val="a"/>')
    yield "styles in a circle.docx", word_file(p("x", style="a") * 100, styles=circle)
    chain = "".join(style(f"s{n}", f'<w:basedOn w:val="s{n + 1}"/>') for n in range(20_000))
    yield "a chain of styles.docx", word_file(p("x", style="s0") * 300, styles=chain)
    linked = '<w:abstractNum w:abstractNumId="{}"><w:numStyleLink w:val="{}"/></w:abstractNum>'
    numbered = '<w:pPr><w:numPr><w:numId w:val="{}"/></w:numPr></w:pPr>'
    yield (
        "lists in a circle.docx",
        word_file(
            p("x", num=1) * 100,
            numbering=linked.format(1, "b") + linked.format(2, "a") + num(1, 1) + num(2, 2),
            styles=style("a", numbered.format(1)) + style("b", numbered.format(2)),
        ),
    )
    levels = "".join(level(n, "decimal", "%1.") for n in range(100_000))
    yield (
        "a hundred thousand levels.docx",
        word_file(p("x", num=1), numbering=abstract(0, levels) + num(1, 0)),
    )
    lists = "".join(num(n, 0) for n in range(1, 100_000))
    yield (
        "a hundred thousand lists.docx",
        word_file(
            "".join(p("x", num=n) for n in range(1, 5000)),
            numbering=abstract(0, level(0, "decimal", "%1.")) + lists,
        ),
    )
    shared = "".join(level(n % 9, "decimal", "%1.") for n in range(900))
    yield (
        "lists that share long levels.docx",
        word_file(
            p("x", num=1), numbering=abstract(0, shared) + "".join(num(n, 0) for n in range(1, 30_000))
        ),
    )
    for mark, count in (("x" * MB, 2000), ("%1" * 200_000, 2000), ("x" * 100_000, 50_000)):
        yield (
            f"marks of {len(mark)} letters, {count} times.docx",
            word_file(p("x", num=1) * count, numbering=abstract(0, level(0, "decimal", mark)) + num(1, 0)),
        )
    yield "a list of nothing.docx", word_file(p("x", num=1, level=2) * 9, numbering=num(1, 7))
    nameless = '<w:num w:numId="x"><w:abstractNumId w:val="y"/></w:num><w:num/><w:num w:numId="1"/>'
    yield "lists without names.docx", word_file(p("x", num=1) * 9, numbering=nameless)
    every_level = abstract(0, "".join(level(n, "decimal", f"%{n + 1}.") for n in range(9))) + num(1, 0)
    steps = "".join(p("x", num=1, level=8 - n % 9) for n in range(30_000))
    yield "thirty thousand begun below.docx", word_file(steps, numbering=every_level)
    for kind in ("lowerLetter", "upperRoman", "decimalZero", "none", "x" * 1000):
        start = level(0, kind, "%1.", start=999_999)
        yield (
            f"starts late, {kind[:12]}.docx",
            word_file(p("x", num=1) * 300, numbering=abstract(0, start) + num(1, 0)),
        )
    negative = level(-5, "lowerLetter", "%0%-1%99", start=-7)
    yield (
        "below nothing.docx",
        word_file(p("x", num=1, level=-3) * 9, numbering=abstract(0, negative) + num(1, 0)),
    )


def _tables() -> Iterator[tuple[str, bytes]]:
    for name in ("gridSpan", "vMerge", "hMerge"):
        for value in ("999999999", "-5", "999999", "x"):
            cell = f'<w:tc><w:tcPr><w:{name} w:val="{value}"/></w:tcPr>{p("TT")}</w:tc>' * 4
            rows = f"<w:tr>{cell}</w:tr>" * 200
            yield f"{name} of {value}.docx", word_file(f"<w:tbl>{rows}</w:tbl>")
    before = '<w:tr><w:trPr><w:gridBefore w:val="999999"/></w:trPr><w:tc>' + p("x") + "</w:tc></w:tr>"
    yield "columns left out without end.docx", word_file(f"<w:tbl>{before * 500}</w:tbl>")
    yield (
        "a row of fifty thousand cells.docx",
        word_file(table(tuple("x" for _ in range(50_000)), bordered=True)),
    )
    yield (
        "fifty thousand rows.docx",
        word_file(table(*(("TT", "x", "y") for _ in range(50_000)), bordered=True)),
    )
    merged = f'<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{p("x" * 100_000)}</w:tc>'
    below = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"
    rows = f"<w:tr>{merged}{merged}{merged}</w:tr>" + f"<w:tr>{below * 3}</w:tr>" * 20_000
    borders = '<w:tblPr><w:tblBorders><w:top w:val="single"/></w:tblBorders></w:tblPr>'
    yield "long words merged down.docx", word_file(f"<w:tbl>{borders}{rows}</w:tbl>")


def _parts() -> Iterator[tuple[str, bytes]]:
    head = f"<w:hdr {W}>{' ' * (20 * MB)}</w:hdr>"
    yield "sixty heads of 20 MB.docx", word_file(p("x"), **{f"word__header{n}": head for n in range(60)})
    tags = f"<w:hdr {W}>{'<w:p/>' * (4 * MB)}</w:hdr>"
    yield "twenty heads of many tags.docx", word_file(p("x"), **{f"word__header{n}": tags for n in range(20)})
    yield "four million tags.docx", word_file("<w:p/>" * (4 * MB))
    styles = style("s", "") * 200_000
    yield (
        "many styles.docx",
        word_file(p("x"), styles=styles, numbering=abstract(0, level(0, "x", "y")) * 100_000),
    )
    for target, mode in (
        ("file:///etc/passwd", "External"),
        ("../../../../etc/passwd", "Internal"),
        ("/dev/zero", "Internal"),
        ("http://127.0.0.1:9/", "External"),
        ("\\\\127.0.0.1\\share", "External"),
    ):
        related = RELATED.format(kind=f"{OFFICE}/officeDocument", target=target, mode=mode)
        yield (
            f"points at {target.replace('/', '_')}.docx",
            zipped(
                {
                    "[Content_Types].xml": TYPES,
                    "_rels/.rels": related,
                    "word/document.xml": f"<w:document {W}/>",
                }
            ),
        )
    for part in ("../../etc/passwd", "/../document.xml", "", "/word/", "word/document.xml/", "\\word"):
        types = TYPES.replace("/word/document.xml", part)
        yield (
            f"main part {part.replace('/', '_') or 'nowhere'}.docx",
            zipped({"[Content_Types].xml": types, "x": "<x/>"}),
        )


def _words() -> Iterator[tuple[str, bytes]]:
    yield "one word of 20 MB.docx", word_file(p("x" * (20 * MB)))
    yield "a paragraph of two million runs.docx", word_file(f"<w:p>{'<w:r/>' * (2 * MB)}</w:p>")
    yield (
        "deleted paragraph marks.docx",
        word_file(
            "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>some words </w:t></w:r></w:p>" * 30_000
        ),
    )
    yield "two million tabs.docx", word_file(f"<w:p><w:r>{'<w:tab/>' * (2 * MB)}</w:r></w:p>")
    yield "two million line ends.docx", word_file(f"<w:p><w:r>{'<w:br/>' * (2 * MB)}</w:r></w:p>")
    yield "marks upon one letter.docx", word_file(p("a" + "\u0323\u0302" * 500_000))
    yield "a lone surrogate.docx", word_file("<w:p><w:r><w:t>&#xD800;</w:t></w:r></w:p>")
    yield "a zero.docx", word_file("<w:p><w:r><w:t>&#0;</w:t></w:r></w:p>")
