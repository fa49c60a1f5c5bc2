"""Recognises the words on, above or before boilerplate, in the languages of many pages."""

# ruff: noqa: E501 - the words of many languages are one pattern each

from __future__ import annotations

import re

from audio_edition.read.html.reasons import Reason

_LABELS_NAMES: dict[Reason, str] = {
    "advertisement": """
        ad, ads, advertisement, advertising, advertisement - continue reading below, advertisement - story continues
        below, sponsored, sponsored content, promoted content, article continues below advertisement, article continues
        after advertisement, story continues below advertisement, story continues below, skip advertisement, scroll to
        continue, paid content, from our partners, from around the web, around the web, anzeige, werbung, annonce,
        publicité, publicidad, publicidade, pubblicità, reclame, annons, advertentie, mainos, reklama, реклама, إعلان, 広告
    """,
    "sharing": """
        print recipe, print this recipe, pin recipe, save recipe, rezept drucken, imprimer la recette, imprimir receta,
        stampa ricetta,
        follow, share, share this, share this article, share this story, share this post, share this page, share via, share on
        facebook, share on twitter, tweet, tweet this, follow us, like this, print, print this article, email this,
        artikel teilen, teilen, beitrag teilen, drucken, partager, partager cet article, partagez, imprimer, compartir,
        comparte, compartilhar, compartilhe, condividi, delen, deel dit artikel, dela, jaa, udostępnij, поделиться,
        شارك, シェア
    """,
    "navigation": """
        back to top, top, nach oben, zurück, haut de page, retour en haut, volver arriba, voltar ao topo, torna su, skip
        to main content, skip to content, zum inhalt springen, aller au contenu, table of contents, continue reading,
        continue reading the main story, read more, read the full story, weiterlesen, mehr lesen, lire la suite, leer
        más, seguir leyendo, leia mais, continue lendo, leggi tutto, continua a leggere, lees meer, läs mer, les mer,
        læs mere, lue lisää, czytaj więcej, читать далее, اقرأ المزيد, 続きを読む, previous, next, previous article, next
        article, previous post, next post, voltar, jump to recipe, skip to recipe, jump to video, jump to comments, zum rezept,
        zum rezept springen, direkt zum rezept, aller à la recette, ir a la receta, vai alla ricetta, naar het recept
    """,
    "subscription": """
        article réservé aux abonnés, réservé aux abonnés, subscribers only, for subscribers only, subscriber exclusive,
        nur für abonnenten, exklusiv für abonnenten, exclusivo para suscriptores, solo para suscriptores, exclusivo para
        assinantes, riservato agli abbonati, alleen voor abonnees,
        subscribe, subscribe now, sign up, sign in, log in, register, newsletter, our newsletter, get our newsletter,
        jetzt abonnieren, abonnieren, anmelden, s'abonner, abonnez-vous, suscríbete, suscribirse, assine, abbonati,
        subscribe to our newsletter, sign up for our newsletter, join our newsletter, donate, donate now, support us
    """,
    "site": """
        press enter or click to view image in full size, reuse this content, skip advertisement,
        after newsletter promotion, skip past newsletter promotion, skip newsletter promotion,
        captions will look like this, video unavailable, this video is unavailable, this video is not available, this
        video is not available in your region, this video is not available in your country, next video starts in, up
        next, your browser does not support the video tag, your browser does not support html5 video, your browser does
        not support the audio element, please enable javascript to view the comments powered by disqus, dieses video ist
        in ihrem land nicht verfügbar, dein browser unterstützt dieses video nicht, cette vidéo n'est pas disponible
        dans votre pays, este video no está disponible en tu país, este vídeo não está disponível no seu país
    """,
    "comments": """
        comments, leave a comment, leave a reply, post a comment, add a comment, join the conversation, join the
        discussion, view comments, show comments, kommentare, kommentar schreiben, kommentieren, schreibe einen
        kommentar, diskutieren sie mit, commentaires, laisser un commentaire, vos réactions, comentarios, deja un
        comentario, comentários, deixe um comentário, commenti, lascia un commento, reacties, kommentarer, kommentit,
        komentarze, комментарии, コメント, discussion about this post, conversation
    """,
    "others": """
        related, related articles, related stories, related posts, related content, related topics, related news,
        related links, related coverage, related reading, related pages, more, more from, more stories, more articles,
        more news, more like this, more on this story, more on this topic, more on this, more to read, more for you, you
        may like, you may also like, you might also like, you might like, you may also be interested in, you might also
        enjoy, you may have missed, recommended, recommended for you, recommended stories, recommended articles,
        recommended reading, recommendations, read next, read this next, read also, also read, read more, up next, what
        to read next, most read, most popular, most viewed, most shared, popular, popular posts, popular now, popular
        stories, trending, trending now, trending stories, top stories, top news, latest news, latest stories, latest,
        latest posts, recent posts, recent articles, recent stories, editors' picks, editor's picks, editor's choice,
        editors' choice, in case you missed it, don't miss, see also on this site, similar articles, similar posts,
        similar stories, other stories, other articles, next story, explore more, keep reading, stories for you, best of,
        mehr zum thema, mehr dazu, mehr aus, auch interessant, lesen sie auch, lesen sie mehr, das könnte sie auch
        interessieren, das könnte dich auch interessieren, das könnte ihnen auch gefallen, das könnte dir auch gefallen,
        ähnliche beiträge, ähnliche artikel, verwandte artikel, verwandte beiträge, verwandte themen, weitere artikel,
        weitere beiträge, weitere nachrichten, weitere themen, meistgelesen, meist gelesen, meistgelesene artikel,
        neueste beiträge, neueste artikel, aktuelle beiträge, beliebte beiträge, beliebte artikel, empfohlene artikel,
        empfohlene beiträge, empfehlungen, top-themen, diese beiträge könnten sie auch interessieren,
        à lire aussi, lire aussi, à lire également, sur le même sujet, dans la même rubrique, articles similaires,
        articles liés, articles récents, les plus lus, à voir aussi, voir aussi, vous aimerez aussi, nos dernières
        vidéos, plus d'articles, autres articles, recommandé pour vous,
        noticias relacionadas, artículos relacionados, contenido relacionado, te puede interesar, te puede gustar, lo más
        leído, lo más visto, más leídas, más noticias, más información, lea también, lee también, ver también, también te
        puede interesar, últimas noticias, te recomendamos, recomendados,
        notícias relacionadas, artigos relacionados, leia também, veja também, mais lidas, mais notícias, últimas
        notícias, recomendados para você, saiba mais,
        leggi anche, articoli correlati, potrebbe interessarti anche, potrebbe interessarti, i più letti, ultime notizie,
        lees ook, gerelateerde artikelen, meer over dit onderwerp, meest gelezen, lees verder,
        läs också, läs även, mest läst, les også, mest lest, læs også, mest læste, lue myös, luetuimmat, czytaj także,
        czytaj też, zobacz także, najczęściej czytane, powiązane artykuły, читайте также, похожие статьи, самое читаемое,
        اقرأ أيضا, مواضيع ذات صلة, 関連記事, おすすめ記事, 相关阅读, 相关新闻, 推荐阅读
    """,
    "topics": """
        archived in, archivado en, archiviato in, arquivado em, classé dans, archiviert unter, abgelegt unter,
        explore more on these topics, more on these topics,
        tags, topics, filed under, categories, tagged, in this story, themen, schlagworte, schlagwörter, mots-clés,
        etiquetas, temas, tags relacionadas
    """,
    "writer": """
        about the author, about the authors, about author, über den autor, über die autorin, über die autoren, à propos
        de l'auteur, sobre el autor, sobre la autora, sobre o autor
    """,
}
_LABELS = {" ".join(label.split()): reason for reason, labels in _LABELS_NAMES.items() for label in labels.split(",")}
_LONGEST = max(map(len, _LABELS))
_EDGES = " .:;,-–—…!?»«›‹→←▸▶↓↑>|*·•"
_COUNT = re.compile(r"^(?:\(?\d{1,5}\)?\s+)|\s*\(?\d{1,5}\)?$")
_MORE = re.compile(
    r"""(?:read\ (?:more|also|next|on|this)|also\ read|more\ on\ (?:this|[^.]{1,40}:)|related(?:\ (?:articles?|stor(?:y|ies)|posts?|links?
    |content|coverage|news|reading|topics?|video)?)?|see\ also|watch|listen|recommended|you\ m(?:ay|ight)\ (?:also\ )?(?:like|enjoy)
    |lire\ (?:aussi|plus|la\ suite)|à\ lire|voir\ aussi|lesen\ sie\ (?:auch|mehr)|mehr\ (?:zum\ thema|dazu)
    |auch\ interessant|siehe\ auch|lea\ (?:también|más)|leer\ más|ver\ también
    |lee\ también|leia\ (?:também|mais)|veja\ também|leggi\ anche|lees\ (?:ook|meer)|läs\ (?:också|mer|även)|les\ også|læs\ også
    |lue\ (?:myös|lisää)|czytaj\ (?:też|także)|zobacz\ (?:też|także)|читайте\ также|اقرأ\ أيضا|関連記事)\b\s*[:\-–—>»|]*\s*""",
    re.VERBOSE | re.IGNORECASE,
)


