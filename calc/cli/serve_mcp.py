"""``serve-mcp``: the book as tools of a language model's client, over the Model Context Protocol."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING, Any

import click

from calc.base.errors import CalcError
from calc.base.limits import QUESTION
from calc.base.stopped import OutOfTime, no_time
from calc.base.time_limit import TimeLimit
from calc.cli.app import fault, one_line

if TYPE_CHECKING:
    from mcp.server.lowlevel.server import Server

__all__ = ["serve_mcp_command", "server"]

_ABOUT = (
    "Figures of {title}, version {version}: what AI data centres take, from the FLOP of a training run to the energy "
    "of a grid. Each answer has its band, inputs, sources, warnings and a citation. Give a figure with its band, and "
    "cite it with the address in the answer; what rests on values of your own is your calculation, not the book's."
)


@click.command(
    "serve-mcp",
    epilog="""\b
examples:
  t2t serve-mcp

\b
A client starts it, and speaks with it over standard input and output; its settings name the command:
  {"mcpServers": {"tokens-to-terawatts": {"command": "t2t", "args": ["serve-mcp"]}}}
""",
)
def serve_mcp_command() -> int:
    """The book as tools of a language model's client, over the Model Context Protocol.

    The tools: list, find, show, solve, cite, compare, claim. It asks no other host, listens on no
    port, and ends when its client leaves.
    """
    made = server()
    if not all(hasattr(one, "buffer") for one in (sys.stdin, sys.stdout)):
        raise CalcError("serve-mcp speaks with its client through standard input and output, and one of them is closed")
    import anyio
    from mcp.server.stdio import stdio_server
    from mcp.shared.message import SessionMessage

    from calc.cli.mcp_messages import heard, understood

    nothing: Any = anyio.wrap_file(io.StringIO())  # the lines are read here, where what they are is known

    async def serve() -> None:
        async with stdio_server(stdin=nothing) as (read, write), anyio.create_task_group() as beside:
            read.close()
            told, taken = anyio.create_memory_object_stream[Any](0)

            async def hear() -> None:
                async with told:
                    async for line in heard(sys.stdin.buffer):
                        message, is_one = understood(line)
                        await (told if is_one else write).send(SessionMessage(message))

            beside.start_soon(hear)
            await made.run(taken, write, made.create_initialization_options())
            beside.cancel_scope.cancel()

    no_time()
    anyio.run(serve)
    return 0


def server() -> Server[Any]:
    """A server of the book's tools.

    Raises
    ------
    CalcError : the package `mcp` is not installed.
    """
    try:
        import mcp.types as types
        from mcp.server.lowlevel.server import Server
    except ImportError:
        needed = "serve-mcp needs mcp; install it with: pip install 'tokens-to-terawatts[agents]'"
        raise CalcError(needed) from None
    import anyio

    from calc.book.citation_file import address, book
    from calc.cli.mcp_messages import in_words
    from calc.cli.tools import tools

    one_at_a_time = anyio.CapacityLimiter(1)  # what is kept of a result is not made for threads

    async def on_list_tools(_context: Any, _params: Any) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[
            types.Tool(
                name=tool.name, description=tool.about, input_schema=tool.schema, output_schema=tool.answered,
                annotations=types.ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False),
            )
            for tool in tools()
        ])  # fmt: skip

    async def on_call_tool(_context: Any, params: types.CallToolRequestParams) -> types.CallToolResult:
        text, data = await _in_its_time(params.name, params.arguments or {}, one_at_a_time)
        content: list[Any] = [types.TextContent(type="text", text=text)]
        return types.CallToolResult(content=content, structured_content=data, is_error=data is None)

    made: Server[Any] = Server(
        "tokens-to-terawatts", version=book().version, title=book().title, website_url=address(),
        instructions=_ABOUT.format(title=book().title, version=book().version),
        on_list_tools=on_list_tools, on_call_tool=on_call_tool,
    )  # fmt: skip
    made.middleware.append(in_words)
    return made


async def _in_its_time(name: str, given: dict[str, Any], one_at_a_time: Any) -> tuple[str, dict[str, Any] | None]:
    """A tool's answer from a thread, which ends when the question has had its time or is cancelled."""
    import anyio

    limit = TimeLimit(QUESTION)

    async def until_cancelled() -> None:
        try:
            await anyio.sleep_forever()
        finally:
            limit.stop()  # the thread does not know of it

    async with anyio.create_task_group() as beside:
        beside.start_soon(until_cancelled)
        found = await anyio.to_thread.run_sync(_answered, name, given, limit, limiter=one_at_a_time)
        beside.cancel_scope.cancel()
    return found


def _answered(name: str, given: dict[str, Any], limit: TimeLimit) -> tuple[str, dict[str, Any] | None]:
    """A tool's answer in words and as data; or the one line that refuses it, and no data."""
    from calc.cli.tools import call

    try:
        with limit:
            found = call(name, given)
    except OutOfTime:
        limit.over()
        return f"this takes more than {QUESTION} seconds of a processor; ask for less at once", None
    except CalcError as error:
        return one_line(str(error)), None
    except MemoryError:
        return "this takes more memory than there is; ask for less at once", None
    except Exception as error:  # the client is told, and may ask something else
        return one_line(fault(error)), None
    return found.text, found.data
