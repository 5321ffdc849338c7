"""The lines of a client of ``serve-mcp``: each a message, or what JSON-RPC answers where it is none."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, BinaryIO

from calc.base.errors import nearest
from calc.base.limits import CALL
from calc.base.visible import bearable, line, said

__all__ = ["heard", "in_words", "understood"]

_ACCEPTED = "accepted: one JSON-RPC 2.0 message a line, in UTF-8, nested no deeper than 100"
_METHODS = ("initialize", "ping", "tools/list", "tools/call")


async def heard(stream: BinaryIO) -> AsyncIterator[bytes | None]:
    """The lines that a client sends; None for one of more than `calc.base.limits.CALL` bytes, which is not kept."""
    from anyio.to_thread import run_sync

    whole = True
    while part := await run_sync(stream.readline, CALL):
        ends = part.endswith(b"\n") or len(part) < CALL
        if whole:
            yield part if ends else None
        whole = ends


def understood(text: bytes | None) -> tuple[Any, bool]:
    """The message of a line and True, or the error that answers it (5 and 5.1 of JSON-RPC 2.0) and False.

    A request whose id is null or otherwise none is no notification, which has no id at all; nobody could tell to which
    request an answer belongs, so that it is answered as an invalid one.
    """
    import mcp_types as types
    from pydantic_core import from_json

    if text is None:
        return _error(types.PARSE_ERROR, f"the line is too long; accepted: up to {CALL} bytes")
    try:
        found = types.jsonrpc_message_adapter.validate_json(text, by_name=False)
    except ValueError as error:
        kinds = [one["type"] for one in error.errors()] if hasattr(error, "errors") else []
        if kinds in ([], ["json_invalid"]):
            return _error(types.PARSE_ERROR, f"the line cannot be read; {_ACCEPTED}")
        return _error(types.INVALID_REQUEST, f"the line is no message; {_ACCEPTED}", _id(text))
    if isinstance(found, types.JSONRPCNotification) and "id" in from_json(text):
        return _error(types.INVALID_REQUEST, "the id of a request is a text or a whole number; without one it has none")
    return found, True


def _id(text: bytes) -> Any:
    """The id of what is no message otherwise, where it has one."""
    from pydantic_core import from_json

    given = from_json(text)
    found = given.get("id") if isinstance(given, dict) else None
    return found if isinstance(found, (str, int)) and not isinstance(found, bool) else None


def _error(code: int, message: str, of: Any = None) -> tuple[Any, bool]:
    import mcp_types as types

    return types.JSONRPCError(jsonrpc="2.0", id=of, error=types.ErrorData(code=code, message=message)), False


async def in_words(ctx: Any, call_next: Any) -> Any:
    """A request, answered; where its parameters or its method are none, with what was given and what is accepted."""
    import mcp_types as types
    from mcp.shared.exceptions import MCPError
    from pydantic import ValidationError

    try:
        return await call_next(ctx)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = f"{ctx.method}: {'.'.join(map(str, first['loc'])) or 'params'}"
        words = first["msg"][:1].lower() + first["msg"][1:]
        given = "is missing" if first["type"] == "missing" else f"is {said(first['input'])}; {words}"
        raise MCPError(code=types.INVALID_PARAMS, message=bearable(line(f"{place} {given}"))) from None
    except MCPError as error:
        if error.code == types.METHOD_NOT_FOUND:
            near = nearest(ctx.method, _METHODS)
            words = f"{said(ctx.method)} is no method here; accepted: {', '.join(_METHODS)}{near}"
            raise MCPError(code=error.code, message=words, data=error.data) from None
        if ctx.method in _METHODS[2:] and error.code == types.INVALID_PARAMS:
            words = f"{ctx.method} was asked before initialize, which comes first"
            raise MCPError(code=error.code, message=words) from None
        raise