def label_of(text: str) -> Reason | None:
    """Return the kind of content that a line labels, if it is only a label: "Related stories", "Advertisement"."""
    if len(text) > 2 * _LONGEST:
        return None
    said = text.casefold().replace("’", "'").strip(_EDGES).removeprefix("unfortunately, ").removeprefix("sorry, ")
    return _LABELS.get(said) or _LABELS.get(_COUNT.sub("", said).strip(_EDGES))


def leads_on(text: str) -> int:
    """Return the length of the words in a line that announce a link to other articles, "Read more: "; 0 if there are
    none."""
    found = _MORE.match(text)
    return found.end() if found else 0


_OF_PICTURE = r"""(?:the\ )?(?:image|media|picture|photo|photograph|video|audio|figure)"""
_CAPTION_LABELS = re.compile(
    rf"""(?P<source>{_OF_PICTURE}\ (?:source|credit|copyright)|bild(?:quelle|rechte)|crédits?\ (?:photos?|image)|crédito
    |fuente\ de\ la\ imagen|автор\ фото|صدر\ الصورة|مصدر\ الصورة)
    |(?P<caption>{_OF_PICTURE}\ caption|bildunterschrift|l[ée]gende\ (?:de\ l.)?(?:image|photo)|pie\ de\ foto
    |legenda\ da\ foto|подпись\ к\ фото|التعليق\ على\ الصورة)""",
    re.VERBOSE | re.IGNORECASE,
)
_VIEWING = re.compile(
    r"""view\ (?:(?:this|it|our)\ )?(?:e-?mail\ |newsletter\ |message\ )?(?:online|as\ a\ web\s?page|in\ (?:your|a|the|my)\ (?:web\ ?)?browser)
    |view\ (?:online|in\ browser)|open\ in\ (?:your\ )?browser|(?:read|view)\ (?:this\ )?online|web\ version|having\ trouble\ (?:viewing|reading)
    |forward\ (?:this\ )?(?:e-?mail\ )?to\ a\ friend|add\ us\ to\ your\ address\ book
    |(?:im|in\ ihrem)\ browser\ (?:ansehen|anzeigen|öffnen|lesen)|online[\ -]?(?:ansicht|version)
    |version\ en\ ligne|(?:voir|lire|afficher)\ (?:dans|sur)\ (?:votre|le)\ navigateur|ver\ en\ (?:el|tu|su)\ navegador
    |ver\ (?:no|em\ seu)\ navegador|(?:visualizza|apri)\ nel\ browser|bekijk\ (?:deze\ mail\ )?online|visa\ i\ webbläsare
    |vis\ i\ (?:nett|browser)\w*|zobacz\ w\ przeglądarce|открыть\ в\ браузере""",
    re.VERBOSE | re.IGNORECASE,
)
_LEAVING = re.compile(
    r"""unsubscribe|opt[\ -]out|(?:manage|update|change|edit)\ (?:your\ )?(?:e-?mail\ )?(?:preferences|subscriptions?|settings)
    |(?:e-?mail|subscription)\ preferences|you(?:['’]re|\ are)\ receiving\ this|this\ (?:e-?mail|message|newsletter)\ (?:was|is)\ sent\ to
    |(?:newsletter\ )?(?:abmelden|abbestellen)|(?:se\ )?désabonner|désabonnement|(?:se\ )?désinscrire|darse\ de\ baja
    |cancelar\ (?:la\ |mi\ )?suscripción|cancelar\ (?:a\ )?inscrição|descadastrar|annulla\ (?:l.)?iscrizione|disiscriviti|uitschrijven
    |afmelden|avregistrera|avprenumerera|afmeld|meld\ deg\ av|peruuta\ tilaus|wypisz\ się|отписаться|إلغاء\ الاشتراك|配信停止""",
    re.VERBOSE | re.IGNORECASE,
)
_OFFER = re.compile(
    r"""(?:sign\ up|subscribe|register|join|get\ (?:our|the|more)|want\ (?:more|to\ read\ more)|enjoying\ this|don['’]t\ miss|newsletter\b
    |abonnieren\ sie|jetzt\ (?:abonnieren|anmelden)|melden\ sie\ sich|abonnez|inscrivez|recevez|suscr[íi]b|reciba|recibe|ass?in[ea]\b|receba|cadastre
    |iscriviti|ricevi|schrijf\ (?:je|u)\ in|meld\ je\ aan|prenumerera|abonner|tilaa|zapisz\ się|подпишитесь)""",
    re.VERBOSE | re.IGNORECASE,
)
_OFFERED = re.compile(
    r"newsletter|inbox|e-?mail|subscri|abonn|briefing|boletín|boletim|suscri|assinatura|iscri|nieuwsbrief|nyhetsbrev|"
    r"nyhedsbrev|uutiskirje|рассылк",
    re.IGNORECASE,
)
_FOLLOW = re.compile(
    r"""if\ you\ (?:enjoyed|enjoy|like|liked|found)\ (?:this|what)\b.{0,160}\b(?:clap|follow|share|recommend)\b
    |(?:puedes\ seguir\ a\ .{1,40}?\ en|(?:you\ can\ )?(?:follow|like|find|join)\ (?:us|me|@?\w[\w\ .&'’-]{0,40}?)\ on|(?:folgen\ sie|folge|folgt)\ (?:uns|\w[\w\ .-]{0,40}?)\ (?:auf|bei)
    |suivez(?:-nous|\ \w[\w\ .-]{0,40}?)\ sur|s[íi]gue(?:nos|\ a\ \w[\w\ .-]{0,40}?)\ en|sig[ao](?:-nos|\ (?:o|a)\ \w[\w\ .-]{0,40}?)\ n[oa]
    |seguici\ su|volg\ ons\ op|följ\ oss\ på|følg\ oss\ på)\s+
    (?:facebook|twitter|x|instagram|linkedin|youtube|whatsapp|telegram|tiktok|mastodon|bluesky|threads|flipboard|google)\b""",
    re.VERBOSE | re.IGNORECASE,
)


