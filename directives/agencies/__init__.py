"""Find the public bodies a text names."""

from directives.agencies.find import find_agencies
from directives.agencies.model import BodyKind, Extent, Mention
from directives.agencies.register import Agency, Register, default_register

__all__ = ["Agency", "BodyKind", "Extent", "Mention", "Register", "default_register", "find_agencies"]
