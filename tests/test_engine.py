"""The one function that every surface calls, on the shipped article and on another."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering.model import Answer, Context, Status
from bot.answering.plain import plain_text
from bot.article.model import Citation
from bot.engine import BUILT_IN, Engine
from bot.knowledge.load import load_knowledge
from bot.language.codes import LANGUAGES
from bot.language.load import load_languages
from bot.store import default_knowledge, load_engine
from tests.fixtures import Case, cases
from tests.knowledge.editing import edited
from tests.process import BRIDGE

_VOCABULARY = """
who what when where why how much many did said not and of the in for more source macron witkoff trump putin troops
russia ceasefire paris guarantees bridge ferry mayor repairs cost county hello thanks weather ? ! … “ ” / @ 🙂 хто
сказав que dit wer war tak nie 2026 US U.S. it's he she they
"""
_WORDS = st.sampled_from([*_VOCABULARY.split(), "\u200b", "\u202e", "\x00", "\ud800", ""])
_MESSAGES = st.one_of(
    st.text(max_size=80),
    st.text(st.characters(), max_size=20),
    st.lists(_WORDS, max_size=14).map(" ".join),
    st.lists(_WORDS, max_size=4).map(lambda words: "/" + " ".join(words)),
)
_HINTS = st.one_of(st.none(), st.sampled_from([*LANGUAGES, "en-GB", "zh", "", "-", "\ud800"]), st.text(max_size=5))


def _check(engine: Engine, answer: Answer) -> None:
    """What holds of every answer."""
    article = engine.catalogue.article
    for citation in (*answer.citations, *answer.related):
        assert article.text[citation.start : citation.end] == citation.quote != ""
        paragraph = article.paragraphs[citation.paragraph - 1]
        assert paragraph.span.start <= citation.start < citation.end <= paragraph.span.end
        assert citation.heading == paragraph.heading
    assert (answer.status is Status.ANSWERED) == bool(answer.citations)
    assert not (answer.citations and answer.related)
    assert answer.citations or answer.note
    assert 0 <= answer.score <= 1
    assert answer.micros >= 0
    assert answer.language in engine.languages
    assert all(engine.topic(suggestion.topic) and suggestion.title for suggestion in answer.suggestions)


def _topic_citations(engine: Engine, topic: str) -> tuple[Citation, ...]:
    answer = engine.topic(topic)
    assert answer is not None
    return answer.citations


@settings(max_examples=150)
@given(_MESSAGES, _HINTS)
def test_every_reply_quotes_the_article_character_for_character(engine: Engine, message: str, hint: str | None) -> None:
    """Whatever is asked, nothing is raised, and each citation is the article's text at its place."""
    _check(engine, engine.reply(message, None, hint))


@given(_MESSAGES)
def test_another_article_is_quoted_as_exactly(bridge: Engine, message: str) -> None:
    """The same promise holds of any article."""
    _check(bridge, bridge.reply(message))


@settings(max_examples=40)
@given(st.lists(_MESSAGES, min_size=2, max_size=6))
def test_every_conversation_quotes_the_article(engine: Engine, messages: list[str]) -> None:
    """Each reply may lean on the one before."""
    last: Context | None = None
    for message in messages:
        answer = engine.reply(message, last)
        _check(engine, answer)
        last = answer.context or last


@given(_MESSAGES)
def test_a_reply_depends_on_nothing_but_what_is_given(engine: Engine, message: str) -> None:
    """The engine keeps no state: the same message gets the same answer again."""
    assert engine.reply(message)._replace(micros=0) == engine.reply(message)._replace(micros=0)


@pytest.mark.parametrize("language", [*LANGUAGES, "zz", None])
def test_every_topic_quotes_the_article_in_every_language(engine: Engine, language: str | None) -> None:
    """A pressed button leads to an answer, whatever the reader's language."""
    for topic_id, topic in engine.catalogue.topics.items():
        answer = engine.topic(topic_id, language)
        assert answer is not None
        _check(engine, answer)
        assert (answer.status, answer.topic) == (Status.ANSWERED, topic_id)
        assert [citation.span for citation in answer.citations] == list(topic.spans)


