"""No search for garbage while the package is loaded: what is made then stays, and the search takes a tenth of the time.

It rests from the import of this module on.
"""

from __future__ import annotations

import gc

__all__ = ["go_on"]

_WAS_ON = gc.isenabled()
gc.disable()


def go_on() -> None:
    """Search again, if it was so before."""
    if _WAS_ON:
        gc.enable()
