"""What a mention of a body is, beyond its words."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from directives.model import AgencyMention


class BodyKind(StrEnum):
    """What a body is; the values stand in the data."""

    DEPARTMENT = "department"
    MINISTRY = "ministry"
    DIVISION = "division"
    BOARD = "board"
    DIRECTORATE = "directorate"
    OFFICE = "office"
    CENTRE = "centre"
    INSTITUTE = "institute"
    POLICE = "police"
    MILITARY = "military"
    INSPECTORATE = "inspectorate"
    TREASURY = "treasury"
    TAX = "tax"
    BANK = "bank"
    INSURANCE = "insurance"
    COURT = "court"
    ASSOCIATION = "association"
    FRONT = "front"
    MEDIA = "media"
    SCHOOL = "school"
    HOSPITAL = "hospital"
    COMPANY = "company"
    PARTY = "party"
    COMMITTEE = "committee"
    COUNCIL = "council"
    FUND = "fund"
    GROUP = "group"
    OTHER = "other"


class Extent(StrEnum):
    """How many bodies a mention stands for."""

    ONE = "one"
    GROUP = "group"  # «UBND các huyện»: its members can be listed
    OPEN = "open"  # «các đơn vị liên quan»: nobody can list them from the text
    REFERENCE = "reference"  # «Sở này», «Quý Ủy ban»: named elsewhere


@dataclass(frozen=True, slots=True)
class Mention(AgencyMention):
    """A body named in the text, with what its form tells."""

    kind: BodyKind = BodyKind.OTHER
    extent: Extent = Extent.ONE
    title: str | None = None  # «Giám đốc», where an official is named for the body
    ended_on: date | None = None  # its last day, where it was no more when the text named it

    @property
    def is_group(self) -> bool:
        """Tell whether more than one body is meant."""
        return self.extent is Extent.GROUP or self.extent is Extent.OPEN

    @property
    def is_open_group(self) -> bool:
        """Tell whether nobody can list the members from the text."""
        return self.extent is Extent.OPEN

    @property
    def is_reference(self) -> bool:
        """Tell whether the body is named elsewhere in the text."""
        return self.extent is Extent.REFERENCE