_INVITATION = re.compile(
    r"""(?:do\ you\ have\ (?:an?\ )?(?:opinion|view|story|tip|question|information|experience)|have\ you\ (?:been\ affected|got\ a)
    |are\ you\ affected|got\ an?\ (?:tip|story|question|opinion)|what\ do\ you\ think|we\ (?:want|would\ (?:like|love))\ to\ hear
    |share\ your\ (?:thoughts|views|story|experiences?|opinion)|tell\ us\ (?:about|what|your)|let\ us\ know|send\ (?:us\ )?your
    |haben\ sie\ (?:eine\ meinung|fragen|anregungen|hinweise)|schreiben\ sie\ uns|ihre\ meinung|wie\ denken\ sie
    |vous\ avez\ (?:une|des)\ (?:question|info|témoignage)|réagissez|donnez\ votre\ avis|écrivez-nous|¿?qué\ opina|escríbanos
    |envíenos|o\ que\ você\ acha|envie\ (?:sua|seu)|scrivici|di'?\ la\ tua)""",
    re.VERBOSE | re.IGNORECASE,
)
_WAY_TO_WRITE = re.compile(
    r"click here|e-?mail|@|submit|comments? (?:below|section)|letters? to|respon[ds]|klicken|schreiben|kommentar|cliquez|"
    r"cliquer|commentaires|courriel|haga clic|correo|comentarios|clique|comentários|clicca|commenti",
    re.IGNORECASE,
)


