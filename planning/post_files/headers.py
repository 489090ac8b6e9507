"""The words of post files: headers, kinds of posts, yes and no, in the languages that exports come in.

English, Dutch, German, French, Spanish and Portuguese, folded as `planning.tables.fold` does. To teach the import
another header, add it here.
"""

from enum import StrEnum

from planning.posts import PostKind


class PostField(StrEnum):
    """What a column of a post file can hold. DAY: the day that a row's numbers are of, where an export splits them."""

    POSTED_AT = "posted_at"
    KIND = "kind"
    LIKES = "likes"
    COMMENTS = "comments"
    SHARES = "shares"
    SAVES = "saves"
    VIEWS = "views"
    REACH = "reach"
    SPONSORED = "sponsored"
    LINK = "link"
    ID = "id"
    HANDLE = "handle"
    DAY = "day"


FIGURES = (
    *(PostField.LIKES, PostField.COMMENTS, PostField.SHARES),
    *(PostField.SAVES, PostField.VIEWS, PostField.REACH),
)

# The first of a field is its best header; where two columns compete, the one whose header stands earlier wins.
HEADERS: dict[PostField, tuple[str, ...]] = {
    PostField.POSTED_AT: (
        *("posted at", "publish time", "video publish time", "post time", "published at", "publish date", "post date"),
        *("posted on", "published on", "posted", "published", "date posted", "date published", "date of post"),
        *("time posted", "taken at", "created at", "created time", "create time", "creation time", "timestamp"),
        *("taken at timestamp", "posted date", "published date", "upload date", "uploaded at", "date time", "datetime"),
        *("unix time", "unix timestamp", "unix", "post created date", "created date", "posting date"),
        *("publicatietijd", "publicatietijdstip", "publicatiedatum", "tijdstip van publicatie", "datum van publicatie"),
        *("publicatietijd van video", "publicatietijd van de video", "tijdstip waarop de video is gepubliceerd"),
        *("geplaatst op", "geplaatst", "gepubliceerd op", "gepubliceerd", "plaatsingsdatum", "postdatum"),
        *("publicatiedatum en tijd", "tijdstip", "datum en tijd"),
        *("veroffentlichungszeit", "veroffentlichungszeitpunkt", "zeitpunkt der veroffentlichung"),
        *("veroffentlichungszeitpunkt des videos", "veroffentlichungsdatum", "veroffentlicht am", "veroffentlicht"),
        *("datum der veroffentlichung", "gepostet am", "gepostet", "erstellt am", "beitragsdatum", "postzeit"),
        *("zeitpunkt", "datum und uhrzeit", "zeitstempel"),
        *("heure de publication", "heure de publication de la video", "date de publication", "date et heure"),
        *("date de publication de la video", "publie le", "poste le", "horodatage", "date du post"),
        *("hora de publicacion", "hora de publicacion del video", "fecha de publicacion", "publicado el"),
        *("fecha de publicacion del video", "fecha y hora", "fecha de publicacion y hora", "publicado"),
        *("horario de publicacao", "horario de publicacao do video", "hora de publicacao", "data de publicacao"),
        *("hora de publicacao do video", "data de publicacao do video", "publicado em", "data e hora", "postado em"),
        *("date", "datum", "fecha", "data", "dag", "tag", "jour", "dia", "day", "time", "zeit", "tijd"),
    ),
    PostField.KIND: (
        *("post type", "kind", "type", "media type", "content type", "format", "media product type", "post kind"),
        *("type of post", "product type"),
        *("berichttype", "type bericht", "soort", "soort bericht", "posttype", "type post", "formaat", "soort post"),
        *(
            "beitragsart",
            "beitragstyp",
            "art des beitrags",
            "art",
            "typ",
            "medientyp",
            "inhaltstyp",
            "typ des beitrags",
        ),
        *("type de publication", "type de post", "type de contenu", "type de media"),
        *("tipo de publicacion", "tipo de post", "tipo de contenido", "tipo", "formato"),
        *("tipo de publicacao", "tipo de conteudo", "tipo de midia"),
    ),
    PostField.LIKES: (
        *("likes", "like", "hearts", "favourites", "favorites", "reactions"),
        *("vind ik leuks", "vind ik leuk", "vindikleuks", "hartjes"),
        *("gefallt mir angaben", "gefallt mir", "mag ich bewertungen", "mag ich", "likes gefallt mir", "gefallt mirs"),
        *("mentions jaime", "jaime", "jaimes", "nombre de jaime", "mentions j aime", "j aime"),
        *("me gusta", "indicaciones de me gusta", "los me gusta"),
        *("curtidas", "gostos", "marcacoes gostei", "marcacoes de gostei", "gostei", "reacoes", "reacciones"),
    ),
    PostField.COMMENTS: (
        *("comments", "comments added", "comment", "replies"),
        *("reacties", "opmerkingen", "toegevoegde reacties", "reacties toegevoegd", "toegevoegde opmerkingen"),
        *("kommentare", "kommentare hinzugefugt", "hinzugefugte kommentare", "antworten"),
        *("commentaires", "commentaires ajoutes", "reponses"),
        *("comentarios", "comentarios anadidos", "comentarios agregados", "comentarios adicionados", "respuestas"),
    ),
    PostField.SHARES: (
        *("shares", "share", "sends", "reposts", "retweets", "reshares"),
        *("keer gedeeld", "gedeeld", "deelacties", "gedeelde content"),
        *("geteilte inhalte", "geteilt", "mal geteilt", "teilungen", "geteilte videos", "geteilte beitrage"),
        *("wie oft geteilt",),
        *("partages", "partage"),
        *("veces compartido", "compartidos", "contenido compartido", "veces que se compartio", "compartido"),
        *("compartilhamentos", "partilhas", "envios"),
    ),
    PostField.SAVES: (
        *("saves", "saved", "save", "bookmarks", "add to favorites", "added to favorites", "collects"),
        *("keer opgeslagen", "opgeslagen", "bewaard", "opgeslagen berichten"),
        *("gespeichert", "gespeicherte beitrage", "gespeicherte inhalte", "mal gespeichert", "speicherungen"),
        *("enregistrements", "enregistre", "sauvegardes"),
        *("guardados", "veces guardado", "guardado", "veces que se guardo", "contenido guardado"),
        *("salvamentos", "salvos", "itens salvos", "salvo"),
    ),
    PostField.VIEWS: (
        *("views", "view", "video views", "plays", "play", "video play", "video plays", "video view", "play count"),
        *("weergaven", "videoweergaven", "keer bekeken"),
        *("aufrufe", "videoaufrufe", "wiedergaben", "views aufrufe"),
        *("vues", "vues de la video", "lectures"),
        *("visualizaciones", "vistas", "reproducciones"),
        *("visualizacoes", "visualizacao", "reproducoes"),
    ),
    PostField.REACH: (
        *("reach", "accounts reached", "reached accounts", "reached", "reached audience"),
        *("bereik", "bereikte accounts"),
        *("reichweite", "erreichte konten"),
        *("couverture", "portee", "comptes touches", "audience atteinte"),
        *("alcance", "cuentas alcanzadas", "contas alcancadas"),
    ),
    PostField.SPONSORED: (
        *("sponsored", "is sponsored", "paid partnership", "is paid partnership", "paid", "ad", "is ad", "branded"),
        *("branded content", "funded content status"),
        *("gesponsord", "betaald partnerschap", "advertentie", "reclame", "betaald", "samenwerking"),
        *("gesponsert", "bezahlte partnerschaft", "werbung", "anzeige", "bezahlt", "kooperation"),
        *("sponsorise", "partenariat remunere", "publicite", "partenariat"),
        *("patrocinado", "colaboracion pagada", "publicidad", "parceria paga", "publicidade", "publi"),
    ),
    PostField.LINK: (
        *("permalink", "video link", "post url", "post link", "url", "link", "video url", "post permalink", "address"),
        *("tweet permalink", "reel url", "media url"),
        *("permanente link", "link naar bericht", "videolink", "dauerlink", "link zum beitrag", "permalien"),
        *("lien permanent", "lien", "lien de la video", "lien de la publication"),
        *("enlace permanente", "enlace", "enlace de la publicacion", "enlace del video"),
        *("link permanente", "link da publicacao", "link do video"),
    ),
    PostField.ID: (
        *("post id", "video id", "media id", "id", "shortcode", "short code", "reference", "tweet id", "pin id"),
        *("bericht id", "berichts id", "id van bericht", "beitrags id", "id des beitrags", "beitragskennung"),
        *("identifiant de la publication", "identifiant de publication", "id de la publication", "id de publication"),
        *("identificador de la publicacion", "id de la publicacion", "id de publicacion"),
        *("identificacao da publicacao", "id da publicacao", "identificador da publicacao", "id do post"),
        *("identificacao do post",),
    ),
    PostField.HANDLE: (
        *("account username", "handle", "username", "user name", "account handle", "owner username", "author username"),
        *("creator username", "user", "author", "creator", "account", "influencer"),
        *("gebruikersnaam van account", "gebruikersnaam van het account", "gebruikersnaam", "accountgebruikersnaam"),
        *("gebruikersnaam account",),
        *("nutzername des kontos", "benutzername des kontos", "konto benutzername", "konto nutzername"),
        *("kontobenutzername", "benutzername", "nutzername", "konto"),
        *("nom dutilisateur du compte", "nom dutilisateur", "nom de profil du compte", "identifiant", "compte"),
        *("nombre de usuario de la cuenta", "nombre de usuario", "usuario", "cuenta"),
        *("nome de usuario da conta", "nome de usuario", "nome de utilizador da conta", "utilizador", "conta"),
    ),
}

