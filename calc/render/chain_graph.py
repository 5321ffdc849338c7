"""The chain of a derivation as a graph, in SVG. No other program is needed.

Colours are the page's own (``currentColor`` and CSS classes), so that both read in light, dark and print.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from calc.analysis.results import show_input, show_result
from calc.base.numbers import show
from calc.model.input import Input
from calc.model.step import Origin, Step
from calc.render.text import spoken

__all__ = ["chain", "chain_words"]

_CHARACTER = 7.2  # width of a character at 13 px, on average; boxes have room to spare
_HEIGHT, _GAP_X, _GAP_Y, _PAD = 44, 36, 14, 12


@dataclass
class _Node:
    key: str
    quantity: str
    name: str
    value: str
    kind: str
    layer: int
    inputs: list[str]
    x: float = 0
    y: float = 0
    width: float = 0


def chain(derivation: Step) -> str:
    """The chain of a derivation as an SVG graph, from given inputs on the left to the result on the right.

    Examples
    --------
    >>> from calc import training_energy
    >>> chain(training_energy.derive("gpt-4")).startswith("<svg")
    True
    """
    nodes = _layered(derivation)
    width, height = _place(nodes)
    by_name = {node.key: node for node in nodes}
    edges = [_edge(by_name[name], node) for node in nodes for name in node.inputs]
    boxes = [_box(node) for node in nodes]
    label = escape(chain_words(derivation), quote=True)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chain" role="img" aria-label="{label}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}">'
        f"{''.join(edges)}{''.join(boxes)}</svg>"
    )


def chain_words(derivation: Step) -> str:
    """The chain in words, for those who do not see the picture."""
    steps = []
    for step in derivation.chain:
        inputs = ", ".join(f"{_spoken(origin)} {_value(origin)}" for origin in step.inputs)
        steps.append(f"{_spoken(step)} {show_result(step).text} from {inputs}")
    return "; ".join(steps)


def _layered(derivation: Step) -> list[_Node]:
    """Every node of the chain, each in a layer after all of its inputs."""
    nodes: dict[str, _Node] = {}

    def visit(origin: Origin) -> _Node:
        name = _quantity(origin)
        # A quantity may be given and come out too: the facility power of a PUE was found with a PUE.
        key = f"{name}, derived" if isinstance(origin, Step) else name
        if key not in nodes:
            inner = [visit(part) for part in origin.inputs] if isinstance(origin, Step) else []
            layer = max((node.layer for node in inner), default=-1) + 1
            kind = "given" if not inner else "result" if origin is derivation else "derived"
            inputs = [node.key for node in inner]
            nodes[key] = _Node(key, name, spoken(name), _value(origin), kind, layer, inputs)
        return nodes[key]

    visit(derivation)
    # Each stands just before the first that uses it, so that few edges pass other boxes on their way.
    for node in sorted(nodes.values(), key=lambda node: -node.layer):
        users = [other.layer for other in nodes.values() if node.key in other.inputs]
        if users:
            node.layer = min(users) - 1
    return list(nodes.values())


def _quantity(origin: Origin) -> str:
    return (origin.formula.result if isinstance(origin, Step) else origin.quantity).name


def _spoken(origin: Origin) -> str:
    return spoken(_quantity(origin))


def _value(origin: Origin) -> str:
    if isinstance(origin, Step):
        return show_result(origin).text
    shown = show_input(origin) if isinstance(origin, Input) else show(origin.value, origin.quantity)
    return shown.text


def _place(nodes: list[_Node]) -> tuple[float, float]:
    """Columns by layer; in each, nodes in the order of the middle of what they use."""
    layers = [[n for n in nodes if n.layer == layer] for layer in range(max(n.layer for n in nodes) + 1)]
    rows = max(len(layer) for layer in layers)
    height = rows * (_HEIGHT + _GAP_Y) - _GAP_Y + 2 * _PAD
    left: float = _PAD
    by_name = {node.key: node for node in nodes}
    for layer in layers:
        widest = max(max(len(n.name), len(n.value)) for n in layer) * _CHARACTER + 20
        layer.sort(key=lambda node: (not node.inputs, _middle([by_name[name] for name in node.inputs])))
        top = (height - len(layer) * (_HEIGHT + _GAP_Y) + _GAP_Y) / 2
        for row, node in enumerate(layer):
            node.x, node.y, node.width = left, top + row * (_HEIGHT + _GAP_Y), widest
        left += widest + _GAP_X
    return left - _GAP_X + _PAD, height


def _middle(nodes: list[_Node]) -> float:
    return sum(node.y for node in nodes) / len(nodes) if nodes else 0


def _edge(start: _Node, end: _Node) -> str:
    x1, y1, x2, y2 = start.x + start.width, start.y + _HEIGHT / 2, end.x - 6, end.y + _HEIGHT / 2
    bend = (x2 - x1) / 2
    curve = f"M{x1:.0f},{y1:.0f} C{x1 + bend:.0f},{y1:.0f} {x2 - bend:.0f},{y2:.0f} {x2:.0f},{y2:.0f}"
    tip = f"M{x2 + 6:.0f},{y2:.0f} l-7,-4 v8 z"
    ends = f'data-from="{start.quantity}" data-to="{end.quantity}"'
    return f'<g {ends}><path class="edge" d="{curve}" fill="none"/><path class="tip" d="{tip}"/></g>'


def _box(node: _Node) -> str:
    middle = node.x + node.width / 2
    return (
        f'<g class="node {node.kind}" data-name="{node.quantity}">'
        f'<rect x="{node.x:.0f}" y="{node.y:.0f}" width="{node.width:.0f}" height="{_HEIGHT}" rx="6"/>'
        f'<text class="name" x="{middle:.0f}" y="{node.y + 18:.0f}" text-anchor="middle">{escape(node.name)}</text>'
        f'<text class="value" x="{middle:.0f}" y="{node.y + 35:.0f}" text-anchor="middle">{escape(node.value)}</text>'
        "</g>"
    )
