"""The encoding of a text that doesn't say it, by the letters that its languages use.

A sheet of influencers has few words beside ASCII, too few for a statistical guess that knows nothing of languages: each
candidate is judged by whether what it makes of those bytes are letters of one language, where such letters stand.
"""

import re

# French, German, Spanish, Portuguese, Italian, Dutch, Danish and Norwegian, Swedish and Finnish.
_WEST = ("éèêàçâîôûëïùœ", "äöüß", "áéíóúñü", "ãáéçõíóêâúà", "èàìòùé", "ëéïèöü", "åæøé", "åäöé")
_LANGUAGES: dict[str, tuple[str, ...]] = {
    "cp1252": _WEST,
    # Czech and Slovak, Polish, Hungarian, Romanian, Croatian and Slovene.
    "cp1250": ("áíéěšřžčýůúóťňďľĺŕôä", "łóążęśćńź", "éáöőüóíúű", "ăâîşţșț", "čšžćđ"),
    "cp1254": ("ışğüçöâîû",),
    "mac_roman": _WEST,
}
_ALPHABETS: dict[str, tuple[str, ...]] = {
    "cp1251": ("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъёіїєґ",),
    "cp1253": ("αοιετσνρηπκμλςυάίόωέγδχήθύφβώξζψϊϋ",),
    "cp1255": ("יוהלאםרבתשמנעכחקפדטגסןצךזףץ",),
    "cp1256": ("الينمرتوبةعدسفهكقأحجشطصخإىذضزءثئغؤظآپچژگ",),
}
"""Letters beside ASCII, the most frequent first in those that are whole alphabets."""

_KANA = re.compile("[\u3041-\u30fe]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_BESIDE = re.compile("[^\x00-\x7f]")
_LETTER = re.compile("[a-zA-Z]")
_WORD = re.compile(r"[^\W\d_]+")
_QUOTES = frozenset("\u201c\u201d\u2018\u2019\u201e\u201a\u2013\u2014\u2026\xab\xbb\xa0\xbf\xa1")
_SYMBOLS = frozenset("\u20ac\u2022\xb0\xa3\xae\xa9\u2122\xb7")
"""Marks of any language: within quotes may stand letters, beside symbols none."""
_LEAST = 0.4
_WRONG = -1.0
_MIXED = 0.9
"""What a letter is worth that is of the encoding and not of the language that most others are of."""


def find_encoding(sample: bytes) -> str:
    """The likeliest encoding of bytes that are no UTF-8; cp1252, which Excel writes in most places, where none is."""
    asian = _find_asian(sample)
    if asian is not None:
        return asian
    worths = {encoding: _worth(sample, encoding) for encoding in (*_LANGUAGES, *_ALPHABETS)}
    best = max(worths, key=worths.__getitem__)
    if worths[best] >= _LEAST:
        return best
    import charset_normalizer  # here, as few files come this far

    found = charset_normalizer.from_bytes(sample, cp_isolation=["gb18030", "big5", "euc_jp", "euc_kr", *worths]).best()
    return "cp1252" if found is None or (found.encoding in worths and not found.coherence) else found.encoding


def _worth(sample: bytes, encoding: str) -> float:
    """How well the text reads as the best of the encoding's languages: about 1 where it is one, below 0 where none."""
    text = sample.decode(encoding, "replace")
    beside = [match.start() for match in _BESIDE.finditer(text) if not _is_mark(text, match.start())]
    if not beside:
        return 1.0 if encoding == "cp1252" else 0.0
    languages = _LANGUAGES.get(encoding)
    if languages is not None:
        every = frozenset("".join(languages))
        words = {place for word in _WORD.finditer(text) if _is_latin(word[0]) for place in range(*word.span())}
        fits = [place for place in beside if place in words and _in_latin(text, place, every)]
        own = max(sum(text[place].lower() in letters for place in fits) for letters in languages)
        return (own + _MIXED * (len(fits) - own) + _WRONG * (len(beside) - len(fits))) / len(beside)
    return max(_in_alphabet(text, beside, letters) for letters in _ALPHABETS[encoding]) / len(beside)


def _is_mark(text: str, place: int) -> bool:
    around = text[max(0, place - 1) : place] + text[place + 1 : place + 2]
    return text[place] in _QUOTES or (text[place] in _SYMBOLS and not any(map(str.isalpha, around)))


def _is_latin(word: str) -> bool:
    """Whether the word has ASCII letters among its others."""
    return len(word) > 1 and len(_LETTER.findall(word)) * 4 >= len(word)


def _in_latin(text: str, place: int, letters: frozenset[str]) -> bool:
    """Whether it is one of these letters, and a capital only at the beginning of a word or behind another."""
    letter = text[place]
    return letter.lower() in letters and not (letter.isupper() and text[place - 1 : place].islower())


def _in_alphabet(text: str, beside: list[int], letters: str) -> float:
    """Words in other alphabets have no ASCII letters in them, and their frequent letters are frequent."""
    frequencies = {letter: 1 / (place + 3) for place, letter in enumerate(letters)}
    usual = sum(value**2 for value in frequencies.values()) / sum(frequencies.values())
    worth = 0.0
    for place in beside:
        letter, before, after = text[place], text[place - 1 : place], text[place + 1 : place + 2]
        frequency = frequencies.get(letter.lower())
        misplaced = _LETTER.match(before) or _LETTER.match(after) or (letter.isupper() and before.islower())
        worth += _WRONG if misplaced or frequency is None else min(frequency / usual, 1.5)
    return worth


def _find_asian(sample: bytes) -> str | None:
    """A double-byte encoding whose text has kana or hangul: other encodings make such only by chance."""
    for encoding, script in (("shift_jis", _KANA), ("euc_jp", _KANA), ("euc_kr", _HANGUL)):
        # The sample may begin or end within a character.
        text = sample.decode(encoding, "replace")
        beside = _BESIDE.findall(text)
        if beside and text.count("\ufffd") <= 2 and len(script.findall(text)) * 3 > len(beside):
            return encoding
    return None