IMPRESSIONS = frozenset(
    {"impressions", "impressies", "impressionen", "impresiones", "impressoes", "post impressions", "pin impressions"}
)
"""Views, on platforms that count nothing else by that name."""

CONTENT = frozenset({"content", "videos", "video", "inhalt", "inhalte", "inhoud", "contenu", "contenido", "conteudo"})
"""The column of YouTube's video ids; in any other table it is the text of the post."""

VIDEO_HEADERS = frozenset(
    {"video title", "videotitel", "titel van video", "titre de la video", "titulo del video", "titulo do video"}
    | {"video publish time", "publicatietijd van video", "veroffentlichungszeitpunkt des videos"}
    | {"heure de publication de la video", "hora de publicacion del video", "horario de publicacao do video"}
)
"""What tells a file of videos from other tables."""

DATA_COMMENTS = frozenset(
    {"data comment", "gegevensopmerking", "opmerking bij gegevens", "datenkommentar", "kommentar zu daten"}
    | {"commentaire sur les donnees", "commentaire de donnees", "comentario de datos", "comentario sobre los datos"}
    | {"comentario de dados", "comentario sobre os dados"}
)
"""Meta's column beside the one that says whether a row is of one day or of the post's lifetime."""

DAYS = frozenset({"date", "datum", "fecha", "data"})

