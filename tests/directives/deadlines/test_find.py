"""Deadlines as the genre words them: the stretch read, its kind, the day stated and the last on-time day."""

from datetime import date
from typing import Final

import pytest

from directives.deadlines import find_deadlines
from directives.model import Deadline
from tests.directives.deadlines.reading import FIXED, ISSUED, PERIOD_END, RELATIVE, Read, day, marked, read

FIXED_DAYS: Final = [
    ("báo cáo UBND tỉnh «trước ngày 10/5/2020».", day(2020, 5, 10), True),
    ("báo cáo «trước ngày 09/4/2020» và sẽ xem xét", day(2020, 4, 9), True),
    ("gửi về Bộ «trước ngày 20-7-2020»", day(2020, 7, 20), True),
    ("gửi về Bộ «trước ngày 20.7.2020»", day(2020, 7, 20), True),
    ("hoàn thành «trước ngày15/5/2020».", day(2020, 5, 15), True),
    ("hoàn thành «trước ngày 1/5/20».", day(2020, 5, 1), True),
    ("xong «trước ngày 15 tháng 12 năm 2020»;", day(2020, 12, 15), True),
    ("xong «trước ngày 10 tháng 5».", day(2020, 5, 10), True),
    ("xong «trước 30/4/2020».", day(2020, 4, 30), True),
    ("xong «trước 30/6».", day(2020, 6, 30), True),
    ("báo cáo «trước ngày 02/4».", day(2021, 4, 2), True),
    ("báo cáo «trước ngày 03/4».", day(2020, 4, 3), True),
    ("gửi «trước thứ Sáu (ngày 10/4/2020)».", day(2020, 4, 10), True),
    ("gửi «trước ngày 25» tới.", day(2020, 4, 25), True),
    ("gửi «trước ngày 05 tháng sau».", day(2020, 5, 5), True),
    ("gửi «trước ngày 15/01 năm sau».", day(2021, 1, 15), True),
    ("trình «chậm nhất ngày 30/6/2020».", day(2020, 6, 30), False),
    ("trình «chậm nhất là ngày 10 tháng 9 năm 2020».", day(2020, 9, 10), False),
    ("trình «chậm nhất trong ngày 25/4/2020»", day(2020, 4, 25), False),
    ("trình «chậm nhất 30/4/2020»;", day(2020, 4, 30), False),
    ("trình «chậm nhất trước ngày 30/4/2020»;", day(2020, 4, 30), True),
    ("trình «muộn nhất ngày 20/8/2020».", day(2020, 8, 20), False),
    ("trình «không quá ngày 20/8/2020», «không muộn hơn ngày 21/8».", day(2020, 8, 20), False),
    ("nộp, «hạn chót ngày 30/6/2020».", day(2020, 6, 30), False),
    ("nộp, «hạn cuối là ngày 30/6/2020».", day(2020, 6, 30), False),
    ("bàn giao «đến hết ngày 31/7/2020».", day(2020, 7, 31), False),
    ("mở đợt cao điểm từ ngày 01/7/2020 «đến ngày 30/9/2020».", day(2020, 9, 30), False),
    ("kiểm tra từ nay «đến ngày 30/6».", day(2020, 6, 30), False),
    ("báo cáo «vào ngày 17/10/2020».", day(2020, 10, 17), False),
    ("trình «trong ngày 15/8».", day(2020, 8, 15), False),
    ("báo cáo ngay «trong ngày hôm nay».", day(2020, 4, 3), False),
    ("báo cáo «chiều nay».", day(2020, 4, 3), False),
    ("báo cáo «trong sáng mai».", day(2020, 4, 4), False),
    ("xong «trong đêm 05/4».", day(2020, 4, 5), False),
    ("họp giao ban «vào thứ Sáu tuần này».", day(2020, 4, 3), False),
    ("Thời hạn hoàn thành: «30/6/2020».", day(2020, 6, 30), False),
    ("Hoàn thành «ngày 30/6/2020».", day(2020, 6, 30), False),
    ("khởi công «vào đầu tháng 5/2020».", day(2020, 5, 1), False),
    ("sơ kết «vào giữa tháng 6».", day(2020, 6, 15), False),
    ("sơ kết «vào giữa năm 2021».", day(2021, 6, 30), False),
    ("hoàn thành «trước quý III/2020».", day(2020, 7, 1), True),
    ("hoàn thành «trước tháng 5».", day(2020, 5, 1), True),
    ("hoàn thành «trước tháng 4».", day(2021, 4, 1), True),
    ("hoàn thành «trước năm 2021».", day(2021, 1, 1), True),
    ("phấn đấu hoàn thành «trước ngày 30/6/2020».", day(2020, 6, 30), True),
    ("Đến nay chưa xong; «đến ngày 31/12/2020» phải hoàn thành.", day(2020, 12, 31), False),
    ("Lùi thời hạn hoàn thành từ ngày 30/6/2020 «đến ngày 30/9/2020».", day(2020, 9, 30), False),
    ("Lùi thời hạn báo cáo từ trước ngày 15/6 sang «trước ngày 30/6».", day(2020, 6, 30), True),
    ("Gia hạn thời gian thực hiện «đến hết ngày 31/12/2020».", day(2020, 12, 31), False),
    ("Cho phép kéo dài «đến hết ngày 31/01/2021».", day(2021, 1, 31), False),
    ("hoàn thành «trước ngày 18/8/2019».", day(2019, 8, 18), True),
    ("thông xe «trước ngày Quốc khánh 02/9/2020».", day(2020, 9, 2), True),
    ("cấp phát tờ rơi «trước ngày nghỉ hè 31/5/2020».", day(2020, 5, 31), True),
    ("sửa chữa phòng học «trước ngày khai giảng 05-9-2020».", day(2020, 9, 5), True),
    ("sửa chữa đường «trước dịp lễ 30/4».", day(2020, 4, 30), True),
    ("sửa chữa đường «trước dịp nghỉ lễ 30/4 - 01/5».", day(2020, 4, 30), True),
    ("xong «trước ngày bầu cử (23/5/2021)».", day(2021, 5, 23), True),
    ("tổ chức ra quân «vào ngày Môi trường thế giới 05/6».", day(2020, 6, 5), False),
    ("trình thành phố «trước 30-4».", day(2020, 4, 30), True),
    ("gửi «trước 15-7» để tổng hợp.", day(2020, 7, 15), True),
    ("ra quân «đến hết ngày 15/12/2020» trên các tuyến Mậu Thân, 3 tháng 2.", day(2020, 12, 15), False),
    ("«Hạn cuối gửi phương án: ngày 15/11/2020».", day(2020, 11, 15), False),
    ("«Hạn chót nộp hồ sơ là ngày 15/11/2020».", day(2020, 11, 15), False),
    ("Thời hạn gửi kết quả rà soát về Sở Nội vụ: «ngày 15/11/2020».", day(2020, 11, 15), False),
    ("Thời gian: Hoàn thành «chậm nhất 10/6».", day(2020, 6, 10), False),
    ("báo cáo «trong ngày mai (04/4/2020)».", day(2020, 4, 4), False),
    ("Lùi thời hạn hoàn thành từ ngày 30/9/2020 «sang ngày 20/11/2020».", day(2020, 11, 20), False),
    ("Gia hạn cho Bộ Y tế hoàn thành tổng kết «đến ngày 31/7/2020».", day(2020, 7, 31), False),
    ("hoàn thành dự án «vào dịp 30/4/2021».", day(2021, 4, 30), False),
    ("xong «trước dịp kỷ niệm 75 năm ngày Quốc khánh (02/9/1945 - 02/9/2020)».", day(2020, 9, 2), True),
    ("kiểm tra xong «trong hai ngày 15 và 16/6/2020».", day(2020, 6, 16), False),
    ("báo cáo «trong ngày thứ Sáu, 10/4/2020».", day(2020, 4, 10), False),
    ("báo cáo kết quả 6 tháng «trước ngày 15/6».", day(2020, 6, 15), True),
    ("Hoàn thành «trước ngày 30/9/2020», thay vì trước ngày 30/6/2020.", day(2020, 9, 30), True),
    ("Đổi thời hạn từ “trước ngày 30/6/2020” thành “«trước ngày 30/9/2020»”.", day(2020, 9, 30), True),
]


