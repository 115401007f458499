"""Tables of work in text: how their columns are recognised, and how their rows become tasks."""

import pytest

from directives.header_cells import column_of
from directives.model import TaskDraft
from directives.parse import parse

HEAD = "UBND TỈNH HÀ TĨNH\nSố: 12/KH-UBND\nHà Tĩnh, ngày 10 tháng 01 năm 2024\nKẾ HOẠCH\nThực hiện năm 2024\n"
ANNEX = "TM. ỦY BAN NHÂN DÂN\nNơi nhận:\n- Như trên;\n\nPHỤ LỤC I\n"
COLUMNS = "TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian hoàn thành | Sản phẩm\n"


def tasks_of(table: str, *, columns: str = COLUMNS) -> tuple[TaskDraft, ...]:
    """Read a document with this table in its annex."""
    return parse(HEAD + ANNEX + columns + table).tasks


def short(task: TaskDraft) -> tuple[str | None, str, list[str], list[str], str]:
    """Return what a table test compares of a task."""
    due = str(task.deadline.due_on) if task.deadline else ""
    leads = [lead.name for lead in task.leads]
    return task.item, task.action, leads, [helper.name for helper in task.coordinators], due


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("STT", "number"),
        ("Số TT", "number"),
        ("TT", "number"),
        ("Nhiệm vụ", "work"),
        ("Nội dung công việc", "work"),
        ("Nhiệm vụ, giải pháp", "work"),
        ("Nội dung nhiệm vụ được giao", "work"),
        ("Tên nhiệm vụ/đề án", "work"),
        ("Nhiệm vụ phân công", "work"),
        ("Danh mục nhiệm vụ", "work"),
        ("Nhóm nhiệm vụ", "work"),
        ("Hoạt động", "work"),
        ("Nội dung kiểm tra", "work"),
        ("Ý kiến chỉ đạo của Chủ tịch UBND tỉnh", "work"),
        ("Chương trình, đề án", "work"),
        ("Cơ quan chủ trì", "leads"),
        ("Cơ quan, đơn vị chủ trì", "leads"),
        ("CHỦ TRÌ", "leads"),
        ("Chủ trì thực hiện", "leads"),
        ("Đơn vị thực hiện", "leads"),
        ("Cơ quan chủ trì tham mưu", "leads"),
        ("Phân công", "leads"),
        ("Phân công thực hiện", "leads"),
        ("Trách nhiệm thực hiện", "leads"),
        ("Cơ quan chịu trách nhiệm chính", "leads"),
        ("Đơn vị được giao", "leads"),
        ("Đơn vị đầu mối", "leads"),
        ("Sở, ngành, địa phương thực hiện", "leads"),
        ("Đơn vị", "leads"),
        ("Bộ phận phụ trách", "leads"),
        ("Cơ quan chủ trì, phối hợp", "both"),
        ("Đơn vị chủ trì/phối hợp", "both"),
        ("Cơ quan phối hợp", "helpers"),
        ("Phối hợp thực hiện", "helpers"),
        ("Đơn vị liên quan", "helpers"),
        ("Thời gian hoàn thành", "time"),
        ("Thời hạn", "time"),
        ("Thời gian thực hiện (quý/năm)", "time"),
        ("Tiến độ", "time"),
        ("Tiến độ thực hiện", "time"),
        ("Hạn hoàn thành", "time"),
        ("Lộ trình", "time"),
        ("Mốc thời gian", "time"),
        ("Dự kiến hoàn thành", "time"),
        ("Ngày hoàn thành", "time"),
        ("Thời gian trình", "time"),
        ("Sản phẩm", "product"),
        ("Kết quả/sản phẩm", "product"),
        ("Dự kiến sản phẩm", "product"),
        ("Kết quả hoàn thành", "product"),
        ("Ghi chú", "product"),
        ("Nguồn kinh phí", "product"),
        ("Lãnh đạo UBND tỉnh chỉ đạo", "aside"),
        ("Cơ quan thẩm định", "aside"),
        ("Đơn vị theo dõi, đôn đốc", "aside"),
        ("Đơn vị tính", "aside"),
        ("Ngày giao", "aside"),
        ("Văn bản giao nhiệm vụ", "aside"),
        ("Thời gian bắt đầu", "aside"),
        ("Họ và tên", None),
        ("Sở Tài chính", None),
        ("Quý II/2024", None),
    ],
)
def test_a_header_cell_says_what_its_column_holds(header: str, column: str | None) -> None:
    """The wordings that offices use, each for one kind of column."""
    found = column_of(header)

    assert (found[0] if found else None) == column


