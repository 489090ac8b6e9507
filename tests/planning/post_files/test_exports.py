"""The exports that creators send, each as its program writes it."""

from datetime import UTC, datetime

import pytest

from planning.platform import Platform
from planning.post_files.headers import PostField
from planning.posts import Post, PostKind
from planning.reasons import Reason
from tests.planning.post_files.tables import read, told

META = (
    "Post ID,Account ID,Account username,Account name,Description,Duration (sec),Publish time,Permalink,Post type,"
    "Data comment,Date,Views,Reach,Likes,Shares,Follows,Comments,Saves\n"
)
META_ROW = "18000000000000123,1784,ann.b,Ann B,{},0,{},https://www.instagram.com/{}/,{},,Lifetime,{}\n"


def test_instagram_as_meta_business_suite_exports_it() -> None:
    found = read(
        META
        + META_ROW.format(
            '"Chair, and\nlamp"', "09/20/2026 14:05", "reel/DAbc_123", "IG reel", '"12,400",9100,610,88,41,57,230'
        )
        + META_ROW.format("Table", "09/03/2026 07:30", "p/DAbd-456", "IG carousel", "900,800,61,8,4,5,23"),
        handle="Ann.B",
        platform=Platform.INSTAGRAM,
        timezone="Europe/Amsterdam",
    )
    assert found.posts == [
        Post(datetime(2026, 9, 20, 12, 5, tzinfo=UTC), PostKind.REEL, 610, 57, 88, 230, 12_400, 9100, None, "DAbc_123"),
        Post(datetime(2026, 9, 3, 5, 30, tzinfo=UTC), PostKind.POST, 61, 5, 8, 23, 900, 800, None, "DAbd-456"),
    ]  # fmt: skip
    assert (found.lines, found.problems, found.rows, found.repeated) == ([2, 3], [], 2, 0)
    assert found.accounts == {"ann.b": 2}
    used = {column.header: column.field for column in found.columns}
    assert used["Account username"] is PostField.HANDLE
    assert used["Follows"] is used["Description"] is used["Data comment"] is None


@pytest.mark.parametrize(
    "header",
    [
        (
            "Beitrags-ID;Konto-ID;Nutzername des Kontos;Beschreibung;Veröffentlichungszeit;Permalink;Beitragsart;"
            "Aufrufe;Reichweite;„Gefällt mir“-Angaben;Geteilte Inhalte;Follows;Kommentare;Gespeichert"
        ),
        (
            "Beitrags-ID;Konto-ID;Konto-Benutzername;Beschreibung;Zeitpunkt der Veröffentlichung;Permalink;Beitragstyp;"
            "Aufrufe;Reichweite;Gefällt mir;Geteilt;Follows;Kommentare;Gespeicherte Beiträge"
        ),
        (
            "Bericht-ID;Account-ID;Gebruikersnaam van account;Beschrijving;Publicatietijd;Permanente link;Type bericht;"
            "Weergaven;Bereik;Vind-ik-leuks;Keer gedeeld;Volgers;Opmerkingen;Keer opgeslagen"
        ),
        (
            "Identifiant de la publication;ID du compte;Nom d’utilisateur du compte;Description;Heure de publication;"
            "Permalien;Type de publication;Vues;Couverture;Mentions J’aime;Partages;Abonnements;Commentaires;"
            "Enregistrements"
        ),
        (
            "Identificador de la publicación;Id. de la cuenta;Nombre de usuario de la cuenta;Descripción;"
            "Hora de publicación;Enlace permanente;Tipo de publicación;Visualizaciones;Alcance;Me gusta;"
            "Veces que se compartió;Seguimientos;Comentarios;Veces que se guardó"
        ),
        (
            "Identificação da publicação;ID da conta;Nome de usuário da conta;Descrição;Horário de publicação;"
            "Link permanente;Tipo de publicação;Visualizações;Alcance;Curtidas;Compartilhamentos;Seguimentos;"
            "Comentários;Salvamentos"
        ),
    ],
)
def test_instagram_in_other_languages(header: str) -> None:
    found = read(
        f"{header}\n17900000000000001;1784;ann.b;Text;20.09.2026 14:05;https://www.instagram.com/p/DEMO01/;"
        "IG Karussell;7.100;5200;210;31;6;9;96",
        delimiter=";",
        handle="ann.b",
    )
    posted = datetime(2026, 9, 20, 14, 5, tzinfo=UTC)
    assert found.posts == [Post(posted, PostKind.POST, 210, 9, 31, 96, 7_100, 5_200, None, "DEMO01")]
    assert found.problems == []


