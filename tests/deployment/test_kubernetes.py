"""The Kubernetes manifest: valid by the API's schemas, hardened, and in keeping with the program."""

from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from bot.telegram.service import GRACE
from bot.variables import PREFIX, Variables

ROOT = Path(__file__).parents[2]
MANIFEST: dict[str, dict[str, Any]] = {
    document["kind"]: document
    for document in yaml.safe_load_all((ROOT / "deploy" / "kubernetes.yaml").read_text(encoding="utf-8"))
}
POD = MANIFEST["Deployment"]["spec"]["template"]["spec"]
CONTAINER = POD["containers"][0]


@pytest.mark.parametrize("kind", ["Secret", "Deployment", "Service"])
def test_it_is_valid(kind: str) -> None:
    """Every field is one that Kubernetes knows, and of its type."""
    kubernetes_validate.validate(MANIFEST[kind], "1.34", strict=True)


def test_the_parts_fit_together() -> None:
    """The Service selects the Deployment's pods and its port; the pod mounts the Secret."""
    labels = MANIFEST["Deployment"]["spec"]["template"]["metadata"]["labels"]
    service = MANIFEST["Service"]["spec"]
    assert service["selector"].items() <= labels.items()
    assert service["ports"][0]["targetPort"] == CONTAINER["ports"][0]["name"]
    assert POD["volumes"][0]["secret"]["secretName"] == MANIFEST["Secret"]["metadata"]["name"]
    mount = CONTAINER["volumeMounts"][0]["mountPath"]
    files = {variable["value"] for variable in CONTAINER["env"] if variable["name"].endswith("_FILE")}
    assert files == {f"{mount}/{key}" for key in MANIFEST["Secret"]["stringData"]}


def test_every_variable_is_a_setting() -> None:
    """No variable is misspelt."""
    known = {PREFIX + field.upper() for field in Variables.model_fields}
    assert {variable["name"] for variable in CONTAINER["env"]} <= known


def test_every_probe_asks_for_health() -> None:
    """Start, readiness and life are judged by /health on the port that the bot listens on."""
    [listen] = [variable["value"] for variable in CONTAINER["env"] if variable["name"] == "BOT_LISTEN"]
    assert int(listen.rpartition(":")[2]) == CONTAINER["ports"][0]["containerPort"]
    for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
        assert CONTAINER[probe]["httpGet"] == {"path": "/health", "port": "http"}


def test_the_pod_may_do_nothing_but_its_work() -> None:
    """Not root, read-only root, no capability, no service account; killed only after the bot's own grace."""
    assert POD["securityContext"]["runAsNonRoot"] is True
    assert CONTAINER["securityContext"] == {
        "readOnlyRootFilesystem": True,
        "allowPrivilegeEscalation": False,
        "capabilities": {"drop": ["ALL"]},
    }
    assert POD["automountServiceAccountToken"] is False
    assert POD["terminationGracePeriodSeconds"] > GRACE
