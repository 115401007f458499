"""Sentences and headings that give no work: closing formulas, liability, validity, background.

Every function here takes *folded* words on one line (`Page.small_words`).
"""

import re

_FORMULAS = (
    re.compile(r"chịu\s+trách\s+nhiệm\s+(?:(?:tổ\s+chức\s+)?(?:thi\s+hành|thực\s+hiện|triển\s+khai(?:\s+thực\s+hiện)?)\s+(?:các\s+)?(?:nội\s+dung\s+)?(?:quyết\s+định|chỉ\s+thị|kế\s+hoạch|nghị\s+quyết|thông\s+báo|công\s+điện|văn\s+bản|công\s+văn|kết\s+luận|quy\s+chế))"),
    re.compile(r"(?:này|quyết\s+định|chỉ\s+thị|quy\s+chế|quy\s+định|nghị\s+quyết)\s+(?:này\s+)?(?:có|hết)\s+hiệu\s+lực(?!\w)"),
    re.compile(r"(?:nếu|khi|mọi|trường\s+hợp|quá\s+trình)(?!\w).{0,80}(?:khó\s+khăn|vướng\s+mắc|phát\s+sinh|thắc\s+mắc).{0,160}(?:phản\s+ánh|báo\s+cáo|kiến\s+nghị|gửi|thông\s+tin|liên\s+hệ|trao\s+đổi)(?!\w)"),
    re.compile(r"căn\s+cứ\s+(?:vào\s+)?(?:các\s+)?(?:nội\s+dung\s+)?(?:quyết\s+định|chỉ\s+thị|kế\s+hoạch|thông\s+báo|nghị\s+quyết|kết\s+luận)(?:\s+này)?\s*,?\s*(?:để\s+)?(?:tổ\s+chức\s+)?(?:thi\s+hành|triển\s+khai\s+thực\s+hiện)"),
    re.compile(r"\W*phân\s+công(?!\w)[^.;]{0,120}(?:theo|tại|như)\s+phụ\s+lục(?!\w)"),
)  # fmt: skip
# Only outside the items; in an item the same words may be work.
_CLOSING = (
    re.compile(r"(?:thông\s+báo|truyền\s+đạt|thông\s+tin)(?!\w).{0,300}(?:để|đến|tới).{0,160}(?:biết|được\s+biết)(?!\w)"),
    re.compile(r"(?:trên\s+đây\s+là|thừa\s+lệnh)(?!\w)"),
    re.compile(r"chịu\s+trách\s+nhiệm\s+(?:tổ\s+chức\s+)?(?:thi\s+hành|thực\s+hiện)\W*$"),
    re.compile(r"(?:^|[;.,])\s*(?:mọi\s+|các\s+|những\s+)?(?:khó\s+khăn|vướng\s+mắc)(?:\s*,\s*|\s+và\s+|\s+)(?:khó\s+khăn|vướng\s+mắc)?.{0,60}(?:phản\s+ánh|báo\s+cáo|kiến\s+nghị|gửi|liên\s+hệ)\s+(?:kịp\s+thời\s+)?(?:về|cho|với|đến|lên|qua)(?!\w)"),
)  # fmt: skip
_DIFFICULTIES = re.compile(
    r"(?:phản\s+ánh|báo\s+cáo|kiến\s+nghị|thông\s+tin)(?!\w).{0,120}(?:khó\s+khăn|vướng\s+mắc|phát\s+sinh)"
)
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
_QUIET_HEADING = re.compile(
    r"\W*(?:(?:về\s+)?(?:đánh\s+giá|tình\s+hình|kết\s+quả|mục\s+(?:tiêu|đích)|quan\s+điểm|căn\s+cứ|kinh\s+phí|nguyên\s+nhân|hạn\s+chế|tồn\s+tại|chỉ\s+tiêu|ưu\s+điểm|"
    r"khó\s+khăn|nhận\s+định|bối\s+cảnh|thực\s+trạng|sự\s+cần\s+thiết|nguồn\s+lực|dự\s+toán|đối\s+tượng|phạm\s+vi|yêu\s+cầu\s*$|thành\s+phần|nội\s+dung\s+cuộc\s+họp|"
    r"những\s+(?:kết\s+quả|tồn|hạn|khó)|thuận\s+lợi|bài\s+học))(?!\w)"
)
_BESTOWS = re.compile(
    r"(?:nay\s+)?(?:tặng|truy\s+tặng|phong\s+tặng|trao\s+tặng|trao|khen\s+thưởng|biểu\s+dương|tuyên\s+dương|công\s+nhận|bổ\s+nhiệm|"
    r"thành\s+lập|kiện\s+toàn|phê\s+duyệt\s+danh\s+sách|ban\s+hành\s+danh\s+sách)(?!\w)[^:]*(?:gồm|trong\s+đó|như\s+sau|sau\s+đây|có\s+tên|cho)(?!\w)[^:]*:\s*$"
)
_SHORTFALL = re.compile(
    r"(?:nhưng|song|tuy\s+nhiên|tuy\s+vậy|đến\s+nay|thực\s+tế)(?!\w)[^.;]{0,80}?(?:chưa|thấp|chậm|không\s+(?:đạt|hoàn\s+thành|thực\s+hiện|bảo\s+đảm|đảm\s+bảo)|mới|còn)(?!\w)"
)
_VALID = re.compile(
    r"(?:các\s+|mọi\s+|những\s+)?(?:giấy|quyết\s+định|chứng\s+(?:chỉ|nhận)|thẻ|phù\s+hiệu|hợp\s+đồng|văn\s+bản|thông\s+báo|quy\s+định|kết\s+quả)(?!\w)"
    r"[^,;:]{0,80}?(?<!\w)(?:có\s+(?:giá\s+trị|hiệu\s+lực)|hết\s+(?:hạn|hiệu\s+lực))(?!\w)"
)
_LEADS_IN = re.compile(r"(?:sau(?:\s+đây)?|như\s+sau|cụ\s+thể(?:\s+như\s+sau)?|dưới\s+đây)?\s*:?\s*$")
_LIABILITY = re.compile(
    r"\W*(?:(?:phải|sẽ|cùng|hoàn\s+toàn)\s+)*chịu\s+trách\s+nhiệm(?:\s+(?:toàn\s+diện|trực\s+tiếp|chính|cao\s+nhất|cá\s+nhân)){0,3}"
    r"\s+(?:trước|về|nếu|khi|đối\s+với|nội\s+dung)(?!\w)"
)
_ANSWERS = re.compile(
    r",?\s*(?:và\s+)?(?:hoàn\s+toàn\s+)?chịu\s+trách\s+nhiệm\s+(?:trước|về)\s.*$", re.DOTALL
)
_THREAT = re.compile(
    r"\W*(?:mọi|nếu|trường\s+hợp|đơn\s+vị\s+nào|cơ\s+quan\s+nào|địa\s+phương\s+nào|ai)(?!\w)[^;]*?(?:chậm|sai|vi\s+phạm|thiếu\s+trách\s+nhiệm|không)"
    r"[^;]*?(?:giải\s+trình|chịu\s+trách\s+nhiệm|xử\s+lý|kiểm\s+điểm)(?!\w)"
)
_GIVES = re.compile(
    r"(?<!\w)(?:phân\s+công|giao|yêu\s+cầu|đề\s+nghị|chỉ\s+đạo|kết\s+luận|ý\s+kiến|thực\s+hiện)(?!\w)"
)
_HEADING_LENGTH = 120


