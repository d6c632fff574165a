"""`make audit`: known vulnerabilities are told from a service that cannot be asked."""

import subprocess
import sys
from pathlib import Path

_AUDIT = Path(__file__).parents[2] / ".ci" / "audit"
_STAND_IN = """\
#!{python}
import pathlib, sys
pathlib.Path(sys.argv[sys.argv.index("--output") + 1]).write_text({found!r})
sys.exit({ends!r})
"""


def _audit(folder: Path, found: str, ends: int | str) -> tuple[int, str, str]:
    """Status, output and errors with a stand-in of pip-audit that finds something and ends with a status or words."""
    tool = folder / "pip-audit"
    tool.write_text(_STAND_IN.format(python=sys.executable, found=found, ends=ends), encoding="utf-8")
    tool.chmod(0o755)
    done = subprocess.run([_AUDIT, tool, "run.txt"], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def test_no_known_vulnerability_is_said(tmp_path: Path) -> None:
    """Silence could as well mean that nothing was looked up."""
    assert _audit(tmp_path, "", 0) == (0, "audit: no known vulnerability in run.txt\n", "")


def test_known_vulnerabilities_are_listed(tmp_path: Path) -> None:
    """As the tool lists them, with status 1."""
    assert _audit(tmp_path, "attrs 1.0 PYSEC-1\n", 1) == (1, "attrs 1.0 PYSEC-1\n", "")


def test_a_service_out_of_reach_is_one_line(tmp_path: Path) -> None:
    """Never a traceback; status 75, for try again."""
    status, out, err = _audit(tmp_path, "", "Traceback:\n  File x\nNameResolutionError: no host")
    assert (status, out) == (75, "")
    assert err.startswith("audit: run.txt could not be looked up; connect to the network and try again")
    assert err.endswith("(NameResolutionError: no host)\n")
    assert err.count("\n") == 1
