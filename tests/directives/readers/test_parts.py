"""Containers: a zip and a mail are opened, each part is read, and no trick in them does harm."""

import io
import os
import zipfile
from copy import copy
from pathlib import Path

import pytest

from directives.readers import Format, Part, RawDocument, UnreadableDocument, read, read_parts
from directives.readers import parts as parts_of_files
from directives.readers.document import MAX_PARTS
from directives.readers.parts import MAX_SECONDS
from tests.directives.readers.mails import HEAD, attached, attachment, mail, multipart, words
from tests.directives.readers.word import p, word_file, zipped

ORDER = "Sở Công Thương báo cáo trước ngày 09/4/2020."
WORD = word_file(p(ORDER))
OTHER = word_file(p("Sở Y tế báo cáo trước ngày 10/5/2020."))
SECRET = "TỐI MẬT\nKế hoạch phòng thủ".encode()
LOGO = (
    b"Content-Type: image/png\r\nContent-ID: <logo>\r\nContent-Disposition: inline; filename=l.png\r\n\r\nx"
)


def parts_of(folder: Path, raw: bytes, name: str = "x.zip") -> list[Part]:
    """Write a container and read its parts."""
    file = folder / name
    file.write_bytes(raw)
    return read_parts(file)


def answers(parts: list[Part]) -> list[tuple[str, str]]:
    """Return each part's name with its format, or why it was not read."""
    return [
        (part.name, part.document.detail or str(part.document.code))
        if isinstance(part.document, UnreadableDocument)
        else (part.name, str(part.document.format))
        for part in parts
    ]


def refusal_of(folder: Path, raw: bytes) -> UnreadableDocument:
    """Read a container that is refused as a whole."""
    with pytest.raises(UnreadableDocument) as refusal:
        parts_of(folder, raw)
    return refusal.value


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param(
            zipped({"a.docx": WORD, "phụ lục/b.txt": ORDER}),
            [("x.zip/a.docx", "docx"), ("x.zip/phụ lục/b.txt", "txt")],
            id="flat zip, with a folder",
        ),
        pytest.param(
            zipped({"1.zip": zipped({"2.zip": zipped({"a.docx": WORD})})}),
            [("x.zip/1.zip/2.zip/a.docx", "docx")],
            id="zip in zip in zip",
        ),
        pytest.param(
            zipped({"1.zip": zipped({"2.zip": zipped({"3.zip": zipped({"a.docx": WORD})})}), "b.docx": WORD}),
            [("x.zip/1.zip/2.zip/3.zip", "nested-too-deep"), ("x.zip/b.docx", "docx")],
            id="one level more",
        ),
        pytest.param(
            zipped({"a.docx": WORD[:99], "b.bin": bytes(range(256)), "c.txt": "", "d.docx": WORD}),
            [
                ("x.zip/a.docx", "damaged"),
                ("x.zip/b.bin", "unknown-format"),
                ("x.zip/c.txt", "empty"),
                ("x.zip/d.docx", "docx"),
            ],
            id="some parts broken",
        ),
        pytest.param(
            zipped(
                {"__MACOSX/._a.docx": "x", ".DS_Store": "x", "~$a.docx": "x", "Thumbs.db": "x", "a.txt": "x"}
            ),
            [("x.zip/a.txt", "txt")],
            id="what systems leave behind",
        ),
        pytest.param(
            zipped({"mail.eml": mail(words("Kính gửi"), attached(WORD, "a.docx"))}),
            [("x.zip/mail.eml/a.docx", "docx")],
            id="mail in a zip",
        ),
        pytest.param(
            mail(words("Gửi kèm."), attached(zipped({"a.docx": WORD, "b.docx": OTHER}), "vb.zip")),
            [("x.zip/vb.zip/a.docx", "docx"), ("x.zip/vb.zip/b.docx", "docx")],
            id="zip in a mail",
        ),
        pytest.param(mail(words(ORDER)), [("x.zip/body.txt", "txt")], id="mail without attachments"),
        pytest.param(HEAD + words(ORDER), [("x.zip/body.txt", "txt")], id="mail of one part"),
        pytest.param(
            HEAD + attached(WORD, "a.docx"), [("x.zip/a.docx", "docx")], id="mail that is only its attachment"
        ),
        pytest.param(
            mail(words(ORDER), attached(b"\x7fELF" + bytes(range(99)), "a.bin")),
            [("x.zip/body.txt", "txt"), ("x.zip/a.bin", "unknown-format")],
            id="nothing attached is a document",
        ),
        pytest.param(
            mail(
                multipart((words(ORDER), words(f"<html><p>{ORDER}", "html")), "alternative", b"inner"),
                LOGO,
            ),
            [("x.zip/body.html", "html")],
            id="two forms of one text, and a logo",
        ),
        pytest.param(
            mail(
                words("Chuyển tiếp"),
                b"Content-Type: message/rfc822\r\n\r\n"
                + mail(words("x"), attached(WORD, "a.docx")).replace(b"=_bound", b"other"),
            ),
            [("x.zip/message-1.eml/a.docx", "docx")],
            id="forwarded mail",
        ),
        pytest.param(
            mail(attached(WORD, "a.docx"), attached(OTHER, "a.docx")),
            [("x.zip/a.docx", "docx"), ("x.zip/a (2).docx", "docx")],
            id="two of one name",
        ),
    ],
)
def test_each_part_is_read_as_a_file_of_its_own(
    tmp_path: Path, raw: bytes, expected: list[tuple[str, str]]
) -> None:
    """Names say where a part lies; one that cannot be read says why and stops no other."""
    assert expected == answers(parts_of(tmp_path, raw))


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        pytest.param(b"filename*=UTF-8''C%C3%B4ng%20v%C4%83n.docx", "Công văn.docx", id="RFC 2231"),
        pytest.param(
            b"filename*0*=UTF-8''C%C3%B4ng;\r\n filename*1*=%20v%C4%83n.docx", "Công văn.docx", id="continued"
        ),
        pytest.param(b'filename="=?utf-8?B?Q8O0bmcgdsSDbi5kb2N4?="', "Công văn.docx", id="RFC 2047, base64"),
        pytest.param(
            b"filename==?utf-8?Q?C=C3=B4ng_v=C4=83n.docx?=", "Công văn.docx", id="RFC 2047, unquoted"
        ),
        pytest.param(
            b'filename="=?utf-8?Q?C=C3=B4ng?=\r\n =?utf-8?Q?_v=C4=83n.docx?="',
            "Công văn.docx",
            id="RFC 2047, two words",
        ),
        pytest.param('filename="Công văn.docx"'.encode(), "Công văn.docx", id="bare bytes"),
        pytest.param(b'filename="=?x-none?B?!!?="', "part", id="broken word"),
        pytest.param(b'filename="../../etc/passwd"', "etc/passwd", id="a way up"),
        pytest.param(b'filename="C:\\\\Temp\\\\a.docx"', "Temp/a.docx", id="a drive"),
        pytest.param(b"x=y", "attachment-1", id="no name"),
    ],
)
def test_attachments_are_named_in_every_usual_way(tmp_path: Path, fields: bytes, name: str) -> None:
    """RFC 2231 and 2047, and what programs write instead."""
    part = attachment(WORD, b"Content-Type: application/msword\r\nContent-Disposition: attachment; " + fields)

    assert [(f"x.zip/{name}", "docx")] == answers(parts_of(tmp_path, mail(part)))