@pytest.mark.parametrize(
    ("sentence", "stated", "exclusive"), FIXED_DAYS, ids=[case[0] for case in FIXED_DAYS]
)
def test_fixed_day(sentence: str, stated: date, exclusive: bool) -> None:
    """A day is read with its preposition; «trước» leaves it out, every other word keeps it in."""
    text, stretches = marked(sentence)
    found = read(text)

    assert stretches == [one.text for one in found]
    assert Read(stretches[0], FIXED, stated, exclusive) == found[0]


HOURS: Final = [
    ("«trước 17 giờ 00 ngày 12/8/2020»", day(2020, 8, 12), "17:00"),
    ("«trước 17 giờ 00 phút, ngày 12/8/2020»", day(2020, 8, 12), "17:00"),
    ("«trước 16h30' ngày 11/8/2020»", day(2020, 8, 11), "16:30"),
    ("«trước 17:00 ngày 15/6/2020»", day(2020, 6, 15), "17:00"),
    ("«trước 11 giờ ngày 20/5/2020»", day(2020, 5, 20), "11:00"),
    ("«trước 11 giờ trưa ngày 20/5»", day(2020, 5, 20), "11:00"),
    ("«trước 5 giờ chiều ngày 20/5»", day(2020, 5, 20), "17:00"),
    ("«trước 10 giờ sáng mai»", day(2020, 4, 4), "10:00"),
    ("«trước 10 giờ sáng mai 04/4»", day(2020, 4, 4), "10:00"),
    ("«trước 16 giờ hôm nay»", day(2020, 4, 3), "16:00"),
    ("«chậm nhất 16 giờ ngày 15/6»", day(2020, 6, 15), "16:00"),
    ("«trước 12h đêm 30/4»", day(2020, 4, 30), "24:00"),
    ("«trước 11h đêm 30/4»", day(2020, 4, 30), "23:00"),
    ("«trước 2 giờ đêm ngày 30/4»", day(2020, 4, 30), "02:00"),
    ("«trước 12 giờ trưa ngày 30/4»", day(2020, 4, 30), "12:00"),
]


