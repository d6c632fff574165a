"""The compose files: valid by the specification's schema, hardened, and in keeping with the program."""

import json
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from bot.telegram.service import GRACE
from bot.variables import PREFIX, Variables

ROOT = Path(__file__).parents[2]
FILES = ["compose.yaml", "compose.webhook.yaml"]


def load(name: str) -> dict[str, Any]:
    """A compose file."""
    content: dict[str, Any] = yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))
    return content


@pytest.mark.parametrize("name", FILES)
def test_it_is_a_compose_file(name: str) -> None:
    """Every key and value is one that the compose specification knows."""
    schema = resources.files("check_jsonschema") / "builtin_schemas" / "vendor" / "compose-spec.json"
    jsonschema.validate(load(name), json.loads(schema.read_text(encoding="utf-8")))


@pytest.mark.parametrize(("name", "service"), [("compose.yaml", "citebot"), ("compose.webhook.yaml", "nginx")])
def test_a_service_may_do_nothing_but_its_work(name: str, service: str) -> None:
    """Read-only root, no capability, no new privileges, no root user, bounded logs, restarted after a crash."""
    found = load(name)["services"][service]
    assert found["read_only"] is True
    assert found["cap_drop"] == ["ALL"]
    assert found["security_opt"] == ["no-new-privileges:true"]
    assert found["user"].split(":")[0] != "0"
    assert found["restart"] == "unless-stopped"
    assert {"max-size", "max-file"} <= set(found["logging"]["options"])


def test_the_bot_needs_nothing_of_the_host() -> None:
    """No port, no volume, no tmpfs; its token comes as a secret."""
    found = load("compose.yaml")["services"]["citebot"]
    assert not {"ports", "volumes", "tmpfs", "network_mode"} & set(found)
    assert found["environment"]["BOT_TOKEN_FILE"] == "/run/secrets/bot_token"  # noqa: S105 - a path
    assert "BOT_TOKEN" not in found["environment"]


def test_the_grace_period_is_longer_than_the_bots_own() -> None:
    """What is in hand is finished before the runtime kills the process."""
    seconds = load("compose.yaml")["services"]["citebot"]["stop_grace_period"]
    assert float(seconds.removesuffix("s")) > GRACE


@pytest.mark.parametrize("name", FILES)
def test_every_variable_is_a_setting(name: str) -> None:
    """No variable is misspelt."""
    known = {PREFIX + field.upper() for field in Variables.model_fields}
    assert set(load(name)["services"]["citebot"]["environment"]) <= known


def test_every_secret_is_declared() -> None:
    """What a service mounts is declared, in its own file or in the one beneath."""
    declared: set[str] = set()
    for name in FILES:
        content = load(name)
        declared |= set(content["secrets"])
        for service in content["services"].values():
            assert set(service.get("secrets", ())) <= declared
