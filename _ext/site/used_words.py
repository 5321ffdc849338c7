"""What pages hold that a style sheet may name, and what scripts may put there."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

__all__ = ["Used", "page_words", "script_words"]

_ELEMENT = re.compile(r"<([a-z][a-z0-9]*)((?:\s[^>]*)?)>")
_CLASS = re.compile(r'\sclass="([^"]*)"')
_ID = re.compile(r'\sid="([^"]*)"')
_ATTRIBUTE = re.compile(r'\s([a-z][a-z-]*)="')
_QUOTED = re.compile(r""""([^"\n]*)"|'([^'\n]*)'|`([^`]*)`""")
_MARKUP = re.compile(r"<|\$\{")
_SELECTOR = re.compile(r"[ .#\[]")
_WORD = re.compile(r"[A-Za-z][\w-]*")
_READ = re.compile(r"var\(\s*(--[\w-]+)")
_DATASET = re.compile(r"dataset\.(\w+)")
_PROPERTY_NAME = re.compile(r"--[a-z][\w-]+")


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

    def text(self) -> str:
        """All of it as one text, the same whenever it is the same.

        Examples
        --------
        >>> page_words('<p class="wide lede">').text() == page_words('<p class="lede wide">').text()
        True
        """
        elements = sorted((tag, sorted(classes)) for tag, classes in self.elements)
        return repr([elements, *map(sorted, (self.ids, self.attributes, self.words, self.properties))])

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
    found = set(_ELEMENT.findall(html))
    classes = ((tag, _CLASS.search(attributes)) for tag, attributes in found)
    used.elements |= {(tag, frozenset(given.split())) for tag, given in {(t, c[1] if c else "") for t, c in classes}}
    together = "".join(attributes for _, attributes in found)  # each begins with a space, or is empty
    used.ids.update(_ID.findall(together))
    used.attributes.update(_ATTRIBUTE.findall(together))
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
