"""Tabs of Chromium that one test takes after the other: to start one takes three times what a chapter takes to load."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from tests.browser.visits import faultless

__all__ = ["Tabs"]

WINDOW = {"width": 1280, "height": 720}  # as Playwright opens one
_FORGET = "() => { localStorage.clear(); sessionStorage.clear(); }"


class Tabs:
    """A tab for each way of opening one, kept for whoever opens the next in that way.

    What a test gives a tab for good (a script for every page) it must give to one of its own: `browser.new_page()`.

    Parameters
    ----------
    empty : a file that is a page with nothing on it. Stored things belong to all files together, so this page can
        forget what any other stored.
    """

    def __init__(self, browser: Browser, empty: Path) -> None:
        self.browser, self.empty = browser, empty
        self.free: dict[str, list[Page]] = {}

    @contextmanager
    def open(self, expected: str | None = None, timeout: float = 30_000, **options: Any) -> Iterator[Page]:
        """A tab as new: on an empty page, with nothing stored; an error in a script fails the test.

        Parameters
        ----------
        expected : what a complaint of the console may hold.
        timeout : ms, after which an action or a wait fails.
        options : as of `Browser.new_context`.
        """
        free = self.free.setdefault(repr(sorted(options.items())), [])
        page = free.pop() if free else self.browser.new_context(**options).new_page()
        page.set_default_timeout(timeout)
        with faultless(page, expected):
            yield page
        page.unroute_all()
        page.goto(self.empty.as_uri())
        page.evaluate(_FORGET)
        page.emulate_media(media="null")
        page.set_viewport_size(options.get("viewport", WINDOW))
        page.mouse.move(-1, -1)  # nothing is pointed at
        free.append(page)
