"""What the register says of an agency in words of its own choice."""

from enum import StrEnum


class Level(StrEnum):
    """How high an agency stands."""

    CENTRAL = "central"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