@pytest.mark.parametrize(("sentence", "stated", "time"), HOURS, ids=[case[0] for case in HOURS])
def test_hour_keeps_the_day_in(sentence: str, stated: date, time: str) -> None:
    """Before an hour of a day, the day itself is still in time."""
    text, stretches = marked(f"Báo cáo UBND tỉnh {sentence}.")

    assert read(text) == [Read(stretches[0], FIXED, stated, False, None, time)]


def test_same_day_is_the_day_just_named() -> None:
    """«cùng ngày» is the day that the sentence named before."""
    found = read("Họp vào ngày 20/4/2020, gửi biên bản trước 17 giờ cùng ngày.")

    assert found[-1] == Read("trước 17 giờ cùng ngày", FIXED, day(2020, 4, 20), False, None, "17:00")


PERIODS: Final = [
    ("«trong Quý II/2020»", day(2020, 6, 30)),
    ("«trong Quý IV năm 2020»", day(2020, 12, 31)),
    ("«trong quý 4 năm 2020»", day(2020, 12, 31)),
    ("«trong quí 2»", day(2020, 6, 30)),
    ("«trong Q3/2020»", day(2020, 9, 30)),
    ("«trong Quý III, IV/2021»", day(2021, 12, 31)),
    ("«trong quý II và quý III năm 2020»", day(2020, 9, 30)),
    ("«vào cuối quý III»", day(2020, 9, 30)),
    ("«trong tháng 01/2021»", day(2021, 1, 31)),
    ("«trong tháng 6/ 2020»", day(2020, 6, 30)),
    ("«trong tháng 02 năm 2024»", day(2024, 2, 29)),
    ("«trong tháng 7»", day(2020, 7, 31)),
    ("«trong tháng 3»", day(2021, 3, 31)),
    ("«trong tháng tới»", day(2020, 5, 31)),
    ("«trong các tháng 5, 6/2020»", day(2020, 6, 30)),
    ("«vào cuối tháng 9/2020»", day(2020, 9, 30)),
    ("«trong 6 tháng đầu năm 2020»", day(2020, 6, 30)),
    ("«trong 06 tháng cuối năm»", day(2020, 12, 31)),
    ("«trong 9 tháng đầu năm 2020»", day(2020, 9, 30)),
    ("«trong năm 2021»", day(2021, 12, 31)),
    ("«vào năm 2022»", day(2022, 12, 31)),
    ("«vào cuối năm 2025»", day(2025, 12, 31)),
    ("từ nay «đến hết năm 2020»", day(2020, 12, 31)),
    ("từ nay «đến cuối năm»", day(2020, 12, 31)),
    ("«trong tuần này»", day(2020, 4, 5)),
    ("«trong tuần tới»", day(2020, 4, 12)),
    ("«trong tuần đầu tháng 7»", day(2020, 7, 7)),
    ("«trong tuần cuối của tháng 9»", day(2020, 9, 30)),
    ("«trong 15 ngày đầu tháng 7»", day(2020, 7, 15)),
    ("«trong nửa đầu tháng 5»", day(2020, 5, 15)),
    ("«trong nửa cuối tháng 5/2020»", day(2020, 5, 31)),
    ("từ tháng 6/2020 «sang tháng 8/2020»", day(2020, 8, 31)),
    ("từ quý II «sang quý I/2021»", day(2021, 3, 31)),
    ("từ cuối tháng 6 «sang cuối tháng 8/2020»", day(2020, 8, 31)),
    ("«CHẬM NHẤT TRONG QUÝ III/2020»", day(2020, 9, 30)),
]


