"""What pages hold that a style sheet may name, and what scripts may put there."""

from __future__ import annotations

import functools
import re
import sys
from collections import defaultdict
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
    """What pages hold, and words of scripts, which may be any of it.

    Elements are a tag and its classes, ``p lede wide``: texts, as processes hand each other those of hundreds of pages.
    """

    elements: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    properties: set[str] = field(default_factory=set)

    def add(self, other: Used) -> None:
        """Take in what stands elsewhere."""
        for name in ("elements", "ids", "attributes", "words", "properties"):
            getattr(self, name).update(getattr(other, name))
        self.__dict__.pop("_having", None)

    def text(self) -> str:
        """All of it as one text, the same whenever it is the same.

        Examples
        --------
        >>> page_words('<p class="wide lede">').text() == page_words('<p class="lede wide">').text()
        True
        """
        return repr([*map(sorted, (self.elements, self.ids, self.attributes, self.words, self.properties))])

    def has(self, tag: str, classes: set[str]) -> bool:
        """Whether an element has all of these, or a script may give it those that it lacks."""
        lacked = {f".{one}" for one in classes - self.words}
        if tag and (lacked or tag not in self.words):
            lacked.add(tag)
        return not lacked or any(lacked <= parts for parts in self._having[min(lacked, key=self._times)])

    @functools.cached_property
    def _having(self) -> dict[str, list[set[str]]]:
        """By each tag, and each class with its point, the elements that have it."""
        found = defaultdict[str, list[set[str]]](list)
        for one in self.elements:
            tag, *classes = one.split()
            parts = {tag, *(f".{name}" for name in classes)}
            for part in parts:
                found[part].append(parts)
        return found

    def _times(self, part: str) -> int:
        return len(self._having[part])


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
    given = {(tag, names[1] if names else "") for tag, names in classes}
    used.elements |= {sys.intern(" ".join([tag, *sorted(set(names.split()))])) for tag, names in given}
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
    names = _DATASET.findall(script) if "dataset." in script else ()  # by far the quicker look
    return {"data-" + re.sub(r"[A-Z]", lambda big: f"-{big[0].lower()}", name) for name in names}
