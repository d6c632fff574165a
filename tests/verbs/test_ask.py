"""`citebot ask`: the contract of its JSON lines, conversations, and lines of every kind."""

import io
import json
import select
import subprocess
import sys
from collections.abc import Callable, Iterable
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bot.engine import Engine
from bot.verbs.ask import ask
from bot.verbs.main import main
from tests.process import BRIDGE, citebot, environment
from tests.verbs.hostile import BAD_LINES, GOOD_LINES, LONG_BAD_LINES, LONG_LINES

Ask = Callable[[Iterable[bytes]], list[dict[str, Any]]]
_SCHEMA = json.loads((Path(__file__).parent / "answer.schema.json").read_text(encoding="utf-8"))
_BAD = {**BAD_LINES, **LONG_BAD_LINES}
_CONTRACT = jsonschema.Draft202012Validator(_SCHEMA)


@pytest.fixture
def ask_lines(engine: Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Puts lines on standard input; gives the objects of standard output."""

    def run(lines: Iterable[bytes]) -> list[dict[str, Any]]:
        stdin = io.TextIOWrapper(io.BytesIO(b"\n".join(lines) + b"\n"), encoding="utf-8")
        monkeypatch.setattr(sys, "stdin", stdin)
        assert ask(engine, ["-"], as_json=True, explain=False) == 0
        return [json.loads(line) for line in capsys.readouterr().out.split("\n")[:-1]]

    return run


def _line(text: str, **fields: object) -> bytes:
    return json.dumps({"text": text, **fields}).encode()


@pytest.mark.parametrize(
    "message",
    [
        "who came from the US?",
        "did merkel come?",
        "hello",
        "/help",
        "/topics",
        "/nothing",
        "",
        "weather in rome?",
        "🙂",
    ],
)
def test_every_reply_keeps_the_contract(message: str, ask_lines: Ask) -> None:
    """Each field is there, of its type and within its bounds; nothing else is."""
    (answer,) = ask_lines([message.encode()])
    _CONTRACT.validate(answer)
    assert answer["text"] == message


def test_a_citation_is_the_articles_own_text_and_place(ask_lines: Ask, engine: Engine) -> None:
    """Offsets, paragraph and heading are those of the quote."""
    (answer,) = ask_lines([b"who came from the US?"])
    article = engine.catalogue.article
    for citation in answer["citations"]:
        assert article.text[citation["start"] : citation["end"]] == citation["quote"]
        paragraph = article.paragraphs[citation["paragraph"] - 1]
        assert paragraph.span.start <= citation["start"] < citation["end"] <= paragraph.span.end
        assert citation["heading"] == paragraph.heading
    assert "Witkoff and Jared Kushner" in answer["citations"][0]["quote"]


def test_the_reply_shows_every_citation(ask_lines: Ask) -> None:
    """The plain text holds the quotes word for word, cited or nearest."""
    for answer in ask_lines([b"who came from the US?", b"did merkel come?", b"/summary"]):
        for citation in (*answer["citations"], *answer["related"]):
            assert citation["quote"] in answer["reply"]


def test_suggestions_are_topics(ask_lines: Ask, engine: Engine) -> None:
    """Each suggestion is the id of a topic that can be opened."""
    for answer in ask_lines([b"hello", b"/topics", b"who came from the US?", b"did merkel come?"]):
        assert answer["suggestions"]
        assert all(engine.topic(topic) for topic in answer["suggestions"])


def test_a_chat_is_a_conversation(ask_lines: Ask) -> None:
    """A later line of the same chat leans on the last answer; its source is the article's own line."""
    first, source = ask_lines([_line("who came from the US?", chat=7), _line("source?", chat=7)])
    assert source["topic"] == first["topic"]
    assert [c["quote"] for c in source["citations"]] == ["Sources: Reuters"]


def test_chats_are_apart_and_interleaved(ask_lines: Ask) -> None:
    """Lines of other chats in between change nothing."""
    alone = ask_lines([_line("what did Macron say?", chat="a"), _line("and Starmer?", chat="a")])
    mixed = ask_lines([
        _line("what did Macron say?", chat="a"),
        _line("who came from the US?", chat="b"),
        _line("hello"),
        _line("and Starmer?", chat="a"),
    ])  # fmt: skip
    assert mixed[0]["citations"] == alone[0]["citations"]
    assert mixed[3]["citations"] == alone[1]["citations"]
    assert any("Starmer" in c["quote"] for c in mixed[3]["citations"])


def test_a_refusal_does_not_end_a_conversation(ask_lines: Ask) -> None:
    """After a reply without citations, the chat still leans on the last that had some."""
    answers = ask_lines([_line(t, chat=1) for t in ("who came from the US?", "hello", "source?")])
    assert answers[2]["citations"]


def test_lines_without_a_chat_are_strangers(ask_lines: Ask) -> None:
    """Each stands for itself."""
    _, source = ask_lines([b"who came from the US?", b"and Starmer?"])
    (alone,) = ask_lines([b"and Starmer?"])
    assert source["citations"] == alone["citations"]


def test_a_number_and_a_text_are_different_chats(ask_lines: Ask) -> None:
    """Chat 7 is not chat "7"."""
    lines = [_line("who came from the US?", chat=7), _line("source?", chat="7"), _line("source?")]
    _, other, none = ask_lines(lines)
    assert other["citations"] == none["citations"]


@pytest.mark.parametrize("chat", [None, "", 0, -100123, "any id", "🙂"])
def test_any_chat_id_will_do(chat: object, ask_lines: Ask) -> None:
    """Texts and numbers of every kind, or none."""
    (answer,) = ask_lines([_line("hello", chat=chat)])
    assert answer["status"] == "social"


@pytest.mark.parametrize("lang", ["uk", "en-GB", "zz", "", "\ud800", "x" * 1000])
def test_any_client_language_will_do(lang: str, ask_lines: Ask) -> None:
    """The language is a hint; an unknown one is no error."""
    (answer,) = ask_lines([_line("who came from the US?", lang=lang)])
    assert answer["status"] == "answered"


@pytest.mark.parametrize(("line", "error"), _BAD.items(), ids=range(len(_BAD)))
def test_a_bad_line_gets_an_error_and_the_others_are_answered(line: bytes, error: str, ask_lines: Ask) -> None:
    """A line that is no message says why, between the answers of its neighbours."""
    before, bad, after = ask_lines([b"hello", line, b"hello"])
    _CONTRACT.validate(bad)
    assert (before["status"], bad["status"], after["status"]) == ("social", "error", "social")
    assert error in bad["error"]


def test_ten_thousand_hostile_lines_get_an_object_each_in_order(ask_lines: Ask) -> None:
    """Nothing that a line holds stops the answers, changes their order or breaks the contract."""
    once = [*((line, True) for line in LONG_LINES), *((line, False) for line in LONG_BAD_LINES)]
    again = [*((line, True) for line in GOOD_LINES), *((line, False) for line in BAD_LINES)]
    lines = [*once, *islice(cycle(again), 10_000 - len(once))]
    answers = ask_lines(line for line, _ in lines)
    assert len(answers) == len(lines)
    for (line, good), answer in zip(lines, answers, strict=True):
        assert (answer["status"] != "error") is good
        if good and not line.startswith(b"{"):
            assert answer["text"] == line.decode().rstrip("\r")
    for answer in answers[: len(once) + 2 * len(again)]:
        _CONTRACT.validate(answer)


def test_a_real_process_answers_hostile_lines() -> None:
    """The command itself reads them all, writes a line each, says nothing on standard error and exits with 0."""
    lines = [*GOOD_LINES, *BAD_LINES, *LONG_LINES, *LONG_BAD_LINES]
    process = citebot("ask", "--json", "-", stdin=b"\n".join(lines))
    assert (process.returncode, process.stderr) == (0, b"")
    answers = [json.loads(line) for line in process.stdout.decode().split("\n")[:-1]]
    assert len(answers) == len(lines)


def test_answers_are_flushed_as_they_come() -> None:
    """A program that asks line by line gets each answer before it sends the next line."""
    command = [sys.executable, "-m", "bot", "ask", "--json", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment()) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for message in (b"hello\n", b"is there a ferry?\n"):
            process.stdin.write(message)
            process.stdin.flush()
            assert select.select([process.stdout], [], [], 30)[0], "no answer while standard input is open"
            assert json.loads(process.stdout.readline())["text"] == message.decode().strip()


def test_a_reader_that_leaves_is_no_error() -> None:
    """`citebot ask - | head -1` ends in silence."""
    command = [sys.executable, "-m", "bot", "ask", "--json", "-"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        _, errors = process.communicate(b"hello\n" * 100)
    assert (process.returncode, errors) == (0, b"")


def test_json_is_utf8_whatever_the_locale() -> None:
    """A terminal of another encoding changes nothing for programs."""
    process = citebot("ask", "--json", "is there a ferry? ’", settings={"PYTHONIOENCODING": "latin-1"})
    assert json.loads(process.stdout.decode("utf-8"))["text"] == "is there a ferry? ’"


def test_plain_replies_survive_any_terminal() -> None:
    """Characters that the output's encoding lacks are escaped."""
    process = citebot("ask", "what did the mayor say?", settings={"PYTHONIOENCODING": "ascii"})
    assert process.returncode == 0
    assert b"no lorry should cross it again." in process.stdout


def test_messages_of_the_command_line_are_answered_in_order() -> None:
    """Each argument is a message; bytes that are not UTF-8 too."""
    process = citebot("ask", "--json", "is there a ferry?", "hello", "caf\udce9")
    statuses = [json.loads(line)["status"] for line in process.stdout.decode().splitlines()]
    assert statuses[:2] == ["answered", "social"]
    assert len(statuses) == 3


def test_a_plain_reply_holds_the_quote_its_place_and_the_source(
    bridge: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without --json a person reads the reply as it is."""
    ask(bridge, ["how much will the repairs cost?"], as_json=False, explain=False)
    shown = capsys.readouterr().out
    assert "> Repairs will cost 4.2 million crowns, treasurer Tomas Reed said." in shown
    assert "Paragraph 3, under “Who pays”, Reed speaking" in shown
    assert "Sources: Ambleford Courier" in shown


def test_explain_says_what_was_weighed(bridge: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    """The topic, its score, the floor and the words that spoke for it are shown below the reply."""
    ask(bridge, ["how much will the repairs cost?"], as_json=False, explain=True)
    _, _, why = capsys.readouterr().out.partition("Sources: Ambleford Courier")
    for said in ("words", "candidate    cost", "score", "floor", "margin", "bias", "outcome      answered by cost"):
        assert said in why


def test_explain_says_what_each_signal_means(bridge: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    """A curator need not know the terms: each number comes with what it tells."""
    ask(bridge, ["how much will the repairs cost?"], as_json=False, explain=True)
    told = [line for line in capsys.readouterr().out.splitlines() if line.startswith("signal") and "bias" not in line]
    assert told
    assert all(line.partition(" = ")[2].strip().count(" ") >= 3 for line in told)


def test_explain_names_the_nearest_utterance(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The curator sees which of the written examples the message is like."""
    monkeypatch.setenv("BOT_KNOWLEDGE", str(BRIDGE))
    assert main(["ask", "--explain", "how expensive are the repairs of the bridge?"]) == 0
    assert "to “how expensive is it to fix the bridge”: " in capsys.readouterr().out


def test_of_several_messages_each_stands_above_its_reply(bridge: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    """A person who pipes in a list of questions sees which is answered; a single one is not repeated."""
    ask(bridge, ["is there a ferry?", "thanks"], as_json=False, explain=False)
    assert capsys.readouterr().out.startswith("? is there a ferry?\nThe ferry\n")
    ask(bridge, ["is there a ferry?"], as_json=False, explain=False)
    assert capsys.readouterr().out.startswith("The ferry\n")


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("is ther a fery?", "fery (read as ferry)=ferry"),
        ("did merkel come?", "outcome      refused: the article does not know Merkel"),
        ("who is the builder?", "outcome      refused: gap builder"),
        ("who won the world cup?", "outcome      refused: off_topic"),
        ("qwzx blorp", "unexplained  ~qwzx ~blorp"),
        ("hello", "outcome      social reply"),
        ("/ferry", "outcome      answered by ferry"),
        ("is there a ferry", ": it has this very example"),
        ("чи згодна рада?", "language     uk"),
    ],
)
def test_explain_tells_each_outcome(
    message: str, said: str, bridge: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was corrected, what is not known, which gap it is, or that a curator's own example was asked."""
    ask(bridge, [message], as_json=False, explain=True)
    assert said in capsys.readouterr().out


def test_explain_reads_a_later_line_as_the_chat_does(bridge: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    """What leans on the last answer is said to."""
    lines = [_line("is there a ferry?", chat=1).decode(), _line("source?", chat=1).decode()]
    ask(bridge, lines, as_json=False, explain=True)
    assert "follow-up    asks of the last answer: source" in capsys.readouterr().out


def test_explain_names_the_sentences_that_are_meant(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    """A later message about a part of the last answer tells which."""
    lines = [_line("How will they watch the ceasefire?", chat=1).decode(), _line("not soldiers?", chat=1).decode()]
    ask(engine, lines, as_json=False, explain=True)
    assert "asks of the last answer about its sentences 12: check" in capsys.readouterr().out


def test_explain_follows_a_message_that_turns_back(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    """What "back to" opens anew is what the rest of the message is read with."""
    lines = [
        _line("what did Macron say?", chat=1).decode(),
        _line("back to the drones: who said that?", chat=1).decode(),
    ]
    ask(engine, lines, as_json=False, explain=True)
    assert "asks of the last answer: who_said" in capsys.readouterr().out


def test_closed_standard_input_is_empty() -> None:
    """Without standard input there is no message, and no traceback."""
    command = f"exec {sys.executable} -m bot ask --json - <&-"
    process = subprocess.run(["/bin/sh", "-c", command], capture_output=True, env=environment(), check=False)
    assert (process.returncode, process.stdout, process.stderr) == (0, b"", b"")


@pytest.mark.parametrize("arguments", [("ask", "is there a ferry?"), ("chat",)], ids=lambda arguments: arguments[0])
def test_the_knowledge_file_may_be_named(arguments: tuple[str, ...], own_folder: Path) -> None:
    """With --knowledge, for once, whatever is configured."""
    configured = {"BOT_KNOWLEDGE": "gone.yaml"}
    verb, *rest = arguments
    process = citebot(
        verb, "--knowledge", str(BRIDGE), *rest, stdin=b"is there a ferry?\n", settings=configured, folder=own_folder
    )
    assert process.returncode == 0
    assert b"A small ferry will carry" in process.stdout


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Is there a ferry?", "unseen       of ferry: read without it"),
        ("is there a boat", "unseen       no utterance of the knowledge file"),
    ],
)
def test_explain_reads_an_utterance_as_if_it_were_not_there(
    question: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With --unseen, as `citebot check --unseen` does; what is no utterance is read as ever."""
    monkeypatch.setenv("BOT_KNOWLEDGE", str(BRIDGE))
    assert main(["ask", "--explain", "--unseen", question]) == 0
    explained = capsys.readouterr().out
    assert said in explained
    assert "this very example" not in explained


def test_what_is_only_known_by_heart_is_refused_unseen(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The answer is that of a reader whose words the curator did not think of."""
    monkeypatch.setenv("BOT_KNOWLEDGE", str(BRIDGE))
    for options, status in ((["--json"], "answered"), (["--json", "--unseen"], "not_in_article")):
        assert main(["ask", *options, "who pays for the repairs"]) == 0
        assert json.loads(capsys.readouterr().out)["status"] == status
