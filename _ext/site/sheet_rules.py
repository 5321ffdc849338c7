"""What of a style sheet some pages have a use for.

A rule is kept where for each part of its selector some element of a page has all that it names, or a script may put it
there. Which elements stand in which is not asked, so that too much is kept rather than too little.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import tinycss2
from tinycss2.ast import AtRule, Node, QualifiedRule

__all__ = ["Used", "kept_rules", "page_words", "script_words"]

_NESTING = ("media", "supports")
_BETWEEN = frozenset(">+~")
# What a browser sets and a page need not say.
_STATES = frozenset({"open", "disabled", "hidden", "checked", "type", "dir", "lang"})
_ELEMENT = re.compile(r"<([a-z][a-z0-9]*)((?:\s[^>]*)?)>")
_CLASS = re.compile(r'\sclass="([^"]*)"')
_ID = re.compile(r'\sid="([^"]*)"')
_ATTRIBUTE = re.compile(r'\s([a-z][a-z-]*)="')
_QUOTED = re.compile(r""""([^"\n]*)"|'([^'\n]*)'|`([^`]*)`""")
_MARKUP = re.compile(r"<|\$\{")
_SELECTOR = re.compile(r"[ .#\[]")
_WORD = re.compile(r"[A-Za-z][\w-]*")
_PROPERTY = re.compile(r"(?<=[;{])(--[\w-]+):[^;{}]*(?:;|(?=}))")
_READ = re.compile(r"var\(\s*(--[\w-]+)")
_DATASET = re.compile(r"dataset\.(\w+)")
_PROPERTY_NAME = re.compile(r"--[a-z][\w-]+")
_EMPTY = re.compile(r"[^{};]*\{\}")


@dataclass
class Used:
    """What pages hold: elements (a tag and classes), ids, attributes, properties; and words of scripts, any of it."""

    elements: set[tuple[str, frozenset[str]]] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    properties: set[str] = field(default_factory=set)

    def add(self, other: Used) -> None:
        """Take in what stands elsewhere."""
        for name in ("elements", "ids", "attributes", "words", "properties"):
            getattr(self, name).update(getattr(other, name))

    def has(self, tag: str, classes: set[str]) -> bool:
        """Whether an element has all of these, or a script may give it those that it lacks."""
        lacked = classes - self.words
        if not lacked and (not tag or tag in self.words):
            return True
        return any((not tag or tag == name) and lacked <= given for name, given in self.elements)


def page_words(html: str) -> Used:
    """What stands in a page.

    Examples
    --------
    >>> found = page_words('<p class="lede wide" id="top">Water</p>')
    >>> found.has("p", {"wide", "lede"}), found.has("p", {"tail"}), found.ids
    (True, False, {'top'})
    """
    used = Used(attributes={"class", "id", *_data_attributes(html)}, properties=set(_READ.findall(html)))
    for tag, attributes in set(_ELEMENT.findall(html)):
        classes = _CLASS.search(attributes)
        used.elements.add((tag, frozenset(classes[1].split() if classes else ())))
        used.ids.update(_ID.findall(attributes))
        used.attributes.update(_ATTRIBUTE.findall(attributes))
    return used


def script_words(script: str) -> Used:
    """What a script may put into a page: the words between quotation marks, of markup or alone.

    What has a point or a hash in it is looked for, and not put there.

    Examples
    --------
    >>> sorted(script_words("field.classList.add('is-wrong')").words)
    ['is-wrong']
    """
    quoted = (" ".join(parts).strip() for parts in _QUOTED.findall(script))
    put = (text for text in quoted if _MARKUP.search(text) or not _SELECTOR.search(text))
    words = {word for text in put for word in _WORD.findall(text)}
    return Used(words=words, attributes=_data_attributes(script), properties=set(_PROPERTY_NAME.findall(script)))


def _data_attributes(script: str) -> set[str]:
    """Those that a script sets as `dataset.someName`."""
    return {"data-" + re.sub(r"[A-Z]", lambda big: f"-{big[0].lower()}", name) for name in _DATASET.findall(script)}