def gives_no_work(sentence: str, *, closing: bool, to_all: bool = False) -> bool:
    """Tell whether a sentence without deadline is a formula.

    `closing`: it stands outside the items. `to_all`: «các đơn vị» are to report their difficulties.
    """
    rows = [*_FORMULAS, *(_CLOSING if closing else ()), *((_DIFFICULTIES,) if closing and to_all else ())]
    return any(row.search(sentence) for row in rows)


def is_liability(clause: str) -> bool:
    """Tell whether a clause only says who answers to whom («chịu trách nhiệm trước Chủ tịch UBND tỉnh»)."""
    return _LIABILITY.match(clause) is not None


def is_generic(words: str) -> bool:
    """Tell whether the words order nothing beyond «nghiêm túc triển khai thực hiện»."""
    return all(word in _GENERIC for word in re.findall(r"\w+", words))


def says_nothing(words: str) -> bool:
    """Tell whether every clause is generic, or only threatens: «…; mọi chậm trễ phải giải trình»."""
    return all(is_generic(_ANSWERS.sub("", clause)) or _THREAT.match(clause) for clause in words.split(";"))


def is_bestowal(words: str) -> bool:
    """Tell whether a paragraph introduces those who get something, or members: «Tặng Bằng khen cho …:»."""
    return _BESTOWS.match(words) is not None


def falls_short(sentence: str) -> bool:
    """Tell whether a sentence reports what was left undone: «… phải xong trước ngày …, nhưng chưa …»."""
    return _SHORTFALL.search(sentence) is not None


def states_validity(sentence: str) -> bool:
    """Tell whether a sentence says how long a paper counts: «Giấy phép đã cấp có giá trị đến …»."""
    return _VALID.match(sentence) is not None


def is_background_heading(words: str) -> bool:
    """Tell whether a heading opens a part that gives no work: assessment, aims, funds."""
    if len(words) > _HEADING_LENGTH or (words.endswith(":") and _GIVES.search(words)):
        return False
    return _QUIET_HEADING.match(words) is not None
