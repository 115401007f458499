"""Sentences and headings that give no work: closing formulas, liability, validity, background.

Every function here takes *folded* words on one line (`Page.small_words`).
"""

import re
from typing import Final

from directives.grammar import Wording

_PAPER = r"(?:quyết\s+định|chỉ\s+thị|kế\s+hoạch|nghị\s+quyết|thông\s+báo|kết\s+luận)"
_TROUBLE = r"(?:khó\s+khăn|vướng\s+mắc)"
_EVERY_PAPER = (
    r"(?:quyết\s+định|chỉ\s+thị|kế\s+hoạch|nghị\s+quyết|thông\s+báo|công\s+điện|văn\s+bản|công\s+văn"
    r"|kết\s+luận|quy\s+chế)"
)

FORMULAS: Final = (
    Wording(
        "liable-for-this-paper",
        re.compile(
            r"chịu\s+trách\s+nhiệm\s+(?:(?:tổ\s+chức\s+)?(?:thi\s+hành|thực\s+hiện|triển\s+khai"
            rf"(?:\s+thực\s+hiện)?)\s+(?:các\s+)?(?:nội\s+dung\s+)?{_EVERY_PAPER})"
        ),
        ("Giám đốc các sở «chịu trách nhiệm thi hành Quyết định» này.",),
        ("Sở Y tế chịu trách nhiệm thực hiện việc rà soát.",),
        needs=("chịu",),
    ),
    Wording(
        "in-force",
        re.compile(
            r"(?:này|quyết\s+định|chỉ\s+thị|quy\s+chế|quy\s+định|nghị\s+quyết)\s+(?:này\s+)?(?:có|hết)"
            r"\s+hiệu\s+lực(?!\w)"
        ),
        ("«Quyết định này có hiệu lực» kể từ ngày ký.",),
        ("Các giấy phép hết hiệu lực phải thu hồi.",),
        needs=("hiệu",),
    ),
    Wording(
        "report-difficulties",
        re.compile(
            rf"(?:nếu|khi|mọi|trường\s+hợp|quá\s+trình)(?!\w).{{0,80}}(?:{_TROUBLE}|phát\s+sinh|thắc\s+mắc)"
            r".{0,160}(?:phản\s+ánh|báo\s+cáo|kiến\s+nghị|gửi|thông\s+tin|liên\s+hệ|trao\s+đổi)(?!\w)"
        ),
        ("Trong «quá trình thực hiện nếu có vướng mắc, các đơn vị phản ánh» về Sở Nội vụ.",),
        ("Báo cáo khó khăn của doanh nghiệp.",),
        needs=("mắc", "khó", "phát"),
    ),
    Wording(
        "carry-out-this-paper",
        re.compile(
            rf"căn\s+cứ\s+(?:vào\s+)?(?:các\s+)?(?:nội\s+dung\s+)?{_PAPER}(?:\s+này)?\s*,?\s*(?:để\s+)?"
            r"(?:tổ\s+chức\s+)?(?:thi\s+hành|triển\s+khai\s+thực\s+hiện)"
        ),
        ("Các sở, ngành «căn cứ Quyết định này thi hành».",),
        ("Căn cứ Quyết định này, Sở Y tế lập dự toán.",),
        needs=("căn",),
    ),
    Wording(
        "assigned-in-appendix",
        re.compile(r"\W*phân\s+công(?!\w)[^.;]{0,120}(?:theo|tại|như)\s+phụ\s+lục(?!\w)"),
        ("«Phân công nhiệm vụ cho các sở theo Phụ lục» kèm theo.",),
        ("Phân công Sở Y tế rà soát.",),
        needs=("phân",),
    ),
)
"""Formulas wherever they stand, where no date is in them."""

CLOSING: Final = (
    Wording(
        "let-them-know",
        re.compile(
            r"(?:thông\s+báo|truyền\s+đạt|thông\s+tin)(?!\w).{0,300}(?:để|đến|tới).{0,160}"
            r"(?:biết|được\s+biết)(?!\w)"
        ),
        ("Văn phòng «thông báo để các đơn vị biết», thực hiện.",),
        ("Thông báo lịch họp cho các đơn vị.",),
        needs=("biết",),
    ),
    Wording(
        "that-is-all",
        re.compile(r"(?:trên\s+đây\s+là|thừa\s+lệnh)(?!\w)"),
        (
            "«Trên đây là» kết luận của Chủ tịch UBND tỉnh.",
            "«Thừa lệnh» Chủ tịch UBND tỉnh, Văn phòng thông báo.",
        ),
        needs=("đây", "lệnh"),
    ),
    Wording(
        "liable-to-carry-out",
        re.compile(r"chịu\s+trách\s+nhiệm\s+(?:tổ\s+chức\s+)?(?:thi\s+hành|thực\s+hiện)\W*$"),
        ("Các đơn vị liên quan «chịu trách nhiệm thi hành./.»",),
        ("Các đơn vị chịu trách nhiệm thực hiện rà soát.",),
        needs=("chịu",),
    ),
    Wording(
        "send-difficulties",
        re.compile(
            rf"(?:^|[;.,])\s*(?:mọi\s+|các\s+|những\s+)?{_TROUBLE}(?:\s*,\s*|\s+và\s+|\s+){_TROUBLE}?.{{0,60}}"
            r"(?:phản\s+ánh|báo\s+cáo|kiến\s+nghị|gửi|liên\s+hệ)\s+(?:kịp\s+thời\s+)?"
            r"(?:về|cho|với|đến|lên|qua)(?!\w)"
        ),
        ("«Các vướng mắc xin gửi về» Sở Nội vụ.",),
        ("Sở Y tế tháo gỡ vướng mắc.",),
        needs=("khó", "vướng"),
    ),
)
"""Formulas only outside the items; in an item the same words may be work."""

