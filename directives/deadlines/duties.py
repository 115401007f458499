"""Tell a duty that comes round («hàng năm tham mưu …») from a kind of thing («kế hoạch hàng năm»)."""

from typing import Final

from directives.dates import few_words, rx

VERBS: Final = (
    r"(?:báo cáo|tổng hợp|tham mưu|rà soát|cân đối|bố trí|xây dựng|tổ chức|kiểm tra|trình|gửi|cập nhật"
    r"|công bố|công khai"
    r"|đánh giá|lập|chủ trì|phối hợp|tiến hành|thực hiện|có trách nhiệm|có báo cáo|căn cứ|đề xuất|sơ kết"
    r"|tổng kết|thẩm định"
    r"|giám sát|theo dõi|thông báo|cung cấp|ban hành|chỉ đạo|hướng dẫn|dành|trích|xem xét|phân bổ"
    r"|đăng tải|kiểm kê|thống kê"
    r"|nộp|họp|trực tiếp|tiếp công dân|tiếp xúc|giao ban|phát động|tập huấn|duy trì"
    r"|dự báo|đôn đốc|xếp hạng|điều chỉnh|bổ sung|phải"
    r"|đăng ký|kịp thời|chủ động)"
)
PLANS: Final = (
    r"(?:kế hoạch|chương trình|dự toán|ngân sách|kinh phí|thi đua|danh mục|chỉ tiêu|nhiệm vụ|thu chi"
    r"|đề án|tiêu chí|nguồn|định mức"
    r"|sản lượng|nhu cầu|chế độ|lễ hội|khen thưởng|xếp loại|phân loại|thu nhập|mức|số|vốn|doanh thu"
    r"|sinh hoạt|đời sống|công việc)"
)
NAMES_A_PLAN: Final = rx(rf"(?<!\w){PLANS}{few_words(6)}~$")
RIGHT_BEHIND_PLAN: Final = rx(rf"(?<!\w){PLANS}~$")
STARTS_CLAUSE: Final = rx(r"(?:^|[,:(\-+*•]|(?<!\w)(?:và|và việc|\d[.)]|[a-zđ]\)))~$")
REPORTS: Final = rx(
    r"(?<!\w)(?:báo cáo|gửi|cập nhật|công bố|công khai|giao ban|họp|kiểm tra|đánh giá|tổng hợp|rà soát"
    r"|thống kê|thông báo"
    rf"|duy trì|phát hành|đăng tải|chế độ){few_words(14)}~$"
)
DOES: Final = rx(
    r"(?<!\w)(?:phát sóng|phát thanh|phát|đăng|tuyên truyền|tuần tra|trực|vệ sinh|phun|thu gom"
    r"|tiếp công dân|đối thoại|lấy mẫu|lưu"
    r"|ghi|ghi chép|cập nhật|kiểm đếm|kiểm tra|khử khuẩn|điểm danh|đưa tin|phát tin|công bố"
    r"|quan trắc|đo|nạo vét|duy tu|bảo dưỡng|chi trả|cấp phát|luyện tập"
    r"|diễn tập"
    r"|tổ chức|thực hiện|triển khai|ra quân|mở|theo dõi|giám sát|nắm|trao đổi|sinh hoạt|tham mưu"
    rf"|rà soát){few_words(8)}~$"
)
MEASURES: Final = rx(
    r"(?<!\w)(?:lượng|số|giá|diễn biến|nhu cầu|mức|tốc độ|tỷ lệ|bình quân|doanh thu|chi phí|hoạt động"
    rf"|công việc|công tác|đời sống|sinh hoạt|giao dịch|quản lý){few_words(4)}~$"
)
ENDS: Final = rx(r"~(?:$|[.;,)\n])")
GOES_ON: Final = rx(rf"~(?:,~)?{VERBS}(?!\w)")
TO_SOMEONE: Final = rx(r"~(?:$|[.;,)\n]|(?:về|cho|gửi|lên|với|tới|theo|để|qua|trên|vào|ubnd|sở|bộ)(?!\w))")


def is_duty(lead: str, trail: str, *, often: bool = False) -> bool:
    """Tell whether a bare «hàng năm» says how often to do something, or only what kind of thing it is.

    «Hàng năm, tham mưu …», «Sở Tài chính hàng năm cân đối …», «báo cáo UBND tỉnh hàng tháng» do; «Kế hoạch
    khuyến công hàng năm», «thi đua hàng năm của cơ quan» do not. `often`: daily or weekly; at the end of
    a clause that names an act it seldom qualifies a noun («mở chuyên mục tuyên truyền, phát sóng hàng tuần»).
    """
    if STARTS_CLAUSE.search(lead):
        return True
    if RIGHT_BEHIND_PLAN.search(lead):
        return False
    if GOES_ON.match(trail):
        return True
    if NAMES_A_PLAN.search(lead):
        return False
    if often and DOES.search(lead) and not MEASURES.search(lead) and ENDS.match(trail):
        return True
    return REPORTS.search(lead) is not None and TO_SOMEONE.match(trail) is not None
