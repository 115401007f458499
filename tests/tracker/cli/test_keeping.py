"""Backup, restore, holds, figures, chains, revisions and duplicates on the command line."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from directives.model import Citation, Relation, Span
from tests.tracker.factories import AGENCY, a_contact, a_deadline, a_directive, a_draft, an_agency
from tracker.domain.people import Role
from tracker.store import directives
from tracker.store.engine import make_engine
from tracker.store.migrate import upgrade
from tracker.store.session import transaction

WORDS = "tham mưu UBND tỉnh hỗ trợ một phần kinh phí cho hai doanh nghiệp xây dựng mô hình"


@pytest.fixture
def office(own_data: Path) -> Path:
    """Give a notice, and one that replaces it with another deadline; return the data folder."""
    engine = make_engine(f"sqlite:///{own_data / 'dondoc.db'}")
    upgrade(engine)
    with transaction(engine) as session:
        an_agency(session)
        a_contact(session, Role.OFFICER, AGENCY)
        a_directive(session, a_draft(a_deadline(date(2020, 4, 8)), text=WORDS), number="120/TB-UBND")
        new = a_directive(
            session,
            a_draft(a_deadline(date(2020, 6, 30)), text=WORDS),
            number="135/TB-UBND",
            approved=False,
        )
        cite = Citation("120/TB-UBND", date(2020, 4, 3), Relation.REPLACES, Span(0, 3))
        directives.add_citations(session, new, (cite,))
    engine.dispose()
    return own_data


def test_a_backup_comes_back_elsewhere_and_is_silent(
    command: Any, office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Make, verify, restore, look, release: each command says what comes next."""
    archive = str(tmp_path / "b.zip")
    made = command("backup", archive)
    again = command("backup", archive)
    read = command("backup", "verify", archive, "--json")
    monkeypatch.setenv("DONDOC_DATA_DIR", str(tmp_path / "other"))
    restored = command("restore", archive, "--as", "quản trị")
    twice = command("restore", archive)
    shown = command("hold", "show")
    preview = json.loads(command("hold", "show", "--json").out)
    delivered = command("deliver")
    released = command("hold", "release", "--skip-past")
    nothing = command("hold", "release")

    assert (made.status, again.status, twice.status, nothing.status) == (0, 1, 1, 1)
    assert "dondoc backup verify" in made.out
    assert "đã có" in again.err
    assert json.loads(read.out)["history"]["whole"] is True
    assert "dondoc hold show" in restored.out
    assert "khôi phục từ bản sao lưu" in shown.out
    assert (preview["letters"], preview["readers"][0]["items"]) == (1, 1)
    assert "tạm dừng" in delivered.err
    assert "1 nội dung" in released.out
    assert json.loads(command("documents", "--json").out)[0]["number"] == "120/TB-UBND"


