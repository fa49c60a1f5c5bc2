"""Recognises lines by which programs, mailing lists and offices speak of a message rather than in it."""

from __future__ import annotations

import re

MOST_OF_SIGNATURE = 15
"""Lines."""

_LONGEST = 300
_LONGEST_OF_OFFICE = 3_000
_OF_LIST = re.compile(
    r"""
    (?:(?:click|here|to|if|you|don[’']t|no\ longer|want|wenn|falls|sie|um|hier|pour|si|vous|se|para|puede|om|als|klik
    |per)\b.{0,80})?(?:unsubscribe|update\ (?:your\ )?preferences|manage\ (?:your\ )?(?:subscription|preferences)
    |view\ (?:this\ (?:e-?mail|message|newsletter)\ )?in\ (?:your\ |a\ )?browser
    |you(?:[’']re|\ are)\ (?:receiving|getting)\ this|you\ received\ this\ (?:e-?mail|message)\ because
    |newsletter\ ab(?:bestellen|melden)|vom\ newsletter\ abmelden|abbestellen|im\ browser\ (?:ansehen|anzeigen|öffnen)
    |se\ désabonner|se\ désinscrire|vous\ recevez\ ce|afficher\ (?:dans|ce\ message\ dans)\ (?:le|votre)\ navigateur
    |darse\ de\ baja|cancelar\ (?:la\ )?suscripción|ver\ en\ (?:el|su)\ navegador|annulla\ (?:l[’'])?iscrizione
    |disiscriv|uitschrijven|afmelden\ voor|bekijk\ in\ (?:de|je)\ browser|afmeld(?:e)?\ nyhedsbrev|avprenumerera
    |meld\ deg\ av).{0,200}
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SENT_FROM = re.compile(
    r"""
    (?:Sent\ (?:from|with)\ (?:my|Outlook|Mail|Yahoo|Proton|GMX|Samsung)
    |Sent\ from\ the\ all\ new\ AOL|Get\ Outlook\ for
    |(?:Diese\ Nachricht\ wurde\ )?Von\ meinem\ .{2,40}\ gesendet
    |Gesendet\ (?:von|mit)\ (?:meine[mr]|der|Mail|Outlook|Yahoo)
    |Outlook\ für\ (?:iOS|Android)\ (?:beziehen|herunterladen)|Holen\ Sie\ sich\ Outlook
    |Envoyé\ (?:de(?:puis)?\ mon|à\ partir\ d|avec|depuis|de\ ma)|(?:Obtenir|Télécharger)\ Outlook\ pour
    |Enviado\ (?:desde\ (?:mi|Outlook|Yahoo|Correo)|do\ meu|con\ )|Obtener\ Outlook\ para|Obter\ o?\ ?Outlook\ para
    |Inviato\ da(?:l\ mio|lla\ mia|\ )|Scarica\ Outlook\ per|Ottieni\ Outlook\ per
    |Verzonden\ (?:vanaf|vanuit|met|via)|Outlook\ voor\ (?:iOS|Android)\ downloaden|Download\ Outlook\ voor
    |Sendt\ fra\ min|Hent\ Outlook\ til|Last\ ned\ Outlook|Skickat\ från\ min|Hämta\ Outlook\ för
    |Lähetetty\ (?:iPhone|laitteesta|puhelimesta)|Wysłane\ z\ |Odesláno\ z\ |Отправлено\ (?:из|с)\ )[^,;!?]{0,80}
    """,
    re.VERBOSE | re.IGNORECASE,
)
_OF_OFFICE = re.compile(
    r"""
    (?:(?:confidentiality\ (?:notice|note)|disclaimer|important\ notice|vertraulichkeitshinweis
    |avis\ de\ confidentialité
    |aviso\ (?:legal|de\ confidencialidad)|clausola\ di\ riservatezza)\W{0,4})?
    (?:
      (?:(?:the\ (?:information|contents?)\ (?:contained\ |transmitted\ )?(?:in|of)\ )?this\ (?:e-?mail|message
      |communication|transmission)|(?:die\ informationen\ in\ )?diese[r]?\ (?:e-?mail|nachricht|mitteilung)
      |(?:les\ informations\ contenues\ dans\ )?(?:ce|cet)\ (?:message|courriel|e-?mail)
      |(?:la\ información\ contenida\ en\ )?este\ (?:mensaje|correo|e-?mail)
      |(?:le\ informazioni\ contenute\ in\ )?quest[oa]\ (?:messaggio|e-?mail|comunicazione)
      |(?:de\ informatie\ in\ )?(?:dit|deze)\ (?:e-?mail|bericht)|esta\ mensagem|denne\ (?:e-?mail|mail|e-post)
      |detta\ (?:e-post)?meddelande|tämä\ (?:sähköposti|viesti)\w*|ta\ wiadomość|niniejsza\ wiadomość)\b
      (?!\ (?:was|were|had|war|hatte|était|avait|era|var|oli)\b).{0,300}?
      \b(?:confidential|privileged|intended\ (?:only|solely|for\ the)|vertraulich|confidentiel|confidencial
      |riservat|vertrouwelijk|fortrolig|konfidentiel|luottamuksellin|poufn|exclusivement|ausschließlich\ für|uitsluitend
      |exclusivamente|esclusivamente)
      |please\ (?:consider|think\ of)\ the\ environment\ before\ printing
      |bitte\ (?:denken|prüfen)\ sie\b.{0,60}(?:umwelt|ausdruck)
      |avant\ d['’]imprimer|antes\ de\ imprimir|prima\ di\ stampare|denk\ aan\ het\ milieu
      |(?:caution|warning|external(?:\ e-?mail)?|achtung|attention)\s?[:!]?\s{0,3}(?:this|external|diese|externe|ce)\b
      .{0,40}(?:e-?mail|message|nachricht|sender).{0,60}(?:originated|came|from|outside|außerhalb|extern|provient)
    ).{0,2000}
    """,
    re.VERBOSE | re.IGNORECASE,
)


def is_notice_of_list(line: str) -> bool:
    """Return whether a mailing list says how to leave it, or why the message came."""
    return len(line) <= _LONGEST and _OF_LIST.fullmatch(line) is not None


def is_notice_of_office(line: str) -> bool:
    """Return whether an office says of every message of its that it is confidential, or came from outside."""
    return len(line) <= _LONGEST_OF_OFFICE and _OF_OFFICE.fullmatch(line) is not None


def is_sent_from(line: str) -> bool:
    """Return whether a program names itself under a message."""
    return len(line) <= _LONGEST and _SENT_FROM.fullmatch(line) is not None
