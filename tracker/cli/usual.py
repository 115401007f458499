"""Groups of commands with a usual one, which needs no name."""

from typing import Any, ClassVar

from typer.core import TyperGroup

HELP = frozenset({"-h", "--help"})


class UsualCommand(TyperGroup):
    """Reads `dondoc GROUP …` as `dondoc GROUP USUAL …` where no command of the group is named."""

    usual: ClassVar[str]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the usual command first where none is named."""
        named = bool(args) and (args[0] in self.commands or args[0] in HELP)
        return super().parse_args(ctx, args if named else [self.usual, *args])
