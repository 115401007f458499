"""Web pages and other XML: nested, endless, in encodings that take for ever."""

from collections.abc import Iterator

MB = 1024 * 1024
SLOW_CODES = ("punycode", "idna", "utf-7", "unicode_escape", "raw_unicode_escape", "utf-16", "utf-32", "hex")
ODD_CODES = ("zip", "rot13", "undefined", "mbcs", "x" * 900, "utf-8-sig", "cp65001", "iso2022_jp_3", "hz")


def files() -> Iterator[tuple[str, bytes]]:
    """Give them."""
    for tag in ("div", "table", "ol", "b", "p", "td", "font", "section", "blockquote", "select", "svg"):
        yield f"100000 {tag} in each other.html", b"<html>" + f"<{tag}>".encode() * 100_000 + b"x"
    yield "tables in cells.html", b"<html>" + b"<table><tr><td>" * 30_000 + b"x"
    yield "lists in items.html", b"<html>" + b"<ol><li>x" * 100_000
    yield "tags crossed.html", b"<html>" + b"<b><i><u></b></i></u>" * 100_000
    yield "ends without beginnings.html", b"<html>" + b"</div>" * 1_000_000
    yield "five million tags.html", b"<html>" + b"<p>" * 5_000_000
    yield "a million line ends.html", b"<html>" + b"<br>" * 1_000_000
    yield "a tag without end.html", b"<html><p " + b"a" * (20 * MB)
    yield "an attribute without end.html", b'<html><p style="' + b"display:" * (2 * MB)
    yield (
        "two hundred thousand attributes.html",
        b"<html><p " + b" ".join(b"a%d=1" % n for n in range(200_000)),
    )
    yield "one line of 30 MB.html", b"<html><p>" + b"so cong thuong " * (2 * MB)
    yield "a table of a million cells.html", b"<html><table border=1>" + (b"<tr>" + b"<td>x" * 1000) * 1000
    yield (
        "a cell over a billion columns.html",
        (b"<html><table border=1>" + b"<tr><td colspan=999999999 rowspan=999999999>TT<td>x<td>y" * 300),
    )
    yield (
        "cells over many rows.html",
        (b"<html><table border=1>" + b"<tr><td colspan=999 rowspan=65000>TT<td rowspan=65000>x<td>y" * 1000),
    )
    yield "a list from a billion.html", b"<html><ol start=999999 type=i>" + b"<li>x" * 50_000
    yield "a list from below.html", b"<html><ol start=-999999 type=a reversed>" + b"<li>x" * 50_000
    yield "letters without end.html", b"<html><ol start=999999 type=a>" + b"<li>x" * 3000
    yield "comments without end.html", b"<!--" * 500_000 + b"<html>x"
    yield "a comment that stays open.html", b"<html><!-- " + b"- " * (5 * MB)
    yield "entities.html", b"<html><p>" + b"&amp;&#x41;&#1114112;&#xD800;&#0;&nosuch;" * 100_000
    yield (
        "laughs.html",
        (
            b'<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><html>'
            + b"&b;" * 100_000
        ),
    )
    yield (
        "file from outside.html",
        (
            b'<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><html><p>&a;<iframe src="file:///dev/zero">'
        ),
    )
    yield "zeros.html", b"<html><p>a\0b" + b"\0" * MB + b"</p>"
    yield "a script without end.html", b"<html><script>" + b"<p>x" * (2 * MB)
    yield "nothing but heads.html", b"<html>" + b"<head><title>x" * 200_000
    for code in SLOW_CODES:
        page = f"<html><meta charset={code}><p>".encode() + "bao cao \u00e1".encode() * (MB // 10)
        yield f"in {code}.html", page
        yield f"small letters in {code}.html", f"<html><meta charset={code}>".encode() + b"a-" * (MB // 2)
    for code in ODD_CODES:
        yield f"in {code[:12]}.html", f"<html><meta charset='{code}'><p>".encode() + b"bao cao" * 100
    yield from _counted()
    yield from _frames()
    yield "other XML, 100000 deep.xml", b'<?xml version="1.0"?><html>' + b"<a>" * 100_000
    yield "declaration without end.xml", b"<?xml " + b"a" * (5 * MB)
    yield (
        "Word 2003, deep.xml",
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>' + b"<w:p>" * 50_000),
    )


def _counted() -> Iterator[tuple[str, bytes]]:
    """Give pages whose styles count without end."""
    page = "<html><style>{}</style>{}"
    words = "<p>x" * 100_000
    deep = "<div>" * 1500 + words
    names = " ".join(f"a{number}" for number in range(20_000))
    before = "p:before{content:counter(a) %s}"
    for name, style, body in (
        ("a counter in each of many", 'div{counter-reset:a} p:before{content:counters(a,".") " "}', deep),
        ("many counters begun", f"p{{counter-reset:{names}}}", words),
        ("long words before", before % f"'{'x' * 100_000}'", words),
        ("many words before", before % ('"x" ' * 40_000), words),
        ("words before without end", before % ('counter(a,"' * 15_000), words),
        ("beyond number", "p{counter-increment:a 999999} p:before{content:counter(a,lower-roman)}", words),
    ):
        yield f"{name}.html", page.format(style, body).encode()
    begun = "".join(f"<p style='counter-reset:a{n}'>x" for n in range(100_000))
    yield "a counter for each of many.html", page.format("", begun).encode()


def _frames() -> Iterator[tuple[str, bytes]]:
    """Give pages with pages set into them."""
    nested = "<p>x</p>"
    for _ in range(1000):
        written = nested.replace("&", "&amp;").replace('"', "&quot;")
        nested = f'<p>x</p><iframe srcdoc="{written}"></iframe>'
    yield "a thousand frames in each other.html", f"<html>{nested}".encode()
    frame = b'<iframe srcdoc="<p>x</p>"></iframe>'
    yield "a hundred thousand frames.html", b"<html><p>x</p>" + frame * 100_000
    deep = b"<html>" + b"<div>" * 1900 + b'<iframe srcdoc="' + b"<div>" * 1900 + b'x"></iframe>'
    yield "a deep page in a deep page.html", deep
    yield "five million tags in a frame.html", b'<html><iframe srcdoc="' + b"<p>" * 5_000_000 + b'"></iframe>'
