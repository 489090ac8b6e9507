"""Months and weekdays by name, in the languages that exports come in, without accents."""

_MONTHS = (
    "jan january januari januar janvier janv enero ene janeiro janner",
    "feb february februari februar fevrier fevr fev febrero fevereiro",
    "mar march maart mrt marz mrz mars marzo marco",
    "apr april avril avr abril abr",
    "may mei mai mayo maio",
    "jun june juni juin junio junho",
    "jul july juli juillet juil julio julho",
    "aug august augustus aout agosto ago",
    "sep sept september septembre septiembre setembro set",
    "oct october oktober okt octobre octubre outubro out",
    "nov november novembre noviembre novembro",
    "dec december dezember dez decembre diciembre dic dezembro",
)
MONTHS: dict[str, int] = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}

_WEEKDAYS = (
    "mon monday tue tues tuesday wed wednesday thu thur thurs thursday fri friday sat saturday sun sunday",
    "ma maandag di dinsdag wo woensdag do donderdag vr vrijdag za zaterdag zo zondag",
    "mo montag dienstag mi mittwoch donnerstag fr freitag sa samstag so sonntag sonnabend",
    "lun lundi mar mardi mer mercredi jeu jeudi ven vendredi sam samedi dim dimanche",
    "lunes martes mie miercoles jue jueves vie viernes sab sabado dom domingo",
    "seg segunda terca ter qua quarta qui quinta sex sexta feira",
)
WEEKDAYS = frozenset(name for names in _WEEKDAYS for name in names.split())
FILLERS = frozenset({"de", "del", "of", "the", "le", "den", "dem", "am", "op", "el", "o", "st", "nd", "rd", "th", "er"})
