"""`python -m tests.proofs.replicas`: two webhook replicas behind nginx on loopback, one killed in mid-load.

nginx runs with the rules of `deploy/nginx/webhook.conf`; NGINX_BINARY names its binary where it is not on the path.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.botapi import BotApi
from tests.proofs.ledger import Ledger
from tests.proofs.process import PATIENCE, Process
from tests.telegram.live import free_port

QUESTIONS, CHATS = 2000, 200
RULES = Path(__file__).parents[2] / "deploy" / "nginx" / "webhook.conf"
CONFIGURATION = """
daemon off;
master_process off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {folder}/a;
    proxy_temp_path {folder}/b;
    fastcgi_temp_path {folder}/c;
    uwsgi_temp_path {folder}/d;
    scgi_temp_path {folder}/e;
    upstream citebot {{
        server {first} max_fails=1 fail_timeout=2s;
        server {second} max_fails=1 fail_timeout=2s;
        keepalive 64;
    }}
    server {{
        listen 127.0.0.1:{port};
        include {rules};
    }}
}}
"""


@contextmanager
def balancer(binary: str, first: str, second: str) -> Iterator[str]:
    """Nginx in front of two replicas; its address."""
    port = free_port()
    with TemporaryDirectory() as folder:
        file = Path(folder) / "nginx.conf"
        values = {"folder": folder, "first": first, "second": second, "port": port, "rules": RULES}
        file.write_text(CONFIGURATION.format(**values), encoding="utf-8")
        process = subprocess.Popen([binary, "-p", folder, "-e", f"{folder}/error.log", "-c", file])
        try:
            wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(PATIENCE)


def wait_for(port: int) -> None:
    """Block until somebody listens on a port."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1.0).close()
        except OSError:
            assert time.monotonic() < deadline, f"nobody listens on {port}"
            time.sleep(0.05)
        else:
            return


def kill_one(api: BotApi, binary: str) -> tuple[bool, str]:
    """Kill a replica a third of the way through a flood; whether nothing was lost, and what happened."""
    first, second = f"127.0.0.1:{free_port()}", f"127.0.0.1:{free_port()}"
    secret = "two-replicas-behind-nginx"  # noqa: S105 - opens nothing
    hook = {"webhook_url": "https://bot.example.org/telegram", "webhook_secret": secret, "log_level": "ERROR"}
    ledger = Ledger(api, CHATS)
    api.server.latency = 0.02
    with (
        balancer(binary, first, second) as address,
        Process(api, listen=first, **hook) as victim,
        Process(api, listen=second, **hook) as survivor,
    ):
        api.balance(address)
        api.until(lambda: len(api.calls("setWebhook")) == 2, PATIENCE)
        ledger.ask(QUESTIONS)
        api.until(lambda: len(api.sent()) >= QUESTIONS // 3, 60.0)
        victim.kill()
        answered_before = len(api.sent())
        api.settle(120.0)
        status = survivor.terminate()
    lost, twice = len(ledger.unanswered), ledger.duplicates
    told = f"{QUESTIONS} questions, killed after {answered_before}: {lost} lost, {twice} answered twice; exit {status}"
    return lost == status == 0, told


def main() -> int:
    """Run and tell; the exit status, 2 where there is no nginx."""
    binary = shutil.which(os.environ.get("NGINX_BINARY", "nginx"))
    if binary is None:
        print("There is no nginx here: install it, or name its binary in NGINX_BINARY.", file=sys.stderr)
        return 2
    with BotApi() as api:
        holds, told = kill_one(api, binary)
    print(f"{'holds' if holds else 'FAILS'}: {told}")
    return int(not holds)


if __name__ == "__main__":
    sys.exit(main())
