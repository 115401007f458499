"""Mails: nested, without end, with attachments whose names lead outside."""

import base64
from collections.abc import Iterator

from tests.directives.readers.word import p, word_file, zipped

MB = 1024 * 1024
HEAD = b"From: a@example.vn\r\nTo: b@example.vn\r\nSubject: Bao cao\r\nMIME-Version: 1.0\r\n"
MIXED = b'Content-Type: multipart/mixed; boundary="%s"\r\n\r\n'


def a_mail(attached: bytes, name: bytes = b"van-ban.docx") -> bytes:
    """Make a mail with one attachment."""
    return (
        HEAD + MIXED % b"b" + b"--b\r\nContent-Type: text/plain\r\n\r\nGui anh.\r\n--b\r\n"
        b'Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename="'
        + name
        + b'"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(attached) + b"\r\n--b--\r\n"
    )


def files() -> Iterator[tuple[str, bytes]]:
    """Give them."""
    for depth in (50, 1000, 20_000):
        parts = b"".join((MIXED % b"b%d") % n + b"--b%d\r\n" % n for n in range(depth))
        yield f"{depth} parts in each other.eml", HEAD + parts + b"Content-Type: text/plain\r\n\r\nx"
        inner = b"Content-Type: message/rfc822\r\n\r\n" * depth
        yield f"{depth} mails in each other.eml", HEAD + inner + b"Content-Type: text/plain\r\n\r\nx"
    yield "a hundred thousand parts.eml", HEAD + MIXED % b"b" + b"--b\r\n\r\nx\r\n" * 100_000
    yield (
        "a thousand attachments.eml",
        HEAD
        + MIXED % b"b"
        + b"".join(
            b'--b\r\nContent-Disposition: attachment; filename="%d.txt"\r\n\r\nwords\r\n' % n
            for n in range(1000)
        ),
    )
    yield "one head of 10 MB.eml", HEAD + b"X-A: " + b"a" * (10 * MB) + b"\r\n\r\nx"
    yield "a million heads.eml", HEAD + b"X-A: a\r\n" * 1_000_000 + b"\r\nx"
    yield "heads folded without end.eml", HEAD + b"X-A: a\r\n" + b" b\r\n" * 1_000_000 + b"\r\nx"
    yield "a subject of many words.eml", HEAD.replace(b"Bao cao", b"=?utf-8?b?QQ==?= " * 100_000) + b"\r\nx"
    yield "addresses without end.eml", HEAD.replace(b"b@example.vn", b"((((" * 100_000) + b"\r\nx"
    yield "no boundary.eml", HEAD + b"Content-Type: multipart/mixed\r\n\r\nx"
    yield "a boundary of 1 MB.eml", HEAD + MIXED % (b"b" * MB) + b"x"
    yield (
        "parameters without end.eml",
        HEAD + b"Content-Type: text/plain" + b"; a*0*=x''%41" * 50_000 + b"\r\n\r\nx",
    )
    yield "in no encoding.eml", HEAD + b"Content-Type: text/plain; charset=punycode\r\n\r\n" + b"a-" * 500_000
    yield "not base64.eml", HEAD + b"Content-Transfer-Encoding: base64\r\n\r\n" + b"\xff!*" * 100_000
    yield (
        "quoted without end.eml",
        HEAD + b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + b"=\r\n=4" * MB,
    )
    yield "uuencoded.eml", HEAD + b"Content-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 ../x\n" + b"M" * MB
    yield "a bomb attached.eml", a_mail(zipped({"a.txt": bytes(100 * MB)}), b"a.zip")
    for number, name in enumerate((b"../../etc/x.docx", b"/etc/passwd", b"a\\..\\b.docx", b"a\0b.docx", b"")):
        yield f"attachment by a path {number}.eml", a_mail(word_file(p("So Cong Thuong bao cao.")), name)
