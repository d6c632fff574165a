"""Loading engines: compiled forms are used while true, rebuilt when stale, ignored when damaged."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engine import Engine
from bot.faults import FaultsError
from bot.packing.sections import read_sections, write_sections
from bot.store import load_engine
from tests.knowledge.editing import apart, edited


@dataclass(frozen=True)
class Compiled:
    """A knowledge file and the compiled form of its first load: where it was written, and its bytes."""

    knowledge: Path
    name: str
    content: bytes
    mode: int


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    """The invented article's, loaded once."""
    folder = tmp_path_factory.mktemp("compiled")
    knowledge = edited(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        load_engine(knowledge)
    (file,) = (folder / "cache" / "citebot").iterdir()
    return Compiled(knowledge, file.name, file.read_bytes(), file.stat().st_mode)


@pytest.fixture
def cache(own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder of this test alone."""
    folder = own_folder / "cache" / "citebot"
    folder.mkdir(parents=True)
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder.parent))
    return folder


def _marked(content: bytes) -> bytes:
    """A compiled form with a sign by which its use shows."""
    sections = read_sections(BytesIO(content))
    packed = {name: sections.raw(name) for name in sections.names}
    packed["catalogue"] = packed["catalogue"].replace(b"The ferry", b"The FERRY")
    return write_sections({name: sections.about[name] for name in ("article", "fingerprint")}, packed)


def _title(knowledge: Path) -> str | None:
    answer = load_engine(knowledge).topic("ferry")
    assert answer is not None
    return answer.title


def test_a_compiled_form_is_for_its_user_alone(compiled: Compiled) -> None:
    """The first load writes one file, whole, that no other user can read."""
    assert compiled.mode & 0o077 == 0


def test_a_fresh_compiled_form_is_used(compiled: Compiled, cache: Path) -> None:
    """Nothing is compiled twice."""
    (cache / compiled.name).write_bytes(_marked(compiled.content))
    assert _title(compiled.knowledge) == "The FERRY"


def test_a_compiled_form_answers_like_the_files(compiled: Compiled, cache: Path, bridge: Engine) -> None:
    """Writing and reading loses nothing that an answer shows."""
    (cache / compiled.name).write_bytes(compiled.content)
    read = load_engine(compiled.knowledge)
    for message in ("how much will the repairs cost", "who pays", "did merkel come", "hello", "/topics"):
        assert read.reply(message)._replace(micros=0) == bridge.reply(message)._replace(micros=0)


def test_a_changed_knowledge_file_is_compiled_anew(cache: Path, own_folder: Path) -> None:
    """What the curator changed is seen at the next start, and the stale form is replaced."""
    knowledge = edited(own_folder)
    load_engine(knowledge)
    (file,) = cache.iterdir()
    file.write_bytes(_marked(file.read_bytes()))
    knowledge = edited(own_folder, ("title: {en: The ferry}", "title: {en: The small ferry}"))
    assert _title(knowledge) == "The small ferry"
    assert b"The small ferry" in read_sections(BytesIO(file.read_bytes())).raw("catalogue")


def test_changed_utterances_are_compiled_anew(cache: Path, own_folder: Path) -> None:
    """Files of utterances count like the knowledge file: a new one, a changed one and one that is gone."""
    knowledge = edited(own_folder)

    def topic() -> str | None:
        return load_engine(knowledge).reply("zorbing quokka").topic

    assert topic() is None
    apart(knowledge, "en.yaml", "ferry:\n  - zorbing quokka\n")
    assert topic() == "ferry"
    file = apart(knowledge, "en.yaml", "cost:\n  - zorbing quokka\n")
    assert topic() == "cost"
    file.unlink()
    assert topic() is None
    assert len(list(cache.iterdir())) == 1


def test_unchanged_utterances_are_not_compiled_anew(cache: Path, own_folder: Path) -> None:
    """A compiled form that is true to all files is used."""
    knowledge = edited(own_folder)
    apart(knowledge, "en.yaml", "ferry:\n  - can i take a boat\n")
    load_engine(knowledge)
    (file,) = cache.iterdir()
    file.write_bytes(_marked(file.read_bytes()))
    assert _title(knowledge) == "The FERRY"


def test_a_changed_article_is_noticed(compiled: Compiled, cache: Path) -> None:
    """A compiled form does not hide that the article is another."""
    (cache / compiled.name).write_bytes(compiled.content)
    article = compiled.knowledge.parent / "bridge.txt"
    text = article.read_bytes()
    article.write_bytes(text + b"More from us\n")
    with pytest.raises(FaultsError, match="SHA-256"):
        load_engine(compiled.knowledge)
    article.write_bytes(text)


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda _: b"[" * 100_000,
        lambda _: b'{"article": "a\\u0000b", "fingerprint": 1}\n{}',
        lambda content: _marked(content)[: len(content) // 2],
        lambda content: _marked(content) + b"more",
        lambda content: write_sections(read_sections(BytesIO(content)).about, {"catalogue": b"{}"}),
    ],
    ids=["empty", "too deep", "strange header", "cut short", "too long", "other sections"],
)
def test_a_damaged_compiled_form_is_ignored(damage: Callable[[bytes], bytes], compiled: Compiled, cache: Path) -> None:
    """Whatever a cache file holds, the engine starts, and the next compiled form is whole."""
    file = cache / compiled.name
    file.write_bytes(damage(compiled.content))
    assert _title(compiled.knowledge) == "The ferry"
    assert file.read_bytes() == compiled.content


@settings(max_examples=200)
@given(data=st.data())
def test_no_damaged_byte_goes_unnoticed(data: st.DataObject, compiled: Compiled) -> None:
    """A compiled form with any byte changed is refused, or says that it belongs to other sources."""
    place = data.draw(st.integers(0, len(compiled.content) - 1))
    damaged = bytearray(compiled.content)
    damaged[place] ^= data.draw(st.integers(1, 255))
    try:
        about = read_sections(BytesIO(damaged)).about
    except (ValueError, TypeError, AttributeError, RecursionError):
        return
    assert about != read_sections(BytesIO(compiled.content)).about


def test_a_cache_folder_that_cannot_be_is_harmless(cache: Path, own_folder: Path) -> None:
    """Where nothing can be written, the engine starts from the files each time."""
    cache.rmdir()
    cache.write_text("a file in the way", encoding="utf-8")
    assert _title(edited(own_folder)) == "The ferry"


def test_a_user_without_a_home_is_no_reason_not_to_start(own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Containers run as users that have no home and no name."""
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.delenv("HOME")
    monkeypatch.setattr(os, "getuid", lambda: 2_000_000_000)
    assert _title(edited(own_folder)) == "The ferry"


def test_a_path_in_no_known_encoding_is_cached_too(cache: Path, own_folder: Path) -> None:
    """File names are bytes; any of them will do."""
    knowledge = edited(own_folder)
    strange = own_folder / os.fsdecode(b"caf\xe9.yaml")
    knowledge.rename(strange)
    assert _title(strange) == "The ferry"
    assert len(list(cache.iterdir())) == 1


@pytest.mark.usefixtures("cache")
def test_faulty_files_raise_their_faults(own_folder: Path) -> None:
    """An engine is never made from a file with a fault."""
    with pytest.raises(FaultsError, match="honey"):
        load_engine(edited(own_folder, ("money", "honey")))


@pytest.mark.usefixtures("cache")
def test_a_missing_knowledge_file_raises_a_fault(own_folder: Path) -> None:
    """A path that leads nowhere says so."""
    with pytest.raises(FaultsError, match="There is no such knowledge file"):
        load_engine(own_folder / "gone.yaml")


def test_what_is_compiled_apart_answers_the_same(cache: Path, own_folder: Path, bridge: Engine) -> None:
    """A running bot lets another process compile, and finds nothing different; the form is kept."""
    read = load_engine(edited(own_folder), apart=True)
    assert read.reply("who pays")._replace(micros=0) == bridge.reply("who pays")._replace(micros=0)
    assert len(list(cache.iterdir())) == 1


def test_a_faulty_file_compiled_apart_tells_its_faults(own_folder: Path) -> None:
    """As if it had been compiled here."""
    with pytest.raises(FaultsError, match="taken already"):
        load_engine(edited(own_folder, ("- id: builder", "- id: ferry")), apart=True)