def test_a_file_that_is_no_backup_is_an_input_that_is_refused(
    command: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Status 3 and a sentence; no database comes into being."""
    (tmp_path / "x.zip").write_text("xin chào")
    monkeypatch.setenv("DONDOC_DATA_DIR", str(tmp_path / "other"))
    answer = command("restore", str(tmp_path / "x.zip"))

    assert (answer.status, "không phải bản sao lưu" in answer.err) == (3, True)
    assert not (tmp_path / "other" / "dondoc.db").exists()


def test_figures_add_up(command: Any, office: Path) -> None:
    """All, and by agency."""
    found = json.loads(command("figures", "--on", "09/4/2020", "--by", "agency", "--json").out)
    told = command("figures", "--on", "09/4/2020", "--by", "agency")

    assert found["figures"] == {
        "total": 1,
        "done_on_time": 0,
        "done_late": 0,
        "open_in_time": 0,
        "open_overdue": 1,
    }
    assert [one["agency"] for one in found["agencies"]] == [AGENCY]
    assert "09/04/2020" in told.out


def test_a_chain_is_shown_as_a_tree(command: Any, office: Path) -> None:
    """Both directions, in words and in JSON."""
    told = command("lineage", "135/TB-UBND")
    found = json.loads(command("lineage", "120/TB-UBND", "--json").out)

    assert "   120/TB-UBND ngày 03/04/2020 (thay thế)" in told.out
    assert found["followed_by"][0]["number"] == "135/TB-UBND"


def test_a_revision_is_proposed_then_accepted(command: Any, office: Path) -> None:
    """The proposal names the next command; afterwards the old assignment has the new deadline."""
    told = command("revisions", "show", "135/TB-UBND")
    done = command("revisions", "accept", "135/TB-UBND")
    items = json.loads(command("tasks", "--json").out)

    assert "đổi thời hạn" in told.out
    assert "dondoc revisions accept 135/TB-UBND" in told.out
    assert done.status == 0, done.err
    assert "đã đổi thời hạn" in done.out
    assert "Chưa ghi gì" in told.out
    assert "Chưa ghi gì" not in done.out
    assert [(item["status"], item["due_on"]) for item in items] == [
        ("assigned", "2020-06-30"),
        ("withdrawn", "2020-06-30"),
    ]
    assert command("revisions", "accept", "135/TB-UBND").status == 1


def test_a_document_that_replaces_open_work_is_not_simply_approved(command: Any, office: Path) -> None:
    """It would be given twice: the refusal says what to look at, and a person can insist."""
    refused = command("approve", "135/TB-UBND")
    unchanged = json.loads(command("tasks", "--json").out)
    other = command("approve", "135/TB-UBND", "--all")
    insisted = command("approve", "135/TB-UBND", "--as-new")
    again = command("approve", "135/TB-UBND", "--as-new", "--all")

    assert (refused.status, other.status, insisted.status, again.status) == (1, 1, 0, 0)
    assert "đổi thời hạn: 1" in refused.err
    assert "1 phần việc của 120/TB-UBND vẫn mở" in insisted.out
    assert "--as-new không thay đổi gì" in again.out
    assert "--all không thay đổi gì" in again.out
    assert "dondoc revisions show 2" in refused.err
    assert [item["status"] for item in unchanged] == ["assigned", "draft"]
    assert [item["status"] for item in json.loads(command("tasks", "--json").out)] == ["assigned", "assigned"]


def test_duplicates_are_listed_and_decided(command: Any, office: Path) -> None:
    """`--same` needs the one to track; after the decision nothing is suggested."""
    (pair,) = json.loads(command("duplicates", "--json").out)
    first, second = pair["first"]["code"], pair["second"]["code"]
    told = command("duplicates")
    unclear = command("duplicates", "decide", first, second, "--same")
    done = command("duplicates", "decide", first, second, "--same", "--track", first)

    assert "100%" in told.out
    assert unclear.status == 2
    assert done.status == 0, done.err
    assert "Không có cặp" in command("duplicates").out


def test_old_documents_can_be_taken_in_without_a_word(command: Any, office: Path, tmp_path: Path) -> None:
    """What they say is long past; the hold is about them alone, and is named."""
    (tmp_path / "old.txt").write_text(
        "UBND TỈNH HÀ TĨNH\nSố: 99/TB-UBND\nHà Tĩnh, ngày 02 tháng 3 năm 2019\nTHÔNG BÁO\nKết luận cuộc họp\n"
        "1. Giao Sở Công Thương rà soát các cụm công nghiệp, báo cáo UBND tỉnh trước ngày 15/3/2019.\n"
    )
    taken = command("intake", "--silent", "--approve", str(tmp_path / "old.txt"))
    shown = command("hold", "show")
    released = command("hold", "release", "--document", "99/TB-UBND", "--skip-past")

    assert taken.status == 0, taken.err
    assert "văn bản cũ được nhập vào" in shown.out
    assert "1 lần tạm dừng" in released.out


@pytest.mark.parametrize("text", ["Kết luận: giao Sở A báo cáo.\n", ""], ids=["taken in", "refused"])
def test_a_name_of_a_file_moves_no_cursor(command: Any, own_data: Path, text: str) -> None:
    """Whoever sends a file chooses its name; on a terminal it is only words."""
    path = own_data.parent / "a\x1b[2J\nb.txt"
    path.write_text(text, encoding="utf-8")
    told = command("intake", str(path))

    assert "\x1b" not in told.out + told.err
    assert "a [2J b.txt" in told.out + told.err
