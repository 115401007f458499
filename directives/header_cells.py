"""What the header cells of a table of work say: which column names the work, who leads it, and by when."""

import re
from collections.abc import Sequence
from functools import lru_cache

from directives.text import folded

_BODY = (
    r"(?:tên )?(?:các )?(?:cơ quan|đơn vị|sở|ban|ngành|phòng|bộ phận|địa phương|tổ chức|cấp|cán bộ|công chức|"
    r"người|chuyên viên|cá nhân|lãnh đạo|nhóm|tổ)(?: (?:cơ quan|đơn vị|sở|ban|ngành|phòng|bộ phận|địa phương|"
    r"tổ chức|và|hoặc|cá nhân|tập thể))*"
)
_LEAD = (
    r"(?:chủ trì|chủ quản|đầu mối|chịu trách nhiệm|có trách nhiệm|trách nhiệm|tham mưu|được giao|"
    r"được phân công|phân công|phụ trách|tổ chức thực hiện|thực hiện|triển khai|giải quyết|xử lý|soạn thảo|"
    r"xây dựng|trình|thi hành)"
)
_TASK = (
    r"(?:nội dung|nhiệm vụ|công việc|đầu việc|việc|hoạt động|giải pháp|biện pháp|chương trình|đề án|dự án|"
    r"văn bản|chỉ tiêu|mục tiêu|yêu cầu|ý kiến chỉ đạo|kết luận|vấn đề|kiến nghị|công trình|"
    r"phần việc|hạng mục)"
)
# What the header of a column says of it; the first row that fits wins, and of two columns that say the same
# the one that fits the earlier row. One example each.
COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("number", r"(?:s?tt|số tt|tt số|số thứ tự|thứ tự|số|no|mã(?: số)?|mục)$", "STT"),
    ("both", rf"(?:{_BODY} )?chủ trì (?:(?:và|hoặc|cơ quan|đơn vị) )*phối hợp", "Cơ quan chủ trì/phối hợp"),
    (
        "aside",
        (
            r"(?:ngày|thời (?:gian|điểm)|số) (?:giao|văn bản|ký)|đơn vị tính|đvt|"
            r".*(?:theo dõi|đôn đốc|giám sát|thẩm định|phê duyệt)|lãnh đạo .*(?:chỉ đạo|phụ trách|ubnd)|"
            r"(?:cấp|cơ quan|thẩm quyền) (?:có thẩm quyền )?(?:ban hành|ký)|văn bản (?:giao|chỉ đạo)|"
            r"số(?: và)? ký hiệu|tình (?:trạng|hình)|lý do|khó khăn|(?:thời gian |ngày )?bắt đầu|khởi công"
        ),
        "Lãnh đạo UBND tỉnh chỉ đạo",
    ),
    ("helpers", rf"(?:{_BODY} )?(?:cùng )?(?:phối hợp|liên quan|tham gia|hỗ trợ)", "Cơ quan phối hợp"),
    ("leads", rf"(?:{_BODY} )?chủ trì", "Cơ quan chủ trì"),
    (
        "time",
        (
            r"(?:thời (?:gian|hạn)|ngày|hạn|thời điểm|tháng|quý|năm) (?:\w+ )?"
            r"(?:hoàn thành|kết thúc|xong|cuối)|kết thúc$"
        ),
        "Hạn hoàn thành",
    ),
    (
        "time",
        (
            r"thời (?:gian|hạn|điểm)|tiến độ|hạn(?: |$)|lộ trình|mốc (?:thời gian|hoàn thành)|kỳ hạn|"
            r"(?:phải |dự kiến )?hoàn thành|deadline|time ?line|"
            r"ngày (?:phải |cần )?xong|(?:ngày|tháng|quý) (?:trình|báo cáo|gửi|thực hiện|đến hạn)|"
            r"dự kiến thời gian"
        ),
        "Tiến độ thực hiện",
    ),
    ("product", r"(?:dự kiến )?(?:sản phẩm|kết quả|đầu ra|hồ sơ|hình thức)", "Sản phẩm"),
    ("product", r"ghi chú|kinh phí|nguồn|căn cứ|dự toán|địa điểm|cơ sở|tài liệu", "Ghi chú"),
    ("leads", rf"(?:{_BODY} )?{_LEAD}", "Đơn vị thực hiện"),
    (
        "work",
        rf"(?:tên |danh mục |các )*{_TASK} (?:công việc|cụ thể|thực hiện|chi tiết)",
        "Nội dung công việc",
    ),
    ("work", rf"(?:tên |danh mục |các )*{_TASK}", "Nhiệm vụ"),
    ("work", rf"(?:nhóm|lĩnh vực|tên gọi|trích yếu|tên {_TASK})", "Nhóm nhiệm vụ"),
    ("leads", rf"{_BODY}$", "Đơn vị"),
    ("bare-time", r"(?:(?:ngày|tháng|quý)(?: (?:tháng|quý|năm))*(?: 20\d\d)?|năm)$", "Quý"),
)
_ROWS = tuple((name, re.compile(pattern)) for name, pattern, _ in COLUMNS)
_ASIDE = re.compile(r"\([^()]*\)")
_MARKS = re.compile(r"[\W_]+")
_LONGEST = 90
_LEAST_KNOWN = 0.6  # of the filled cells of a header
_COUNT = re.compile(r"[([]?(?:\d{1,2}|[A-Za-zĐđ]|[IVX]{1,4})[)\]]?(?:\s*=.*)?")


@lru_cache(maxsize=1024)
def column_of(words: str) -> tuple[str, int] | None:
    """Return what a header cell says of its column, and how exactly (0 is the most exact)."""
    if len(words) > _LONGEST:
        return None
    said = _MARKS.sub(" ", _ASIDE.sub(" ", folded(words))).strip()
    return next(((name, rank) for rank, (name, row) in enumerate(_ROWS) if row.match(said)), None)


def columns_of(cells: Sequence[str]) -> dict[str, int]:
    """Return where a header row has which column; empty where the row is no header."""
    found: dict[str, tuple[int, int]] = {}
    filled = [index for index, words in enumerate(cells) if words.strip()]
    known = 0
    for index in filled:
        column = column_of(cells[index])
        if column is None:
            continue
        known += 1
        name, rank = column
        if name not in found or rank < found[name][0]:
            found[name] = rank, index
    if known < _LEAST_KNOWN * len(filled):
        return {}
    columns = {name: index for name, (_, index) in found.items()}
    # «Ngày» alone is that of a document beside its number, or that of work beside «Bắt đầu».
    if (bare := columns.pop("bare-time", None)) is not None and "aside" not in columns:
        columns.setdefault("time", bare)
    if "both" in columns:
        columns.setdefault("leads", columns["both"])
    return columns


def heads_work(columns: dict[str, int]) -> bool:
    """Tell whether these columns say what is to be done, and by whom or by when."""
    return "work" in columns and ("leads" in columns or "time" in columns)


def counts_columns(cells: Sequence[str]) -> bool:
    """Tell whether a row only numbers the columns above it: «(1) | (2) | (3)», «A | B | C»."""
    filled = [words.strip() for words in cells if words.strip()]
    return len(filled) > 2 and all(_COUNT.fullmatch(words) for words in filled)  # noqa: PLR2004