def test_of_a_post_split_into_days_its_lifetime_is_kept() -> None:
    header = "Post ID,Publish time,Data comment,Date,Likes,Comments\n"
    text = header + (
        "12345678901,09/20/2026 14:05,,09/20/2026,3,1\n"
        "12345678901,09/20/2026 14:05,,Lifetime,9,2\n"
        "12345678901,09/20/2026 14:05,,09/21/2026,6,1\n"
    )
    found = read(text)
    assert [(post.likes, post.comments) for post in found.posts] == [(9, 2)]
    assert (found.lines, found.rows, found.skipped, found.problems) == ([3], 1, 2, [])

    days_alone = read(header + "12345678901,09/20/2026 14:05,,09/20/2026,3,1\n")
    assert told(days_alone) == [(2, "Date", "09/20/2026", Reason.ONE_DAY_ONLY, True)]


@pytest.mark.parametrize(
    ("header", "total", "date"),
    [
        (
            (
                "Content,Video title,Video publish time,Duration,Views,Watch time (hours),Likes,Comments added,Shares,"
                "Impressions,Likes (vs. dislikes) (%)"
            ),
            "Total",
            '"Sep 20, 2026"',
        ),
        (
            (
                "Videos,Videotitel,Veröffentlichungszeitpunkt des Videos,Dauer,Aufrufe,Wiedergabezeit (Stunden),"
                "„Mag ich“-Bewertungen,Kommentare hinzugefügt,Geteilte Inhalte,Impressionen,Klickrate (%)"
            ),
            "Gesamt",
            "20.09.2026",
        ),
        (
            (
                "Contenu,Titre de la vidéo,Heure de publication de la vidéo,Durée,Vues,Durée de visionnage (heures),"
                "J’aime,Commentaires ajoutés,Partages,Impressions,Taux de clics (%)"
            ),
            "Total",
            "20 sept. 2026",
        ),
        (
            (
                "Contenido,Título del vídeo,Hora de publicación del vídeo,Duración,Visualizaciones,Tiempo (horas),"
                "Me gusta,Comentarios añadidos,Veces compartido,Impresiones,Clics (%)"
            ),
            "Total",
            "20 sept 2026",
        ),
        (
            (
                "Conteúdo,Título do vídeo,Horário de publicação do vídeo,Duração,Visualizações,Tempo (horas),"
                "Marcações “Gostei”,Comentários adicionados,Compartilhamentos,Impressões,Cliques (%)"
            ),
            "Total",
            "20 de set. de 2026",
        ),
    ],
)
def test_youtube_studio_without_its_row_of_sums(header: str, total: str, date: str) -> None:
    sums = f"{total},,,,12000,400,500,60,7,90000,98"
    video = f'aB3-xyz_90Q,"A film, long",{date},754,"9,000",321.5,400,50,6,80000,97.5'
    day = datetime(2026, 9, 20, tzinfo=UTC)
    expected = Post(day, None, 400, 50, 6, None, 9_000, None, None, "aB3-xyz_90Q", dated_only=True)
    for text in (f"{header}\n{sums}\n{video}", f"{header}\n{video}\n{sums}"):
        found = read(text, platform=Platform.YOUTUBE)
        assert (found.posts, found.rows, found.skipped, found.problems) == ([expected], 1, 1, [])


def test_the_days_of_videos_are_no_posts() -> None:
    found = read(
        "Date,Content,Video title,Video publish time,Duration,Views\n"
        '2026-09-20,aB3-xyz_90Q,Film,"Sep 20, 2026",754,12\n'
        '2026-09-21,aB3-xyz_90Q,Film,"Sep 20, 2026",754,15\n'
    )
    assert [(problem.row, problem.reason) for problem in found.problems] == [
        (2, Reason.ONE_DAY_ONLY),
        (3, Reason.ONE_DAY_ONLY),
    ]


def test_tiktok_studio() -> None:
    found = read(
        "Video title,Video link,Post time,Total likes,Total comments,Total shares,Total views,Add to favorites\n"
        '"Chair test, again",https://www.tiktok.com/@Ann.B/video/7681714846173356608?lang=en,2026-09-04 09:10,1.2K,22,'
        '15,"18,400",40\n',
        handle="ann.b",
        platform=Platform.TIKTOK,
    )
    posted = datetime(2026, 9, 4, 9, 10, tzinfo=UTC)
    post = Post(posted, PostKind.VIDEO, 1_200, 22, 15, 40, 18_400, None, None, "7681714846173356608")
    assert found.posts == [post]
    assert found.accounts == {"ann.b": 1}


