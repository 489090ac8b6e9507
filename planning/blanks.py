"""Cells that say nothing: what people and programs write where they don't know."""

_WORDS = frozenset(
    {
        "unknown",
        "n/a",
        "#n/a",
        "none",
        "null",
        "nil",
        "nan",
        "-",
        "--",
        "\u2014",
        "\u2013",
        "?",
        ".",
        "onbekend",
        "geen",
    }
    | {"unbekannt", "keine", "inconnu", "aucun", "desconocido", "ninguno", "desconhecido", "nenhum", "sconosciuto"}
)


def is_blank(text: str) -> bool:
    """Whether a cell holds nothing, or a word for nothing."""
    stripped = text.strip()
    return not stripped or (len(stripped) < 13 and stripped.casefold() in _WORDS)