def test_a_button_of_a_topic_that_is_gone_leads_nowhere(engine: Engine) -> None:
    """None, not an error."""
    assert engine.topic("gone") is None


@pytest.mark.parametrize("article", ["engine", "bridge"])
def test_every_topic_command_opens_its_topic(article: str, request: pytest.FixtureRequest) -> None:
    """Each command of a topic quotes what its topic quotes, however it is written."""
    engine: Engine = request.getfixturevalue(article)
    for topic in engine.catalogue.topics.values():
        for message in (f"/{topic.command}", f" /{(topic.command or '').upper()}@any_bot "):
            if topic.command:
                answer = engine.reply(message)
                assert (answer.status, answer.topic) == (Status.ANSWERED, topic.id)


@pytest.mark.parametrize("language", [*LANGUAGES, "zz", None])
def test_every_command_has_a_description_and_leads_to_a_reply(engine: Engine, language: str | None) -> None:
    """The menu of commands holds nothing that is not understood."""
    commands = engine.commands(language)
    assert {command.name for command in commands} >= set(BUILT_IN)
    for command in commands:
        assert command.description
        answer = engine.reply(f"/{command.name}", None, language)
        _check(engine, answer)
        assert answer.status in {Status.ANSWERED, Status.HELP}


@pytest.mark.parametrize("article", ["engine", "bridge"])
def test_every_suggestion_leads_to_an_answer(article: str, request: pytest.FixtureRequest) -> None:
    """From the menu, every button that can be reached is answered."""
    engine: Engine = request.getfixturevalue(article)
    waiting, seen = [suggestion.topic for suggestion in engine.menu()], set[str]()
    assert waiting
    while waiting:
        topic = waiting.pop()
        if topic not in seen:
            seen.add(topic)
            answer = engine.topic(topic)
            assert answer is not None
            assert answer.status is Status.ANSWERED
            waiting.extend(suggestion.topic for suggestion in answer.suggestions)


def test_a_start_link_opens_its_topic(bridge: Engine) -> None:
    """`/start <topic id>` is what a deep link sends; an unknown one gets the help."""
    assert bridge.reply("/start ferry").topic == "ferry"
    assert bridge.reply("/start gone").status is Status.HELP


def test_an_unknown_command_is_named_in_the_help(bridge: Engine) -> None:
    """The reader sees what was not understood, and what there is."""
    answer = bridge.reply("/feryr")
    assert answer.status is Status.HELP
    assert "/feryr" in (answer.note or "")
    assert answer.suggestions


@pytest.mark.parametrize("message", ["", "   ", "???", "…", "\u200b", "/", "()"])
def test_nothing_asked_gets_help(bridge: Engine, message: str) -> None:
    """A message without words is answered with how to ask."""
    assert bridge.reply(message).status is Status.HELP


@pytest.mark.parametrize("message", ["hello", "Hi!", "thanks", "thank you", "good morning", "bye", "who are you?"])
def test_social_messages_get_a_social_reply(engine: Engine, message: str) -> None:
    """No quote is forced on somebody who is only polite."""
    answer = engine.reply(message)
    assert answer.status is Status.SOCIAL
    assert answer.note


@pytest.mark.parametrize("message", ["help", "/help", "what can you do?"])
def test_help_is_given(engine: Engine, message: str) -> None:
    """Whoever asks what the bot can do learns it."""
    assert engine.reply(message).status in {Status.HELP, Status.SOCIAL}


