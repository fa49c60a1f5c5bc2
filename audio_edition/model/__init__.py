"""The values that the stages hand on: Article, Script, Clip, Recording, Package. All are frozen."""

from __future__ import annotations

from audio_edition.model.article import (
    Article,
    Creator,
    CreatorRole,
    Credit,
    Disclosure,
    Image,
    Issue,
    Metadata,
    Notes,
    Pages,
    Struck,
)
from audio_edition.model.blocks import (
    DEEPEST,
    PRODUCER_NOTE,
    Aside,
    Block,
    Cell,
    Code,
    Definition,
    DefinitionList,
    Figure,
    Formula,
    HeaderScope,
    Heading,
    Item,
    Leaf,
    List,
    ListStyle,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    Quote,
    Row,
    RowPart,
    SceneBreak,
    Table,
    Verse,
    every,
    first_leaves,
    leaves,
    with_blocks,
    with_leaves,
)
from audio_edition.model.findings import LANGUAGE_GUESSED, Finding, Level
from audio_edition.model.narration import SURE, Narration, Reading, Tape
from audio_edition.model.recording import (
    EDITION_JSON,
    PERSON,
    RATE_HZ,
    BookText,
    BrailleForm,
    ChapterRecording,
    Clip,
    Cue,
    Delivery,
    Package,
    Recording,
    Take,
    Voice,
    Word,
)
from audio_edition.model.script import (
    LINE,
    TEMPLATE_FIELDS,
    Chapter,
    Passage,
    Pause,
    Pauses,
    Pronunciation,
    Role,
    Script,
    Utterance,
    Wording,
    joined,
)
from audio_edition.model.settings import Setting, Settings, Speech, StickProfile, declared
from audio_edition.model.text import EMPTY_KINDS, Span, SpanKind, Text, in_order, is_language_tag

__all__ = [
    "DEEPEST", "EDITION_JSON", "EMPTY_KINDS", "LANGUAGE_GUESSED", "LINE", "PERSON", "PRODUCER_NOTE", "RATE_HZ", "SURE",
    "TEMPLATE_FIELDS", "Article", "Aside", "Block", "BookText", "BrailleForm", "Cell", "Chapter", "ChapterRecording",
    "Clip", "Code", "Creator", "CreatorRole", "Credit", "Cue", "Definition", "DefinitionList", "Delivery", "Disclosure",
    "Figure", "Finding", "Formula", "HeaderScope", "Heading", "Image", "Issue", "Item", "Leaf", "Level", "List",
    "ListStyle", "Metadata", "Narration", "Note", "Notes", "Package", "PageBreak", "Pages", "Paragraph", "Passage",
    "Pause", "Pauses", "Picture", "Pronunciation", "Quote", "Reading", "Recording", "Role", "Row", "RowPart",
    "SceneBreak", "Script", "Setting", "Settings", "Span", "SpanKind", "Speech", "StickProfile", "Struck", "Table",
    "Take", "Tape", "Text", "Utterance", "Verse", "Voice", "Word", "Wording", "declared", "every", "first_leaves",
    "in_order", "is_language_tag", "joined", "leaves", "with_blocks", "with_leaves",
]  # fmt: skip