QUALIFIERS = frozenset(
    {"total", "totals", "totaal", "gesamt", "insgesamt", "totale", "totales", "totais", "totaux", "lifetime"}
    | {"count", "counts", "number", "num", "nr", "nb", "no", "n", "of", "aantal", "anzahl", "nombre", "numero", "de"}
    | {"der", "des", "van", "les", "los", "das", "post", "organic"}
)
"""Words around the name of a figure that leave it what it is: total likes, number of likes."""

TOTALS = frozenset({"total", "totals", "totaal", "gesamt", "insgesamt", "summe", "totale", "totaux", "somme", "suma"})
"""What the row of sums calls itself."""

KINDS: dict[str, PostKind] = {
    **dict.fromkeys(("post", "image", "photo", "picture", "carousel", "carousel album", "album", "sidecar", "static"),
                    PostKind.POST),
    **dict.fromkeys(("graphimage", "graphsidecar", "text", "link", "status", "feed", "feed post", "slideshow", "pin"),
                    PostKind.POST),
    **dict.fromkeys(("tweet", "foto", "fotos", "bericht", "afbeelding", "carrousel", "carrousselbericht"),
                    PostKind.POST),
    **dict.fromkeys(("beitrag", "bild", "bilder", "karussell", "publication", "imagen", "carrusel", "secuencia"),
                    PostKind.POST),
    **dict.fromkeys(("publicacion", "publicacao", "imagem", "carrossel", "galerie", "galeria"), PostKind.POST),
    **dict.fromkeys(("reel", "reels", "clip", "clips"), PostKind.REEL),
    **dict.fromkeys(("story", "stories", "storys", "verhaal", "verhalen", "historia", "historias", "storie"),
                    PostKind.STORY),
    **dict.fromkeys(("video", "videos", "graphvideo", "feed video", "igtv", "long form", "video on demand", "vod"),
                    PostKind.VIDEO),
    **dict.fromkeys(("short", "shorts"), PostKind.SHORT),
    **dict.fromkeys(("live", "stream", "livestream", "live stream", "live video", "streams", "broadcast", "directo"),
                    PostKind.STREAM),
    **dict.fromkeys(("en direct", "direct", "en directo", "ao vivo", "em direto", "transmissao ao vivo"),
                    PostKind.STREAM),
}  # fmt: skip

YES = frozenset(
    {"yes", "y", "true", "1", "ja", "j", "wahr", "waar", "oui", "o", "vrai", "si", "s", "verdadero", "sim"}
    | {"verdadeiro", "x", "paid partnership", "paid", "sponsored", "ad", "branded", "branded content", "betaald"}
    | {"betaald partnerschap", "gesponsord", "advertentie", "reclame", "bezahlte partnerschaft", "bezahlt"}
    | {"gesponsert", "werbung", "anzeige", "partenariat remunere", "sponsorise", "publicite", "colaboracion pagada"}
    | {"patrocinado", "publicidad", "parceria paga", "publicidade", "publi"}
)
NO = frozenset(
    {"no", "n", "false", "0", "nee", "nein", "onwaar", "falsch", "non", "faux", "nao", "falso", "organic"}
    | {"organisch", "organique", "organico", "not sponsored", "unpaid"}
)