@pytest.mark.parametrize("name", ["Merkel", "Japan"])
@pytest.mark.parametrize("article", ["engine", "bridge"])
def test_a_stranger_is_named_in_the_refusal(article: str, name: str, request: pytest.FixtureRequest) -> None:
    """Who is asked about and not mentioned is said; what is nearest is not passed off as the answer."""
    engine: Engine = request.getfixturevalue(article)
    answer = engine.reply(f"What did {name} say about it?")
    assert answer.status is Status.NOT_IN_ARTICLE
    assert name in (answer.note or "")
    assert not answer.citations


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ("How many men would the Knesset send?", "Israel"),
        ("The Hungarian delegate left the hall early, and who sat in his place then?", "Hungary"),
        ("is spain sending soldiers too? my cousin is in the navy", "Spain"),
    ],
)
def test_a_stranger_is_not_lost_in_what_is_near(engine: Engine, message: str, name: str) -> None:
    """A name that the article lacks counts whatever utterance holds it, in the clause before, and beside background."""
    answer = engine.reply(message)
    assert answer.status is Status.NOT_IN_ARTICLE
    assert name in (answer.note or "")


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ("is erdogan happy with the new sanctions in the statement", "Erdo"),
        ("Had Merz met the U.S. envoys before they flew to Paris?", "Merz"),
    ],
)
def test_a_stranger_is_named_however_well_the_rest_fits(engine: Engine, message: str, name: str) -> None:
    """Words that a topic knows well do not answer for somebody else, nor does a full stop within a name hide him."""
    answer = engine.reply(message)
    assert answer.status is Status.NOT_IN_ARTICLE
    assert name in (answer.note or "")


@pytest.mark.parametrize(
    "message",
    ["What did the army chiefs reply to Grynkewich?", "What did Grynkewich say to the chiefs of staff?"],
)
def test_what_is_known_to_be_lacking_is_refused_beside_a_topic_that_is_near(engine: Engine, message: str) -> None:
    """That somebody met them says not what was said."""
    assert engine.reply(message).status is Status.NOT_IN_ARTICLE


def test_a_closing_phrase_is_not_the_question(engine: Engine) -> None:
    """What only frames a question, and says nothing that the article knows, is not answered for it."""
    assert engine.reply("Has Ukraine to hand over any land, tell me straight").status is Status.NOT_IN_ARTICLE


@pytest.mark.parametrize("message", ["What did the Americans say?", "Was haben die Amerikaner gesagt?"])
def test_what_the_envoys_say_is_what_each_of_them_says(engine: Engine, message: str) -> None:
    """A group of speakers is quoted whole."""
    assert [citation.speaker for citation in engine.reply(message).citations] == [
        "Witkoff",
        "Witkoff",
        "Kushner",
        "Kushner",
    ]


def test_a_fragment_does_not_save_a_question_that_is_refused(engine: Engine) -> None:
    """What only narrows a question down that the article does not answer is not answered for itself."""
    assert engine.reply("Which jets would the Royal Air Force lend? Typhoons?").status is Status.NOT_IN_ARTICLE


def test_a_short_remark_does_not_hide_the_question_behind_it(engine: Engine) -> None:
    """What chats before a comma is left out where the rest asks something clear."""
    answer = engine.reply("cheers that is all i needed, what about sanctions")
    assert answer.topic == "sanctions"


@pytest.mark.parametrize("case", cases(BRIDGE.parent / "unmistakable.txt"))
def test_unmistakable_questions_are_answered(case: Case, request: pytest.FixtureRequest) -> None:
    """Questions that nobody would misunderstand get the sentence that answers them first."""
    engine: Engine = request.getfixturevalue(case.one("article"))
    for question in case.all("asks"):
        answer = engine.reply(question)
        assert answer.status is Status.ANSWERED, question
        assert case.one("gets") in answer.citations[0].quote, question


def test_the_other_article_has_all_languages_of_the_interface(engine: Engine, bridge: Engine) -> None:
    """A new article starts with all language data."""
    assert bridge.languages == engine.languages
    assert bridge.strings("en").texts == engine.strings("en").texts


def test_nothing_of_the_shipped_article_shows_in_another(bridge: Engine) -> None:
    """No title, name or sentence of one article reaches the other's replies."""
    notes = [bridge.reply(m).note or "" for m in ("/help", "/about", "/topics", "hello", "what is this article about?")]
    assert any("Ambleford" in note for note in notes)
    assert not any(word in note for note in notes for word in ("Paris", "Ukraine", "Reuters"))


