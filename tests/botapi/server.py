"""The HTTP side: decodes a call, lets it meet its fault, runs the method, answers as Telegram does."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from tests.botapi.faults import Fault, Faults
from tests.botapi.methods import METHODS
from tests.botapi.rules import RefusedError
from tests.botapi.state import Call, State
from tests.botapi.webhook import Delivery

TEXT_FIELDS = {
    "text",
    "url",
    "language_code",
    "description",
    "short_description",
    "name",
    "callback_query_id",
    "inline_query_id",
    "guest_query_id",
    "secret_token",
    "inline_message_id",
    "parse_mode",
    "next_offset",
    "action",
}
LONGEST_POLL = 50.0


class Server:
    """The Bot API over HTTP, in the loop that runs `serving`."""

    def __init__(self, state: State, faults: Faults) -> None:
        self.state, self.faults = state, faults
        self.latency = 0.0
        self.peers: set[Any] = set()
        self.loop: asyncio.AbstractEventLoop
        self.delivery: Delivery
        self._poll: asyncio.Future[bool] | None = None

    @asynccontextmanager
    async def serving(self, port: int = 0) -> AsyncIterator[int]:
        """Serve on a port of the loopback, and deliver to the webhook, until left."""
        self.loop = asyncio.get_running_loop()
        self.delivery = Delivery(self.state)
        self._closing = asyncio.Event()
        runner = web.ServerRunner(web.Server(self._handle, access_log=None), shutdown_timeout=0)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", port, backlog=1024)
        await site.start()
        deliver = asyncio.create_task(self.delivery.run())
        try:
            yield runner.addresses[0][1]
        finally:
            deliver.cancel()
            self._closing.set()
            self.end_poll(conflict=False)
            await runner.cleanup()

    def wake(self) -> None:
        """Let a waiting poll and the webhook delivery look at the queue; call it in the server's loop."""
        self.end_poll(conflict=False)
        self.delivery.wake()

    def end_poll(self, *, conflict: bool) -> None:
        """End the long poll that waits, as answered or as overtaken by another one."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(conflict)

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        self.peers.add(request.transport and request.transport.get_extra_info("peername"))
        token, _, name = request.path.removeprefix("/bot").partition("/")
        if ":" not in token or name.casefold() not in METHODS:
            return refusal(404, "Not Found")
        if token != self.state.token:
            return refusal(401, "Unauthorized")
        call = Call(name, await decode(request))
        with self.state.changed:
            self.state.calls.append(call)
            self.state.changed.notify_all()
            fault = self.faults.draw(name, call.params)
        if self.latency:
            await asyncio.sleep(self.latency)
        response = await self._answer(call, fault, request)
        with self.state.changed:
            self.state.changed.notify_all()
        return response

    async def _answer(self, call: Call, fault: Fault | None, request: web.BaseRequest) -> web.StreamResponse:
        if fault is None:
            return await self._run(call)
        call.fault = fault
        response = await self._run(call) if fault.late else None
        with suppress(TimeoutError):
            await asyncio.wait_for(self._closing.wait(), fault.seconds)
        if fault.name == "slow" and response is not None:
            return response
        call.error = fault.status or -1
        if fault.name in {"reset", "hang"}:
            if request.transport is not None:
                request.transport.abort()
            return web.Response(status=500)
        if fault.name == "malformed":
            return web.Response(body=b'{"ok":true,"result":{"message_id":', content_type="application/json")
        if fault.name == "bad_gateway":
            return web.Response(status=502, text="<html><h1>502 Bad Gateway</h1></html>", content_type="text/html")
        return refusal(fault.status, fault.description, fault.parameters)

    async def _run(self, call: Call) -> web.StreamResponse:
        try:
            with self.state.changed:
                call.result = METHODS[call.method.casefold()](self.state, call.params)
                self.state.successes[call.method] += 1
                self.state.changed.notify_all()
            if call.method.casefold() == "getupdates":
                return success(await self._updates(call.params))
            if call.method.casefold().endswith("webhook"):
                self.wake()
            return success(json.dumps(call.result).encode())
        except RefusedError as refused:
            call.error = refused.status
            return refusal(refused.status, refused.description, refused.parameters)

    async def _updates(self, params: dict[str, Any]) -> bytes:
        self.end_poll(conflict=True)
        offset, limit = params.get("offset", 0), max(1, min(100, params.get("limit", 100)))
        deadline = self.loop.time() + min(LONGEST_POLL, params.get("timeout", 0))
        while True:
            with self.state.changed:
                page = self.state.updates.page(offset, limit)
            if page or self._closing.is_set() or self.loop.time() >= deadline:
                return b"[" + b",".join(update.body for update in page) + b"]"
            await self._wait(deadline)

    async def _wait(self, deadline: float) -> None:
        self._poll = waiting = self.loop.create_future()
        timer = self.loop.call_at(deadline, self.end_poll_of, waiting)
        try:
            if await waiting:
                raise RefusedError(Fault.conflict().description, 409)
        finally:
            timer.cancel()

    @staticmethod
    def end_poll_of(waiting: "asyncio.Future[bool]") -> None:
        """End a long poll whose time is over."""
        if not waiting.done():
            waiting.set_result(False)


def success(result: bytes) -> web.Response:
    """A result that is JSON already."""
    return web.Response(body=b'{"ok":true,"result":' + result + b"}", content_type="application/json")


def refusal(status: int, description: str, parameters: dict[str, Any] | None = None) -> web.Response:
    """An error in Telegram's form."""
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    if parameters:
        body["parameters"] = parameters
    return web.json_response(body, status=status)


async def decode(request: web.BaseRequest) -> dict[str, Any]:
    """The parameters of a call, from the query, a form or JSON; all but the text fields are decoded."""
    raw: dict[str, Any] = dict(parse_qsl(request.query_string, keep_blank_values=True))
    if request.content_type == "application/json":
        raw |= json.loads(await request.read() or b"{}")
    elif request.content_type == "multipart/form-data":
        raw |= {key: value for key, value in (await request.post()).items() if isinstance(value, str)}
    else:
        raw |= dict(parse_qsl((await request.read()).decode(), keep_blank_values=True))
    return {key: _value(key, value) for key, value in raw.items()}


def _value(key: str, value: Any) -> Any:
    if key in TEXT_FIELDS or not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