def test_tiktoks_dates_without_a_year_take_it_from_the_id_and_from_nothing_else() -> None:
    found = read(
        "Video title,Video link,Post time,Total likes\n"
        "made on 4 September 2026,https://www.tiktok.com/@ann/video/7681714846173356608,September 4,10\n"
        "published a week later,https://www.tiktok.com/@ann/video/7681714846173356608,September 11,10\n"
        "of another day than its id,https://www.tiktok.com/@ann/video/7681714846173356608,January 4,10\n"
        "no link,,September 4,10\n"
    )
    assert found.posts[0].posted_at == datetime(2026, 9, 4, tzinfo=UTC)
    assert found.posts[0].dated_only
    assert [(p.row, p.reason) for p in found.problems] == [
        (3, Reason.POST_DIFFERS),
        (4, Reason.DATE_WITHOUT_YEAR),
        (5, Reason.DATE_WITHOUT_YEAR),
    ]


def test_x_and_scrapers() -> None:
    found = read(
        "Post id,Date,Post text,Post Link,Impressions,Likes,Bookmarks,Shares,Replies,Reposts\n"
        '1970000000000000123,"Sun, Sep 20, 2026",Hi,https://x.com/ann/status/1970000000000000123,900,7,1,2,3,4\n',
        platform=Platform.X,
        handle="ann",
    )
    day = datetime(2026, 9, 20, tzinfo=UTC)
    assert found.posts == [Post(day, None, 7, 3, 2, 1, 900, None, None, "1970000000000000123", dated_only=True)]

    scraped = read(
        "shortCode,timestamp,type,likesCount,commentsCount,videoViewCount,ownerUsername,isSponsored\n"
        "DAbc123xyz,2026-09-20T14:05:11.000Z,Sidecar,-1,4,,ann,false\n"
    )
    posted = datetime(2026, 9, 20, 14, 5, 11, tzinfo=UTC)
    assert scraped.posts == [Post(posted, PostKind.POST, None, 4, sponsored=False, reference="DAbc123xyz")]


def test_impressions_are_views_only_where_the_platform_calls_them_so() -> None:
    text = "Date,Likes,Impressions\n2026-09-20,5,900\n"
    assert read(text, platform=Platform.LINKEDIN).posts[0].views == 900
    assert read(text, platform=Platform.YOUTUBE).posts[0].views is None


@pytest.mark.parametrize(
    "header",
    [
        "date,likes,comments,shares,saves,views,reach,type,sponsored,url,handle",
        "Datum,Vind-ik-leuks,Reacties,Gedeeld,Opgeslagen,Weergaven,Bereik,Soort,Gesponsord,Link,Gebruikersnaam",
        "Datum,Gefällt mir,Kommentare,Geteilt,Gespeichert,Aufrufe,Reichweite,Art,Werbung,Link,Benutzername",
        "Date,J'aime,Commentaires,Partages,Enregistrements,Vues,Portée,Type,Sponsorisé,Lien,Nom d'utilisateur",
        "Fecha,Me gusta,Comentarios,Compartidos,Guardados,Visualizaciones,Alcance,Tipo,Publicidad,Enlace,Usuario",
        "Data,Curtidas,Comentários,Compartilhamentos,Salvos,Visualizações,Alcance,Formato,Parceria paga,Link,Conta",
    ],
)
@pytest.mark.parametrize("yes", ["yes", "ja", "oui", "sí", "sim", "TRUE", "paid partnership", "1"])
def test_plain_tables_in_six_languages(header: str, yes: str) -> None:
    found = read(f"{header}\n2026-09-20,1,2,3,4,5,6,Story,{yes},https://example.org/a/1,@Ann\n", handle="ann")
    day = datetime(2026, 9, 20, tzinfo=UTC)
    post = Post(day, PostKind.STORY, 1, 2, 3, 4, 5, 6, sponsored=True, reference="example.org/a/1", dated_only=True)
    assert found.posts == [post]
    assert found.problems == []


def test_titles_above_the_header_are_passed_over() -> None:
    found = read("Posts of Ann,,\n,,\ndate,likes,comments\n2026-09-20,5,1\n")
    assert [(post.likes, post.comments) for post in found.posts] == [(5, 1)]
    assert found.lines == [4]
