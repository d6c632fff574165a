"""`citebot health`: whether the bot that runs beside this command with the same settings is well."""

import http.client
import json
import sys

from bot.faults import SettingsError
from bot.settings import Settings
from bot.telegram.watch import pulse
from bot.variables import load_settings

EXIT_UNHEALTHY = 1  # what container runtimes expect
PATIENCE = 5.0  # seconds
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}  # noqa: S104 - to be replaced


def health() -> int:
    """0 and nothing if it is well; else 1 and the reason in one line."""
    try:
        settings = load_settings()
        reason = _ask_port(settings.listen) if settings.listen else _ask_socket(settings)
    except SettingsError as error:
        reason = "; ".join(str(error).splitlines())
    if reason:
        print(f"citebot: unhealthy: {reason}", file=sys.stderr)
    return EXIT_UNHEALTHY if reason else 0


def _ask_socket(settings: Settings) -> str:
    if settings.token is None:
        return "BOT_TOKEN is not set, so no bot can run with these settings"
    try:
        return pulse.feel(pulse.address(settings), PATIENCE)
    except TimeoutError:
        return f"the bot does not answer within {PATIENCE:g} s"
    except OSError:
        hint = "" if sys.platform == "linux" else "; on this system set BOT_LISTEN, so that it can be asked over HTTP"
        return f"no bot runs here with this token{hint}"


def _ask_port(listen: str) -> str:
    host, _, port = listen.rpartition(":")
    if port == "0":
        return "BOT_LISTEN: port 0 means any; give it a number, so that the bot can be asked there"
    connection = http.client.HTTPConnection(_EVERYWHERE.get(host, host).strip("[]"), int(port), timeout=PATIENCE)
    try:
        connection.request("GET", "/health")
        return _reason(connection.getresponse())
    except TimeoutError:
        return f"{listen} does not answer within {PATIENCE:g} s"
    except (OSError, http.client.HTTPException) as error:
        return f"{listen} does not answer: {getattr(error, 'strerror', None) or type(error).__name__}"
    finally:
        connection.close()


def _reason(response: http.client.HTTPResponse) -> str:
    body = response.read()
    if response.status == http.HTTPStatus.OK:
        return ""
    try:
        return str(json.loads(body)["status"])
    except (ValueError, KeyError, TypeError):
        return f"it answers with status {response.status}"