@pytest.mark.parametrize(
    "columns",
    [
        "TT | Nội dung công việc | Đơn vị thực hiện | Đơn vị phối hợp | Thời hạn | Kết quả/sản phẩm\n",
        "STT | Nhiệm vụ, giải pháp | Phân công thực hiện | Phối hợp | Tiến độ | Ghi chú\n",
        "Số TT | Hoạt động | Chịu trách nhiệm | Cơ quan liên quan | Lộ trình | Sản phẩm đầu ra\n",
        "TT | Nội dung | Đơn vị thực hiện | | Thời gian | Sản phẩm\n | | Chủ trì | Phối hợp | | \n",
        COLUMNS + "(1) | (2) | (3) | (4) | (5) | (6)\n",
        COLUMNS + "A | B | C | D | E | F\n",
        COLUMNS + COLUMNS,
    ],
)
def test_a_header_may_be_worded_and_laid_out_in_many_ways(columns: str) -> None:
    """Other words, a second line under a common head, ordinals of columns, a head repeated on each page."""
    row = "1 | Rà soát quy hoạch | Sở Xây dựng | Sở Tài chính | Quý II/2024 | Báo cáo\n"

    assert [short(task) for task in tasks_of(row, columns=columns)] == [
        ("Phụ lục I.1", "Rà soát quy hoạch", ["Sở Xây dựng"], ["Sở Tài chính"], "2024-06-30")
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            "1 | Việc một | Sở Y tế | Sở Tài chính | Quý I/2024 |\n2 | Việc hai | nt | -nt- | Như trên |\n",
            ("Phụ lục I.2", "Việc hai", ["Sở Y tế"], ["Sở Tài chính"], "2024-03-31"),
            id="nt and as above",
        ),
        pytest.param(
            '1 | Việc một | Sở Y tế | | Quý I/2024 |\n2 | Việc hai | " | | ″ |\n',
            ("Phụ lục I.2", "Việc hai", ["Sở Y tế"], [], "2024-03-31"),
            id="quotation marks",
        ),
        pytest.param(
            "1 | Việc một | Sở Y tế | | Quý I/2024 |\n2 | Việc hai | | | |\n",
            ("Phụ lục I.2", "Việc hai", ["Sở Y tế"], [], "2024-03-31"),
            id="lead and time under a merged cell",
        ),
        pytest.param(
            "1 | Việc một | Sở Y tế | | Quý I/2024 |\n2 | Việc hai | Sở Nội vụ | | |\n",
            ("Phụ lục I.2", "Việc hai", ["Sở Nội vụ"], [], ""),
            id="no time of its own",
        ),
        pytest.param(
            "1 | Việc một | Sở Y tế | | Quý I/2024 |\n | | Sở Nội vụ | | Quý II/2024 |\n",
            ("Phụ lục I.2", "Việc một", ["Sở Nội vụ"], [], "2024-06-30"),
            id="one work given twice",
        ),
        pytest.param(
            "1 | Việc một | - Sở Y tế - Sở Nội vụ | + Sở Tài chính + Sở Xây dựng | Quý I/2024 |\n",
            (
                "Phụ lục I.1",
                "Việc một",
                ["Sở Y tế", "Sở Nội vụ"],
                ["Sở Tài chính", "Sở Xây dựng"],
                "2024-03-31",
            ),
            id="lists in cells",
        ),
        pytest.param(
            "1 | Việc một | Sở Y tế chủ trì, phối hợp với Sở Nội vụ | | Quý I/2024 |\n",
            ("Phụ lục I.1", "Việc một", ["Sở Y tế"], ["Sở Nội vụ"], "2024-03-31"),
            id="lead and helper in one cell",
        ),
        pytest.param(
            "1 | Việc một | Chủ trì: Sở Y tế; Phối hợp: Sở Nội vụ | | Quý I/2024 |\n",
            ("Phụ lục I.1", "Việc một", ["Sở Y tế"], ["Sở Nội vụ"], "2024-03-31"),
            id="labels in a cell",
        ),
        pytest.param(
            "II | Sở Tài chính | | | |\n1 | Việc một | | | Quý I/2024 |\n",
            ("Phụ lục I.1", "Việc một", ["Sở Tài chính"], [], "2024-03-31"),
            id="the lead stands over a group",
        ),
        pytest.param(
            "I | Kinh tế | | | |\n1 | Việc một | Sở Y tế | | |\n"
            "II | Xã hội | | | |\n1 | Việc hai | Sở Nội vụ | | |\n",
            ("Phụ lục I.II.1", "Việc hai", ["Sở Nội vụ"], [], ""),
            id="ordinals begin anew",
        ),
        pytest.param(
            "1 | a) Rà soát nhu cầu; b) Lập danh mục; c) Trình phê duyệt | Sở Y tế | | 15/3/2024 |\n",
            ("Phụ lục I.1", "a) Rà soát nhu cầu", ["Sở Y tế"], [], "2024-03-15"),
            id="items in a cell",
        ),
        pytest.param(
            "Việc không số | Rà soát | Sở Y tế | | 15/3/2024 |\n",
            ("Phụ lục I.1", "Rà soát", ["Sở Y tế"], [], "2024-03-15"),
            id="no ordinal",
        ),
    ],
)
def test_a_row_is_read_with_what_the_rows_above_leave_to_it(
    rows: str, expected: tuple[str, str, list[str], list[str], str]
) -> None:
    """The last task of the table has the words, bodies and day that a reader sees in it."""
    assert short(tasks_of(rows)[-1]) == expected


