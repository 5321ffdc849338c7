"""A value in its band, drawn: nothing but two ends and a point between or beside them."""

from __future__ import annotations

__all__ = ["WIDTH", "bar"]

WIDTH = 112


def bar(low: float, value: float, high: float) -> str:
    """A line from zero, thick inside the band, with a mark at the value; empty without a band or below zero.

    Raises
    ------
    ValueError : the low end lies above the high one.

    Examples
    --------
    >>> bar(1, 2, 4).count("<rect"), bar(2, 2, 2)
    (3, '')
    """
    if low > high:
        raise ValueError(f"a band from {low:g} to {high:g}: the low end comes first")
    if low == high or low < 0:
        return ""
    scale = 0.98 * WIDTH / max(high, value)
    return (
        f'<svg class="range-bar" aria-hidden="true" viewBox="0 0 {WIDTH} 12" width="{WIDTH}" height="12">'
        f'<rect class="track" x="0" y="5" width="{WIDTH}" height="2"/>'
        f'<rect class="span" x="{low * scale:.1f}" y="3" width="{max((high - low) * scale, 1):.1f}" height="6"/>'
        f'<rect class="mark" x="{value * scale:.1f}" y="0" width="1.5" height="12"/></svg>'
    )
