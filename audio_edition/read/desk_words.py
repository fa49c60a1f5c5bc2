"""Patterns for what agencies mark as not for readers: whole paragraphs, ends of texts and beginnings of headlines, in
the languages that agencies write.

A sentence that merely mentions such words matches none of them.
"""

from __future__ import annotations

import re

from audio_edition.read.credits import MONTH

AGENCY = r"""
    (?:AAP|AFP|AGERPRES|AGI|Adnkronos|ANI|ANP|ANSA|Antara|AP|APA|ATS|Belga|BERNAMA|BNS|BTA|CNA|CP|ČTK|CTK|DPA|EFE
    |Europa\ Press|GNA|HINA|IANS|Interfax|Jiji|KCNA|Keystone-(?:SDA|ATS)|Kyodo(?:\ News)?|LETA|Lusa|MTI|NTB
        |PA(?:\ Media)?|PAP
    |PTI|Reuters|Ritzau|SDA|STT|TASS|ТАСС|TT|UNI|UPI|Xinhua|Yonhap)
"""
KNOWN_AGENCY = "AP"
"""Stands in the patterns for an agency that only its own dateline names."""

_INITIALS = r"[a-zà-ÿ]{2,4}\d?(?:[/-][a-zà-ÿ]{2,4}\d?){0,5}"
_STAMP = r"""
    (?:(?:BELGA\ )?\d{6}\ [A-Z][A-Za-zà-ÿ]{2}\.?\ \d{2}|\d\d-[A-Z]{3}-\d\d(?:\ \d\d:\d\d)?
    |[A-Z]{3}\d{4}\ \d{4}-\d\d-\d\d/\d\d:\d\d
    |\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?)?|\d\d[./]\d\d[./]\d{4}(?:\ \d\d:\d\d)?
    |AP-[A-Z]{2}-\d\d-\d\d-\d\d\ \d{4}(?:GMT|E[SD]T))
"""
_ADDRESS = r"[^\s@<>()]{1,64}@[^\s@<>()]{1,100}\.[A-Za-z]{2,24}"
_TELEPHONE = r"(?<![\d/.-])(?:\+\d|\(0\d|0\d(?:\d|\ \d\d))[\d\s()/.–-]{5,24}\d"
_CONTACT = rf"(?:{_ADDRESS}|{_TELEPHONE})"
_BEFORE_CONTACT = r"(?:[^.!?]|\b(?:tel|mob|fax|fon|ext|[temf]|dr|mrs?|ms|sr|sra|dott|ing)\.){0,120}?"
"""A name and what an address or number is: no sentence."""


