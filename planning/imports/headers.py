"""The words that headers of rosters are made of, in English, Dutch, German, French, Spanish and Portuguese.

To teach the import another header, add it here, folded as `planning.tables.fold` does (lower case, no accents).
"""

from enum import StrEnum

from planning.platform import Platform


class Field(StrEnum):
    """What a column can hold."""

    HANDLE = "handle"
    PROFILE = "profile"
    PLATFORM = "platform"
    NAME = "name"
    FOLLOWERS = "followers"
    NICHES = "niches"
    COUNTRY = "country"
    LANGUAGE = "language"
    LIKES = "likes"
    COMMENTS = "comments"
    VIEWS = "views"
    POSTS = "posts"
    PRICE = "price"
    FOLLOWERS_AT = "followers_at"
    ENGAGEMENT_AT = "engagement_at"
    DECLARED_RATE = "declared_rate"
    INFLUENCER = "influencer"
    """The same in all accounts of one influencer. A name is none: two people may have the same."""


PLATFORM_WORDS = {
    "instagram": Platform.INSTAGRAM,
    "insta": Platform.INSTAGRAM,
    "ig": Platform.INSTAGRAM,
    "tiktok": Platform.TIKTOK,
    "tik tok": Platform.TIKTOK,
    "tt": Platform.TIKTOK,
    "youtube": Platform.YOUTUBE,
    "you tube": Platform.YOUTUBE,
    "yt": Platform.YOUTUBE,
    "twitch": Platform.TWITCH,
    "bluesky": Platform.BLUESKY,
    "bsky": Platform.BLUESKY,
    "mastodon": Platform.MASTODON,
    "twitter": Platform.X,
    "x": Platform.X,
    "x twitter": Platform.X,
    "twitter x": Platform.X,
    "threads": Platform.THREADS,
    "linkedin": Platform.LINKEDIN,
    "linked in": Platform.LINKEDIN,
    "pinterest": Platform.PINTEREST,
    "other": Platform.OTHER,
    **dict.fromkeys(
        ("anders", "overig", "andere", "sonstige", "autre", "otro", "otra", "outro", "blog", "website", "podcast"),
        Platform.OTHER,
    ),
    **dict.fromkeys(
        ("facebook", "fb", "reddit", "snapchat", "kick", "telegram", "discord", "medium", "substack", "tumblr"),
        Platform.OTHER,
    ),
    **dict.fromkeys(
        ("vk", "weibo", "bilibili", "douyin", "rumble", "patreon", "spotify", "soundcloud", "vimeo", "whatsapp"),
        Platform.OTHER,
    ),
}
"""Names of platforms as headers and cells have them; those with profiles that we don't tell apart are OTHER."""

PLATFORM_PEOPLE = {
    "youtuber": Platform.YOUTUBE,
    "tiktoker": Platform.TIKTOK,
    "instagrammer": Platform.INSTAGRAM,
    "instagramer": Platform.INSTAGRAM,
}

# The first of a field is its best header; where two columns compete, the one whose header stands earlier wins.
HEADERS: dict[Field, tuple[str, ...]] = {
    Field.HANDLE: (
        *("handle", "username", "user name", "handles", "account handle", "screen name", "user handle", "profile name"),
        *("influencer handle", "creator handle", "influencer username", "creator username", "profile username"),
        *("gebruikersnaam", "benutzername", "nutzername", "nom d utilisateur", "nom utilisateur", "identifiant"),
        *("pseudo", "usuario", "nombre de usuario", "nome de usuario", "utilizador", "arroba"),
        *("user", "nickname", "account", "account name", "konto", "compte", "cuenta", "conta", "channel handle"),
    ),
    Field.PROFILE: (
        *("profile url", "profile link", "url", "link", "profile", "account url", "account link", "channel url"),
        *("channel link", "page url", "address", "profiel", "profiellink", "profil", "profillink", "lien"),
        *("lien profil", "lien du profil", "enlace", "perfil", "enlace del perfil", "link do perfil"),
    ),
    Field.PLATFORM: (
        *("platform", "network", "social network", "social media", "social platform", "channel type"),
        *("netwerk", "plattform", "netzwerk", "plateforme", "reseau", "reseau social"),
        *("plataforma", "red social", "red", "rede social", "rede"),
    ),
    Field.NAME: (
        *("name", "full name", "display name", "influencer name", "creator name", "influencer", "creator", "talent"),
        *("youtuber name", "tiktoker name", "instagrammer", "channel title", "artist", "person", "influenceur nom"),
        *("fullname", "real name", "account owner", "youtuber", "tiktoker", "streamer", "channel", "channel name"),
        *("naam", "volledige naam", "vollstandiger name", "nom", "nom complet", "nom influenceur", "influenceur"),
        *("createur", "nombre", "nombre completo", "creador", "nome", "nome completo", "criador", "kanal", "kanaal"),
    ),
    Field.FOLLOWERS: (
        *("followers", "follower count", "followers count", "number of followers", "num followers", "nr followers"),
        *(
            "followers number",
            "current followers",
            "followers total",
            "total subscribers",
            "audience",
            "follower total",
        ),
        *("no of followers", "total followers", "follower", "followercount", "follower number", "audience size"),
        *("subscribers", "subscriber count", "subscribers count", "subs", "fans", "fan count"),
        *("volgers", "aantal volgers", "abonnees", "aantal abonnees", "anzahl follower", "followerzahl", "abonnenten"),
        *("abonnes", "nombre d abonnes", "nb abonnes", "nombre abonnes", "seguidores", "numero de seguidores"),
        *("suscriptores", "inscritos", "numero de inscritos", "n seguidores", "n de seguidores", "no de seguidores"),
    ),
    Field.NICHES: (
        *("niches", "niche", "category", "categories", "topic", "topics", "tags", "tag", "content category", "genre"),
        *("vertical", "interests", "content type", "theme", "themes", "main topic"),
        *("categorie", "categorieen", "onderwerp", "onderwerpen", "thema", "themen", "nische", "nischen", "kategorie"),
        *("kategorien", "thematique", "thematiques", "sujet", "sujets", "nicho", "nichos", "categoria", "categorias"),
        *("tema", "temas", "tematica"),
    ),
    Field.COUNTRY: (
        *("country", "country code", "nation", "country region", "location country", "audience country"),
        *("location", "based in", "market", "nationality", "locatie", "nationaliteit", "standort", "nationalitat"),
        *("localisation", "nationalite", "ubicacion", "nacionalidad", "localizacao", "nacionalidade"),
        *("land", "landcode", "landercode", "pays", "code pays", "pais", "codigo de pais"),
    ),
    Field.LANGUAGE: (
        *("language", "lang", "languages", "language code", "content language"),
        *("taal", "sprache", "langue", "idioma", "lingua"),
    ),
    Field.POSTS: (
        *("posts averaged", "posts", "sample posts", "posts sampled", "post sample", "sample size", "posts analysed"),
        *("posts analyzed", "averaged posts", "number of posts averaged", "aantal posts gemiddeld"),
    ),
    Field.FOLLOWERS_AT: ("followers at", "date of the followers", "datum van de volgers"),
    Field.INFLUENCER: (
        *("same influencer as", "influencer id", "influencer number", "influencer no", "creator id", "person id"),
        *("zelfde influencer als", "influencernummer", "influencer nummer"),
    ),
    Field.ENGAGEMENT_AT: ("engagement at", "date of the averages", "datum van de gemiddelden"),
    Field.PRICE: (
        *("price", "price per post", "rate per post", "post price", "cost per post", "cost", "fee", "fee per post"),
        *("price per video", "price per reel", "cost per video", "estimated price", "est price", "asking price"),
        *("preis pro beitrag", "prix par publication", "precio por publicacion", "preco por publicacao", "cache"),
        *("prijs", "prijs per post", "tarief", "preis", "preis pro post", "prix", "prix par post", "tarif"),
        *("precio", "precio por post", "tarifa", "preco", "preco por post"),
    ),
}