DIFFICULTIES: Final = Wording(
    "all-report-difficulties",
    re.compile(
        r"(?:phản\s+ánh|báo\s+cáo|kiến\s+nghị|thông\s+tin)(?!\w).{0,120}(?:khó\s+khăn|vướng\s+mắc|phát\s+sinh)"
    ),
    ("Các đơn vị kịp thời «báo cáo khó khăn, vướng mắc».",),
    ("Các đơn vị báo cáo kết quả.",),
    needs=("khăn", "mắc", "sinh"),
)
"""Behind the items, and only of everybody: «các đơn vị» are to report their difficulties."""

LIABILITY: Final = Wording(
    "liability",
    re.compile(
        r"\W*(?:(?:phải|sẽ|cùng|hoàn\s+toàn)\s+)*chịu\s+trách\s+nhiệm"
        r"(?:\s+(?:toàn\s+diện|trực\s+tiếp|chính|cao\s+nhất|cá\s+nhân)){0,3}"
        r"\s+(?:trước|về|nếu|khi|đối\s+với|nội\s+dung)(?!\w)"
    ),
    ("«Chịu trách nhiệm toàn diện trước» Chủ tịch UBND tỉnh.", "«Hoàn toàn chịu trách nhiệm về» số liệu."),
    ("Chịu trách nhiệm rà soát hồ sơ.",),
)
ANSWERS: Final = Wording(
    "answers-for",
    re.compile(r",?\s*(?:và\s+)?(?:hoàn\s+toàn\s+)?chịu\s+trách\s+nhiệm\s+(?:trước|về)\s.*$", re.DOTALL),
    ("Nghiêm túc thực hiện«, chịu trách nhiệm trước UBND tỉnh.»",),
    needs=("chịu",),
)
THREAT: Final = Wording(
    "threat",
    re.compile(
        r"\W*(?:mọi|nếu|trường\s+hợp|đơn\s+vị\s+nào|cơ\s+quan\s+nào|địa\s+phương\s+nào|ai)(?!\w)[^;]*?"
        r"(?:chậm|sai|vi\s+phạm|thiếu\s+trách\s+nhiệm|không)"
        r"[^;]*?(?:giải\s+trình|chịu\s+trách\s+nhiệm|xử\s+lý|kiểm\s+điểm)(?!\w)"
    ),
    ("«Đơn vị nào chậm trễ phải giải trình».", "«Mọi sai phạm sẽ bị xử lý» nghiêm."),
    ("Nếu thiếu kinh phí thì báo cáo Sở Tài chính.",),
)
SHORTFALL: Final = Wording(
    "falls-short",
    re.compile(
        r"(?:nhưng|song|tuy\s+nhiên|tuy\s+vậy|đến\s+nay|thực\s+tế)(?!\w)[^.;]{0,80}?(?:chưa|thấp|chậm"
        r"|không\s+(?:đạt|hoàn\s+thành|thực\s+hiện|bảo\s+đảm|đảm\s+bảo)|mới|còn)(?!\w)"
    ),
    ("Phải xong trước ngày 30/6, «nhưng đến nay chưa» đạt.",),
    ("Phải xong trước ngày 30/6, không để chậm.",),
)
VALIDITY: Final = Wording(
    "validity",
    re.compile(
        r"(?:các\s+|mọi\s+|những\s+)?(?:giấy|quyết\s+định|chứng\s+(?:chỉ|nhận)|thẻ|phù\s+hiệu|hợp\s+đồng"
        r"|văn\s+bản|thông\s+báo|quy\s+định|kết\s+quả)(?!\w)"
        r"[^,;:]{0,80}?(?<!\w)(?:có\s+(?:giá\s+trị|hiệu\s+lực)|hết\s+(?:hạn|hiệu\s+lực))(?!\w)"
    ),
    (
        "«Giấy phép đã cấp cho Công ty có giá trị» đến ngày 30/4/2023.",
        "«Các thẻ cũ hết hạn» vào ngày 01/7/2023.",
    ),
    ("Giấy phép do Sở Y tế cấp phải được rà soát.",),
)
BESTOWAL: Final = Wording(
    "bestowal",
    re.compile(
        r"(?:nay\s+)?(?:tặng|truy\s+tặng|phong\s+tặng|trao\s+tặng|trao|khen\s+thưởng|biểu\s+dương"
        r"|tuyên\s+dương|công\s+nhận|bổ\s+nhiệm|thành\s+lập|kiện\s+toàn|phê\s+duyệt\s+danh\s+sách"
        r"|ban\s+hành\s+danh\s+sách)(?!\w)[^:]*(?:gồm|trong\s+đó|như\s+sau|sau\s+đây|có\s+tên|cho)(?!\w)[^:]*:\s*$"
    ),
    ("«Tặng Bằng khen cho các tập thể sau:»", "«Thành lập Tổ công tác gồm các ông, bà:»"),
    ("Thành lập Tổ công tác kiểm tra các chợ.",),
)
QUIET_HEADING: Final = Wording(
    "quiet-heading",
    re.compile(
        r"\W*(?:(?:về\s+)?(?:đánh\s+giá|tình\s+hình|kết\s+quả|mục\s+(?:tiêu|đích)|quan\s+điểm|căn\s+cứ|kinh\s+phí"
        r"|nguyên\s+nhân|hạn\s+chế|tồn\s+tại|chỉ\s+tiêu|ưu\s+điểm|"
        r"khó\s+khăn|nhận\s+định|bối\s+cảnh|thực\s+trạng|sự\s+cần\s+thiết|nguồn\s+lực|dự\s+toán|đối\s+tượng"
        r"|phạm\s+vi|yêu\s+cầu\s*$|thành\s+phần|nội\s+dung\s+cuộc\s+họp|"
        r"những\s+(?:kết\s+quả|tồn|hạn|khó)|thuận\s+lợi|bài\s+học))(?!\w)"
    ),
    ("«Đánh giá» chung", "«Về tình hình» thực hiện", "«Mục tiêu»"),
    ("Nhiệm vụ trọng tâm", "Tổ chức thực hiện"),
)
"""Opens a part that gives no work: assessment, aims, funds."""