@pytest.fixture
def without_source(own_folder: Path) -> Engine:
    """The engine of an article that has no source line."""
    return load_engine(edited(own_folder, ('  source: "Sources: Ambleford Courier"\n', "")))


def test_without_a_source_line_no_answer_has_a_footer(without_source: Engine) -> None:
    """Nothing of the article that is no source is shown as one, nor anything of the curator's."""
    for message in ("is there a ferry?", "/about"):
        answer = without_source.reply(message)
        assert answer.source is None
        assert "Ambleford Courier" not in plain_text(answer, without_source.strings())


def test_without_a_source_line_the_article_does_not_say_its_source(without_source: Engine) -> None:
    """Asked for the source of what it has just quoted, the bot says so."""
    answer = without_source.reply("source?", without_source.reply("is there a ferry?").context)
    assert answer.status is Status.NOT_IN_ARTICLE
    assert answer.note == "The article does not say."


@pytest.mark.parametrize(
    "quote", ["The crossing will be free for schoolchildren.", "“We were never asked,” baker Lena Orr said."]
)
def test_the_curator_may_name_the_speaker_of_a_quote(quote: str, own_folder: Path) -> None:
    """Where none, or another, was found."""
    engine = load_engine(edited(own_folder, (f"- {quote}", f"- text: {quote}\n        speaker: finch")))
    cited = (citation for topic in ("ferry", "shops") for citation in _topic_citations(engine, topic))
    assert {citation.quote: citation.speaker for citation in cited}[quote] == "Finch"


@pytest.mark.parametrize(
    ("answers", "misfit"), [("", True), ("answers: [how_much]", False), ("answers: [who]", True)], ids=str
)
def test_the_curator_says_which_kinds_of_answer_a_topic_gives(answers: str, misfit: bool, own_folder: Path) -> None:  # noqa: FBT001
    """A topic that was never asked for a sum is not taken to give one, unless its `answers` say so."""
    engine = load_engine(edited(own_folder, ("title: {en: Who pays}", f"title: {{en: Who pays}}\n    {answers}")))
    verdict = engine.interpretation("how much money comes from the county?", None, None).reading.verdict
    assert verdict.best is not None
    assert verdict.best.id == "funding"
    assert bool(verdict.signals["unmeasured"]) == bool(verdict.signals["misfit"]) == misfit


@pytest.mark.parametrize(
    "context",
    [
        Context("no_such_topic"),
        Context("russia", sentences=(9_999,)),
        Context("russia", said=(-1,)),
        Context("russia", concepts=("@nobody",)),
        Context("russia", concepts=("",)),
        Context("russia", persons=("nobody",)),
    ],
)
def test_a_context_that_does_not_fit_counts_as_none(engine: Engine, context: Context) -> None:
    """The last answer of another knowledge file, as after a reload, is forgotten."""
    for message in ("who said that?", "more", "and macron?", "why?"):
        forgotten = engine.reply(message, context)._replace(micros=0)
        assert forgotten == engine.reply(message)._replace(micros=0)


@pytest.mark.parametrize("article", ["engine", "bridge"])
def test_every_example_of_the_curator_works(article: str, request: pytest.FixtureRequest) -> None:
    """An utterance of a topic is answered with the topic's sentences, one of a gap is refused."""
    engine: Engine = request.getfixturevalue(article)
    path = BRIDGE if article == "bridge" else default_knowledge()
    knowledge = load_knowledge(path, load_languages().languages).file
    for topic in knowledge.topics:
        spans = engine.catalogue.topics[topic.id].spans
        for utterance in topic.utterances.get("en", ()):
            answer = engine.reply(utterance)
            assert answer.citations, utterance
            assert answer.citations[0].span in spans, utterance
    for gap in knowledge.gaps:
        for utterance in gap.utterances.get("en", ()):
            assert engine.reply(utterance).status is Status.NOT_IN_ARTICLE, utterance
