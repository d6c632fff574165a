"""Faults of a knowledge file: each with file, line, what is nearest and what to do, and all at once."""

from pathlib import Path

import pytest

from bot.faults import Fault, FaultsError
from bot.knowledge.load import Knowledge, load_knowledge
from bot.language.load import LanguageData, load_languages
from tests.fixtures import Case, cases
from tests.knowledge.editing import edited, line_of
from tests.process import BRIDGE


@pytest.fixture(scope="module")
def languages() -> LanguageData:
    """All language data."""
    return load_languages()


def _load(path: Path, languages: LanguageData) -> Knowledge:
    return load_knowledge(path, languages.languages)


def _lines(text: str) -> str:
    r"""A case's text, in which line breaks are written as \n."""
    return text.replace("\\n", "\n")


def _faults(path: Path, languages: LanguageData) -> tuple[Fault, ...]:
    with pytest.raises(FaultsError) as raised:
        _load(path, languages)
    return raised.value.faults


@pytest.mark.parametrize("case", cases(Path(__file__).parent / "faults.txt"))
def test_a_fault_names_file_line_problem_and_remedy(case: Case, own_folder: Path, languages: LanguageData) -> None:
    """Each fault is reported once, at its line, with the nearest and a remedy."""
    path = edited(own_folder, (_lines(case.one("old")), _lines(case.one("new"))))
    faults = _faults(path, languages)
    wanted = [line_of(path, _lines(at)) for at in case.all("at")]
    for line, problem, remedy in zip(wanted, case.all("says"), case.all("do"), strict=True):
        (found,) = [f for f in faults if f.line == line and problem in f.problem]
        assert found.file == "bridge.yaml"
        assert remedy in found.remedy
    assert len(faults) == len(wanted)


def test_all_faults_are_reported_at_once(own_folder: Path, languages: LanguageData) -> None:
    """Faults of the YAML, of the models and of the content come out of one run, sorted by line."""
    edits = {
        "a key given twice": ("follow_ups: [ferry]", "follow_ups: [ferry]\n    title: {en: Again}"),
        "an unknown key": ("follow_ups: [cost, shops]", "folow_ups: [cost, shops]"),
        "a wrong value": ("menu: true", "menu: perhaps"),
        "one wrong letter": ("- Half of the money", "- Half of the honey"),
        "a quote that stands twice": ("- The crossing will", "- council\n      - The crossing will"),
        "a reference to nothing": ("follow_ups: [funding]", "follow_ups: [fundin]"),
        "a duplicate id": ("- id: builder", "- id: ferry"),
        "an unreached sentence": ("      - The crossing will be free for schoolchildren.\n", ""),
        "a changed article": ("sha256: ", "sha256: 0000000000000000000000000000000000000000000000000000000000000000 #"),
    }
    faults = _faults(edited(own_folder, *edits.values()), languages)
    text = "\n".join(f.problem for f in faults)
    for said in ("stands here again", "“folow_ups” is unknown", "neither true nor false", "honey", "stands 2 times",
                 "“fundin”", "“ferry” is taken", "“The crossing will be free", "SHA-256"):  # fmt: skip
        assert said in text
    assert [f.line for f in faults] == sorted(f.line for f in faults)


def test_faults_that_need_no_article_show_without_one(own_folder: Path, languages: LanguageData) -> None:
    """A missing article does not hide the other faults."""
    path = edited(own_folder, ("follow_ups: [funding]", "follow_ups: [fundin]"))
    (own_folder / "bridge.txt").unlink()
    assert len(_faults(path, languages)) == 2


@pytest.mark.parametrize(
    ("content", "problem"), [(b"caf\xe9", "not UTF-8: byte 0xe9"), (b"\n", "is empty")], ids=["not UTF-8", "empty"]
)
def test_an_unreadable_article_is_a_fault_at_its_name(
    content: bytes, problem: str, own_folder: Path, languages: LanguageData
) -> None:
    """What is wrong with the article file is said at the line that names it."""
    path = edited(own_folder)
    (own_folder / "bridge.txt").write_bytes(content)
    (fault,) = _faults(path, languages)
    assert fault.line == line_of(path, "file: bridge.txt")
    assert problem in fault.problem


def test_a_changed_article_says_the_new_sha256(own_folder: Path, languages: LanguageData) -> None:
    """The remedy holds the line to write, once the quotes are read again."""
    path = edited(own_folder)
    article = own_folder / "bridge.txt"
    article.write_bytes(article.read_bytes() + b"More from us\n")
    (fault,) = _faults(path, languages)
    mended = edited(own_folder, ("sha256: ", f"sha256: {fault.remedy.rpartition(' ')[2]} #"))
    article.write_bytes(article.read_bytes() + b"More from us\n")
    assert _load(mended, languages).article.sentences