SINGLE: Final = (LIABILITY, ANSWERS, THREAT, SHORTFALL, VALIDITY, BESTOWAL, QUIET_HEADING)
"""The rows that are asked for one by one."""

_GENERIC = frozenset(
    """
    nghiêm túc khẩn trương triển khai thực hiện tổ chức chỉ đạo quan tâm phối hợp kịp thời có hiệu
    quả chủ động tích cực quyết liệt đồng bộ chặt chẽ này các nội dung nhiệm vụ trên nêu thông báo
    công văn bản điện thị quyết định kế hoạch kết luận ý kiến của chủ tịch ubnd tỉnh theo đúng quy
    và để biết tốt trách căn cứ chức năng đầy đủ yêu cầu đề nghị được giao với thành phố huyện ban
    nhân dân ủy phó tại chương trình nghị nội cho việc phải cần những đơn vị địa phương cơ quan sở
    ngành liên lãnh đảm bảo tiến độ chất lượng thi hành lưu trong quá là sau đây như cụ thể một số
    giải pháp công tác gồm tập trung vào ngay nay kể từ
    """.split()  # noqa: SIM905 - words of running text, not a list to be read
)
_GIVES = re.compile(
    r"(?<!\w)(?:phân\s+công|giao|yêu\s+cầu|đề\s+nghị|chỉ\s+đạo|kết\s+luận|ý\s+kiến|thực\s+hiện)(?!\w)"
)
_HEADING_LENGTH = 120


def formula_in(sentence: str, *, closing: bool, to_all: bool = False) -> Wording | None:
    """Return the formula that a sentence without deadline is, None where it is none.

    `closing`: it stands outside the items. `to_all`: «các đơn vị» are to report their difficulties.
    """
    rows = (*FORMULAS, *(CLOSING if closing else ()), *((DIFFICULTIES,) if closing and to_all else ()))
    return next((row for row in rows if row.search(sentence)), None)


def is_liability(clause: str) -> bool:
    """Tell whether a clause only says who answers to whom («chịu trách nhiệm trước Chủ tịch UBND tỉnh»)."""
    return LIABILITY.match(clause) is not None


def is_generic(words: str) -> bool:
    """Tell whether the words order nothing beyond «nghiêm túc triển khai thực hiện»."""
    return all(word in _GENERIC for word in re.findall(r"\w+", words))


def says_nothing(words: str) -> bool:
    """Tell whether every clause is generic, or only threatens: «…; mọi chậm trễ phải giải trình»."""
    return all(
        is_generic(ANSWERS.pattern.sub("", clause)) or THREAT.match(clause) for clause in words.split(";")
    )


def is_bestowal(words: str) -> bool:
    """Tell whether a paragraph introduces those who get something, or members: «Tặng Bằng khen cho …:»."""
    return BESTOWAL.match(words) is not None


def falls_short(sentence: str) -> bool:
    """Tell whether a sentence reports what was left undone: «… phải xong trước ngày …, nhưng chưa …»."""
    return SHORTFALL.search(sentence) is not None


def is_background_heading(words: str) -> bool:
    """Tell whether a heading opens a part that gives no work: assessment, aims, funds."""
    if len(words) > _HEADING_LENGTH or (words.endswith(":") and _GIVES.search(words)):
        return False
    return QUIET_HEADING.match(words) is not None
