"""What formats need to know of a language beyond its BCP 47 tag: ISO 639-2 code, writing direction."""

from __future__ import annotations

import re

_CODES = """
aa:aar ab:abk ae:ave af:afr ak:aka am:amh an:arg ar:ara as:asm av:ava ay:aym az:aze ba:bak be:bel bg:bul bi:bis
bm:bam bn:ben bo:bod br:bre bs:bos ca:cat ce:che ch:cha co:cos cr:cre cs:ces cu:chu cv:chv cy:cym da:dan de:deu
dv:div dz:dzo ee:ewe el:ell en:eng eo:epo es:spa et:est eu:eus fa:fas ff:ful fi:fin fj:fij fo:fao fr:fra fy:fry
ga:gle gd:gla gl:glg gn:grn gu:guj gv:glv ha:hau he:heb hi:hin ho:hmo hr:hrv ht:hat hu:hun hy:hye hz:her ia:ina
id:ind ie:ile ig:ibo ii:iii ik:ipk io:ido is:isl it:ita iu:iku ja:jpn jv:jav ka:kat kg:kon ki:kik kj:kua kk:kaz
kl:kal km:khm kn:kan ko:kor kr:kau ks:kas ku:kur kv:kom kw:cor ky:kir la:lat lb:ltz lg:lug li:lim ln:lin lo:lao
lt:lit lu:lub lv:lav mg:mlg mh:mah mi:mri mk:mkd ml:mal mn:mon mr:mar ms:msa mt:mlt my:mya na:nau nb:nob nd:nde
ne:nep ng:ndo nl:nld nn:nno no:nor nr:nbl nv:nav ny:nya oc:oci oj:oji om:orm or:ori os:oss pa:pan pi:pli pl:pol
ps:pus pt:por qu:que rm:roh rn:run ro:ron ru:rus rw:kin sa:san sc:srd sd:snd se:sme sg:sag si:sin sk:slk sl:slv
sm:smo sn:sna so:som sq:sqi sr:srp ss:ssw st:sot su:sun sv:swe sw:swa ta:tam te:tel tg:tgk th:tha ti:tir tk:tuk
tl:tgl tn:tsn to:ton tr:tur ts:tso tt:tat tw:twi ty:tah ug:uig uk:ukr ur:urd uz:uzb ve:ven vi:vie vo:vol wa:wln
wo:wol xh:xho yi:yid yo:yor za:zha zh:zho zu:zul cmn:zho yue:zho
"""
_ISO_639_2: dict[str, str] = dict(re.findall(r"(\w+):(\w+)", _CODES))

_WORD = re.compile(r"\w+")
_RIGHT_TO_LEFT_SCRIPTS = frozenset(_WORD.findall("adlm arab aran hebr mand mend nkoo rohg samr syrc thaa"))
_RIGHT_TO_LEFT_LANGUAGES = frozenset(
    _WORD.findall("ar arc arz ckb dv fa glk he iw khw ks lrc mzn nqo pnb prs ps sd skr syr ug ur yi")
)


def iso_639_2(tag: str) -> str:
    """Return the three-letter code that ID3 wants (terminology codes: deu, fra); "und" if there is none."""
    primary = tag.replace("_", "-").partition("-")[0].lower()
    if primary in _ISO_639_2:
        return _ISO_639_2[primary]
    return primary if len(primary) == 3 and primary.isascii() and primary.isalpha() else "und"


def direction(tag: str) -> str:
    """Return "rtl" if the language is written from right to left, else "ltr". A script in the tag (az-Arab) decides."""
    primary, *others = tag.replace("_", "-").lower().split("-")
    script = next((part for part in others if len(part) == 4 and part.isalpha()), "")
    right_to_left = script in _RIGHT_TO_LEFT_SCRIPTS if script else primary in _RIGHT_TO_LEFT_LANGUAGES
    return "rtl" if right_to_left else "ltr"