def kept_rules(sheet: str, used: Used) -> str:
    """The rules of a sheet that have a use, without comments, and without properties that nothing reads.

    Examples
    --------
    >>> used = page_words('<p class="lede">Water</p>')
    >>> kept_rules("p.lede, p.tail { color: red } .modal { top: 0 } @media print { .modal { top: 1px } }", used)
    'p.lede{color:red}'
    >>> kept_rules("p { --near: 1px; --far: 2px; margin: var(--near) }", used)
    'p{--near:1px;margin:var(--near)}'
    """
    found = "".join(_rules(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True), used))
    return _named_at_rules(_read_properties(found, used.properties))


def _rules(rules: Iterable[Node], used: Used) -> Iterator[str]:
    for rule in rules:
        if isinstance(rule, QualifiedRule):
            found = [_text(one) for one in _selectors(rule.prelude) if _has_use(one, used)]
            kept = [re.sub(r" ?([>+~]) ?", r"\1", one) for one in found]
            if kept:
                yield f"{','.join(kept)}{{{_declarations(rule.content)}}}"
        elif isinstance(rule, AtRule) and rule.at_keyword in _NESTING:
            inner = "".join(_rules(tinycss2.parse_rule_list(rule.content or [], True, True), used))
            if inner:
                yield f"@{rule.at_keyword} {_text(rule.prelude)}{{{inner}}}"
        elif isinstance(rule, AtRule) and rule.at_keyword not in ("charset", "import"):
            yield re.sub(r"\s+", " ", rule.serialize())


def _text(tokens: Iterable[Node]) -> str:
    """Tokens as they stand, with one space for many and none after a sign that needs none."""
    said = re.sub(r"\s+", " ", tinycss2.serialize(token for token in tokens if token.type != "comment")).strip()
    return re.sub(r"([;{}]) | (?=[;{}])", r"\1", said)


def _declarations(tokens: Iterable[Node]) -> str:
    return re.sub(r"(^|;)([\w-]+) ?: ", r"\1\2:", _text(tokens)).rstrip(";")


def _selectors(prelude: Iterable[Node]) -> Iterator[list[Node]]:
    one: list[Node] = []
    for token in prelude:
        if token.type == "literal" and getattr(token, "value", "") == ",":
            yield one
            one = []
        else:
            one.append(token)
    yield one


def _has_use(selector: Iterable[Node], used: Used) -> bool:
    """Whether each part of it has an element; what stands in the brackets of :is() or :not() is not asked."""
    return all(used.has(*part) for part in _parts(selector, used))


def _parts(selector: Iterable[Node], used: Used) -> Iterator[tuple[str, set[str]]]:
    """Tag and classes of each element that a selector names; of one that cannot be, a class that no element has."""
    tag, classes, before = "", set[str](), ""
    for token in selector:
        value = str(getattr(token, "value", ""))
        if token.type == "whitespace" or (token.type == "literal" and value in _BETWEEN):
            yield tag, classes
            tag, classes = "", set()
        elif token.type == "ident" and before == ".":
            classes.add(value)
        elif token.type == "ident" and before != ":":
            tag = value.lower()
        elif token.type == "hash" and value not in used.ids | used.words:
            classes.add(f"#{value}")
        elif token.type == "[] block":
            name = next((part.value for part in getattr(token, "content", ()) if part.type == "ident"), "")
            if name not in used.attributes | used.words | _STATES:
                classes.add(f"[{name}]")
        before = value if token.type == "literal" else ""
    yield tag, classes


def _read_properties(sheet: str, read: set[str]) -> str:
    """Without properties of one's own that nothing reads, and rules that are then empty."""
    while True:
        known = read | set(_READ.findall(sheet))
        unread = set(_PROPERTY.findall(sheet)) - known
        less = _PROPERTY.sub(functools.partial(_less, unread), sheet)
        less = _EMPTY.sub("", less)
        if less == sheet:
            return less
        sheet = less


def _less(names: set[str], declaration: re.Match[str]) -> str:
    return "" if declaration[1] in names else declaration[0]


def _named_at_rules(sheet: str) -> str:
    """Without animations that no rule names."""

    def kept(found: re.Match[str]) -> str:
        rest = sheet.replace(found[0], "")
        return found[0] if re.search(rf"(?<![\w-]){re.escape(found[1])}(?![\w-])", rest) else ""

    return re.sub(r"@keyframes ([\w-]+) ?\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", kept, sheet)
