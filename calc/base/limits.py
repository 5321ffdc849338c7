"""How much calc takes of anything: beyond a limit there is one line, at once.

docs/limits.md lists them, and a test holds it to this module.
"""

from __future__ import annotations

from fractions import Fraction

__all__ = [
    "ADDRESS", "BANDS", "CALL", "COUNT", "DIGITS", "DRAWS", "ENDS", "EXPONENT", "FILE", "LARGEST", "MESSAGE", "PARTS",
    "QUESTION", "RECORDS", "ROWS", "SEARCH", "SENTENCE", "SHOWN", "SMALLEST", "SWEEPS", "TIME", "UNIT", "too_wide",
]  # fmt: skip

ADDRESS = 2000  # characters of the address of a case: what follows on the "?"
DIGITS = 1000  # characters of one number, in a file or on the command line
LARGEST, SMALLEST = 1e150, 1e-150  # of any quantity: the square of either is still a double
EXPONENT = 999  # the highest power of ten that a number is written with, and the lowest
TIME = 600  # seconds of a processor for one command
QUESTION = 60  # and for one question to `t2t serve-mcp`
CALL = 1024**2  # bytes of one message to it
UNIT = 80  # characters of a unit
FILE = 1024**2  # bytes of a scenario, or of another file in TOML
PARTS = 50  # names that a key of such a file has between its dots
RECORDS = 256 * 1024**2  # bytes of a file of records
DRAWS = 2**20  # of a scenario
ROWS = 10_000_000  # of a table
BANDS = 10_000  # rows of a table with a range in it, each of which is drawn
SWEEPS = 2  # inputs that a table goes over on the command line
# The largest whole number in a table, a sweep or a draw: the next one is the double of its own successor too.
COUNT = 2**53 - 1
ENDS = 10**12  # high over low of a range
SEARCH = 400  # characters of what is looked for
SHOWN = 60  # characters of a value or a line of a file in a message
SENTENCE = 400  # characters of a sentence with a claim
MESSAGE = 2000  # characters of a message


def too_wide(low: Fraction, high: Fraction) -> bool:
    """Whether a range is wider than what is drawn from.

    Examples
    --------
    >>> too_wide(Fraction(1), Fraction(10) ** 12), too_wide(Fraction(1), Fraction(10) ** 13), too_wide(0, 10**13)
    (False, True, False)
    """
    return low > 0 and high > ENDS * low