@pytest.mark.parametrize(("sentence", "stated"), PERIODS, ids=[case[0] for case in PERIODS])
def test_period_ends_on_its_last_day(sentence: str, stated: date) -> None:
    """A period, or the last of several, is a deadline at its last day."""
    text, stretches = marked(f"Điều chỉnh việc hoàn thành dự án {sentence}.")

    assert read(text) == [Read(stretches[0], PERIOD_END, stated)]


COUNTS: Final = [
    ("«trong vòng 10 ngày kể từ ngày ban hành Thông báo này»", day(2020, 4, 13)),
    ("«trong thời hạn 05 ngày làm việc kể từ ngày ký»", day(2020, 4, 10)),
    ("«trong thời hạn 20 ngày làm việc kể từ ngày ký văn bản này»", day(2020, 5, 5)),
    ("«không quá 02 tháng kể từ ngày Kế hoạch này được ban hành»", day(2020, 6, 3)),
    ("«chậm nhất sau 10 ngày kể từ ngày ban hành»", day(2020, 4, 13)),
    ("«sau 05 ngày kể từ ngày ký»", day(2020, 4, 8)),
    ("«30 ngày kể từ ngày 01/5/2020»", day(2020, 5, 31)),
    ("«trong 01 tháng kể từ ngày 31/01/2021»", day(2021, 2, 28)),
    ("«trong vòng 02 tuần kể từ ngày ký»", day(2020, 4, 17)),
    ("«trong 10 ngày tới»", day(2020, 4, 13)),
    ("«nửa tháng kể từ ngày 15/4»", day(2020, 4, 30)),
    ("«３０ ngày kể từ ngày ký»", day(2020, 5, 3)),
    ("«trong vòng 10 ngày kể từ ngày ban hành Thông báo»", day(2020, 4, 13)),
    ("«trong vòng 10 ngày kể từ ngày ban hành Thông báo thu hồi đất»", None),
    ("«trong vòng 10 ngày kể từ ngày ban hành Quyết định»", None),
    ("«trước phiên họp 03 ngày»", None),
    ("«trước khi trình UBND tỉnh 15 ngày»", None),
    ("«trong thời hạn 05 (năm) ngày làm việc, kể từ ngày nhận được văn bản này»", None),
    ("«không quá 01 ngày làm việc kể từ khi nhận đủ hồ sơ»", None),
    ("«trong vòng 05 ngày làm việc kể từ ngày nhận đủ hồ sơ của Sở Y tế»", None),
    ("«trong vòng 24 giờ kể từ khi tiếp nhận thông tin»", None),
    ("«không quá 15 ngày làm việc»", None),
    ("«kể từ» không có số: «trong thời hạn 30 ngày»", None),
    ("ngay «sau khi có ý kiến của Bộ Tài chính»", None),
    ("«trước mùa mưa bão năm 2020»", None),
    ("«trước Tết Nguyên đán»", None),
    ("«trước rằm tháng Bảy»", None),
    ("«trước ngày 23 tháng Chạp»", None),
    ("«vào sáng mồng 4 Tết»", None),
    ("«trước 25 tháng Chạp âm lịch»", None),
    ("từ kỳ họp giữa năm, trình «sang kỳ họp cuối năm 2020»", None),
    ("«trong thời hạn 02 ngày kể từ khi phát hiện»", None),
    ("«không quá 05 ngày làm việc kể từ ngày Bộ, ngành công bố»", None),
    ("«trong vòng 24h kể từ khi nhận thông tin»", None),
    ("trình HĐND tỉnh «tại kỳ họp cuối năm 2020»", None),
    ("gửi tài liệu «chậm nhất 05 ngày trước ngày họp»", None),
]


@pytest.mark.parametrize(("sentence", "stated"), COUNTS, ids=[case[0] for case in COUNTS])
def test_counted_from_a_start(sentence: str, stated: date | None) -> None:
    """The start is not counted; a start that the text does not date leaves the day open."""
    text, stretches = marked(f"Thẩm định hồ sơ {sentence}.")
    [found] = read(text)

    assert (stretches[-1], RELATIVE, stated) == found[:3]
    assert found.exclusive == stretches[-1].startswith("trước")


