"""What a reader sends who has found an error: which card or page, of which version, with which case, and what is wrong.

Where the repository is known, a link opens a new issue there that has this text already; elsewhere readers copy it.
"""

from __future__ import annotations

from urllib.parse import quote

from calc.book.citation_file import book
from calc.model.step import Step
from calc.render.citation_parts import Numbers, Page, link, warning

__all__ = ["how", "issue", "of_card", "of_page"]

_BODY = "&body="  # what comes behind it in a link is the text, which _static/cite.js writes anew for a reader's case
_ASKED = ("What is wrong:", "How I know, with the source or the reading:")


def of_card(shown: Step, numbers: Numbers) -> str:
    """The text on a card, with its numbers or with places for them.

    Examples
    --------
    >>> from calc import training_energy
    >>> from calc.render.citation_parts import numbers_of
    >>> shown = training_energy.derive("gpt-4-estimate")
    >>> print(of_card(shown, numbers_of(shown)))
    Card: Training energy (training-energy), scenario gpt-4-estimate
    Version: Tokens to Terawatts ...
    Address: https://.../d/training-energy
    It says: 30.4 GWh
    What is wrong:
    How I know, with the source or the reading:
    """
    formula = shown.formula
    return _lines(
        f"Card: {formula.title} ({formula.id}), scenario {shown.scenario.name}",
        numbers.link,
        f"It says: {numbers.bound}{numbers.value(formula.result.name)}",
        warning(numbers),
    )


def of_page(page: Page) -> str:
    """The text on a page, or on the whole book.

    Examples
    --------
    >>> print(of_page(Page("What does a token cost?", "chapters/cost.html")).splitlines()[0])
    Page: What does a token cost?
    """
    return _lines(f"Page: {page.title}", link(page))


def _lines(what: str, where: str, *said: str) -> str:
    version = f"Version: {book().title} {book().version}"
    lines = [what, version, f"Address: {where}", *filter(None, said), *_ASKED]
    return "\n".join(lines).replace("\N{NO-BREAK SPACE}", " ")


def issue(title: str, text: str) -> str:
    """The address that opens a new issue with a text; empty where no repository is known.

    Examples
    --------
    >>> issue("pue", "Card: PUE") if book().repository else "none is known"
    'none is known'
    """
    head = f"{book().repository}/issues/new?title={quote(f'Error in {title}: ')}"
    return f"{head}{_BODY}{quote(text)}" if book().repository else ""


def how() -> str:
    """In Markdown, where a report goes.

    Examples
    --------
    >>> "whoever" in how() or book().repository in how()
    True
    """
    if book().repository:
        return (
            f"The link opens a new issue at [{book().repository}]({book().repository}/issues) that names the card, its "
            "address and the version already, and your case if you have changed inputs. Say what is wrong and how you "
            "know, and send it."
        )
    return (
        "This copy of the book was not told where its issues are kept. Copy the text under **Report**, which names the "
        "card, its address and the version, and your case if you have changed inputs. Say what is wrong and how you "
        "know, and send it to whoever publishes the copy that you read."
    )
