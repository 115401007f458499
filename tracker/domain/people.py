"""Who gets letters: roles in an agency and roles in the office."""

from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What a contact is for."""

    OFFICER = "officer"  # cán bộ đầu mối
    HEAD = "head"  # lãnh đạo cơ quan
    SECRETARIAT = "secretariat"
    CHIEF_OF_OFFICE = "chief-of-office"
    VICE_CHAIR = "vice-chair"
    CHAIRMAN = "chairman"


IN_AGENCY: Final = frozenset({Role.OFFICER, Role.HEAD})  # the rest stand for the whole office


class AccountRole(StrEnum):
    """What a person may do in the program."""

    ADMINISTRATOR = "administrator"
    SECRETARIAT = "secretariat"
    LEADER = "leader"  # chief of office, vice-chairs, chairman
    AGENCY_HEAD = "agency-head"
    AGENCY_OFFICER = "agency-officer"


class EmailState(StrEnum):
    """What is known of a contact's mail address."""

    OK = "ok"
    DOUBTFUL = "doubtful"  # one message came back
    BOUNCING = "bouncing"  # two came back: it is not written to until somebody puts it right