@pytest.mark.parametrize(
    ("name", "bits", "shown"),
    [
        pytest.param("Công văn.txt".encode(), 0x800, "Công văn.txt", id="UTF-8, said"),
        pytest.param("Công văn.txt".encode(), 0, "Công văn.txt", id="UTF-8, not said"),
        pytest.param("Café.txt".encode("cp437"), 0, "Café.txt", id="code page 437"),
        pytest.param(b"../../etc/x.txt", 0, "etc/x.txt", id="a way up"),
        pytest.param(b"/etc/x.txt", 0, "etc/x.txt", id="from the root"),
        pytest.param(b"..\\..\\x.txt", 0, "x.txt", id="a way up, in Windows"),
        pytest.param(b"C:/x.txt", 0, "x.txt", id="a drive"),
        pytest.param("a\u202etxt.exe".encode(), 0x800, "a txt.exe", id="turned direction"),
        pytest.param(b"a\nb.txt", 0, "a b.txt", id="a line end"),
        pytest.param(b"..", 0, "part", id="nothing but a way up"),
    ],
)
def test_names_in_a_zip_are_only_words(tmp_path: Path, name: bytes, bits: int, shown: str) -> None:
    """Whatever a name tries, it is shown without it, and nothing is written beside the zip."""
    stand_in = "n" * len(name)
    raw = bytearray(zipped({stand_in: ORDER}).replace(stand_in.encode(), name))
    raw[6:8] = bits.to_bytes(2, "little")
    index = raw.index(b"PK\x01\x02")
    raw[index + 8 : index + 10] = bits.to_bytes(2, "little")

    assert [(f"x.zip/{shown}", "txt")] == answers(parts_of(tmp_path, bytes(raw)))
    assert [file.name for file in tmp_path.iterdir()] == ["x.zip"]


