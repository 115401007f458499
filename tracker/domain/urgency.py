"""How pressing a document is, as its head is stamped (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

from enum import StrEnum


class Urgency(StrEnum):
    """The degree that is stamped on a document; work it gives is told at once from the first degree on."""

    NORMAL = "normal"
    URGENT = "urgent"  # khẩn
    VERY_URGENT = "very-urgent"  # thượng khẩn
    FLASH = "flash"  # hỏa tốc

    @property
    def is_urgent(self) -> bool:
        """Tell whether letters about it may go outside the sending hours."""
        return self is not Urgency.NORMAL
