"""Every finding that this program has: its id, how bad it is, what it means and what one can do.

The tables of docs/findings.md and docs/check.md are made from it by scripts/findings.py. Plug-ins may have
ids of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from audio_edition.model.findings import Level


@dataclass(frozen=True, slots=True)
class Kind:
    """What all findings of an id have in common, in Markdown: their usual level, and other levels that they may
    have."""

    level: Level
    meaning: str
    remedy: str
    other_levels: tuple[Level, ...] = ()


OF_DOCUMENTS: dict[str, Kind] = {
    "heading-marks": Kind(
        "note",
        "The dashes around subheadings, and the rows of marks under or over them, are not read out; of an "
        "e-book, numbers of chapters that its contents write in another way, which is read.",
        "Nothing.",
    ),
    "dateline-dash": Kind(
        "note",
        "The dash behind a dateline is not shown, since a dateline stands on a line of its own.",
        "Nothing.",
    ),
    "separator": Kind(
        "note",
        "A line of marks (`* * *`, `-----`) is not read out; between paragraphs it is a pause. A warning if "
        "it holds emoji or currency signs.",
        "Say it in words.",
        ("warning",),
    ),
    "list-marks": Kind(
        "note",
        "Of plain text, PDFs, FictionBooks, and pages that Word or LibreOffice wrote: the bullets or numbers in front "
        "of lines that are surely a list; its numbers are said as a list's.",
        "Nothing.",
    ),
    "page-heads": Kind(
        "note",
        "Of a PDF, or plain text copied from one: what seem to be numbers and heads of pages are not read out.",
        "Look whether one is of the text.",
    ),
    "turned-text": Kind(
        "note",
        "Of a PDF: text that is turned against the rest of its page, as credits beside pictures are, is not read.",
        "Look whether it belongs to the article.",
    ),
    "replaced-text": Kind(
        "note",
        "Of a tagged PDF: the document gives other words for something drawn; they are read instead.",
        "Nothing.",
    ),
    "recognised-text": Kind(
        "warning",
        "Of a PDF: pages are pictures, and their words were recognised (OCR). Some will be wrong.",
        "Read the script through before you build; look at the words named.",
    ),
    "picture-of-page": Kind(
        "warning",
        "Of a PDF: pages are pictures without text, and nothing recognises words here.",
        "Install the extra `ocr`.",
    ),
    "untagged-text": Kind(
        "note",
        "Of a tagged PDF: text that no tag names, and that is no running head, is read behind its page's text.",
        "Look whether it is read at the right place.",
    ),
    "tags-unreadable": Kind(
        "warning",
        "Of a PDF: its tags and metadata are damaged, so that it was read by how its pages look.",
        "Export it again from the program that made it.",
    ),
    "page-lost": Kind(
        "warning",
        "Of a PDF: pages that are damaged, or that take too much memory or time, are not read.",
        "Open it in another program, and print it to a new PDF.",
    ),
    "copying-forbidden": Kind(
        "note",
        "Of a PDF: its maker forbids copying its text. It is read all the same, for those who can't see it.",
        "Ask its maker before others hear the edition.",
    ),
    "line-hyphens": Kind(
        "note",
        "Of plain text copied from a PDF: hyphens that seem to part words only where a line ended are left out.",
        "Look at the words named.",
    ),
    "desk-marks": Kind(
        "note",
        "What a desk writes for itself is not read out: sign-offs (`(END)`, `NNNN`, `Enditem`, `str/ms/kjm`, "
        "`dpa jo yyn`), slugs, keywords, which take it is (`UPDATE 2-`), who edited it (`(Reporting by …; "
        "Editing by …)`).",
        "Nothing; `--keep-all` reads it.",
    ),
    "not-for-publication": Kind(
        "note",
        "What an agency marks as not for publication is not read out: dpa's `Notizblock`, notes to editors, "
        "and all behind them.",
        "Look whether something is for readers; `--keep-all` reads it.",
    ),
    "contacts": Kind(
        "note",
        "Telephone numbers and addresses of those who wrote the article are not read out.",
        "Nothing.",
    ),
    "note-marks": Kind(
        "note",
        "What leads back from notes, and marks that are written otherwise where they are repeated, are not "
        "read out: each note follows what refers to it.",
        "Nothing.",
    ),
    "notes-heading": Kind(
        "note",
        "Headings over notes alone (“Notes”) are not read: each note follows what refers to it.",
        "Nothing.",
    ),
    "tooltips": Kind(
        "note",
        "Notes where a page shows them over their marks are not read; those below are.",
        "Nothing.",
    ),
    "page-numbers": Kind(
        "note",
        "What stands around the number of a page is not read; the number is kept as a mark.",
        "Nothing.",
    ),
    "line-numbers": Kind(
        "note",
        "Numbers of lines are not read.",
        "Nothing.",
    ),
    "scene-marks": Kind(
        "note",
        "Signs that part scenes are a pause, and are not read.",
        "Nothing.",
    ),
    "hidden-text": Kind(
        "note",
        "What a page shows but hides from screen readers (`aria-hidden`) is not read.",
        "Look whether it should be heard; if so, do not hide it.",
    ),
    "form-controls": Kind(
        "note",
        "Buttons, fields of forms and links to press are not read.",
        "Nothing.",
    ),
    "editors-marks": Kind(
        "note",
        "Marks of those who edit a page, such as requests for citations, are not read.",
        "Nothing.",
    ),
    "drawn-text": Kind(
        "note",
        "Words inside a drawing that has a description are not read.",
        "Say in the description what they tell.",
    ),
    "producer-note-inside": Kind(
        "warning",
        "A producer's note (`--producer-notes`) is inside another text, or its bracket never closes. It is read, "
        "and can't be skipped.",
        "Put it in a paragraph of its own, and close its bracket.",
    ),
    "struck-left-out": Kind(
        "note",
        "Words that are struck out were left out of sound and text, as `--struck left-out` asks.",
        "Nothing.",
    ),
    "pages-left-out": Kind(
        "note",
        "Only some pages of the document are in the edition, as `--only-pages` asks.",
        "Nothing.",
    ),
    "not-spoken": Kind(
        "warning",
        "The engine can't say a sentence, also in parts; a sentence that tells so is heard in its place.",
        "Change its spoken form, or try another voice; `--strict` makes it an error.",
    ),
    "picture-without-text": Kind(
        "warning",
        "Pictures have no alternative text, so nothing can be said of them.",
        "Give each one in the document; an empty one where it only decorates.",
    ),
    "played-without-text": Kind(
        "warning",
        "Videos, recordings and embedded pages are not read.",
        "Say in the article what they tell.",
    ),
    "date-not-understood": Kind(
        "warning",
        "The date that a document gives is none of the calendar.",
        "Write it as 2026-11-22, or name it: `--date`.",
    ),
    "parts-left-out": Kind(
        "note",
        "Of an e-book: its cover, title page, contents, index, what is not in its reading order and the "
        "numbers of printings are not read; each is quoted whole.",
        "Look whether one of those named should be read (`--keep-all`).",
    ),
    "tracked-changes": Kind(
        "warning",
        "Of a text document: it is read as if all its changes were accepted.",
        "Accept or reject them in the program that wrote it.",
    ),
    "comments-left-out": Kind(
        "note",
        "Of a text document, a page that Word or Google Docs wrote, or Markdown: comments on the text are not read.",
        "Nothing.",
    ),
    "symbols-left-out": Kind(
        "warning",
        "Of a text document: signs of a font that no letters stand for are not read.",
        "Write in words what they mean.",
    ),
    "embedded-left-out": Kind(
        "warning",
        "Of a text document or Markdown: documents inside it, and what Markdown only names (videos, other "
        "notes), are not read, or by their text alone.",
        "Put what they hold into the document itself.",
    ),
    "marks-left-out": Kind(
        "note",
        "Of Markdown: marks for the program that it was written for are not read: contents to be filled in, "
        "shortcodes, imports, tags, names of blocks.",
        "Nothing.",
    ),
    "citations-left-out": Kind(
        "note",
        "Of Markdown and scholarly articles: references to a list of literature (`[@holt2020]`, `[3]`) are not read.",
        "Write in words what is to be heard.",
    ),
    "converted": Kind(
        "note",
        "An old Word document was converted by LibreOffice, or another markup by pandoc, which may lose something.",
        "Look whether something is missing.",
    ),
    "references-left-out": Kind(
        "note",
        "Of a scholarly article: its list of references, and reviews or answers that stand with it, are not read.",
        "Nothing; `--keep-all` reads them.",
    ),
    "abstracts-left-out": Kind(
        "note",
        "Of a scholarly article: abstracts in other languages, highlights, and abstracts that are pictures or films "
        "are not read.",
        "Nothing; `--keep-all` reads them.",
    ),
    "abbreviations-left-out": Kind(
        "note",
        "Of Markdown: what abbreviations stand for (`*[HTML]: …`) is not read, as pages show it to a mouse only.",
        "Write it in the text if it is to be heard.",
    ),
    "links-left-out": Kind(
        "note",
        "Of Markdown: addresses that no link leads to are not read.",
        "Nothing.",
    ),
    "contents-left-out": Kind(
        "note",
        "Of a text document or a PDF: its table of contents or index is not read.",
        "Nothing.",
    ),
    "margins-left-out": Kind(
        "note",
        "Of a text document: the headers and footers of its pages are not read.",
        "Nothing.",
    ),
    "hidden-left-out": Kind(
        "note",
        "Of a text document or a PDF: text that is formatted as hidden is not read.",
        "Nothing.",
    ),
    "prompts-left-out": Kind(
        "note",
        "Of a text document: prompts of a form (“Choose an item”) that nobody filled in are not read.",
        "Fill in the form.",
    ),
    "readings-left-out": Kind(
        "note",
        "The readings beside the characters of a title (ruby) are not read.",
        "Put them into the lexicon.",
    ),
    "formula-in-title": Kind(
        "note",
        "A formula in a title is read by its words; its MathML is not kept.",
        "Nothing.",
    ),
    "charts-left-out": Kind(
        "note",
        "Of a Word document: the categories of a chart that has very many are not read.",
        "Say in the text what the chart shows.",
    ),
    "bold-lines": Kind(
        "note",
        "Of a text document, page, feed or Markdown without headings: lines that look like some are read as text.",
        "Mark them as headings: in Word, by a style.",
    ),
    "embargo": Kind(
        "warning",
        "The story must not be published before the time told, by its metadata or by a line of its own; "
        "whether that is past, nobody checks.",
        "Hand nothing out before.",
    ),
    "killed-story": Kind(
        "warning",
        "The sender has taken a story of the message back; it is left out. (A story alone is refused.)",
        "Take it out of other editions too.",
    ),
    "correction": Kind(
        "warning",
        "The story corrects an earlier one.",
        "Replace editions that hold the earlier one.",
    ),
    "status": Kind(
        "warning",
        "The sender gives the story a status that no standard has.",
        "Ask who sent it.",
    ),
    "advice": Kind(
        "warning",
        "What the agency's desk says to other desks (`(Adds quotes)`, `ATTENTION EDITORS`) is not read out.",
        "Heed it.",
    ),
    "item-without-text": Kind(
        "warning",
        "A picture, a video or an empty entry of a message or feed is not read.",
        "Say in an article what it tells.",
    ),
    "item-header": Kind(
        "note",
        "The header of an item's page, which says the headline again, is not read out.",
        "Nothing.",
    ),
    "summary": Kind(
        "note",
        "A summary is not read out, since the story is; only told where the story does not begin with it.",
        "Nothing.",
    ),
    "summary-only": Kind(
        "warning",
        "There is only a summary of the story, and that is read.",
        "Get the story with its full text.",
    ),
    "headline-only": Kind(
        "warning",
        "There is nothing to read but the headline.",
        "Get the story with its full text.",
    ),
    "text-goes-on": Kind(
        "warning",
        "A feed's text ends in “Continue reading” or the like: there is more of it elsewhere, and nothing is fetched.",
        "Get the page itself.",
    ),
    "feed-tail": Kind(
        "note",
        "What a feed's program seems to have written behind a text (“The post … appeared first on …”, “Read "
        "more”, buttons) is not read out.",
        "Nothing; `--keep-all` reads it.",
    ),
    "own-markup": Kind(
        "warning",
        "An agency's message holds its text in a markup of the agency's own, which is read in order.",
        "Look whether headings and paragraphs are right.",
    ),
    "xml-mended": Kind(
        "warning",
        "A message or feed is not sound XML: a blank line stands before it, or “&” is not written as "
        "“&amp;”. It was read all the same.",
        "Tell the makers of the program that wrote it.",
    ),
    "unknown-xml": Kind(
        "warning",
        "The document is XML of a kind that the program does not know; what seem to be its texts are read.",
        "Look whether all of them are there, and in order.",
    ),
    "xml-data": Kind(
        "note",
        "Of such XML: what is no sentence, such as numbers and keys, is not read.",
        "Nothing.",
    ),
    "text-elsewhere": Kind(
        "warning",
        "The feed says where the text is, but does not hold it; nothing is fetched.",
        "Get the page itself.",
    ),
    "mail-head": Kind(
        "note",
        "The head of an e-mail, or of one that was sent on, is not read out; its subject is the headline.",
        "Nothing.",
    ),
    "mail-signature": Kind(
        "note",
        "The signature of an e-mail is not read out.",
        "Nothing.",
    ),
    "mail-answered": Kind(
        "note",
        "The e-mail that is answered is not read out where it stands below the answer.",
        "Give that e-mail, if it is to be read.",
    ),
    "mail-notices": Kind(
        "note",
        "What a newsletter says of itself (“Unsubscribe”, “View in your browser”) is not read out.",
        "Nothing; `--keep-all` reads it.",
    ),
    "mail-alternative": Kind(
        "note",
        "An e-mail says the same as plain text, which is not read; the words that stand there alone are quoted.",
        "Nothing.",
    ),
    "attachments": Kind(
        "warning",
        "What is attached to an e-mail is not read.",
        "Save what is to be read, and give that too.",
    ),
    "publishers-notice": Kind(
        "note",
        "Project Gutenberg's notices around a book are not read out.",
        "Nothing.",
    ),
    "page-furniture": Kind(
        "note",
        "Parts of a web page that were taken for none of its article, one finding for each reason: menus, "
        "advertisements, comments of readers, links to other articles, calls to subscribe, what stands "
        "around the article. All their words are quoted.",
        "Look whether one is of the article; if so, read the whole page with `--keep-all`, or save the article alone.",
    ),
    "pull-quote": Kind(
        "note",
        "A quotation that a page shows larger, and that stands in the article too, is read once.",
        "Nothing.",
    ),
    "article-unsure": Kind(
        "warning",
        "It can't be told surely what on the page is its article, or whether it has one.",
        "Look at what will be said (`script`).",
    ),
    "article-cut": Kind(
        "warning",
        "A web page says that its article is for subscribers, or longer than what it shows.",
        "Compare the end; save the page while signed in.",
    ),
    "text-unaccounted": Kind(
        "warning",
        "Words of the document are neither read nor quoted in another finding: the program has lost them.",
        "Add them by hand, and tell the program's makers.",
    ),
    "nothing-to-say": Kind(
        "note",
        "A paragraph holds no letter or digit that could be spoken; a warning if it holds emoji or currency signs.",
        "Look whether something is missing.",
    ),
    "encoding": Kind(
        "warning",
        "The document is not UTF-8, though it says so or does not say what it is in, so it was read as Windows-1252.",
        "Check accented letters and quotation marks.",
    ),
    "entities": Kind(
        "note",
        "Entities that a document declares itself (`&boat;`) are read as the short, plain texts that it "
        "declares for them.",
        "Nothing.",
    ),
    "entities-left-out": Kind(
        "warning",
        "Entities that would have to be loaded, have markup in them, grow long or are never declared are not read.",
        "Write in the document what they stand for.",
    ),
    "markup-unclosed": Kind(
        "warning",
        "Of a web page: a comment, script or tag is never closed, so that no browser shows what follows it; "
        "that is quoted.",
        "Close it where it ends.",
    ),
    "control-characters": Kind(
        "warning",
        "Invisible characters were left out, among them spaces without width within a word.",
        "Check that no word lost a letter there.",
    ),
    "replacement-characters": Kind(
        "warning",
        "A character was lost before the document came here.",
        "Get the document again.",
    ),
    "long-title": Kind(
        "warning",
        "The first line is too long for a headline; its opening words became the title.",
        "Give it a headline.",
    ),
    "untitled-issue": Kind(
        "note",
        "Nothing says what an edition of many articles is called.",
        "`--title`",
    ),
    "announcements-in-english": Kind(
        "note",
        "The program has no words for the opening, contents and end in the edition's language.",
        "Word them yourself, or leave them out ([newspapers](newspapers.md)).",
    ),
    "no-headline": Kind(
        "warning",
        "A credit stands where the headline should be, or there is none; that, the opening words or the "
        "file's name became the title.",
        "Give it a headline.",
    ),
    "language-guessed": Kind(
        "note",
        "Nothing says in which language the article is; it was taken for what it looks like.",
        "If it is wrong, name it: `--language en`.",
    ),
    "language-unclear": Kind(
        "warning",
        "Nothing says in which language the article is, and it shows none clearly; English was taken.",
        "Name its language: `--language es`.",
    ),
    "paragraph-language": Kind(
        "note",
        "A paragraph looks like another language than the article's, and is taken for it.",
        "If it is wrong, take `language` out of the script.",
    ),
    "other-language": Kind(
        "note",
        "Sentences in another language than the article's are spoken by that voice.",
        "Name another: `--voice-for fr=fr-be`.",
    ),
    "voice-chosen": Kind(
        "note",
        "No engine or voice is named, so the best voice that is installed for the language speaks.",
        "Name one with `--voice` or `--engine`, or in audio-edition.toml.",
    ),
    "espeak-voice": Kind(
        "note",
        "The engine has no voice for a language, so eSpeak NG speaks those sentences.",
        "Name another: `--voice-for fr=NAME`.",
    ),
    "voice-language": Kind(
        "warning",
        "A voice speaks sentences in a language that it is not made for.",
        "Name one for it: `--voice-for fr=NAME`, or `--voice`.",
    ),
    "voice-variety": Kind(
        "note",
        "A voice speaks another variety of the language than the article's, such as Brazilian Portuguese for pt-PT.",
        "Name another: `--voice NAME`. `audio-edition voices --language pt` lists them.",
    ),
    "speaker-name": Kind(
        "warning",
        "A voice is set for a name that nobody has who speaks in the article, and somebody has nearly that name.",
        'Write the name as the finding says: `--speaker "Mara Holt=NAME"`.',
    ),
    "preview": Kind(
        "note",
        "Only the first minute was made.",
        "Build without `--preview`.",
    ),
    "preview-left-out": Kind(
        "warning",
        "Of `publish`: an edition is a preview, only the first minute, and was left out.",
        "To publish the whole, build its document without `--preview`.",
    ),
    "edition-without-date": Kind(
        "warning",
        "Of `publish`: an edition has no date, so the site lists it last and podcast apps may put it anywhere.",
        "Build it with `--date`, publish it again, and take this one out.",
    ),
    "misheard": Kind(
        "warning",
        "Of `proof EDITION`: a recogniser did not hear all words of a sentence.",
        "Listen to it ([proof](proof.md)).",
    ),
    "sentence-missing": Kind(
        "error",
        "Of `proof EDITION`: there is silence, or another text, where a sentence should be.",
        "Listen to it; build again with `--no-cache`.",
    ),
    "language-mismatch": Kind(
        "warning",
        "The article is in another language than the document says, or in letters that its voice does not read.",
        "Name its language: `--language ar`.",
    ),
    "lexicon-fault": Kind(
        "warning",
        "Something in a lexicon is doubtful, on the line named.",
        "`audio-edition lexicon check FILE`",
    ),
    "lexicon-not-used": Kind(
        "warning",
        "A lexicon is for other languages than the article, or empty; or it was named for a script.",
        "Check the language of both.",
    ),
    "lexicon-ipa-not-said": Kind(
        "warning",
        "A word's IPA is not said: the engine takes none, or the voice lacks a sound. A note where the "
        "lexicon gives letters too, which are said then.",
        "Give the word letters too: `word = said as, /IPA/`.",
    ),
    "narration-unread": Kind(
        "warning",
        "Sentences are in the text and on no recording. The synthetic voice speaks them, or they are left out.",
        "Have them read, or leave it so: `unread` in the [settings](settings.md#narration).",
    ),
    "narration-announced": Kind(
        "note",
        "The reader did not read the announcements that the program adds: opening, contents, ending. The synthetic "
        "voice speaks them, or they are left out.",
        "Nothing; to switch them off, use `announcements` in the [settings](settings.md#edition).",
    ),
    "narration-title-heard": Kind(
        "note",
        "A chapter of a recording without a text has no written title. Its title is what the recogniser heard at its "
        "beginning.",
        "If it is wrong, list the chapters: `--chapters FILE` ([more](narration.md#a-recording-without-a-text)).",
    ),
    "narration-chapter-empty": Kind(
        "warning",
        "A chapter that is listed for a recording without a text has no sound: another begins at once, or it is silent "
        "until then. It is left out.",
        "Correct the times of the chapters ([more](narration.md#a-recording-without-a-text)).",
    ),
    "recording-clipped": Kind(
        "warning",
        "The recording is overdriven: its peaks are cut off, so that the voice crackles. What is cut off can't be "
        "brought back.",
        "Record it again with the microphone turned down; or take the file from before it was made louder.",
    ),
    "recording-noisy": Kind(
        "warning",
        "The noise of a recording is so near to the voice that it is heard in every pause. It stays: reducing it could "
        "take words along.",
        "Record nearer to the microphone or in a quieter room; or clean the file before.",
    ),
    "transcript-rough": Kind(
        "warning",
        "The text of the edition is what a recogniser heard, with its mistakes. Every format says so.",
        "Correct the text, and build the edition again with it as the article.",
    ),
    "recording-hum": Kind(
        "note",
        "A recording hums at 50 or 60 Hz, or at multiples of it. Narrow notch filters remove the hum.",
        "Nothing; to leave the sound as it is, use `--as-recorded`.",
    ),
    "recording-noise": Kind(
        "note",
        "A recording has audible steady noise. It is reduced, as it is far enough below the voice.",
        "Nothing; to leave the sound as it is, use `--as-recorded`.",
    ),
    "narration-reworded": Kind(
        "warning",
        "In the place of a sentence something similar is read, or it was misheard. The recording stands, and so "
        "does the text.",
        "Listen to it. Mend the text, or have the sentence read again.",
    ),
    "narration-unsure": Kind(
        "warning",
        "It is not sure where a sentence begins and ends on a recording: no pause was found beside it, words at its "
        "edges were not heard, or it is read far quicker or slower than others.",
        "Hear it and move its edges: `audio-edition narrate --review` ([more](narration.md#review-what-was-found)).",
    ),
    "narration-repeat": Kind(
        "note",
        "A sentence is read again later on the recording. The last good reading is used.",
        "Nothing; or listen to it.",
    ),
    "narration-slip": Kind(
        "note",
        "A sentence is begun and given up. What was said of it is cut out.",
        "Nothing; or listen to it.",
    ),
    "narration-extra": Kind(
        "note",
        "Something is said on a recording that is not in the text. It is cut out; the finding quotes what was heard.",
        "Keep it on the page of a review: `audio-edition narrate --review`; or put it into the text.",
    ),
    "narration-noise": Kind(
        "note",
        "There is music, or noise, for two seconds or longer, while nobody speaks. It is cut out.",
        "Nothing; or listen to it.",
    ),
    "narration-order": Kind(
        "note",
        "Passages are read in another order than they are written. The edition has the order of the text.",
        "Nothing.",
    ),
    "narration-reviewed": Kind(
        "note",
        "A file of decisions says where sentences are read, and what is made of what differs from the text.",
        "Nothing.",
    ),
    "narration-stale": Kind(
        "warning",
        "A decision is about a sentence that was changed or taken out of the text afterwards. What was found by "
        "listening is used instead.",
        "Review it again: `audio-edition narrate --review`.",
    ),
    "narration-name": Kind(
        "warning",
        "A recording is named as one chapter, and another is read in it. The sound decides.",
        "Rename the file.",
    ),
    "narration-poorly-heard": Kind(
        "warning",
        "The recogniser recognised little more than half of the words of a recording, so that it may have taken some "
        "sentences for others.",
        "Listen to the edition; try a larger model.",
    ),
    "narrator-unnamed": Kind(
        "note",
        "Nobody says who reads, so that packages only say that a person does.",
        "Name the reader: `--narrator`.",
    ),
}
"""What an editor should know about a document, its script, its voices or a list of pronunciations."""

OF_EDITIONS: dict[str, Kind] = {
    "edition-unreadable": Kind(
        "error",
        "There is no `edition.json`, or it is not JSON. Nothing else is looked at.",
        "Name the folder of an edition.",
    ),
    "edition-outdated": Kind(
        "error",
        "An earlier version of the program made the edition. Nothing else is looked at.",
        "Build it again from its document.",
    ),
    "edition-unsound": Kind(
        "error",
        "Something in `edition.json` is missing, of the wrong kind, or contradicts the rest: times that do "
        "not rise, lengths that do not add up, ids twice, a chapter that goes on in a track that is not "
        "there, sentences that are not those of the blocks. Nothing else is looked at.",
        "Build it again.",
    ),
    "file-missing": Kind(
        "error",
        "A file of the edition is not there.",
        "Copy it again, or build it again.",
    ),
    "file-changed": Kind(
        "error",
        "A file has another size or SHA-256 than when the edition was built.",
        "The same.",
    ),
    "file-strange": Kind(
        "warning",
        "A file is in the folder that `edition.json` does not list. What file managers leave is no finding.",
        "Move it away.",
    ),
    "file-unreadable": Kind(
        "error",
        "A package can't be read by the reader of its kind: cut short, not well-formed, too large, "
        "encrypted, with entities.",
        "Copy it again, or build it again.",
    ),
    "name-unsafe": Kind(
        "error",
        "A name in the folder or in an archive leads out of it, or some system does not take it.",
        "Do not unpack it.",
    ),
    "format-missing": Kind(
        "error",
        "The edition says that it was made in a format, and has no file of it.",
        "Build it again.",
    ),
    "sentences-differ": Kind(
        "error",
        "A package does not have the same sentences in the same order.",
        "Build it again.",
    ),
    "text-differs": Kind(
        "error",
        "A sentence, or the running text of a transcript or tag, reads otherwise.",
        "Build it again.",
    ),
    "structure-differs": Kind(
        "error",
        "A page or book lacks a list, table, picture, quotation, program, note, box or link of the text, or "
        "has it otherwise: other numbers, header cells, spans, targets.",
        "Build it again.",
    ),
    "skipping-differs": Kind(
        "error",
        "A book does not let listeners skip or leave what its text has: a note, a box, a description, a list, a table "
        "or a figure is missing among its structures, or begins or ends elsewhere.",
        "Build it again.",
    ),
    "pages-differ": Kind(
        "error",
        "A list of pages has not the pages that the text has, in their order, or one leads elsewhere.",
        "Build it again.",
    ),
    "announcement-lost": Kind(
        "error",
        'Words that the sound adds ("Picture:", "Note 1:") are neither seen in the text nor told by the '
        "element that it stands in.",
        "Build it again.",
    ),
    "picture-missing": Kind(
        "error",
        "A picture of the document is not among the files.",
        "Build it again.",
    ),
    "picture-unsound": Kind(
        "error",
        "A picture is not of the type that its name or `edition.json` says.",
        "Build it again.",
    ),
    "author-missing": Kind(
        "error",
        "A package does not name an author whom the document names.",
        "Build it again.",
    ),
    "language-differs": Kind(
        "error",
        "A sentence or page is not marked as being in its language.",
        "Build it again.",
    ),
    "time-differs": Kind(
        "error",
        "A sentence begins or ends at another time.",
        "Build it again.",
    ),
    "chapters-differ": Kind(
        "error",
        "Another number of chapters or tracks, or another title of one: of a track that begins with a "
        "section's name, its article's.",
        "Build it again.",
    ),
    "chapter-time-differs": Kind(
        "error",
        "A chapter or track begins or ends at another time.",
        "Build it again.",
    ),
    "levels-differ": Kind(
        "error",
        "A heading, or an entry of the contents, stands at another level.",
        "Build it again.",
    ),
    "tag-wrong": Kind(
        "error",
        "A tag of an MP3 or M4B is missing or not so: title, album, author, language, track number, table of contents.",
        "Build it again.",
    ),
    "disclosure-missing": Kind(
        "error",
        "A package does not say that a voice is synthetic, or does not name it, or a person who reads.",
        "Build it again; listeners have to be told.",
    ),
    "source-type-differs": Kind(
        "error",
        "A package's digital source type, by which programs recognise a synthetic voice, is missing, repeated, or does "
        "not match the voices in `edition.json`. It is in a tag, in XMP, or in a book's metadata.",
        "Build the edition again.",
    ),
    "credentials-broken": Kind(
        "error",
        "A file is not as it was signed: its content credentials (C2PA) do not fit it.",
        "Sign the edition again, after the last change.",
    ),
    "credentials-differ": Kind(
        "error",
        "The content credentials of a file say of its voice what `edition.json` does not: that it is built of rules "
        "where it was learned from recordings, or a person's, or the other way round.",
        "Sign the edition again.",
    ),
    "credentials-missing": Kind(
        "error",
        "The edition is signed, and a file of it carries no content credentials: a program that rewrites tags or "
        "sound takes them away.",
        "Sign the edition again, and hand out the files as they are.",
    ),
    "credentials-signer": Kind(
        "note",
        "Who signed files of the edition with content credentials, as their certificate says.",
        "Compare the certificate with one that you trust.",
    ),
    "cover-missing": Kind(
        "warning",
        "An MP3 or M4B holds no cover.",
        "Build it again.",
    ),
    "cover-undescribed": Kind(
        "error",
        "The cover has no description.",
        "Build it again.",
    ),
    "link-broken": Kind(
        "error",
        "A link, the list of what a package holds, or the name of what a page plays, leads nowhere or elsewhere.",
        "Build it again.",
    ),
    "entry-unlisted": Kind(
        "warning",
        "A package holds a file that it does not list.",
        "Build it again.",
    ),
    "package-unsound": Kind(
        "error",
        "A package breaks a rule of its format without which players do not open it.",
        "Build it again.",
    ),
    "copies-differ": Kind(
        "error",
        "A file in the LPF is not the one beside it.",
        "Build it again.",
    ),
    "figures-wrong": Kind(
        "error",
        "A package counts or measures itself wrong: durations, number of files, headings.",
        "Build it again.",
    ),
    "claim-missing": Kind(
        "error",
        "Metadata that the format asks for, such as those of accessibility, are not there.",
        "Build it again.",
    ),
    "claim-untrue": Kind(
        "error",
        "Metadata say what is not so of this edition: synchronised audio, ways to take it in, hazards, "
        "language, title, who vouches for it.",
        "Build it again.",
    ),
    "certifier-missing": Kind(
        "error",
        "The EPUB claims conformance and names nobody who vouches for it, or the other way round.",
        "Build with `--certifier`, or without.",
    ),
    "external-reference": Kind(
        "error",
        "A page or book refers to something outside the edition.",
        "Do not open it where it came from elsewhere.",
    ),
    "script-in-page": Kind(
        "error",
        "Something could run that the page's own policy does not name by its hash.",
        "The same.",
    ),
    "policy-missing": Kind(
        "error",
        "A page has no Content-Security-Policy that forbids what it does not name.",
        "Build it again.",
    ),
    "length-differs": Kind(
        "error",
        "A file lasts longer or shorter than it says, or than the edition does.",
        "Build it again with `--no-cache`.",
    ),
    "sound-differs": Kind(
        "error",
        "The sound of a chapter is not the same in two packages.",
        "The same.",
    ),
    "cue-silent": Kind(
        "error",
        "There is silence where a sentence should be.",
        "Listen to it; build again with `--no-cache`.",
    ),
    "cue-cut": Kind(
        "error",
        "There is silence where a sentence begins or ends: its time is wrong, or a part is missing.",
        "The same.",
    ),
    "pause-not-silent": Kind(
        "error",
        "Something sounds in a pause.",
        "The same.",
    ),
    "loudness-off": Kind(
        "warning",
        "The loudness is not what was meant.",
        "Listen to it; try another voice.",
    ),
    "braille-unsound": Kind(
        "error",
        "The pages of the braille are not as long and wide as they should be, are numbered otherwise, or hold what "
        "is no braille.",
        "Build the edition again.",
    ),
    "ebraille-unsound": Kind(
        "error",
        "The eBraille breaks a rule of eBraille 1.0, on its files, its metadata, its navigation or what it shows.",
        "Build the edition again.",
    ),
    "peak-high": Kind(
        "warning",
        "Peaks are so high that some players distort.",
        "Build with a lower `--volume`.",
    ),
    "profile-missing": Kind(
        "error",
        "The edition has no sound file for the recipient of a [profile](profiles.md).",
        "Build with `--profile`.",
    ),
    "profile-coding": Kind(
        "error",
        "A file's bit rate, bit rate mode, sample rate or number of channels is not what a [profile](profiles.md) "
        "asks for.",
        "Build with `--profile`.",
    ),
    "profile-level": Kind(
        "error",
        "A file is louder or softer than a [profile](profiles.md) allows.",
        "Build with `--profile`, which masters each file.",
    ),
    "profile-peak": Kind(
        "error",
        "The peaks of a file are higher than a [profile](profiles.md) allows.",
        "Build with `--profile`, which limits them.",
    ),
    "profile-noise": Kind(
        "error",
        "The noise floor of a file is higher than a [profile](profiles.md) allows: the room or hiss can be heard.",
        "Record in a quieter room, or build without `--as-recorded`.",
    ),
    "profile-silence": Kind(
        "error",
        "The silence at the beginning or end of a file is shorter or longer than a [profile](profiles.md) asks for.",
        "Build with `--profile`.",
    ),
    "profile-length": Kind(
        "error",
        "A file is shorter or longer than a [profile](profiles.md) allows, or there are too many files.",
        "Split or join articles, or leave some out.",
    ),
    "profile-name": Kind(
        "error",
        "The names of files are not in playing order, or not as a [profile](profiles.md) requires.",
        "Build with `--profile`; do not rename files.",
    ),
    "profile-voice": Kind(
        "note",
        "A synthetic voice speaks, and the recipient of a [profile](profiles.md) generally refuses those.",
        "Ask the recipient before you send it, or let a person read.",
    ),
    "epubcheck": Kind(
        "error",
        "A message of EPUBCheck.",
        "Look at it.",
        (
            "warning",
            "note",
        ),
    ),
    "ace": Kind(
        "error",
        "A violation that Ace found.",
        "Look at it.",
    ),
    "axe": Kind(
        "error",
        "A barrier that axe-core found on a page.",
        "Look at it.",
    ),
    "tool-missing": Kind(
        "note",
        "A program that checks editions is not installed, so its check was skipped.",
        "Install it, or leave it out with `--no-programs`.",
    ),
    "tool-failed": Kind(
        "warning",
        "A program hung, crashed or gave no report; a note where a book has so many documents that Ace would "
        "take minutes.",
        "Run it by hand.",
        ("note",),
    ),
}
"""What `check` finds in a finished edition."""


def table_of(kinds: Mapping[str, Kind]) -> str:
    """Return the kinds as a table in Markdown."""
    rows = (f"| `{name}` | {_level_label(kind)} | {kind.meaning} | {kind.remedy} |\n" for name, kind in kinds.items())
    return "| id | level | meaning | what to do |\n|---|---|---|---|\n" + "".join(rows)


def _level_label(kind: Kind) -> str:
    return "as it says" if len(kind.other_levels) > 1 else kind.level
