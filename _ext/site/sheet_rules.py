"""What of a style sheet some pages have a use for.

A rule is kept where for each part of its selector some element of a page has all that it names, or a script may put it
there. Which elements stand in which is not asked, so that too much is kept rather than too little.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import tinycss2
from tinycss2.ast import AtRule, FunctionBlock, Node, QualifiedRule

from _ext.site.used_words import Used

__all__ = ["kept_rules"]

_NESTING = ("media", "supports")
_BETWEEN = frozenset(">+~")
# What a browser sets and a page need not say.
_STATES = frozenset({"open", "disabled", "hidden", "checked", "type", "dir", "lang"})
_READ = re.compile(r"var\(\s*(--[\w-]+)")


@dataclass
class _Rule:
    """A rule whose properties are looked at, or a group of rules, or any other text."""

    head: str
    declarations: list[tuple[str, str]]
    inner: list[_Rule]

    def text(self, read: set[str]) -> str:
        """As it is shipped, without properties of one's own that nothing reads; empty where it says nothing."""
        inside = "".join(rule.text(read) for rule in self.inner)
        inside += ";".join(text for name, text in self.declarations if not name.startswith("--") or name in read)
        return f"{self.head}{{{inside}}}" if inside else ""


def kept_rules(sheet: str, used: Used) -> str:
    """The rules of a sheet that have a use, without comments, and without properties that nothing reads.

    Examples
    --------
    >>> from _ext.site.used_words import page_words
    >>> used = page_words('<p class="lede">Water</p>')
    >>> kept_rules("p.lede, p.tail { color: red } .modal { top: 0 } @media print { .modal { top: 1px } }", used)
    'p.lede{color:red}'
    >>> kept_rules("p { --near: 1px; --far: url(';}'); margin: var(--near) }", used)
    'p{--near:1px;margin:var(--near)}'
    """
    rules = list(_rules(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True), used))
    read: set[str] = set()
    while True:
        text = "".join(rule.text(read | used.properties) for rule in rules)
        if (found := set(_READ.findall(text))) <= read:
            return _named_animations(text)
        read |= found


def _rules(rules: Iterable[Node], used: Used) -> Iterator[_Rule]:
    for rule in rules:
        if isinstance(rule, QualifiedRule):
            found = [_text(one) for one in _selectors(rule.prelude) if _has_use(one, used)]
            kept = [re.sub(r" ?([>+~]) ?", r"\1", one) for one in found]
            if kept:
                yield _Rule(",".join(kept), list(_declarations(rule.content)), [])
        elif isinstance(rule, AtRule) and rule.at_keyword in _NESTING:
            inner = list(_rules(tinycss2.parse_rule_list(rule.content or [], True, True), used))
            yield _Rule(f"@{rule.at_keyword} {_text(rule.prelude)}", [], inner)
        elif isinstance(rule, AtRule) and rule.content is not None:
            yield _Rule(f"@{rule.at_keyword} {_text(rule.prelude)}".rstrip(), [("", _text(rule.content))], [])


def _text(tokens: Iterable[Node]) -> str:
    """Tokens as they stand, with one space for many; a text in quotation marks is one token."""
    kept = [token for token in tokens if token.type != "comment"]
    return "".join(" " if token.type == "whitespace" else tinycss2.serialize([token]) for token in kept).strip()


def _declarations(tokens: Iterable[Node]) -> Iterator[tuple[str, str]]:
    for one in tinycss2.parse_declaration_list(tokens, skip_comments=True, skip_whitespace=True):
        if one.type == "declaration":
            value = _text(one.value)
            if not re.search("[\"']", value):  # spaces in a text are the text's own
                value = re.sub(r"(?<=[ ,(:])0(?=\.\d)", "", re.sub(r"\s+", " ", value).replace(", ", ","))
            yield one.name, f"{one.name}:{value}{'!important' if one.important else ''}"


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
    """Whether each part of it has an element; what stands in the brackets of :not() or :has() is not asked."""
    return all(used.has(*part) for part in _parts(selector, used))


def _parts(selector: Iterable[Node], used: Used) -> Iterator[tuple[str, set[str]]]:
    """Tag and classes of each element that a selector names; of one that cannot be, a class that no element has."""
    tag, classes, before = "", set[str](), ""
    for token in _stripped(selector):
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
        elif isinstance(token, FunctionBlock) and not _has_option(token, used):
            classes.add(f":{token.lower_name}()")
        before = value if token.type == "literal" else ""
    yield tag, classes


def _has_option(function: FunctionBlock, used: Used) -> bool:
    options = _selectors(function.arguments)
    return function.lower_name not in ("is", "where") or any(_has_use(one, used) for one in options)


def _stripped(selector: Iterable[Node]) -> list[Node]:
    tokens = list(selector)
    while tokens and tokens[0].type == "whitespace":
        del tokens[0]
    while tokens and tokens[-1].type == "whitespace":
        del tokens[-1]
    return tokens


def _named_animations(sheet: str) -> str:
    """Without animations that no rule names."""

    def kept(found: re.Match[str]) -> str:
        rest = sheet.replace(found[0], "")
        return found[0] if re.search(rf"(?<![\w-]){re.escape(found[1])}(?![\w-])", rest) else ""

    return re.sub(r"@keyframes ([\w-]+) ?\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", kept, sheet)
