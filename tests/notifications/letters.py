"""Letters and messages with everything a test is not about already filled in."""

from datetime import UTC, date, datetime

from notifications.messages import Audience, DeadlineReminder, Letter, OverdueNotice

DUE = date(2020, 4, 8)
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


def letter(subject: str = "[NV-2020-0311] Nhắc việc", text: str = "Kính gửi: Sở Công Thương.\n") -> Letter:
    """Return a plain letter."""
    return Letter(subject, text, "<p>Kính gửi: Sở Công Thương.</p>\n", thread_key="NV-2020-0311")
