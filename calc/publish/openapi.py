"""A description of the published files as an API, in OpenAPI 3.1: addresses, and the schema of what each returns."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from calc.base.text_files import packaged_text
from calc.book.citation_file import address, book
from calc.model.registry import all_formulas
from calc.publish.published import LICENCE, SCHEMAS, SUBJECTS

__all__ = ["DESCRIPTION", "description", "schemas"]

DESCRIPTION = "openapi.json"
_DERIVATIONS = "derivation.schema.json"
_ABOUT = (
    "Every figure of the book with its equation, range, inputs and sources, as files that are the same until the next "
    "version. The address has the version in it and does not change; nothing is computed on request, and no key is "
    "needed. `t2t serve-mcp` and the package `calc` compute what-ifs."
)
_OTHERS = {
    "derivations.csv": ("text/csv", "the derivations as a table"),
    "derivations.bib": ("application/x-bibtex", "how to cite each derivation, in BibTeX"),
    "references.bib": ("application/x-bibtex", "every source, in BibTeX"),
    "llms.txt": ("text/plain", "what there is, each derivation with its result, to read; on the site alone"),
}


def description() -> dict[str, Any]:
    """The whole of ``openapi.json``.

    Examples
    --------
    >>> found = description()
    >>> found["openapi"], "/formulas.json" in found["paths"]
    ('3.1.0', True)
    """
    paths = {
        "/derivations.json": _get("derivations", "every derivation with value, range, inputs, sources and chain",
                                  _schema("collection")),
        "/derivations/{id}.json": _one(),
        **{f"/{name}.json": _get(name, about, _schema(name)) for name, about in SUBJECTS.items()},
        "/references.json": _get("references", "every source, as CSL-JSON", _schema("references")),
        **{f"/{name}": _get(name.replace(".", "-"), about, {"type": "string"}, kind)
           for name, (kind, about) in _OTHERS.items()},
    }  # fmt: skip
    return {
        "openapi": "3.1.0",
        "info": {
            "title": book().title, "version": book().version, "summary": "The data of a book that runs.",
            "description": _ABOUT, "license": {"name": LICENCE, "identifier": LICENCE},
        },
        "servers": [{"url": address().removesuffix("/"), "description": "This version, for good."}],
        "paths": paths,
        "components": {"schemas": schemas()},
    }  # fmt: skip


def schemas() -> dict[str, Any]:
    """The JSON Schemas of all files, each under its name, with references among them.

    Examples
    --------
    >>> schemas()["formulas"]["properties"]["formulas"]["items"]
    {'$ref': '#/components/schemas/formula'}
    """
    found: dict[str, Any] = {}
    for name in (_DERIVATIONS, SCHEMAS):
        found |= _placed(json.loads(packaged_text(name))["$defs"])
    cited = {"type": "object", "properties": {"id": {"type": "string"}}, "required": ["id", "type", "title"]}
    return found | {"references": {"type": "array", "items": cited}}


def _placed(part: Any) -> Any:
    """A schema whose references lead to where OpenAPI has them."""
    if isinstance(part, Mapping):
        return {
            key: value.replace("#/$defs/", "#/components/schemas/") if key == "$ref" else _placed(value)
            for key, value in part.items()
        }
    return [_placed(one) for one in part] if isinstance(part, list) else part


def _schema(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _get(name: str, about: str, schema: Mapping[str, Any], kind: str = "application/json") -> dict[str, Any]:
    said = f"{about[:1].upper()}{about[1:]}."
    found = {"description": said, "content": {kind: {"schema": schema}}}
    return {"get": {"operationId": name, "summary": said, "responses": {"200": found}}}


def _one() -> dict[str, Any]:
    """The file of one derivation."""
    known = {
        "name": "id", "in": "path", "required": True, "description": "The derivation's id.",
        "schema": {"type": "string", "enum": [formula.id for formula in all_formulas()]},
    }  # fmt: skip
    found = _get("derivation", "one derivation, as derivations.json has it", _schema("record"))
    found["get"]["responses"]["404"] = {"description": "There is no such derivation."}
    return {"parameters": [known], **found}