_NETWORKS = (
    r"facebook|twitter|x(?:\.com)?|x \(twitter\)|whatsapp|telegram|signal|linkedin|xing|reddit|pinterest|tumblr|threads"
    r"|bluesky|mastodon|flipboard|pocket|messenger|instapaper|line|e-?mail|mail|correo|courriel"
)
_TOOL = re.compile(
    r"""(?:(?:copy|get)\ (?:the\ )?link|link\ kopieren|copier\ le\ lien|copiar\ (?:el\ )?(?:enlace|link)|copia\ (?:il\ )?link
    |(?:save|gift|print|bookmark|share)(?:\ (?:this|full|the))?(?:\ (?:article|story|page|post))?|read\ later|listen\ to\ (?:this|the)\ (?:article|story)
    |drucken|(?:zur\ )?merkliste(?:\ hinzufügen)?|merken|artikel\ (?:anhören|verschenken|drucken|teilen|merken)|vorlesen
    |ajouter\ à\ (?:vos|mes)\ sélections|offrir\ l['’]article|imprimer|partager|écouter\ l['’]article|réagir
    |imprimir|guardar(?:\ artículo)?|escuchar(?:\ artículo)?|regalar\ artículo|comentar|stampa|salva|ascolta|ouvir(?:\ o\ texto)?|salvar(?:\ para\ ler\ depois)?)""",
    re.VERBOSE | re.IGNORECASE,
)
_PICTURE_LINK = re.compile(r"pic\.(?:twitter|x)\.com/\w{1,40}", re.IGNORECASE)
_SHARE_ON = re.compile(
    rf"""(?:share|tweet|post|send|teilen|partager|compartir|compartilhar|condividi|delen|dela|del)
    (?:\ (?:this|it))?\ (?:on|via|by|to|auf|bei|per|sur|par|en|por|no|su|op|på)\ (?:{_NETWORKS})
    |(?:auf|bei|per|via|sur|par)\ (?:{_NETWORKS})\ (?:teilen|versenden|partager)""",
    re.VERBOSE | re.IGNORECASE,
)


