"""Letters and messages with everything a test is not about already filled in."""

from datetime import UTC, date, datetime
from typing import Any

from notifications.messages import (
    Audience,
    Change,
    DeadlineReminder,
    Digest,
    DigestItem,
    Happened,
    Letter,
    OverdueNotice,
    Standing,
)

DUE = date(2020, 4, 8)
AS_OF = date(2020, 5, 5)  # of digests
DISTRICTS = (
    "Can Lộc",
    "Cẩm Xuyên",
    "Đức Thọ",
    "Hương Khê",
    "Hương Sơn",
    "Kỳ Anh",
    "Lộc Hà",
    "Nghi Xuân",
    "Thạch Hà",
    "Vũ Quang",
)
LINK = "https://dondoc.example.vn/nhiem-vu/NV-2020-0311"


def reminder(
    *,
    days_left: int = 2,
    title: str = "Phương án cấp điện các khu tái định cư",
    link: str = LINK,
    addressee: str = "",
) -> DeadlineReminder:
    """Return a reminder to Sở Công Thương."""
    return DeadlineReminder(
        agency="Sở Công Thương",
        code="NV-2020-0311",
        document="Thông báo 120/TB-UBND",
        title=title,
        due_on=DUE,
        as_of=date(2020, 4, 6) if days_left else DUE,
        link=link,
        addressee=addressee,
        days_left=days_left,
    )


def notice(audience: Audience = Audience.OFFICER, *, days_over: int = 3) -> OverdueNotice:
    """Return an overdue notice about the same task."""
    return OverdueNotice(
        agency="Sở Công Thương",
        code="NV-2020-0311",
        document="Thông báo 120/TB-UBND",
        title="Phương án cấp điện các khu tái định cư",
        due_on=DUE,
        as_of=date(2020, 4, 13),
        link=LINK,
        days_over=days_over,
        audience=audience,
        answer_by=datetime(2020, 4, 14, 9, tzinfo=UTC),
    )


def item(
    code: str = "NV-2020-0311", standing: Standing = Standing.OVERDUE, days: int = 18, **values: Any
) -> DigestItem:
    """Return a share in a task of Sở Công Thương."""
    usual: dict[str, Any] = {
        "agency": "Sở Công Thương",
        "document": "Thông báo 120/TB-UBND",
        "title": "Phương án cấp điện các khu tái định cư",
        "due_on": DUE,
        "link": f"https://dondoc.example.vn/tasks/{code}",
    }
    return DigestItem(**{**usual, **values}, code=code, standing=standing, days=days)


def changed(happened: Happened, number: int) -> Change:
    """Return something that happened to a task since the last letter."""
    return Change(
        agency="Sở Công Thương",
        code=f"NV-2020-{number:04d}",
        happened=happened,
        due_on=DUE,
        link=f"https://dondoc.example.vn/nhiem-vu/NV-2020-{number:04d}",
    )


def digest(*items: DigestItem, audience: Audience = Audience.OFFICER, **more: Any) -> Digest:
    """Return a digest as of the 5th of May."""
    return Digest(
        **more,
        items=items,
        audience=audience,
        agency="Sở Công Thương",
        as_of=AS_OF,
        link="https://dondoc.example.vn/overdue?on=2020-05-05",
    )


def mixed() -> tuple[DigestItem, ...]:
    """Return something of everything: a task of ten districts, some of one agency, days past and to come."""
    districts = tuple(
        item(
            "NV-2020-0009",
            days=81,
            agency=f"UBND huyện {name}",
            due_on=date(2019, 12, 31),
            document="Công văn 8287/UBND-KT1",
            title="Mục 4: Triển khai Kế hoạch thương mại điện tử",
        )
        for name in DISTRICTS
    )
    return (
        item("NV-2020-0320", Standing.DUE_SOON, 3, due_on=date(2020, 5, 9)),
        item("NV-2020-0321", Standing.DUE_SOON, 0, due_on=date(2020, 5, 6), agency="Sở Xây dựng"),
        item(),
        *districts,
        item("NV-2020-0312", title="Báo cáo số liệu thương mại điện tử"),
        item("NV-2020-0318", Standing.DUE_TODAY, 0, due_on=AS_OF),
    )


def letter(subject: str = "[NV-2020-0311] Nhắc việc", text: str = "Kính gửi: Sở Công Thương.\n") -> Letter:
    """Return a plain letter."""
    return Letter(subject, text, "<p>Kính gửi: Sở Công Thương.</p>\n", thread_key="NV-2020-0311")