def test_what_is_taken_from_the_row_above_is_doubted() -> None:
    """A person is told that the lead and the day stand in another row."""
    last = tasks_of("1 | Việc một | Sở Y tế | | Quý I/2024 |\n2 | Việc hai | | | |\n")[-1]

    assert {"lead-from-row-above", "time-from-row-above"} <= set(last.doubts)


def test_a_group_of_work_is_no_task() -> None:
    """«I | Hạ tầng số», «A. CẢI CÁCH», «1 | Nhóm» over 1.1 and a total give none."""
    rows = (
        "I | Hạ tầng số | | | |\n1 | Nhóm một | | | |\n1.1 | Việc một | Sở Y tế | | |\n"
        "B. CẢI CÁCH | | | | |\n2 | Việc hai | Sở Nội vụ | | |\n | Tổng cộng | | | |\n"
    )

    assert [task.item for task in tasks_of(rows)] == ["Phụ lục I.1.1", "Phụ lục I.2"]


def test_each_annex_has_its_own_items() -> None:
    """The number of the annex stands in the item, also for a table whose header is not repeated."""
    row = "1 | Việc | Sở Y tế | | Quý I/2024 |\n"
    tasks = tasks_of(row + "PHỤ LỤC II\n" + COLUMNS + row)

    assert [task.item for task in tasks] == ["Phụ lục I.1", "Phụ lục II.1"]


def test_a_table_goes_on_behind_a_line_between_its_rows() -> None:
    """A line of text between two rows (the foot of a page) does not end it."""
    rows = "1 | Việc một | Sở Y tế | | |\nTrang sau\n2 | Việc hai | Sở Nội vụ | | |\n"

    assert [task.action for task in tasks_of(rows)] == ["Việc một", "Việc hai"]


def test_a_table_of_unknown_wording_is_not_passed_over_in_silence() -> None:
    """Bodies and days under a header that says nothing known: a person is asked to look."""
    rows = "A1 | Rà soát | Sở Y tế | 15/3/2024\nA2 | Tổng hợp | Sở Nội vụ | Quý II/2024\n"
    found = parse(HEAD + ANNEX + "Mã hồ sơ | Diễn giải | Bên A | Mốc\n" + rows)

    doubt = next(doubt for doubt in found.doubts if doubt.code == "unknown-table")
    assert doubt.span is not None
    assert doubt.span.of(found.text).startswith("Mã hồ sơ")


@pytest.mark.parametrize(
    "table",
    [
        (
            "TT | Họ và tên | Chức vụ | Ngày sinh\n1 | Nguyễn Văn A | Giám đốc Sở Y tế | 15/3/1980\n"
            "2 | Trần Thị B | Phó Chủ tịch UBND tỉnh | 16/4/1975\n"
        ),
        "TT | Tên xã | Số hộ | Tỷ lệ\n1 | Hương Khê | 120 | 3,5\n2 | Vũ Quang | 80 | 2,1\n",
    ],
)
def test_a_table_of_other_things_gives_no_task_and_no_doubt(table: str) -> None:
    """Lists of people and of figures are no work."""
    found = parse(HEAD + ANNEX + table)

    assert not found.tasks
    assert "unknown-table" not in {doubt.code for doubt in found.doubts}
