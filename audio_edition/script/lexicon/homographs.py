"""Tell how English words are said that are written like others: "She read it", "a lead pipe", "took a bow".

Only what the words beside make certain; the rest is left to the engine, which knows much of it, and `proof` lists it.
eSpeak NG 1.52 says all that RULES are for otherwise, and what SURE is for right.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from audio_edition.script.lexicon.matching import Match
from audio_edition.script.tables import words

HOMOGRAPHS = words(
    "read lead live lives wound tear tears bow bows close minute object objects wind winds row rows content bass"
    " produce"
    " sow dove desert present contract record project permit refuse"
    " separate protest estimate excuse conduct conflict contest convict suspect subject increase export use abuse"
    " delegate delegates advocate advocates"
)
"""Words that are said in two ways."""


class Rule(NamedTuple):
    """How the groups `word` and `other` of a pattern sound in American English, and in British where that differs."""

    pattern: str
    american: str
    british: str = ""


_HELPERS = words("did does will would can could should must may might let make made help hear heard")
_BEFORE_NOUN = words("a an the his her their its my this that flesh head knife")
_ADVERB = r"(?:(?:never|not|also|already|just|ever|always|often|once|since|only|then|later|\w+ly) )?"
_NO_HELPER = "".join(rf"(?<!\b{helper} )" for helper in sorted(_HELPERS))
_THEN = r"(?= [^.!?]{0,60}\b(?:yesterday|ago|last (?:night|week|month|year|\w+day)|in (?:1\d|20)\d\d)\b)"
_NO_NOUN = "".join(rf"(?<!\b{before} )" for before in sorted(_BEFORE_NOUN))
_LEADEN = (
    "pipe|pipes|piping|paint|paints|poisoning|bullet|bullets|shot|pellets|levels|mine|mines|mining|acid|battery"
    "|batteries|weight|weights|crystal|roof|roofs|roofing|oxide|solder|contamination|dust|smelter|smelters|ore"
)
_VESSEL = "boat|ferry|ship|trawler|vessel|yacht|liner|tanker|canoe|lifeboat|barge|tug|galley|raft"

_OBJECT = r"(?= (?:the|a|an|it|them|him|us|me|these|those|their|its|our|your|my)\b)"
_SUBJECT = (
    r"(?:^|[.!?;,:] [\"“‘]?|\b(?:please|and|or|then|not|also|never|always|often|who|people|men|women|children|police"
    r"|I|we|you|they|(?!this\b|his\b|its\b|is\b|was\b|has\b|as\b|less\b|us\b|yes\b)\w+s) )"
)
_AS_VERB = {
    "use": ("ˈjuːz", ""), "close": ("ˈkloʊz", "ˈkləʊz"), "protest": ("pɹəˈtɛst", ""), "desert": ("dɪˈzɜːt", ""),
    "separate": ("ˈsɛpəɹeɪt", ""), "excuse": ("ɪkˈskjuːz", ""), "suspect": ("səˈspɛkt", ""),
    "contest": ("kənˈtɛst", ""), "conduct": ("kənˈdʌkt", ""),
}  # fmt: skip
"""Words that are verbs behind who does it, or a beginning, and before what it is done to."""

_NOUN = r"\b(?:a|an|the|this|his|her|their|its|our|one|each|every|no|\d+) (?:(?!to\b|will\b|can\b)\w+ )?"

RULES = (
    *(
        Rule(rf"{_SUBJECT}(?P<word>{verb}){_OBJECT}", american, british)
        for verb, (american, british) in _AS_VERB.items()
    ),
    # People, whom engines stress as what is done.
    Rule(rf"{_NOUN}(?P<word>delegate)\b(?! (?:the|a|an|it|them|this|to)\b)", "ˈdɛlɪɡət"),
    Rule(rf"{_NOUN}(?P<word>delegates)\b", "ˈdɛlɪɡəts"),
    Rule(rf"{_NOUN}(?P<word>advocate)\b(?! (?:the|a|an|it|them|this)\b)", "ˈædvəkət"),
    Rule(rf"{_NOUN}(?P<word>advocates)\b(?! (?:the|a|an|it|them|this)\b)", "ˈædvəkəts"),
    # To read, in the past.
    Rule(rf"{_NO_HELPER}\b(?:he|she) {_ADVERB}(?P<word>read)\b(?! and write)", "ˈɹɛd"),
    Rule(rf"\b(?:I|we|you|they) {_ADVERB}(?P<word>read)\b{_THEN}", "ˈɹɛd"),
    Rule(
        r"\b(?:yesterday|last (?:night|week|month|year|\w+day)|(?:days?|weeks?|months?|years?) ago|in (?:1\d|20)\d\d)"
        r",? "
        rf"(?:I|we|you|they) {_ADVERB}(?P<word>read)\b",
        "ˈɹɛd",
    ),
    Rule(
        r"\b(?:sign|letter|statement|headline|note|inscription|message|banner|e-?mail|plaque|placard|notice|caption"
        r"|tweet"
        r"|slogan) (?P<word>read)(?=[:,] ?[\"“'‘«]| [\"“«]|: )",
        "ˈɹɛd",
    ),
    Rule(
        r"(?:^|[.!?;,] |\b(?:and|but|as|when|while) )(?-i:(?!The|These|Those|Most|Many|All|Some"
        r"|Both)[A-Z][\w'’-]+ [A-Z]"
        r"[\w'’-]+)(?<!s) (?P<word>read)(?= (?:the|a|an|his|her|it|them|from|aloud|out|every|all|this|that|each)\b)",
        "ˈɹɛd",
    ),
    # The metal.
    Rule(rf"\b(?P<word>lead)(?=[ -](?:{_LEADEN})\b|-(?:free|based|lined|zinc|glazed|tainted)\b)", "ˈlɛd"),
    Rule(
        r"\b(?:made (?:of|from)|lined with|coated with|molten|melted|containing) (?P<word>lead)\b(?! \w+ers?\b)",
        "ˈlɛd",
    ),
    Rule(r"\b(?:traces|amounts|levels|grams|ounces|pounds|tonnes|tons|micrograms) of (?P<word>lead)\b", "ˈlɛd"),
    Rule(
        r"\b(?:copper|zinc|mercury|arsenic|cadmium|tin|nickel)(?:,| and| or) (?P<word>lead)\b(?! (?:the|to|in|by)\b)"
        r"|\b(?P<other>lead)(?= (?:and|or) (?:copper|zinc|mercury|arsenic|cadmium|tin|asbestos)\b)",
        "ˈlɛd",
    ),
    # To wind, in the past.
    Rule(
        rf"{_NO_NOUN}\b(?P<word>wound)(?= (?:up|down|round|around|through|along|back|(?:its|his|her|their) way)\b)",
        "ˈwaʊnd",
    ),
    Rule(r"\b(?:he|she|it) (?P<word>wound)(?= (?:a|an|the|his|her|its|it|them|some)\b)", "ˈwaʊnd"),
    # What is torn.
    Rule(
        r"\b(?:muscle|ligament|cartilage|calf|hamstring|meniscus|tendon|groin|cuff|labral"
        r"|retinal) (?P<word>tears?)\b",
        "ˈtɛɹ",
        "ˈtɛə",
    ),
    Rule(
        r"\b(?P<word>tears?)(?= in (?:the|a|an|his|her|its|their|my|your) (?:\w+ )?(?:sails?|nets?|cloth|fabric|coat"
        r"|dress|curtains?|canvas|tent|paper|skin|roof|trousers|shirt|lining)\b)",
        "ˈtɛɹ",
        "ˈtɛə",
    ),
    # To bend, and the front of a ship.
    Rule(
        r"\b(?:takes?|took|taking|taken) (?:a |his |her |their |its |final |last )+(?P<word>bow)\b(?! and arrow"
        r"| tie)",
        "ˈbaʊ",
    ),
    Rule(
        rf"\b(?:{_VESSEL})['’]s (?P<word>bows?)\b"
        rf"|\b(?P<other>bows?)(?= of (?:the|a|an|her|his|our|their) (?:\w+ )?(?:{_VESSEL})\b|-? ?(?:doors?"
        rf"|thrusters?)\b"
        r"| to stern\b)",
        "ˈbaʊ",
    ),
    # Very small.
    Rule(
        r"(?<![\d-] )(?<!\d-)\b(?P<word>minute)(?= (?:details?|amounts?|quantit(?:y|ies)|particles?|traces?"
        r"|fractions?"
        r"|differences?|proportions?|creatures?|organisms?|variations?|doses?|holes?|cracks?|crystals|fragments?)\b)",
        "maɪˈnuːt",
        "maɪˈnjuːt",
    ),
    # A quarrel.
    Rule(
        r"\b(?:diplomatic|political|bitter|heated|blazing|furious|racism|expenses|almighty) (?P<word>rows?)\b(?! of)"
        r"|\b(?P<other>row)(?= (?:erupted|broke out|escalated|deepened|has erupted)\b)",
        "ˈɹaʊ",
    ),
    # Satisfied.
    Rule(r"\b(?:is|are|was|were|be|been|am|seems?|seemed|quite) (?P<word>content)(?= (?:with|to)\b)", "kənˈtɛnt"),
    # The fish.
    Rule(
        r"\b(?:sea|striped|largemouth|smallmouth|grilled|baked) (?P<word>bass)\b"
        r"|\b(?P<other>bass)(?= (?:fishing|fillets?|stocks|anglers?)\b)",
        "ˈbæs",
    ),
    # What a farm sells.
    Rule(
        r"\b(?:fresh|local|organic|farm|dairy|seasonal|garden|home-grown) (?P<word>produce)\b(?! (?:a|an|the)\b)",
        "ˈpɹoʊduːs",
        "ˈpɹɒdjuːs",
    ),
)

_VERBS = (
    "read|lead|live|close|object|wind|row|produce|sow|desert|present|contract|record|project|permit|refuse|tear|bow|separate|protest|estimate|conduct|conflict|contest|convict"
    "|suspect|increase|export|use|abuse"
)
SURE = (
    r"\b(?:to|will|would|can|could|must|should|may|might|cannot|shall|don['’]t|doesn['’]t|didn['’]t|did|does|do not)"
    rf" (?:{_VERBS})\b",
    rf"\b(?:I|we|you|they) (?:{_VERBS.replace('read|lead|live|', '')})\b|\b(?:is|are|was|were|be|been) present\b",
    r"\b(?:of|in|no|into|for) use\b|\b(?:of|drug|child|sexual) abuse\b|\bexcuse\b(?! me\b)|\bdelegates?\b",
    r"\b(?:have|has|had|having|is|are|was|were|be|been|being) (?:\w+ly |never |not |also )?read\b",
    r"\b(?:a|an|the|this|that|one|every|each|per|last|next|another|any|his|her|its|their|our|my|first|second"
    r"|[\d,]+) (?:(?!\w+s |dove )\w+ )?"
    r"(?:separate|protest|estimate|conduct|conflict|contest|convict|suspect|subject|increase|export|use|abuse"
    r"|advocate|wound|minute|object|objects|wind|winds|present|contract|record|project|permit|desert|dove|content|lead"
    r"|rows?|separate|protest|estimate|conduct|conflict|contest|convict|suspect|subject|increase|export|use|abuse|advocate)\b",
    r"\b(?:wind|winds)(?= (?:turbines?|power|farms?|speeds?|energy|blew|of|and)\b)|\b(?:strong|high) winds?\b",
    r"\blive(?= (?:music|shows?|broadcasts?|streams?|streaming|concerts?|television|TV|audience|ammunition|rounds"
    r"|animals"
    r"|updates|coverage|in|at|on|with|near|there|here|for|together|alone|longer)\b)|\b(?:broadcast|go|went"
    r"|streamed) live\b",
    r"\b(?:their|our|your|his|her|its|many|of|save|saved|lost|human) lives\b|\blives(?= (?:in|at|on|with|near"
    r"|there)\b)",
    r"\b(?:very|so|too|as|came|comes?|is|are|was|were|be|been|get|got) close\b|\bclose(?= (?:to|by|friends?|ties"
    r"|links|ally"
    r"|contact|allies|together|behind|enough|relationship|relations|race|range)\b)",
    r"\b(?:in|of|to) tears\b|\btear(?= (?:gas|apart|down|up|off|open)\b)|\btears(?= (?:apart|down|up|off|open)\b)",
    r"\bbass(?= (?:guitar|guitarist|drum|line|player)\b)|\bbow(?= (?:and arrows?|ties?|to|down|out)\b)"
    r"|\blead (?:the|to)\b",
)
"""Where engines say the words right."""


def sounds(text: str, language: str) -> Iterator[Match]:
    """Yield the words of a text that the engine would say like another, and how they sound, in their order."""
    if language.partition("-")[0].lower() != "en" or not _homograph().search(text):
        return
    is_american = language.lower() in ("en", "en-us", "en-ca", "en-ph")
    found: dict[tuple[int, int], str] = {}
    for pattern, rule in _compiled():
        for match in pattern.finditer(text):
            group = "word" if match["word"] else "other"
            found.setdefault(match.span(group), rule.american if is_american or not rule.british else rule.british)
    for (start, end), ipa in sorted(found.items()):
        word = text[start:end]
        yield Match(start, end, word, ipa + "z" * (word.lower() in ("tears", "bows", "rows")))


def is_sure(text: str, start: int, end: int) -> bool:
    """Return whether the engine says the homograph at these characters right, by the words beside."""
    return any(match.start() <= start and end <= match.end() for match in _sure().finditer(text))


@functools.cache
def _compiled() -> tuple[tuple[re.Pattern[str], Rule], ...]:
    return tuple((re.compile(rule.pattern, re.IGNORECASE), rule) for rule in RULES)


@functools.cache
def _homograph() -> re.Pattern[str]:
    """Return what finds a homograph, or what begins like one."""
    return re.compile(rf"\b(?:{'|'.join(sorted(HOMOGRAPHS))})", re.IGNORECASE)


@functools.cache
def _sure() -> re.Pattern[str]:
    return re.compile("|".join(SURE), re.IGNORECASE)