def test_two_days_with_one_preposition() -> None:
    """«trước ngày A và ngày B» is two deadlines."""
    assert read("Gửi báo cáo trước ngày 15/6 và ngày 15/12/2020.") == [
        Read("trước ngày 15/6", FIXED, day(2020, 6, 15), True),
        Read("ngày 15/12/2020", FIXED, day(2020, 12, 15), True),
    ]


def test_several_in_order() -> None:
    """All deadlines of a stretch are returned, in the order of the text."""
    found = read("đợt 1 hoàn thành trước ngày 15-8-2020, đợt 2 trong quý IV/2020; báo cáo hằng năm.")

    assert [one.text for one in found] == ["trước ngày 15-8-2020", "trong quý IV/2020", "hằng năm"]


def test_event_gives_way_to_its_date() -> None:
    """An event with a calendar date beside it has that date."""
    sentence = "Bàn giao hồ sơ trước khi kết thúc hoạt động của cấp huyện, xong trước ngày 25/6/2020."

    assert [one.text for one in read(sentence)] == ["trước ngày 25/6/2020"]


def test_period_of_the_subject_is_not_the_deadline() -> None:
    """«kết quả thực hiện trong năm 2020, … trước ngày …» is due on the day, not at the year's end."""
    sentence = "Tổng hợp kết quả thực hiện trong năm 2020, báo cáo UBND tỉnh trước ngày 15/12/2020."

    assert [one.text for one in read(sentence)] == ["trước ngày 15/12/2020"]


def test_impossible_day_is_kept_and_doubted() -> None:
    """A day that the calendar lacks is a fixed deadline without a day, for a person to settle."""
    [found] = find_deadlines("hoàn thành trước ngày 31/4/2020", issued_on=ISSUED)

    assert (found.kind, found.stated, found.due_on, found.doubts) == (FIXED, None, None, ("no-such-day",))


@pytest.mark.parametrize(
    ("words", "doubts"),
    [
        ("trước thứ Sáu ngày 11/4/2020", ("weekday-mismatch",)),
        ("trước thứ Sáu, ngày 10/4/2020", ()),
        ("trước chủ nhật (11/4)", ("weekday-mismatch",)),
        ("trước ngày 11/4/2020 (thứ Sáu)", ("weekday-mismatch",)),
        ("trước ngày 11/4/2020 (thứ Bảy)", ()),
        ("trước ngày 12/2020", ("vague-period",)),
    ],
)
def test_what_does_not_fit_together_is_doubted(words: str, doubts: tuple[str, ...]) -> None:
    """A weekday that is another one's, and a month called a day, are shown to a person."""
    [found] = find_deadlines(f"hoàn thành {words}", issued_on=ISSUED)

    assert (found.stated is not None, doubts) == (True, found.doubts)


def test_day_before_the_issue_is_kept_and_doubted() -> None:
    """A slip of the year is kept as written, and shown."""
    [found] = find_deadlines("hoàn thành trước ngày 18/8/2019", issued_on=ISSUED)

    assert (date(2019, 8, 18), ("before-issue-date",)) == (found.stated, found.doubts)


def test_without_a_day_of_issue_nothing_is_guessed() -> None:
    """A day without a year stays open when the document's own date is unknown."""
    [found] = find_deadlines("hoàn thành trước ngày 18/8", issued_on=None)

    assert (found.stated, found.doubts) == (None, ("year-unknown",))


def test_line_breaks_and_page_numbers_inside_a_phrase() -> None:
    """A phrase broken by the width of the page, and by the number of the next one, is read whole."""
    text = "gửi danh sách các hộ có nhu cầu tái định cư về Sở Xây dựng trước\nngày\n\n        2\n\n15/9/2020."
    [found] = find_deadlines(text, issued_on=ISSUED)

    assert (date(2020, 9, 15), "trước ngày 2 15/9/2020") == (found.stated, found.text)


def test_masked_stretch_is_not_read() -> None:
    """A date inside a masked stretch is none of ours; the deadline behind it is."""
    text = "theo Quyết định hoàn thành trước ngày 09/5/2020 trong Quý II/2020"
    whole: Deadline = find_deadlines(text, issued_on=ISSUED)[0]

    assert [one.text for one in find_deadlines(text, issued_on=ISSUED, masked=[whole.span])] == [
        "trong Quý II/2020"
    ]