def test_a_quote_that_stands_twice_is_placed_by_its_paragraph(own_folder: Path, languages: LanguageData) -> None:
    """A paragraph number says which place is meant."""
    twice = "- The crossing will be free for schoolchildren."
    path = edited(own_folder, (twice, f"{twice}\n      - text: council\n        paragraph: 1"))
    assert _load(path, languages).file.topics


def test_unreached_sentences_are_reported_whole_and_in_the_order_of_the_article(
    own_folder: Path, languages: LanguageData
) -> None:
    """They can be copied as quotes from the top to the end; what a mistyped quote means is not among them."""
    path = edited(
        own_folder,
        ("      - The crossing will be free for schoolchildren.\n", ""),
        ("      - She added that walkers and cyclists could still use the path.\n", ""),
        ("- Half of the money", "- Half of the honey"),
    )
    reached = [fault.problem.partition(" reaches ")[2] for fault in _faults(path, languages)]
    assert [rest for rest in reached if rest] == [
        "this sentence of paragraph 2: “She added that walkers and cyclists could still use the path.”",
        "this sentence of paragraph 5: “The crossing will be free for schoolchildren.”",
    ]


def test_the_first_draft_is_told_all_that_is_left_to_write(own_folder: Path, languages: LanguageData) -> None:
    """An article block alone: the missing topics, the line for its fingerprint, and each of its sentences."""
    path = edited(own_folder)
    path.write_text("article:\n  file: bridge.txt\n  title: {en: The bridge}\n", encoding="utf-8")
    first, sha256, *sentences = sorted(_faults(path, languages), key=lambda fault: "reaches" in fault.problem)
    assert first.problem == "The key “topics” is missing in the file."
    assert sha256.remedy.startswith("Write under article: sha256: f26adc82")
    assert len(sentences) == 13
    assert all("No topic reaches" in fault.problem for fault in sentences)


def test_a_draft_with_other_faults_lists_the_sentences_that_no_topic_quotes(
    own_folder: Path, languages: LanguageData
) -> None:
    """What is quoted already, be it with a fault in its topic or of the quote, is not on the list."""
    path = edited(own_folder)
    path.write_text(
        "article: {file: bridge.txt}\n"
        "topics:\n"
        "  - quotes: [A small ferry will carry up to ten passengers across the river until the bridge opens again.]\n"
        "  - id: ferry\n"
        "    quotes:\n"
        "      - The crossing will be: free for schoolchildren.\n"
        "      - text:\n"
        "gaps: none\n",
        encoding="utf-8",
    )
    problems = [fault.problem for fault in _faults(path, languages)]
    left = [problem for problem in problems if "No topic reaches" in problem]
    assert len(left) == 11
    assert not any("schoolchildren" in problem or "passengers" in problem for problem in left)
    assert sum("no “sha256” yet" in problem for problem in problems) == 1


def test_a_draft_without_its_article_says_so(own_folder: Path, languages: LanguageData) -> None:
    """A wrong path is told along with the missing keys."""
    path = own_folder / "bridge.yaml"
    path.write_text("article:\n  file: gone.txt\n", encoding="utf-8")
    assert [fault.line for fault in _faults(path, languages) if "gone.txt: There is no such" in fault.problem] == [2]


@pytest.mark.parametrize("article", ["", "{file: [x]}", "bridge.txt", "[]", "{title: {en: A}}"])
def test_a_draft_that_names_no_article_is_a_fault(article: str, own_folder: Path, languages: LanguageData) -> None:
    """Whatever stands there instead."""
    path = own_folder / "bridge.yaml"
    path.write_text(f"article: {article}\n", encoding="utf-8")
    assert _faults(path, languages)


@pytest.mark.parametrize("kind", ["list", "text"])
def test_a_file_that_is_no_mapping_is_a_fault(kind: str, own_folder: Path, languages: LanguageData) -> None:
    """A file of another shape is a fault, not a traceback."""
    path = own_folder / "bridge.yaml"
    path.write_text({"list": "- a\n- b\n", "text": "hello\n"}[kind], encoding="utf-8")
    assert len(_faults(path, languages)) == 1


def test_a_sound_file_has_no_fault(languages: LanguageData) -> None:
    """The invented article's knowledge file is verified as it stands."""
    knowledge = _load(BRIDGE, languages)
    assert len(knowledge.article.sentences) == 13
    assert knowledge.home == "en"
