"""An engine's tables in a file."""

from io import BytesIO

from bot.compiling.tables import compile_tables
from bot.engine import Engine
from bot.packing.sections import read_sections, write_sections
from bot.packing.tables import Lazily, pack, unpack
from tests.process import BRIDGE


def test_a_language_is_read_with_the_first_message_in_it() -> None:
    """A bot that is asked in English holds no other language's words, and answers in any of them."""
    tables = unpack(read_sections(BytesIO(write_sections({}, pack(compile_tables(BRIDGE))))))
    languages = tables.understanding.languages
    assert isinstance(languages, Lazily)
    engine = Engine(tables)
    assert languages.made == []
    engine.reply("who pays for the repairs")
    assert languages.made == ["en"]
    engine.reply("wer bezahlt die Reparatur der Br\u00fccke")
    assert languages.made == ["en", "de"]


def test_what_later_messages_lean_on_is_unpacked_as_it_was() -> None:
    """The article's sentences and each language's cues are the same after packing."""
    compiled = compile_tables(BRIDGE).understanding
    unpacked = unpack(read_sections(BytesIO(write_sections({}, pack(compile_tables(BRIDGE)))))).understanding
    assert unpacked.sentences == compiled.sentences
    assert all(unpacked.languages[code].cues == tables.cues for code, tables in compiled.languages.items())


def test_tables_are_packed_as_they_were_read() -> None:
    """Packing what was unpacked gives the same bytes."""
    packed = pack(compile_tables(BRIDGE))
    assert pack(unpack(read_sections(BytesIO(write_sections({}, packed))))) == packed


def test_every_language_can_be_read_beforehand() -> None:
    """Where the first message in a language must not wait for its tables."""
    tables = unpack(read_sections(BytesIO(write_sections({}, pack(compile_tables(BRIDGE))))))
    languages = tables.understanding.languages
    assert isinstance(languages, Lazily)
    Engine(tables).preload()
    assert languages.made == list(languages)