MEASURES: dict[Field, tuple[str, ...]] = {
    Field.LIKES: ("likes", "like", "vind ik leuks", "gefallt mir", "j aime", "jaime", "me gusta", "curtidas", "gostos"),
    Field.COMMENTS: (*("comments", "comment", "reacties", "opmerkingen", "kommentare", "commentaires", "comentarios"),),
    Field.VIEWS: (
        *("views", "view", "plays", "weergaven", "aufrufe", "vues", "visualizaciones", "vistas", "reproducciones"),
        *("visualizacoes", "visualizacao"),
    ),
}
AVERAGES = frozenset(
    {
        "avg",
        "average",
        "mean",
        "averaged",
        "gem",
        "gemiddelde",
        "gemiddeld",
        "durchschnittliche",
        "durchschnitt",
        "\u00f8",
    }
    | {"moyenne", "moy", "moyen", "promedio", "media", "medio", "prom"}
)
EACH = frozenset({"per", "pro", "par", "por"})
"""Words that make a measure one of each post: likes per post."""
PER_POST = frozenset(
    {"per", "post", "posts", "video", "videos", "reel", "reels", "of", "de", "by", "pro", "par", "por", "a"}
    | {"des", "count", "number", "nb", "bei", "van"}
)

COUNTED = frozenset({Field.FOLLOWERS, *MEASURES})
"""Fields whose figures a header may give in thousands or millions."""
UNITS = {
    **dict.fromkeys(("k", "000", "000s", "1000", "x1000", "thousand", "thousands", "duizend", "duizenden"), "K"),
    **dict.fromkeys(("duizendtallen", "tausend", "tsd", "milliers", "miles", "milhares"), "K"),
    **dict.fromkeys(("m", "mln", "mio", "million", "millions", "miljoen", "miljoenen", "millionen"), "M"),
    **dict.fromkeys(("millones", "milhoes", "000000", "1000000"), "M"),
}
"""What the end of a header says that figures are counted in, and the letter that says so behind a figure."""

# Words that make a column something else, whatever stands beside them.
RATES = {"rate", "er", "engagement", "eng", "percent", "percentage", "ratio", "betrokkenheid", "tasa", "taux", "%"}
DECLARED = {
    "engagement",
    "er",
    "eng",
    "engagementrate",
    "betrokkenheid",
    "interaccion",
    "interacao",
    "declared",
    "opgegeven",
}
"""Those of them that make a rate one of engagement."""
ESTIMATED = {"estimated", "geschatte", "predicted", "usual", "median"}
TIERS = {"tier", "size", "segment", "niveau", "klasse", "tranche"}
RANKS = {"rank", "ranking", "score", "id", "no", "nr", "index", "position", "rang", "authenticity", "sno"}
TOTALS = {"total", "totals", "num", "sum", "all", "lifetime", "totaal", "gesamt", "totale", "totales", "count"}

SUMS = frozenset(
    {
        "total",
        "totals",
        "sum",
        "average",
        "avg",
        "mean",
        "totaal",
        "som",
        "gemiddelde",
        "gesamt",
        "summe",
        "gesamtsumme",
    }
    | {"durchschnitt", "somme", "moyenne", "suma", "totales", "totais", "soma", "promedio", "media", "grand total"}
    | {"median", "mediaan", "subtotal", "subtotaal", "zwischensumme", "sous-total", "count"}
)
"""What stands where the handle should where a row sums up the others, case folded."""
