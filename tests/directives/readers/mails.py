"""E-mails made field by field, so that a test shows exactly what is in them."""

import base64
from collections.abc import Sequence

HEAD = b"From: van-thu@hatinh.example.vn\r\nTo: sct@hatinh.example.vn\r\nMIME-Version: 1.0\r\n"


def attachment(content: bytes, fields: bytes) -> bytes:
    """Write a part that carries a file."""
    return fields + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(content)


def attached(content: bytes, name: str) -> bytes:
    """Write an attachment with a plain name."""
    named = f'Content-Disposition: attachment; filename="{name}"'.encode()
    return attachment(content, b"Content-Type: application/octet-stream\r\n" + named)


def words(text: str, kind: str = "plain", charset: str = "utf-8") -> bytes:
    """Write a part that is the mail's own words."""
    head = f"Content-Type: text/{kind}; charset={charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    return head.encode() + text.encode(charset)


def mail(*parts: bytes, kind: str = "mixed", subject: bytes = b"V/v gui van ban") -> bytes:
    """Make a message of its parts."""
    return HEAD + b"Subject: " + subject + b"\r\n" + multipart(parts, kind)


def multipart(parts: Sequence[bytes], kind: str, bound: bytes = b"=_bound") -> bytes:
    """Put parts together under a boundary."""
    inside = b"".join(b"--" + bound + b"\r\n" + part + b"\r\n" for part in parts)
    head = b"Content-Type: multipart/" + kind.encode() + b'; boundary="' + bound + b'"\r\n\r\n'
    return head + inside + b"--" + bound + b"--\r\n"
