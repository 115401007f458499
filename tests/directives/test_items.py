"""Single items of the genre in many wordings: who is to do what, and by when."""

from datetime import date

import pytest

from directives.parse import parse

LETTERHEAD = """ỦY BAN NHÂN DÂN
TỈNH QUẢNG NGÃI
Số: 214/TB-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Quảng Ngãi, ngày 06 tháng 3 năm 2023

THÔNG BÁO
Kết luận của Chủ tịch UBND tỉnh tại cuộc họp giao ban

Chủ tịch UBND tỉnh kết luận như sau:
"""

Task = tuple[
    str, str, str, str | None
]  # leads, coordinators, first words of the action, stated date or its words

ITEMS: dict[str, tuple[str, list[Task]]] = {
    # Bodies named behind the work
    "bracket-with-verb": (
        (
            "1. Tổng hợp nhu cầu vắc xin, trình UBND tỉnh trước ngày 20/3/2023 (giao Sở Y tế chủ trì, phối "
            "hợp với Sở Tài chính)."
        ),
        [("Sở Y tế", "Sở Tài chính", "Tổng hợp nhu cầu vắc xin", "2023-03-20")],
    ),
    "bracket-inside": (
        "1. Kiểm tra các cơ sở giết mổ (UBND các huyện, thành phố chủ trì) xong trước ngày 30/4/2023.",
        [("UBND các huyện, thành phố", "", "Kiểm tra các cơ sở giết mổ", "2023-04-30")],
    ),
    "bracket-square": (
        "1. Nghiên cứu mô hình du lịch cộng đồng [Sở Du lịch chủ trì].",
        [("Sở Du lịch", "", "Nghiên cứu mô hình du lịch cộng đồng", None)],
    ),
    "bracket-labelled": (
        "1. Tuyên truyền Luật Đất đai (Trách nhiệm: Sở Tư pháp. Thời gian: thường xuyên).",
        [("Sở Tư pháp", "", "Tuyên truyền Luật Đất đai", None)],
    ),
    "led-by": (
        (
            "1. Xây dựng Đề án chuyển đổi số, do Sở Thông tin và Truyền thông chủ trì, Sở Nội vụ phối hợp, "
            "hoàn thành trong quý II/2023."
        ),
        [("Sở Thông tin và Truyền thông", "Sở Nội vụ", "Xây dựng Đề án chuyển đổi số", "2023-06-30")],
    ),
    "given-behind": (
        "1. Mở lớp tập huấn cho cán bộ xã, phân công Sở Nội vụ thực hiện, trước ngày 30/4/2023.",
        [("Sở Nội vụ", "", "Mở lớp tập huấn cho cán bộ xã", "2023-04-30")],
    ),
    "semicolon-and-helpers": (
        "1. Tổ chức đối thoại doanh nghiệp; Sở Công Thương chủ trì, Sở Tài chính phối hợp.",
        [("Sở Công Thương", "Sở Tài chính", "Tổ chức đối thoại doanh nghiệp", None)],
    ),
    "label-lines": (
        (
            "1. Lập danh mục hồ chứa xung yếu\nCơ quan chủ trì: Sở Nông nghiệp và PTNT. Cơ quan phối hợp: "
            "UBND các huyện. Thời gian hoàn thành: Trước 15/4/2023."
        ),
        [("Sở Nông nghiệp và PTNT", "UBND các huyện", "Lập danh mục hồ chứa xung yếu", "2023-04-15")],
    ),
    "owner-is-no-lead": ("1. Dự án do Sở Giao thông vận tải làm chủ đầu tư còn chậm tiến độ.", []),
    # Dates for a whole list
    "list-date-before": (
        (
            "Các nhiệm vụ dưới đây phải hoàn thành trước ngày 31/5/2023:\n1. Sở Nội vụ rà soát biên chế.\n2. "
            "Sở Tài chính thẩm định kinh phí trong tháng 4/2023."
        ),
        [
            ("Sở Nội vụ", "", "rà soát biên chế", "2023-05-31"),
            ("Sở Tài chính", "", "thẩm định kinh phí", "2023-04-30"),
        ],
    ),
    "list-date-announced": (
        (
            "Thời hạn chung: Các nội dung giao tại Thông báo này hoàn thành trong quý II/2023.\n1. Sở Y tế "
            "mua sắm thuốc."
        ),
        [("Sở Y tế", "", "mua sắm thuốc", "2023-06-30")],
    ),
    "list-date-of-one-part": (
        (
            "I. NHIỆM VỤ\nThời gian thực hiện các nhiệm vụ sau đây: trong tháng 4/2023.\n1. Sở Y tế mua sắm "
            "thuốc.\nII. KHÁC\n1. Sở Nội vụ rà soát biên chế."
        ),
        [("Sở Y tế", "", "mua sắm thuốc", "2023-04-30"), ("Sở Nội vụ", "", "rà soát biên chế", None)],
    ),
    "list-date-behind": (
        (
            "1. Sở Nội vụ rà soát biên chế.\n2. Sở Tài chính thẩm định kinh phí trong tháng 4/2023.\nNhững "
            "nội dung không quy định rõ thời hạn thì hoàn thành trước ngày 30/6/2023."
        ),
        [
            ("Sở Nội vụ", "", "rà soát biên chế", "2023-06-30"),
            ("Sở Tài chính", "", "thẩm định kinh phí", "2023-04-30"),
        ],
    ),
    "reported-order-before-list": (
        (
            "Thực hiện Công văn số 12/BNV-TCBC ngày 01/3/2023, trong đó yêu cầu các tỉnh báo cáo trước ngày "
            "20/3/2023; UBND tỉnh yêu cầu các sở, ban, ngành:\n1. Rà soát số lượng cấp phó."
        ),
        [("các sở, ban, ngành", "", "Rà soát số lượng cấp phó", None)],
    ),
    # Postponement
    "extended-for": (
        (
            "1. Gia hạn cho Sở Công Thương hoàn thành Đề án (giao tại Công văn số 5/UBND-KT ngày 02/01/2023) "
            "đến hết ngày 30/6/2023."
        ),
        [("Sở Công Thương", "", "hoàn thành Đề án", "2023-06-30")],
    ),
    "moved-from-to": (
        "1. Cho phép UBND huyện Mộ Đức được lùi thời gian trình quy hoạch từ quý I sang quý III năm 2023.",
        [("UBND huyện Mộ Đức", "", "trình quy hoạch", "2023-09-30")],
    ),
    "is-given-longer": (
        "1. Sở Xây dựng được gia hạn thời gian hoàn thành báo cáo đến ngày 15/5/2023.",
        [("Sở Xây dựng", "", "hoàn thành báo cáo", "2023-05-15")],
    ),
    "its-wish-granted": (
        "1. Đồng ý đề nghị của Sở Y tế về việc gia hạn thời gian lập quy hoạch đến ngày 30/9/2023.",
        [("Sở Y tế", "", "lập quy hoạch", "2023-09-30")],
    ),
    "refused-and-ordered": (
        (
            "1. Không chấp thuận việc gia hạn đối với quy hoạch; Sở Xây dựng phải trình dự thảo trước ngày "
            "20/3/2023."
        ),
        [("Sở Xây dựng", "", "trình dự thảo", "2023-03-20")],
    ),
    "refused": ("1. Chưa xem xét việc lùi thời gian của Công ty Hoàng Anh đến ngày 30/6/2023.", []),
    # A ground, a case or a time put first
    "case-first-passive": (
        (
            "1. Đối với vấn đề môi trường, Sở Tài nguyên và Môi trường được giao chủ trì kiểm tra 17 cụm "
            "công nghiệp trước ngày 20/9/2023."
        ),
        [("Sở Tài nguyên và Môi trường", "", "kiểm tra 17 cụm công nghiệp", "2023-09-20")],
    ),
    "case-first-order": (
        "1. Đối với các dự án chậm tiến độ, giao Sở Kế hoạch và Đầu tư tham mưu thu hồi trong tháng 5/2023.",
        [("Sở Kế hoạch và Đầu tư", "", "tham mưu thu hồi", "2023-05-31")],
    ),
    "time-first": (
        "1. Trước ngày 25/3/2023, Sở Tài chính trình phương án phân bổ vốn.",
        [("Sở Tài chính", "", "trình phương án phân bổ vốn", "2023-03-25")],
    ),
    "where-first": (
        (
            "1. UBND thị xã Đức Phổ, nơi còn 12 hộ chưa di dời, phải hoàn thành tái định cư trước ngày "
            "30/4/2023."
        ),
        [("UBND thị xã Đức Phổ", "", "hoàn thành tái định cư", "2023-04-30")],
    ),
    "which-of-them": (
        (
            "1. Các địa phương chưa hoàn thành (gồm: huyện Ba Tơ, huyện Sơn Tây) khẩn trương báo cáo trước "
            "ngày 15/3/2023."
        ),
        [("Các địa phương", "", "báo cáo", "2023-03-15")],
    ),
    # No work
    "shortfall": (
        (
            "Theo Nghị quyết của HĐND tỉnh, các chủ đầu tư phải giải ngân 50% trước ngày 30/6/2022 nhưng đến "
            "nay chưa đạt."
        ),
        [],
    ),
    "done-already": ("1. Kết quả: Sở Y tế đã hoàn thành tiêm chủng trước ngày 15/2/2023.", []),
    "reported-done": ("1. Sở Tài chính báo cáo đã trình phương án giá trước ngày 01/3/2023.", []),
    "to-the-public": ("1. Tổ chức, cá nhân có nhu cầu thuê đất nộp hồ sơ trước ngày 30/3/2023.", []),
    "commended": (
        (
            "1. Khen thưởng các tập thể có tên sau:\n- Sở Y tế hoàn thành xuất sắc nhiệm vụ năm 2022.\n- "
            "UBND huyện Mộ Đức xây dựng 05 xã nông thôn mới trước ngày 31/12/2022."
        ),
        [],
    ),
    "closing-under-heading": (
        (
            "I. TỔ CHỨC THỰC HIỆN\nYêu cầu Thủ trưởng các cơ quan khẩn trương, nghiêm túc thực hiện Thông "
            "báo này./."
        ),
        [],
    ),
    "closing-as-item": ("2. Các sở, ngành nghiêm túc thực hiện Thông báo này.", []),
    "validity": ("1. Giấy phép đã cấp cho Công ty Hoàng Anh có hiệu lực đến ngày 30/4/2023.", []),
    # Whose work it is
    "has-others-act": (
        "1. UBND huyện Bình Sơn chỉ đạo UBND các xã rà soát hộ nghèo trước ngày 15/4/2023.",
        [("UBND huyện Bình Sơn", "", "chỉ đạo UBND các xã rà soát hộ nghèo", "2023-04-15")],
    ),
    "asked-among-a-group": (
        (
            "Yêu cầu các đơn vị:\n1. Sở Y tế tổ chức trực 24/24 giờ.\n2. Đề nghị Bộ Chỉ huy Quân sự tỉnh bố "
            "trí lực lượng trước ngày 20/3/2023."
        ),
        [
            ("Sở Y tế", "", "tổ chức trực", None),
            ("Bộ Chỉ huy Quân sự tỉnh", "", "bố trí lực lượng", "2023-03-20"),
        ],
    ),
    "office-works": (
        "7. Văn phòng UBND tỉnh có trách nhiệm theo dõi, đôn đốc các đơn vị.",
        [("Văn phòng UBND tỉnh", "", "theo dõi, đôn đốc", None)],
    ),
    "in-its-area": (
        "1. UBND các huyện theo địa bàn phụ trách, rà soát các điểm sạt lở.",
        [("UBND các huyện", "", "rà soát các điểm sạt lở", None)],
    ),
    "liability-behind": (
        "1. UBND huyện Ba Tơ: rà soát hồ chứa; chịu trách nhiệm trước Chủ tịch UBND tỉnh về an toàn đập.",
        [("UBND huyện Ba Tơ", "", "rà soát hồ chứa", None)],
    ),
    # One deadline or more
    "special-case": (
        (
            "1. Cục Thuế tỉnh tăng cường kiểm tra giá; báo cáo UBND tỉnh những vụ gian lận trong 02 ngày kể "
            "từ khi phát hiện."
        ),
        [
            ("Cục Thuế tỉnh", "", "tăng cường kiểm tra giá", None),
            ("Cục Thuế tỉnh", "", "báo cáo UBND tỉnh", "trong 02 ngày kể từ khi phát hiện"),
        ],
    ),
    "time-label": (
        "1. Sở Công Thương kiểm tra thị trường. Thời gian: Hoàn thành chậm nhất ngày 10/6/2023.",
        [("Sở Công Thương", "", "kiểm tra thị trường", "2023-06-10")],
    ),
    "last-day-label": (
        "1. Sở Y tế lập phương án xử lý xe dôi dư. Hạn cuối gửi phương án: ngày 15/11/2023.",
        [("Sở Y tế", "", "lập phương án xử lý xe", "2023-11-15")],
    ),
    "weekly-broadcast": (
        "1. Báo Quảng Ngãi: mở chuyên mục tuyên truyền, phát sóng hàng tuần.",
        [("Báo Quảng Ngãi", "", "mở chuyên mục tuyên truyền", "hàng tuần")],
    ),
    # Who and when, as ordinary documents say it
    "the-other-districts": (
        (
            "1. Uỷ ban nhân dân các huyện, thành phố, thị xã còn lại thành lập tổ phản ứng nhanh trước ngày "
            "31/3/2023."
        ),
        [
            (
                "Uỷ ban nhân dân các huyện, thành phố, thị xã còn lại",
                "",
                "thành lập tổ phản ứng nhanh",
                "2023-03-31",
            )
        ],
    ),
    "the-districts-named-above": (
        "1. UBND các huyện, thị xã nói trên rà soát tổng đàn heo.",
        [("UBND các huyện, thị xã nói trên", "", "rà soát tổng đàn heo", None)],
    ),
    "round-the-clock": (
        "1. Giám đốc Sở Y tế trực ban 24/24 giờ từ ngày 01/6 đến hết ngày 30/11/2023.",
        [("Giám đốc Sở Y tế", "", "trực ban 24/24 giờ", "2023-11-30")],
    ),
    "round-the-clock-h": (
        "1. Sở Y tế trực cấp cứu 24/24h.",
        [("Sở Y tế", "", "trực cấp cứu 24/24h", None)],
    ),
    "skill-of-serving": (
        "1. Sở Du lịch mở 05 lớp tập huấn kỹ năng phục vụ khách cho các hộ dân trong quý IV/2023.",
        [("Sở Du lịch", "", "mở 05 lớp tập huấn", "2023-12-31")],
    ),
    "newspaper-of-a-hamlet": (
        "1. Đài Phát thanh và Truyền hình tỉnh, Báo Ấp Bắc tăng cường thời lượng tuyên truyền.",
        [("Đài Phát thanh và Truyền hình tỉnh + Báo Ấp Bắc", "", "tăng cường thời lượng", None)],
    ),
    "agreed-in-principle": (
        (
            "1. Sở Xây dựng\n- Thống nhất chủ trương lập Đề án cấp nước; giao Sở Xây dựng hoàn thiện Đề án, "
            "trình UBND tỉnh trước ngày 15/4/2023."
        ),
        [("Sở Xây dựng", "", "hoàn thiện Đề án", "2023-04-15")],
    ),
}


def _read(body: str) -> list[Task]:
    return [
        (
            " + ".join(lead.text for lead in task.leads),
            " + ".join(one.text for one in task.coordinators),
            task.action,
            None
            if task.deadline is None
            else task.deadline.stated.isoformat()
            if isinstance(task.deadline.stated, date)
            else task.deadline.text,
        )
        for task in parse(LETTERHEAD + body).tasks
    ]


@pytest.mark.parametrize("name", ITEMS)
def test_an_item_gives_its_tasks_and_no_others(name: str) -> None:
    """Leads, coordinators and dates are exact; an action holds the words that name the work."""
    body, expected = ITEMS[name]
    found = _read(body)
    assert [(leads, helpers, when) for leads, helpers, _, when in expected] == [
        (leads, helpers, when) for leads, helpers, _, when in found
    ]
    for (_, _, words, _), (_, _, action, _) in zip(expected, found, strict=True):
        assert words in action