def test_a_link_in_a_zip_leads_nowhere(tmp_path: Path) -> None:
    """A symbolic link is no document, and what it names is not opened."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("a.txt", ORDER)

    assert answers(parts_of(tmp_path, held.getvalue())) == [
        ("x.zip/link.txt", "unknown-format"),
        ("x.zip/a.txt", "txt"),
    ]


@pytest.mark.parametrize(
    ("raw", "detail"),
    [
        pytest.param(
            zipped({f"{n}.txt": "x" for n in range(MAX_PARTS + 1)}), "too-many-parts", id="many files"
        ),
        pytest.param(
            zipped({f"{n}.zip": zipped({f"{m}.txt": "x" for m in range(60)}) for n in range(4)}),
            "too-many-parts",
            id="many files in few",
        ),
        pytest.param(zipped({"a.txt": b"x" * 30_000_000}), "unpacks-too-large", id="one swells"),
        pytest.param(zipped({}), "nothing-inside", id="nothing in it"),
        pytest.param(zipped({"folder/": ""}), "nothing-inside", id="only folders"),
        pytest.param(mail(words("  ")), "nothing-inside", id="a mail without a word"),
    ],
)
def test_a_container_out_of_bounds_is_refused_as_a_whole(tmp_path: Path, raw: bytes, detail: str) -> None:
    """Count, size and ratio are bounded for the container and all in it together."""
    refusal = refusal_of(tmp_path, raw)

    assert (detail, "x.zip") == (refusal.detail, refusal.fields["name"])


def test_the_size_of_all_parts_together_is_bounded(tmp_path: Path) -> None:
    """Files that are each small enough may still be too much together."""
    noise = os.urandom(20_000) * 2200

    assert refusal_of(tmp_path, zipped({f"{n}.bin": noise for n in range(5)})).detail == "unpacks-too-large"


def test_files_that_share_their_bytes_are_bounded(tmp_path: Path) -> None:
    """An index may point at one place again and again, so that little becomes much; each counts in full."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("0.bin", os.urandom(20_000) * 100)
        for number in range(1, 120):
            again = copy(archive.filelist[0])
            again.filename = f"{number}.bin"
            archive.filelist.append(again)
    found = outcome(tmp_path, held.getvalue())

    assert len(held.getvalue()) < 3_000_000
    assert found in {"unpacks-too-large", "damaged"}  # a head that names another file is seen


def outcome(folder: Path, raw: bytes) -> str:
    """Say what becomes of a container: its refusal, or that of its last part."""
    try:
        return answers(parts_of(folder, raw))[-1][1]
    except UnreadableDocument as refusal:
        return refusal.detail or str(refusal.code)


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(zipped({"a.docx": WORD, "b.txt": SECRET}), id="a part"),
        pytest.param(zipped({"a.docx": WORD, "Kế hoạch (mật).docx": WORD}), id="a part's name"),
        pytest.param(zipped({"a.docx": WORD, "Tối mật/b.docx": WORD}), id="a folder's name"),
        pytest.param(zipped({"1.zip": zipped({"b.txt": SECRET}), "a.docx": WORD}), id="a part in a part"),
        pytest.param(mail(words(SECRET.decode()), attached(WORD, "a.docx")), id="a mail's words"),
        pytest.param(mail(words("x"), attached(SECRET, "b.txt")), id="an attachment"),
        pytest.param(
            mail(attached(WORD, "a.docx"), subject=b"=?utf-8?Q?Tuy=E1=BB=87t_m=E1=BA=ADt?="),
            id="a subject",
        ),
    ],
)
def test_a_secret_part_refuses_the_whole_and_is_not_named(tmp_path: Path, raw: bytes) -> None:
    """Nothing of the container is kept, and the refusal bears no name."""
    refusal = refusal_of(tmp_path, raw)

    assert (refusal.code, refusal.fields) == ("secret", {})


def test_a_container_of_one_document_is_read_as_that_document(tmp_path: Path) -> None:
    """Beside files that are none, one document is what was meant; its hash is its own."""
    (tmp_path / "a.docx").write_bytes(WORD)
    (tmp_path / "x.zip").write_bytes(zipped({"a.docx": WORD, "b.bin": bytes(range(256))}))

    assert read(tmp_path / "a.docx") == read(tmp_path / "x.zip")


