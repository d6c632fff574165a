"""The least that an echo bot can do: two sockets and no library. What it needs is the stand-in's share of a delay.

`python -m bench.bare_client` with BOT_API_URL and BOT_TOKEN.
"""

import http.client
import json
import os
from typing import Any
from urllib.parse import urlsplit


def main() -> None:
    """Poll and echo, one message after another, until killed."""
    address, token = urlsplit(os.environ["BOT_API_URL"]).netloc, os.environ["BOT_TOKEN"]
    polling, sending = http.client.HTTPConnection(address), http.client.HTTPConnection(address)
    offset = 0
    while True:
        for update in call(polling, token, "getUpdates", {"offset": offset, "timeout": 50}):
            message = update["message"]
            call(sending, token, "sendMessage", {"chat_id": message["chat"]["id"], "text": message["text"]})
            offset = update["update_id"] + 1


def call(connection: http.client.HTTPConnection, token: str, method: str, parameters: dict[str, Any]) -> Any:
    """The result of a call."""
    headers = {"Content-Type": "application/json"}
    connection.request("POST", f"/bot{token}/{method}", json.dumps(parameters), headers)
    return json.loads(connection.getresponse().read())["result"]


if __name__ == "__main__":
    main()