def _any_case(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


def _as_written(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE)


SIGN_OFF = _as_written(
    rf"""
    \(?(?i:ends?|more|enditem|nnnn)\)?|[-–—]{{1,3}}\ ?(?i:ends?|ende|fin|fine|einde|slut)\ ?[-–—]{{1,3}}
    |-\ ?30\ ?-|-0-\w{{0,8}}|[a-z]{{2,4}}(?:[/-][a-z]{{2,4}}){{1,4}}
    |\((?i:ende|schluss|fin|fine|fim|einde|slut|slutt|loppu|fortsetzung\ folgt|segue|sigue|suite)\)
    |dpa(?:[/-][a-z]{{2,5}})?(?:\ [a-z]{{1,4}}\d?){{1,8}}(?:\ {_STAMP})?
    |(?:{_STAMP})(?:\ NNNN)?
    |[-–—=/(\[©]{{1,3}}\ ?(?i:{AGENCY})[-–—=/)\].\ ]{{0,4}}
    |[-–—=/(\[©\ ]{{0,4}}(?i:{AGENCY})[/\ ]{{1,3}}(?i:fim|ende|slut)
    |\((?i:schluss|ende|end|fin)\)\ {_INITIALS}(?:\ {_INITIALS}){{0,3}}|\([a-z]{{2,4}}(?:[/-][a-z]{{2,4}}){{1,4}}\)
    |(?:[a-z]{{2,4}}/\ ?){{2,5}}
    |[(/]?(?i:{AGENCY})[/\ ]{{1,3}}{_INITIALS}(?:\ {_INITIALS}){{0,5}}[)/]?(?:\ {_STAMP})?
    |[A-Z]{{2,6}}\ ?//\ ?[A-Z]{{2,6}}
    |notf?\d{{6}}
    """
)
"""A desk's sign-off, as a paragraph of its own at the end: "(END)", "-30-", "str/ms/kjm", "dpa jo yyn a3"."""

SIGN_OFF_OF_AGENCY = _as_written(
    rf"""
    [A-Z]{{2,4}}(?:[-/][A-Z]{{2,4}}){{1,4}}/?|[A-Z]{{2,4}}(?:\ [A-Z]{{2,4}}){{1,4}}|[A-Z]{{3}}|(?:{AGENCY})[.]?
    |(?:{AGENCY})(?:\ [A-Z]{{2,4}}){{1,5}}(?:\ \d{{4}})?|\([A-Z][a-z]{{2}}/{AGENCY}\)|ISSN\ \d{{4}}\ ?-\ ?\d{{3}}[\dX]
    """
)
"""The same in capitals. They may be names, so they count only beside a dateline or another sign-off."""

END_OF_RELEASE = _any_case(
    r"\#(?:\ ?\#){2}|[-–—(*\ ]{0,4}(?:ends?|ende|fin|fine|fim|einde|slutt?|loppu)[-–—)*\ ]{0,4}|-\ ?30\ ?-"
)
"""The end of a press release, as a paragraph of its own."""

CLOSING = _as_written(
    rf"""
    (?<=[.!?…:"”»“'’)\]])\ (?P<mark>
        Enditem|NNNN|-0-|(?i:\((?:end|ends|more|ende|schluss|fine?|fim)\))|END|ENDS
        |(?:[-–—=]{{1,3}}\ ?|[/(\[]©?)(?i:{AGENCY})[/)\]]?\.?|(?:EFE|ANP|APA|BELGA|TT)
        |\((?i:{AGENCY})[/-]{_INITIALS}\)\.?|/(?i:{AGENCY})/?\ {_INITIALS}
    )\Z
    """
)
"""The same after the last sentence of a text."""

NOT_FOR_READERS = r"""
    nicht\ (?:zur|für\ die)\ veröffentlichung(?:\ bestimmt)?
    |not\ (?:intended\ )?for\ (?:publication|broadcast)
    |(?:ne\ sont\ )?pas\ destinée?s?\ à\ (?:la\ publication|être\ publiée?s?)|ne\ pas\ publier
        |non\ destiné[es]{0,2}\ à\ (?:la\ )?publication
    |no\ publicar|no\ (?:están\ |está\ )?destinad[oa]s?\ a\ (?:su\ |la\ )?publicación|no\ para\ (?:su\ )?publicación
    |non\ (?:sono\ |è\ )?destinat[aeio]\ alla\ pubblicazione|non\ per\ la\ pubblicazione|da\ non\ pubblicare
    |não\ (?:são\ )?(?:destinad[oa]s?\ à|para)\ publicação|niet\ (?:bestemd\ )?voor\ publicatie
    |ikke\ (?:beregnet\ )?(?:til|for)\ (?:offentliggørelse|publicering|publisering|offentliggjøring)
    |(?:ej|inte|icke)\ (?:avsed[da]{1,2}\ )?för\ publicering|ei\ julkaistavaksi|nie\ do\ publikacji|не\ для\ публикации
"""
_FOLLOWING = r"""
    (?:(?:die|the|les|las?|los|le|i|de|as|os)\ )?
    (?:folgende[nrs]?|nachfolgende[nrs]?|nachstehende[nrs]?|following|informations|siguientes?|seguenti|volgende
    |følgende|följande|seguintes|informaciones|informazioni)\b[^.!?]{0,60}
"""
UNPUBLISHED = _any_case(
    rf"[*(\[\ ]{{0,5}}(?:{_FOLLOWING}\ )?(?:ist\ |sind\ |is\ |are\ )?(?:{NOT_FOR_READERS})[.:!)\]*\ ]{{0,5}}"
)
"""Says that what follows is not for readers; before a text, that none of it is."""

NOTEBOOK = _any_case(
    rf"""
    (?:dpa[-/ ])?notizblock:?|dpa-kontakte?:?|redaktionelle\ hinweise:?
    |(?:ATTENTION|ATTN:?|NOTES?\ (?:TO|FOR)|EDITORS[’']?)\ (?:(?:ALL\ )?(?:NEWS\ )?EDITORS|NOTES?)\s?:?
    |(?:noot|nota|note|notes|hinweise?|info)\ (?:voor|aan|an|für|aux?|à|pour|per|alle|ai|para|a)[ ]
        (?:(?:de|die|la|les|le|los)\ )?
        (?:redacties?|redaktion(?:en)?|rédactions?|rédacteurs|redazioni|redattori|redacción|redacciones|editores)
        (?:\ \((?:{NOT_FOR_READERS})\))?\s?:?
    |til(?:l)?\ redak(?:tionen|sjonen)(?:\ \((?:{NOT_FOR_READERS})\))?\s?:?|toimituksille:?
    """
)
"""A heading that begins a part not for readers, up to the end."""

TO_EDITORS = _as_written(
    r"""
    \(?(?:ATTENTION|ATTN\.?:?)\ (?:ALL\ )?(?:NEWS\ |PHOTO\ |SPORTS\ )?EDITORS\b.*
    |(?:EDITORS[’']?\ NOTES?|Editors[’']\ notes?|NOTES?\ (?:TO|FOR)\ EDITORS|Notes?\ (?:to|for)\ editors)\s?[:–—-].*
    |(?:EDS|Eds)(?:\.:?|:|\ NOTE:?)\ .*|Editors:\ .*
    |(?:ACHTUNG|Achtung|ATTENTION|À\ L[’']ATTENTION\ DES|À\ l[’']attention\ des)\ ?[:,]?\ (?:AN\ ALLE\ )?
        (?:REDAKTIONEN|Redaktionen|RÉDACTIONS|rédactions)\b.*
    |(?i:(?:hinweis|info|achtung)\ (?:an\ |für\ )?(?:die\ |alle\ )?redaktion(?:en)?)\s?[:–—-].*
    |(?i:note\ (?:aux|à\ la|pour\ les)\ (?:rédactions?|rédacteurs))\s?[:–—-].*
    |(?i:nota\ (?:per\ le\ redazioni|alle\ redazioni|ai\ redattori|para\ (?:los\ editores|la\ redacción)
        |a\ los\ editores))\s?[:–—-].*
    |(?i:(?:noot|let\ op|opmerking)\ (?:voor|aan)\ (?:de\ )?redacties?)\s?[:–—-].*
    |(?i:till?\ redak(?:tionen|sjonen)|til\ redaktionen)\s?[:–—-].*
    |ATTENTION\ ?[-–—]\ ?.*///?
    """
)
"""A paragraph addressed to editors, anywhere. “Editor's note”, in the singular, addresses readers."""

HEAD_NOTE = _as_written(
    r"""
    \((?:Adds?|Updates?|Recasts?|Refiles?|Repeats?|Rewrites?|Writes\ through|Changes|Removes?|Deletes?|Clarifies
        |Releads?|Fixes
        |Amends?|Inserts?|New\ throughout|Releads|Restores|Subs|Recrops)\b[^()]{0,400}\)
    |\((?:Actualis\w+|Ajoute|Précise|Répète|Développe|Complète|Reprend|Reprise|Avec\ (?:détails
        |citations?))\b[^()]{0,400}\)
    |\((?:[Nn]eu|Ergänzt|Aktualisier(?:t|ung)|Wiederholung|Durchgehend\ neu|Neuer\ \w+|Mit\ (?:Details|Zitaten?
        |neuen))\b[^()]{0,400}\)
    |\((?:Actualiza|Añade|Agrega|Amplía|Repite|Recrea|Modifica)\b[^()]{0,400}\)
    |\((?:Aggiunge|Aggiorna|Ripete|Riscrive|Integra)\b[^()]{0,400}\)
    |\((?:Atualiza|Acrescenta|Adiciona|Repete)\b[^()]{0,400}\)
    |\((?:Voegt|Toevoeging|Herhaling|Actualisering|Update)\b[^()]{0,400}\)
    |\((?:Tilføjer|Opdater\w+|Legger\ til|Oppdater\w+|Lägger\ till|Uppdater\w+|Gentagelse|Gjentakelse)\b[^()]{0,400}\)
    |\((?:Добавл\w+|Повтор\w*|Обновл\w+|Дополн\w+)\b[^()]{0,400}\)
    """
)
"""A desk's note of what changed since the last take, above the text."""

_BY = r"[^()]{0,100}\b(?:by|par|von|durch|de|por|di|da|door|af|av|a\ cura\ di|en)\s?:?\ [A-ZÀ-Þ][^()]{1,300}"
REPORTED_BY = _as_written(
    r"""
    \((?:Additional\ |Further\ )?(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Cc]ompiled|[Tt]ranslated)\b[^()]{0,60}
    \b[Bb]y\ [A-Z].{1,500}\)
    """
)
"""Further contributors, for the desk's records, anywhere."""

MADE_BY = _as_written(
    rf"""
    (?:Additional\ )?[Rr]eporting\ by\ [A-Z][^.!?]{{1,200}}[;.,]\ ?(?:[Ww]riting|[Ee]diting)\ by\ .{{2,200}}
    |[Ee]diting\ by\ [A-Z][^.!?]{{2,100}}\.?
    |\((?:Bericht|Berichtet|Reporter|Geschrieben|Redigiert|Mitarbeit|Unter\ Mitarbeit|Redaktion){_BY}\)
    |\((?:Bericht|Reportage|Version\ française|Reporter|Redaktion|Redazione|Redactie
        |Redaksjon)\s?:?\ [A-ZÀ-Þ][^()]{{1,300}}\)
    |\((?:Reportage|Rédigé|Écrit|Édité|édité|Avec\ la\ contribution){_BY}\)
    |\((?:Reporte|Reportaje|Información|Escrito|Editado|Traducido|Con\ reporte){_BY}\)
    |\((?:Redatto|Tradotto|In\ redazione|A\ cura|Ha\ collaborato|Hanno\ collaborato){_BY}\)
    |\((?:Reportagem|Edição|Texto|Traduzido){_BY}\)
    |\((?:Verslag|Bewerkt|Geschreven|Verslaggeving|Vertaald){_BY}\)
    |\((?:Rapportering|Redigering|Skrevet|Redigeret|Redigert|Rapporterat|Redigerat){_BY}\)
    |\((?:Редактор|Подготовил[аи]?)\s?:?\ [А-Я][^()]{{2,300}}\)
    |To\ contact\ the\ (?:reporters?|editors?|writers?|author)\b.{{0,80}}:\ .{{2,300}}
    |Our\ Standards:\ .{{0,80}}Trust\ Principles\.?
    """
)
"""The same after the text."""

_OF_AUTHOR = r"""
    autor(?:in|en|a|e)?|redaktion|redakteur(?:in)?|verfasser(?:in)?|authors?|reporters?|writers?|editors?|auteurs?
        |autrice
    |journalist(?:e|in|a)?|redattore|redazione|redactor(?:a)?|redacteur|skribent|redaktør|redaktör
"""
CONTACT = _any_case(rf"(?:{_OF_AUTHOR})s?\b\.?{_BEFORE_CONTACT}(?:{_CONTACT}).{{0,160}}")
"""How to reach the writer, after the text."""

CONTACT_OF_AGENCY = _any_case(
    rf"""
    (?:contact|kontakt|contatto|contacto|ansprechpartner(?:in)?|rückfragen|tel|telefon|telephone|phone|e-?mail
    |(?:presse|press|media)[- ]?(?:kontakt|contact)|contact\ presse)s?\b\.?{_BEFORE_CONTACT}(?:{_CONTACT}).{{0,160}}
    |[<(]?(?:{_CONTACT})[>)]?(?:[,;|/ ]{{1,3}}[<(]?(?:{_CONTACT})[>)]?){{0,3}}
    """
)
"""The same without a word that says whose it is: elsewhere it may be meant for readers."""

SOURCE_LINE = _any_case(
    rf"""
    (?:source|quelle|fuente|fonte|bron|kilde|källa|来源|источник)\s?[:：]\s?(?:{AGENCY})(?:\ [\w.-]{{1,20}})?
    |(?:(?:web\ |copy\ |duty\ )?editor|redakteur(?:in)?|redactor(?:a)?|责任编辑|编辑|редактор)\s?[:：]\s?[^.!?:]{{2,40}}
    """
)
STAMP = _as_written(rf"(?:{_STAMP})")
"""A bare time, after such lines."""

_WHEN = rf"""
    (?=[^\n]*(?:\b\d{{1,2}}[:.h]\d\d\b|\b\d{{4}}\b|\bUhr\b|\bGMT\b|\b\d{{1,2}}\.?\ (?:de\ )?(?i:{MONTH})\b
        |\b(?i:{MONTH})\.?\ \d{{1,2}}\b))
"""
EMBARGO = _as_written(
    rf"""
    {_WHEN}[*\W]{{0,6}}(?:(?:STRICTLY\ |Strictly\ )?(?:UNDER\ |Under\ |STRICT\ |SOUS\ |Sous\ |ONDER\ |Onder\ )?
        (?:EMBARGO(?:ED|EN)?|Embargo(?:ed|en)?|EMBARGADO|Embargado
        |(?<=[Ss]ous\ )embargo|(?<=[UuOo]nder\ )embargo)
    |SPERRFRIST|Sperrfrist|KLAUSUL|Klausul|NOT\ FOR\ RELEASE\ (?:BEFORE|UNTIL)|Not\ for\ release\ (?:before|until)
    |HOLD\ FOR\ RELEASE)\b
    (?:\s?[:：]\ ?.{{2,150}}
    |\ (?i:until|till|to|til|for|jusqu[’'](?:au?|à)|bis|hasta|fino|tot|fram)\ [^!?]{{2,120}}
    |\ (?=\d)[^!?]{{2,80}})
    |EMBARGO(?:ED)?|SPERRFRIST
    """
)
"""Says that the text must wait, and until when: few headlines about an embargo name a day or an hour."""

PRIORITY = _as_written(
    r"""
    (?:URGENT|BULLETIN|FLASH|NEWS\ ?ALERT|ALERT|SNAP|EIL|EILMELDUNG|URGENTE|DRINGEND)[!:]?
    |(?i:for\ immediate\ (?:release|use)|zur\ sofortigen\ veröffentlichung|pour\ (?:diffusion|publication)\ immédiate
        |para\ (?:publicación|difusión)\ inmediata|para\ divulgação\ imediata
        |per\ (?:la\ )?(?:pubblicazione|diffusione)\ immediata|voor\ onmiddellijke\ (?:publicatie|vrijgave)
        |(?:press|news|media)\ release|(?:presse|medien)(?:mitteilung|information)|communiqué\ de\ presse
        |(?:comunicado|nota)\ de\ (?:prensa|imprensa)|comunicato\ stampa|persbericht
        |press(?:meddelande|emeddelelse|emelding))[!:.]?
    """
)
"""How soon a text must go out, or that it is a press release, around the headline."""

SLUG = _as_written(
    r"""
    (?:[a-z]\ )?[a-z]\ BC-[A-Z][\w-]{1,30}(?:--?[\w\ ]{1,40})?(?:,.{0,60})?|BC-[A-Z][\w-]{1,30}.{0,60},\ ?\d{2,5}
    |[a-z]{3}\d{4}\ \d\ [a-z]{2}\ \d{1,4}\b.{0,60}|[A-Z]{3}\d{4}\ \d\ [A-Z]{1,3}\ \d{1,4}\b.{0,60}
    |(?i:slug|slugline)\s?[:：]\ ?[^.!?]{1,150}
    |(?:[A-ZÄÖÜ][\wäöüß-]{1,30}/){2,6}=?|\^[^^]{3,120}\^
    |AP\ Photos?\b[A-Z0-9,\ ]{4,80}
    """
)
"""The name of a text among desks."""

KEYWORDS = _any_case(
    r"""
    (?:keywords?|stichwörter|schlagw[oö]rt(?:er|e)|ressort|mots[- ]cl[ée]s|palabras\ clave|parole\ chiave
        |palavras[- ]chave
    |trefwoorden|emneord|nyckelord|stikord|avainsanat|ключевые\ слова|priorit(?:y|ät))\s?[:：]\ ?[^.!?]{1,150}
    """
)
"""Subjects, for sorting texts: below the headline or after the text, since a headline may begin like this."""

HEADLINE_MARK = _as_written(
    r"""
    (?:>{0,4}\ ?ANSA(?:-[A-Z]{2,12})?/\ ?|>{1,4}\ ?|(?:UPDATE|WRAPUP|RPT|REFILE|ADV)(?:\ ?\d{1,2})?\ ?[-–:]\ ?
    |(?:UPDATE|LEAD|URGENT)\ ?\d{0,2}:\ |\((?:\d(?:st|nd|rd|th)\ |\d)?(?:LEAD|LD|URGENT)\)\ |(?:\d(?:st|nd|rd
        |th)\ )?L[Dd]-Writethru:?[ ]
    |\((?:\d\.\ )?(?:Zusammenfassung|ZUSAMMENFASSUNG|Neufassung|Überblick\ \d{4})(?:\ \d{3,4})?\)\ )
    """
)
"""A mark before a headline that says which take it is."""

IN_CREDIT = re.compile(rf"[\s,;:|/–—-]{{0,4}}[<(\[]?\s?(?:mailto:|[Tt]el\.?:? ?)?{_CONTACT}\s?[>)\]]?")
"""An address or a number in a byline, with the separator from the name."""
