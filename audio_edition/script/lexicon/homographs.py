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

SELDOM = words("polish invalid entrance does sewer number moped august")
"""Words said in a second way so seldom that `proof` would list the usual one. What begins like them is meant too."""


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
_MUSIC = (
    "guitars?|guitarists?|drums?|band|music|musicians?|sing|sings|singer|sang|opera|choir|notes?|clef|players?|line"
    "|voice|solo"
)
_FISH = "cod|trout|salmon|perch|mackerel|pike|bream|mullet|carp|haddock|anglers?|angling|fishermen|fisherman"
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
    Rule(
        r"(?:^|[.!?;,:] [\"“‘]?|\b(?:and|but|as|when|while|after|before|because|until|where) )"
        r"(?:the|a|an|his|her|their|its|our|my) (?:\w+ )?(?!people|men|women|children|police|staff|team|crew|crowd|jury"
        r"|council|public|committee|family|pair|youth|young|old|poor|rich|blind|deaf|sighted|elderly|few|others|rest)"
        r"[a-z]{2,}(?<!s) (?P<word>read)(?= (?:the|a|an|his|her|it|them|out|aloud|from|every|all|this|that|each)\b)",
        "ˈɹɛd",
    ),
    # The metal.
    Rule(rf"\b(?P<word>lead)(?=[ -](?:{_LEADEN})\b|-(?:free|based|lined|zinc|glazed|tainted)\b)", "ˈlɛd"),
    Rule(
        r"\b(?:made (?:of|from)|lined with|coated with|molten|melted|containing) (?P<word>lead)\b(?! \w+ers?\b)",
        "ˈlɛd",
    ),
    Rule(
        r"\b(?:(?:pipes?|sheets?|strips?|bars?|blocks?|lumps?|ingots?|weights?|slabs?|coffins?) of"
        r"|(?:heavy|dense|grey|gray"
        r"|dull) as) (?P<word>lead)\b"
        r"|\b(?P<other>lead)(?= in (?:the|their|its|our|drinking|tap|old) (?:\w+ )?(?:paint|petrol"
        r"|gasoline|soil|blood|pipes"
        r"|plumbing|glaze|solder|drinking water|tap water)\b| (?:(?:was|is|were|being) )?(?:stripped"
        r"|stolen|melted|smelted) from\b)",
        "ˈlɛd",
    ),
    Rule(
        r"(?:^|[.!?] )(?P<word>lead)(?= (?:is|was) (?:an? |highly |very |so )?(?:poisonous|toxic"
        r"|heavy|heavier|soft|metal|poison"
        r"|harmful|found in)\b)",
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
        r"\b(?:to|must|will|would|should|could|did|not|they|we|you|I|who|actors|dancers|players|courtiers|guests)"
        r" (?P<word>bow)\b(?! (?:and arrows?|ties?|string)\b)"
        r"|\b(?:over|off|across) the (?:port |starboard )?(?P<other>bows?)\b(?! ties?\b)",
        "ˈbaʊ",
    ),
    Rule(
        r"\b(?:low|deep|courtly|curt|stiff|polite) (?P<word>bows?)\b(?! ties?\b)"
        r"|\b(?:gave|gives?|giving) (?:a|an|one|another) (?:\w+ )?(?P<other>bow)\b(?! (?:and arrow|ties?)\b)",
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
    Rule(
        r"\b(?:is|are|was|were|be|seems?|looks?) (?:\w+ly |very |so |too )?(?P<word>minute)(?=[.,;!?]| (?:and|but)\b)",
        "maɪˈnuːt",
        "maɪˈnjuːt",
    ),
    # A quarrel.
    Rule(
        r"\b(?:diplomatic|political|bitter|heated|blazing|furious|racism|expenses|almighty) (?P<word>rows?)\b(?! of)"
        r"|\b(?P<other>row)(?= (?:erupted|broke out|escalated|deepened|has erupted)\b)",
        "ˈɹaʊ",
    ),
    Rule(
        r"\b(?:had|have|having|has) (?:a|an|another) (?:\w+ )?(?P<word>row)(?= (?:with|about|over)\b|[.,;!?])"
        r"|(?<!\bin )\b(?:a|the|this|that) (?:new |fresh |growing |latest |long-running )?(?P<other>row)"
        r"(?= (?:about|over(?! (?:there|here|the (?:weekend|years|past|last))\b))\b)",
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
    Rule(
        r"\b(?P<word>bass)(?= (?:swam|swims?|swimming|spawn(?:s|ed)?|feeds?|fed|jumped|(?:was|were|are|is) (?:being )?"
        r"(?:caught|netted|landed|hooked|released))\b)",
        "ˈbæs",
    ),
    Rule(
        r"\b(?:catch|catches|catching|caught|landed|landing|hooked|netted|filleted|poached|fried|fishing for"
        r"|(?:shoal|school)s? of) (?:(?:a|an|the|his|her|some|two|three|\d+|big|huge|large|small|[\w-]+-pound) )*"
        rf"(?P<word>bass)\b(?! (?:{_MUSIC})\b)",
        "ˈbæs",
    ),
    Rule(
        rf"(?:^|[.!?] )(?![^.!?]*\b(?:{_MUSIC})\b)(?:[^.!?]*?\b(?:{_FISH})\b[^.!?]*?\b(?P<word>bass)\b"
        rf"|[^.!?]*?\b(?P<other>bass)\b(?=[^.!?]*\b(?:{_FISH})\b))",
        "ˈbæs",
    ),
    # To dive, in the past, as Americans say.
    Rule(
        r"(?:\b(?:he|she|it|they|we|I|who|and|then|dove) (?:\w+ly )?|(?<!\bwhite )(?<!\bturtle )(?<!\ba )(?<!\bthe )\b)"
        r"(?P<word>dove)(?= (?:into|off|under|headfirst|head-first|overboard|deep|deeper)\b)"
        r"|\b(?:he|she|they|we|I|who|dove) (?:\w+ly )?(?P<other>dove)(?= (?:in|down|for|through|straight|back)\b)",
        "ˈdoʊv",
        "ˈdəʊv",
    ),
    # A pig.
    Rule(
        r"\b(?:a|the|this|that|each|every|one|his|her|my|our)"
        r"(?: (?:old|young|pregnant|breeding|nursing|prize|wild|fat|big|huge|large|white|black|pink|spotted))* "
        r"(?P<word>sow)\b(?! (?:the|a|an|seeds?)\b)|\b(?:breeding|pregnant|nursing|the|two|three"
        r"|his) (?P<other>sows)\b",
        "ˈsaʊ",
    ),
    # To turn.
    Rule(
        r"(?:^|[.!?] [\"“‘]?|\bplease )(?P<word>wind)(?= (?:the|your|it|them|this)\b)"
        r"|\b(?:roads?|paths?|streets?|rivers?|streams?|lanes?|tracks?|trails?|stairs?|steps|alleys?"
        r"|routes?|canals?|tunnels?"
        r"|queues?) (?P<other>winds?)(?= (?:through|up|down|round|around|along|past|between|across|over|into|back"
        r"|its way|their way)\b)",
        "ˈwaɪnd",
    ),
    # To shut, and an end.
    Rule(
        r"\b(?:shops?|stores?|markets?|schools?|banks?|pubs?|polls?|offices?|doors?|museums?"
        r"|libraries|restaurants?|bars"
        r"|gates?|bookings|entries|applications|nominations|exchanges?|curtains?|roads?|bridges?|factories|plants|mines"
        r"|borders?|they|we|who) (?P<word>close)(?= (?:at|early|late|down|up|for|on|today|tomorrow"
        r"|tonight|before|after|when"
        r"|next|until|lower|higher|in (?:winter|summer|autumn|the|[A-Z]\w+|\d+))\b|[.;!?])",
        "ˈkloʊz",
        "ˈkləʊz",
    ),
    Rule(
        r"\b(?:the|at) (?P<word>close)(?= of\b)|\bto (?:a|its|their) (?:\w+ )?(?P<other>close)"
        r"(?=[.,;:!?]| (?:with|on|in|at|as|after|when|this|today|tomorrow|yesterday|last|next|and)\b)",
        "ˈkloʊz",
        "ˈkləʊz",
    ),
    # To make shine.
    Rule(r"(?:^|[.!?] [\"“‘]?)(?P<word>polish)(?= (?:the|your|it|them|off|up)\b(?! language))", "ˈpɑːlɪʃ", "ˈpɒlɪʃ"),
    # Somebody who is ill.
    Rule(
        r"\b(?:an|the|elderly|bedridden|chronic|permanent|lifelong) (?P<word>invalid)"
        r"(?=[.,;!?]| (?:for|who|since|wife|husband|mother|father|son|daughter|sister|brother|aunt|uncle|chair)\b)",
        "ˈɪnvəlɪd",
    ),
    # Rubbish.
    Rule(
        r"\b(?P<word>refuse)(?= (?:collect(?:or|ors|ion|ions)|bins?|lorry|lorries|trucks?|carts?"
        r"|bags?|dumps?|tips?|sacks?"
        r"|disposal|heaps?|workers)\b)|\b(?:of|household|kitchen|garden|domestic|rotting"
        r"|burning) (?P<other>refuse)\b(?! to\b)",
        "ˈɹɛfjuːs",
    ),
    # To delight.
    Rule(
        rf"(?:{_SUBJECT}|\b(?:to|will|would|can|could) )(?P<word>entrance)"
        r"(?= (?:us|them|him|you|me|(?:the |an |their |its )?(?:crowds?|audiences?|visitors|listeners"
        r"|readers|children))\b)",
        "ɪnˈtɹæns",
        "ɪnˈtɹɑːns",
    ),
    # Deer.
    Rule(
        r"(?<!\bthe )(?<!\bof )\b(?:two|three|four|five|six|several|pregnant|roe|fallow) (?P<word>does)"
        r"(?= (?:and|crossed|grazed?|ran|were|are|stood|fled|leapt)\b)"
        r"|\b(?P<other>does)(?= and (?:stags|bucks|fawns)\b)",
        "ˈdoʊz",
        "ˈdəʊz",
    ),
    # Somebody who sews.
    Rule(
        r"\b(?:keen|skilled|expert|experienced|amateur|talented|novice) (?P<word>sewers?)(?=[.,;!?]"
        r"| (?:who|and|of|will|can|has|made)\b)"
        r"|\b(?P<other>sewers?)(?= of (?:quilts|clothes|dresses|costumes|sails|shirts|uniforms)\b)",
        "ˈsoʊɚ",
        "ˈsəʊə",
    ),
    # More numb.
    Rule(
        r"\b(?:grew|grow|grows|growing|got|getting|became|becoming|felt) (?P<word>number)(?=[.,;!?]"
        r"| (?:and|than|with|by)\b)",
        "ˈnʌmɚ",
        "ˈnʌmə",
    ),
    # To sulk.
    Rule(
        r"\b(?:he|she|they|we|I|who|(?:sat|sulked|sighed|cried|wept|stayed in) and) (?:just |only |\w+ly )?"
        r"(?P<word>moped)\b",
        "ˈmoʊpt",
        "ˈməʊpt",
    ),
    # Venerable, in small letters; the month has a capital.
    Rule(r"\b(?:an|the|most|more|such|this|that|his|her|these|those) (?-i:(?P<word>august))(?= [a-z])", "ɔːˈɡʌst"),
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
    r"|rows?|separate|protest|estimate|conduct|conflict|contest|convict|suspect|subject|increase"
    r"|export|use|abuse|advocate)\b",
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


_PLURALS = words("tears bows rows sows winds sewers")
"""Of words whose rule gives the sounds of one."""


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
        yield Match(start, end, word, ipa + "z" * (word.lower() in _PLURALS))


def is_sure(text: str, start: int, end: int) -> bool:
    """Return whether the engine says the homograph at these characters right, by the words beside."""
    return any(match.start() <= start and end <= match.end() for match in _sure().finditer(text))


@functools.cache
def _compiled() -> tuple[tuple[re.Pattern[str], Rule], ...]:
    return tuple((re.compile(rule.pattern, re.IGNORECASE), rule) for rule in RULES)


@functools.cache
def _homograph() -> re.Pattern[str]:
    """Return what finds a homograph, or what begins like one."""
    return re.compile(rf"\b(?:{'|'.join(sorted(HOMOGRAPHS | SELDOM))})", re.IGNORECASE)


@functools.cache
def _sure() -> re.Pattern[str]:
    return re.compile("|".join(SURE), re.IGNORECASE)
