"""Run the stand-in by hand: prints settings for a bot, sends what is typed, shows what comes back."""

import argparse
import sys
import threading

from tests.botapi.api import BotApi


def show(api: BotApi) -> None:
    """Print every message of the bot's as it arrives."""
    seen = 0
    while True:
        for call in api.wait_for(seen + 1, "sendMessage", "editMessageText", within=86_400)[seen:]:
            seen += 1
            print(f"< [{call.chat}] {call.text}", flush=True)


def main() -> None:
    """Serve until standard input ends; each line is a private message."""
    parser = argparse.ArgumentParser(prog="python -m tests.botapi", description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--latency", type=float, default=0.0, help="seconds that every call takes")
    options = parser.parse_args()
    with BotApi(port=options.port) as api:
        api.server.latency = options.latency
        print(f"BOT_API_URL={api.url} BOT_TOKEN={api.token} citebot run", flush=True)
        threading.Thread(target=show, args=(api,), daemon=True).start()
        for line in sys.stdin:
            api.message(line.rstrip("\n"))


if __name__ == "__main__":
    main()
