"""Why nothing is sent for a while: what came in from elsewhere waits until a person has seen the preview."""

from enum import StrEnum


class HoldReason(StrEnum):
    """What put a hold."""

    RESTORED = "restored"  # a backup: its letters may have gone out since it was made
    UPGRADED = "upgraded"  # another version of the program may find other steps due
    OLD_DOCUMENTS = "old-documents"  # taken in together: their deadlines may be long past
    BRAKE = "brake"  # a run would have written more letters than the office lets go unseen
