"""The `citebot` command: its verbs, and errors as one line each."""

import argparse
import io
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from bot import __version__
from bot.faults import EXIT_CONFIGURATION, FaultsError, SettingsError

_INTERRUPTED = 128 + signal.SIGINT


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a verb; returns the exit status."""
    _prepare_streams()
    options = _parser().parse_args(arguments)
    try:
        status = _dispatch(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of a pipe has left; what is still buffered must not raise once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except SettingsError as error:
        return _fail(str(error))
    except FaultsError as error:
        return _fail(str(error))
    except KeyboardInterrupt:
        return _INTERRUPTED
    return status


def _prepare_streams() -> None:
    """Closed streams become empty ones; characters that an output cannot show are escaped."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), "r" if name == "stdin" else "w"))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _dispatch(options: argparse.Namespace) -> int:
    if options.verb == "check":
        from bot.verbs.check import check, print_schema  # noqa: PLC0415 - each verb imports only what it needs

        return (
            print_schema(options.schema)
            if options.schema
            else check(options.file, max(1, options.most), unseen=options.unseen)
        )
    if options.verb == "eval":
        from bot.verbs.eval import EvalOptions, evaluate  # noqa: PLC0415

        return evaluate(
            EvalOptions(
                files=options.files,
                knowledge=options.knowledge,
                sentences=options.sentences,
                floors=options.floors,
                as_json=options.json,
                failures=max(0, options.failures),
                against=options.against.split(",") if options.against else (),
                model=options.model,
            )
        )
    if options.verb == "health":
        from bot.verbs.health import health  # noqa: PLC0415

        return health()
    if options.verb == "misses":
        from bot.verbs.misses import misses  # noqa: PLC0415

        return misses(options.files, max(1, options.most))
    if options.verb == "ask":
        return _ask(options)
    from bot.verbs.run import chat, run  # noqa: PLC0415

    return chat(options.knowledge) if options.verb == "chat" else run()


def _ask(options: argparse.Namespace) -> int:
    from bot.verbs.ask import FROM_INPUT, Curated, ask  # noqa: PLC0415
    from bot.verbs.engine import chosen, opened  # noqa: PLC0415

    path = chosen(options.knowledge)
    engine = opened(path, preload=options.message == FROM_INPUT)
    if not (options.explain or options.unseen):
        return ask(engine, options.message, as_json=options.json, explain=False)
    from bot.verbs.examples import LazyExamples, unseen_of  # noqa: PLC0415 - reads the curated files anew

    unseen = unseen_of(path) if options.unseen else None
    examples = unseen.examples if unseen else LazyExamples(path)
    curated = Curated(examples.nearest, unseen)
    return ask(engine, options.message, as_json=options.json, explain=options.explain, curated=curated)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="citebot",
        description="Answers questions about one article, only in the article's own words.",
        epilog="Settings are environment variables (BOT_TOKEN, BOT_KNOWLEDGE, ...) or lines of .env; see the README.",
    )
    parser.add_argument("--version", action="version", version=f"citebot {__version__}")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", title="verbs")
    verbs.add_parser("run", help="start the bot: Telegram with a token, else the console chat (the default)")
    _add_knowledge(verbs.add_parser("chat", help="chat in this terminal"))
    _add_ask(verbs.add_parser("ask", help="answer messages on standard output"))
    _add_check(verbs.add_parser("check", help="verify a knowledge file; print its coverage and clashes"))
    _add_eval(verbs.add_parser("eval", help="measure on labelled question sets"))
    verbs.add_parser("health", help="ask the bot that runs here whether it is well; for containers")
    _add_misses(verbs.add_parser("misses", help="group the questions of BOT_MISSES_FILE, most asked first"))
    return parser


def _add_knowledge(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--knowledge", type=Path, metavar="FILE", help="the knowledge file (default: the configured one)"
    )


def _add_misses(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="what BOT_MISSES_FILE names, or a former one"
    )
    parser.add_argument("--most", type=int, default=50, metavar="N", help="how many groups to show (50)")


def _add_ask(parser: argparse.ArgumentParser) -> None:
    _add_knowledge(parser)
    parser.add_argument(
        "message",
        nargs="+",
        help="a message, or -, which reads one a line from standard input: each stands for itself, "
        'but lines {"text": "...", "chat": "any id"} of the same chat are one conversation',
    )
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="one JSON object a message")
    shape.add_argument("--explain", action="store_true", help="also why it was understood so")
    parser.add_argument(
        "--unseen",
        action="store_true",
        help="read each message that is an utterance of the knowledge file as `citebot check --unseen` does: "
        "as if it had not been written; takes some seconds",
    )


def _add_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", type=Path, help="the knowledge file (default: the configured one)")
    parser.add_argument(
        "--most", type=int, default=10, metavar="N", help="how many utterances of each kind of clash (10)"
    )
    parser.add_argument(
        "--unseen",
        action="store_true",
        help="read each utterance as if it had not been written: seconds for hundreds of them, minutes for thousands",
    )
    parser.add_argument(
        "--schema",
        nargs="?",
        const="knowledge",
        choices=("knowledge", "utterances"),
        help="print the JSON Schema of knowledge files, or of files of utterances, instead",
    )


def _add_eval(parser: argparse.ArgumentParser) -> None:
    _add_knowledge(parser)
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        help='question sets: lines {"q": "...", "topic": "..."}, with "topic": null where the article does not say, '
        "or as tests/questions/README.md describes",
    )
    parser.add_argument(
        "--sentences", type=Path, help="the sentence ids (default: sentences.json beside the first set)"
    )
    parser.add_argument("--floors", type=Path, help="YAML, group: least share right; exit 1 where one is missed")
    parser.add_argument("--json", action="store_true", help="the figures as one JSON object")
    parser.add_argument("--failures", type=int, default=10, metavar="N", help="how many failures to show (10)")
    parser.add_argument("--against", metavar="NAMES", help="baselines to compare with: rapidfuzz,bm25,minilm")
    parser.add_argument("--model", type=Path, metavar="DIR", help="MiniLM's files in ONNX (default: download them)")


def _fail(message: str) -> int:
    for line in message.splitlines():
        print(f"citebot: {line}", file=sys.stderr)
    return EXIT_CONFIGURATION


if __name__ == "__main__":
    sys.exit(main())
