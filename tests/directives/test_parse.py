"""Who is to do what by when: one short text for each way of saying it."""

import pytest

from directives.parse import parse

HEAD = """\
ỦY BAN NHÂN DÂN
TỈNH HÀ TĨNH
Số: 15/TB-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Tĩnh, ngày 02 tháng 3 năm 2020

THÔNG BÁO
Kết luận của Chủ tịch UBND tỉnh tại cuộc họp

Chủ tịch UBND tỉnh kết luận như sau:
"""
Row = tuple[str | None, str, str | None]  # item, leads, deadline

READINGS: list[object] = [
    pytest.param("1. Sở Y tế: Rà soát trang thiết bị.", [("1", "Sở Y tế", None)], id="colon"),
    pytest.param("1. Sở Y tế rà soát trang thiết bị.", [("1", "Sở Y tế", None)], id="subject and verb"),
    pytest.param("1. Giao Sở Y tế rà soát trang thiết bị.", [("1", "Sở Y tế", None)], id="giao"),
    pytest.param("1. Sở Y tế được giao rà soát trang thiết bị.", [("1", "Sở Y tế", None)], id="passive"),
    pytest.param(
        "1. Sở Y tế\nRà soát trang thiết bị.\nThống kê vật tư.",
        [("1", "Sở Y tế", None)],
        id="heading and two sentences",
    ),
    pytest.param(
        "1. Sở Y tế rà soát; báo cáo UBND tỉnh trước ngày 20/4/2020.",
        [("1", "Sở Y tế", "trước ngày 20/4/2020")],
        id="a hand-over gives its date to the work before it",
    ),
    pytest.param(
        "1. Sở Y tế rà soát trang thiết bị. Hoàn thành trước ngày 20/4/2020.",
        [("1", "Sở Y tế", "trước ngày 20/4/2020")],
        id="a sentence that only dates",
    ),
    pytest.param(
        "1. Sở Y tế rà soát trang thiết bị. Báo cáo kết quả trước ngày 20/4/2020.",
        [("1", "Sở Y tế", None), ("1", "Sở Y tế", "trước ngày 20/4/2020")],
        id="a report of its own",
    ),
    pytest.param(
        "1. Sở Y tế rà soát trang thiết bị; định kỳ hàng quý báo cáo UBND tỉnh.",
        [("1", "Sở Y tế", None), ("1", "Sở Y tế", "định kỳ hàng quý")],
        id="a periodic duty stands apart",
    ),
    pytest.param(
        "1. Sở Y tế tổ chức sơ kết vào năm 2022, tổng kết vào năm 2025.",
        [("1", "Sở Y tế", "vào năm 2022"), ("1", "Sở Y tế", "vào năm 2025")],
        id="two verbs, two dates",
    ),
    pytest.param(
        "1. Sở Y tế rà soát trước ngày 20/4/2020; UBND huyện Thạch Hà bàn giao đất trong tháng 5/2020.",
        [("1", "Sở Y tế", "trước ngày 20/4/2020"), ("1", "UBND huyện Thạch Hà", "trong tháng 5/2020")],
        id="another body behind a semicolon",
    ),
    pytest.param(
        "1. Các Sở: Tài chính, Xây dựng thẩm định dự toán.",
        [("1", "Sở Tài chính + Sở Xây dựng", None)],
        id="a shared head",
    ),
    pytest.param(
        "- Sở Y tế: rà soát.\n- Sở Nội vụ: thẩm định.\nCác nhiệm vụ trên hoàn thành trước ngày 20/4/2020.",
        [(None, "Sở Y tế", "trước ngày 20/4/2020"), (None, "Sở Nội vụ", "trước ngày 20/4/2020")],
        id="a date for the whole list",
    ),
    pytest.param(
        "1. Rà soát quỹ đất\n- Cơ quan chủ trì: Sở Xây dựng\n- Thời gian hoàn thành: Quý II/2020",
        [("1", "Sở Xây dựng", "Quý II/2020")],
        id="labels",
    ),
    pytest.param(
        "1. Đồng ý lùi thời hạn trình Đề án của Sở Nội vụ từ ngày 30/6/2020 đến ngày 30/9/2020.",
        [("1", "Sở Nội vụ", "đến ngày 30/9/2020")],
        id="a postponement",
    ),
    pytest.param("1. Thống nhất chủ trương đầu tư dự án.", [], id="approval in principle"),
    pytest.param("1. UBND tỉnh sẽ xem xét hỗ trợ trước ngày 20/4/2020.", [], id="the issuer's own promise"),
    pytest.param("1. Sở Y tế đã hoàn thành rà soát trước ngày 20/02/2020.", [], id="what has been done"),
    pytest.param("Yêu cầu các đơn vị nghiêm túc thực hiện./.", [], id="a closing formula"),
    pytest.param("1. Giám đốc Sở Y tế chịu trách nhiệm trước Chủ tịch UBND tỉnh.", [], id="liability"),
    pytest.param(
        "Yêu cầu Sở Y tế: (i) rà soát thuốc trước ngày 1/6/2020; (ii) báo cáo hàng tuần.",
        [("i", "Sở Y tế", "trước ngày 1/6/2020"), ("ii", "Sở Y tế", "hàng tuần")],
        id="small Roman numbers in a line",
    ),
    pytest.param(
        "1. Việc lập chốt do Sở Y tế chủ trì, phối hợp với Công an tỉnh, xong trước ngày 1/6/2020.",
        [("1", "Sở Y tế", "trước ngày 1/6/2020")],
        id="a lead named behind «do»",
    ),
    pytest.param(
        "1. Sở Y tế kiểm tra các chợ. Việc kiểm tra kết thúc trước ngày 1/6/2020.",
        [("1", "Sở Y tế", "trước ngày 1/6/2020")],
        id="a sentence that names the work again and dates it",
    ),
    pytest.param(
        "1. Sở Y tế kiểm tra 100% bếp ăn; danh sách chưa đạt gửi về UBND tỉnh trước ngày 1/6/2020.",
        [("1", "Sở Y tế", "trước ngày 1/6/2020")],
        id="a list handed over gives its date to the work before it",
    ),
    pytest.param(
        "1. Sở Y tế tiêm vắc xin trước ngày 1/6/2020; đối với người già yếu, tổ chức tiêm tại nhà.",
        [("1", "Sở Y tế", "trước ngày 1/6/2020"), ("1", "Sở Y tế", None)],
        id="work for a case of its own",
    ),
    pytest.param(
        "1. Sở Y tế:\na) Cùng với Sở Nội vụ, Sở Xây dựng lập bản đồ số trước ngày 1/6/2020.",
        [("1.a", "Sở Y tế", "trước ngày 1/6/2020")],
        id="helpers named first in another's item",
    ),
    pytest.param(
        "Về phía các xã, UBND tỉnh yêu cầu rà soát đất trước ngày 1/6/2020.",
        [(None, "các xã", "trước ngày 1/6/2020")],
        id="who is meant stands before who asks",
    ),
    pytest.param(
        "5. Thứ Sáu hằng tuần, Sở Y tế gửi báo cáo nhanh.",
        [("5", "Sở Y tế", "Thứ Sáu hằng tuần")],
        id="a weekday put first",
    ),
    pytest.param(
        "1. Sở Y tế lập hồ sơ trước ngày 05/7/2020, Sở Nội vụ thẩm định trước ngày 15/7/2020.",
        [("1", "Sở Y tế", "trước ngày 05/7/2020"), ("1", "Sở Nội vụ", "trước ngày 15/7/2020")],
        id="another body behind a date and a comma",
    ),
    pytest.param(
        "1. Giao Sở Y tế thẩm định trước 10/7, Sở Nội vụ trước 12/7.",
        [("1", "Sở Y tế", "trước 10/7"), ("1", "Sở Nội vụ", "trước 12/7")],
        id="each body its own date",
    ),
    pytest.param(
        "1. Sở Y tế rà soát; UBND tỉnh sẽ họp trước ngày 20/7/2020.",
        [("1", "Sở Y tế", None)],
        id="a promise behind a semicolon",
    ),
    pytest.param("1. Không giao Sở Y tế làm chủ đầu tư.", [], id="work not given"),
    pytest.param(
        "1. Thu hồi nhiệm vụ đã giao Sở Y tế; giao Sở Nội vụ thực hiện trước 10/7/2020.",
        [("1", "Sở Nội vụ", "trước 10/7/2020")],
        id="work taken from one and given to another",
    ),
    pytest.param("1. Sở Y tế không phải báo cáo định kỳ hằng tháng.", [], id="a duty nobody has"),
    pytest.param(
        "1. Sở Y tế\n-  Rà soát.\n-  Sở Nội vụ có  trách nhiệm thẩm định trước ngày 10/7/2020.",
        [("1", "Sở Y tế", None), ("1", "Sở Nội vụ", "trước ngày 10/7/2020")],
        id="two spaces for one",
    ),
    pytest.param(
        "1. Sở Y tế:\n\uf0b7 Rà soát.\n\uf0b7 Sở Nội vụ thẩm định.",
        [("1", "Sở Y tế", None), ("1", "Sở Nội vụ", None)],
        id="bullets of a symbol font",
    ),
    pytest.param(
        "Tại Thông báo số 3/TB-VP, UBND tỉnh đã giao Sở Y tế rà soát; giao Sở Nội vụ báo cáo.",
        [],
        id="several earlier orders that are only reported",
    ),
    pytest.param(
        "Ngày 04/3/2019, Trung tâm Y tế thông báo kết quả xét nghiệm.", [], id="what somebody did on a day"
    ),
    pytest.param(
        "Yêu cầu các đơn vị nghiêm túc thực hiện; mọi chậm trễ phải giải trình.",
        [],
        id="a formula with a threat",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("body", "rows"), READINGS)
def test_work_is_read(body: str, rows: list[Row]) -> None:
    """Each wording gives the expected tasks and no other."""
    tasks = parse(HEAD + body).tasks

    assert rows == [
        (task.item, " + ".join(lead.name for lead in task.leads), task.deadline and task.deadline.text)
        for task in tasks
    ]


HELPERS = [
    ("(cơ quan chủ trì), Sở Nội vụ (cơ quan phối hợp) rà soát.", ["Sở Nội vụ"]),
    ("chủ trì, các Sở: Nội vụ, Xây dựng phối hợp rà soát.", ["Sở Nội vụ", "Sở Xây dựng"]),
    ("chủ trì, phối hợp với Sở Nội vụ, Sở Xây dựng rà soát.", ["Sở Nội vụ", "Sở Xây dựng"]),
    ("phối hợp Sở Nội vụ rà soát.", ["Sở Nội vụ"]),
    ("chủ trì cùng Sở Nội vụ rà soát.", ["Sở Nội vụ"]),
    ("rà soát; Sở Nội vụ phối hợp.", ["Sở Nội vụ"]),
    ("chủ trì; Sở Nội vụ phối hợp rà soát quỹ đất.", ["Sở Nội vụ"]),
    ("rà soát quỹ đất.", []),
]


@pytest.mark.parametrize(("words", "names"), HELPERS, ids=[words for words, _ in HELPERS])
def test_helpers_are_read(words: str, names: list[str]) -> None:
    """Whoever works with the lead is a coordinator, however it is said."""
    (task,) = parse(f"{HEAD}1. Sở Y tế {words}").tasks

    assert names == [one.name for one in task.coordinators]


def test_the_result_goes_to_its_recipient() -> None:
    """Who the result is handed to is read apart from who helps."""
    (task,) = parse(f"{HEAD}1. UBND cấp huyện rà soát, gửi Sở Công Thương trước ngày 20/4/2020.").tasks

    assert task.recipient is not None
    assert task.recipient.name == "Sở Công Thương"


def test_rows_of_a_table_are_tasks() -> None:
    """Under a header that names a lead column each row is one task, its time column its deadline."""
    table = """PHỤ LỤC
STT | Nội dung | Cơ quan chủ trì | Thời gian
1 | Rà soát | Sở Y tế | Quý II/2020
2 | Báo cáo | Sở Y tế | Thường xuyên"""

    rows = [
        (task.item, task.action, task.deadline and task.deadline.text) for task in parse(HEAD + table).tasks
    ]

    assert rows == [("Phụ lục.1", "Rà soát", "Quý II/2020"), ("Phụ lục.2", "Báo cáo", None)]


def test_a_number_in_a_file_name_is_doubted() -> None:
    """Where only the attachment's name gives the number, it is taken and a person is asked to check it."""
    parsed = parse(
        "Kết luận\nFile đính kèm:\n2020_04_03_ubndtinh2020-120-tb-ket-luan.pdf\nUBND tỉnh ghi nhận."
    )

    assert parsed.head.number == "120/TB"
    assert "own-number-only-in-file-name" in {doubt.code for doubt in parsed.doubts}


def test_a_letter_that_names_nobody_speaks_to_its_addressees() -> None:
    """«Yêu cầu khẩn trương báo cáo» in a letter is for everyone it is addressed to."""
    letter = HEAD.replace("THÔNG BÁO", "Kính gửi:\n- Sở Y tế;\n- Sở Nội vụ.").replace("TB", "VX")

    (task,) = parse(letter + "Yêu cầu khẩn trương báo cáo trước ngày 10/5/2020.").tasks

    assert [lead.name for lead in task.leads] == ["Sở Y tế", "Sở Nội vụ"]


def test_a_copy_without_letterhead_gives_work_too() -> None:
    """A web copy often begins with the conclusion."""
    copied = "UBND tỉnh có ý kiến như sau:\n1. Sở Y tế rà soát.\n2. UBND huyện Lộc Hà lập danh sách."

    assert [task.leads[0].name for task in parse(copied).tasks] == ["Sở Y tế", "UBND huyện Lộc Hà"]


def test_a_report_gives_no_work() -> None:
    """What it repeats of orders was given elsewhere."""
    report = HEAD.replace("TB", "BC").replace("THÔNG BÁO", "BÁO CÁO")

    assert parse(f"{report}1. Sở Y tế rà soát trước ngày 10/5/2020.").tasks == ()


def test_nothing_is_an_answer() -> None:
    """An empty text gives no task and says so."""
    parsed = parse("")

    assert parsed.tasks == ()
    assert [doubt.code for doubt in parsed.doubts] == ["no-task"]