def is_tool(text: str) -> bool:
    """Return whether a line only offers to share, save or play an article: "Copy link"."""
    text = text.strip(_EDGES)
    return (
        _TOOL.fullmatch(text) is not None
        or _SHARE_ON.fullmatch(text) is not None
        or _LABELS.get(text.casefold()) == "sharing"
    )


def is_picture_link(text: str) -> bool:
    """Return whether a link's text is where a social network keeps a picture, which the picture itself shows."""
    return _PICTURE_LINK.fullmatch(text.strip()) is not None


def is_network(text: str) -> bool:
    """Return whether a line is the name of a social network, or of another way to share."""
    return re.fullmatch(_NETWORKS, text.strip(_EDGES), re.IGNORECASE) is not None


def caption_label_of(text: str) -> str:
    """Return "source" or "caption" if a text only announces a picture's, "Image source,"; else empty."""
    found = _CAPTION_LABELS.fullmatch(text.strip(_EDGES + "،"))
    return (found.lastgroup or "") if found else ""


def is_of_mailing(text: str) -> bool:
    """Return whether a link or line is a mailing list's standard text: "View in your browser"."""
    text = text.strip(_EDGES)
    return leaves_list(text) or _VIEWING.match(text) is not None


def leaves_list(text: str) -> bool:
    """Return whether a link unsubscribes from a mailing list: "Unsubscribe"."""
    return _LEAVING.match(text.strip(_EDGES)) is not None


def offers(text: str) -> bool:
    """Return whether a text asks its readers to subscribe to a newsletter or by e-mail."""
    return _OFFER.match(text.strip(_EDGES)) is not None and _OFFERED.search(text) is not None


def follows(text: str) -> bool:
    """Return whether a text asks its readers to follow somebody on a social network."""
    return _FOLLOW.match(text.strip(_EDGES)) is not None


def invites(text: str) -> bool:
    """Return whether a text asks its readers to write in with what they think or know."""
    return _INVITATION.match(text.strip(_EDGES)) is not None and _WAY_TO_WRITE.search(text) is not None
