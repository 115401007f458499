"""How an item begins, as far as readers need to know: «3.», «1.2», «IV.», «a)», «(2)», «-», «Điều 5»."""

import re
from typing import Final

MARK: Final = re.compile(
    r"(?:\d{1,3}(?:\.\d{1,3}){0,3}[.)/-]|\d{1,3}(?:\.\d{1,3}){1,3}|[IVXLC]{1,7}[.)]|[A-Za-zĐđ][.)]|\(\d{1,3}\)"
    r"|[-–—+•●*·▪])(?=\s|$)|Điều \d"
)
# A mark that somebody typed; a figure at the beginning of a sentence («1.000 tấn») is none.
BEGINS_WITH_MARK: Final = re.compile(
    r"(?:\d{1,3}(?:\.\d{1,2}){0,3}[.)]|[IVXLC]{1,7}[.)]|[A-Za-zĐđ][.)]|\(\d{1,3}\)|[-–—+•●*·▪])\s"
    r"|(?:Điều|Chương|Mục) [\dIVX]"
)