@pytest.mark.parametrize(
    ("parts", "detail", "fields"),
    [
        pytest.param(
            {"a.docx": WORD, "b.docx": OTHER}, "several-parts", {"count": "2", "name": "x.zip"}, id="several"
        ),
        pytest.param({"a": b"\0\1", "b": b"\0\1"}, "nothing-inside", {"name": "x.zip"}, id="none"),
    ],
)
def test_several_documents_are_not_read_as_one(
    tmp_path: Path, parts: dict[str, str | bytes], detail: str, fields: dict[str, str]
) -> None:
    """The refusal says to read the parts."""
    (tmp_path / "x.zip").write_bytes(zipped(parts))

    with pytest.raises(UnreadableDocument) as refusal:
        read(tmp_path / "x.zip")

    assert (detail, fields) == (refusal.value.detail, refusal.value.fields)


def test_an_ordinary_file_is_its_own_only_part(tmp_path: Path) -> None:
    """Its part bears the file's name and bytes."""
    (part,) = parts_of(tmp_path, WORD, "a.docx")

    assert isinstance(part.document, RawDocument)
    assert (part.name, part.content, part.document.format) == ("a.docx", WORD, Format.DOCX)


def test_a_locked_part_is_refused_and_the_others_read(tmp_path: Path) -> None:
    """A zip with a password on some of its files still gives the rest."""
    raw = bytearray(zipped({"a.docx": WORD, "b.docx": WORD}))
    index = raw.index(b"PK\x01\x02")
    raw[index + 8] |= 1

    assert answers(parts_of(tmp_path, bytes(raw))) == [
        ("x.zip/a.docx", "encrypted"),
        ("x.zip/b.docx", "docx"),
    ]


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(
            mail(attachment(b"x", b"Content-Type: a/b" + b"; a=b" * 100_000)), id="a field without end"
        ),
        pytest.param(
            HEAD + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + b"--b\r\n" * 100_000, id="parts"
        ),
        pytest.param(
            HEAD
            + b"".join(
                b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(3000)
            ),
            id="parts in parts",
        ),
    ],
)
def test_a_mail_made_to_be_slow_is_answered(tmp_path: Path, raw: bytes) -> None:
    """What would take the parser minutes is refused at once."""
    assert refusal_of(tmp_path, raw).phrase


def slow_after(first: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the time of a container be up when so many parts of it were begun."""
    ticks = iter([0.0] * (first + 1))  # one when it is opened
    monkeypatch.setattr(parts_of_files, "monotonic", lambda: next(ticks, MAX_SECONDS + 1))


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(zipped({"a.docx": WORD, "b.docx": OTHER, "c.docx": WORD}), id="zip"),
        pytest.param(
            mail(
                *(
                    attached(each, name)
                    for each, name in ((WORD, "a.docx"), (OTHER, "b.docx"), (WORD, "c.docx"))
                )
            ),
            id="mail",
        ),
    ],
)
def test_what_there_was_no_time_for_is_named(
    tmp_path: Path, raw: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Parts that were read stand; the others say that nobody has read them."""
    slow_after(2, monkeypatch)

    found = parts_of(tmp_path, raw)

    assert answers(found) == [
        ("x.zip/a.docx", "docx"),
        ("x.zip/b.docx", "docx"),
        ("x.zip/c.docx", "not-reached"),
    ]
    assert isinstance(found[2].document, UnreadableDocument)
    assert found[2].document.fields == {"name": "c.docx", "limit": "5"}


def test_one_time_holds_for_a_container_in_a_container(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Time is not won by packing files deeper."""
    slow_after(1, monkeypatch)

    inner = zipped({"b.docx": OTHER, "c.docx": WORD})
    found = answers(parts_of(tmp_path, zipped({"1.zip": inner, "2.zip": inner})))

    assert [answer for _, answer in found] == ["docx", "not-reached", "not-reached", "not-reached"]


def test_a_document_is_not_taken_for_the_only_one_while_others_are_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was not looked at may be what was meant, so the file is refused."""
    (tmp_path / "x.zip").write_bytes(zipped({"a.docx": WORD, "b.docx": OTHER}))
    slow_after(1, monkeypatch)

    with pytest.raises(UnreadableDocument) as refusal:
        read(tmp_path / "x.zip")

    assert (refusal.value.detail, refusal.value.fields["name"]) == ("not-reached", "b.docx")


def test_each_part_has_a_time_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many files of a few seconds each are no slow file."""
    begun: list[str] = []
    monkeypatch.setattr(parts_of_files, "next_step", lambda: begun.append("part"))

    parts_of(tmp_path, zipped({f"{number}.docx": WORD for number in range(3)}))

    assert len(begun) == 3
