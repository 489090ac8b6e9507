import pytest

from sheets.csv_files import CsvFiles

TEXTS = [
    ("cp1252", "José Muñoz"), ("cp1252", "Größe, Straße"), ("cp1252", "João Conceição"), ("cp1252", "Ærø Øst Åsa"),
    ("cp1252", "ÉLODIE"), ("cp1252", "Café – “crème” €5"), ("cp1252", "50 €"),
    ("cp1250", "Příliš žluťoučký kůň"), ("cp1250", "Małgorzata Żółty"), ("cp1250", "Gyönyörű őszi idő"),
    ("cp1250", "Đorđe Šašić"), ("cp1254", "Ayşe Çağ"), ("cp1254", "Şükrü Güneş"),
    ("cp1251", "Анна Иванова"), ("cp1251", "НАСТЯ ИВЛЕЕВА"), ("cp1253", "Μαρία Παπαδοπούλου"),
    ("cp1255", "בלוג אוכל ומסעדות בתל אביב"), ("cp1256", "فاطمة الزهراء"), ("mac_roman", "façade José Muñoz"),
    ("shift_jis", "東京グルメ"), ("euc_jp", "田中さくら"), ("euc_kr", "키스의 고유조건은"),
    ("gb18030", "视野无限广 窗外有蓝天"), ("big5", "視野無限廣 窗外有藍天"),
    ("utf-16-le", "José"), ("utf-16-be", "José"), ("utf-16", "Zoë"), ("utf-8-sig", "Zoë"),
]  # fmt: skip


@pytest.mark.parametrize(("encoding", "name"), TEXTS)
def test_names_are_read_right_from_few_words(encoding: str, name: str) -> None:
    text = "name;handle;followers\n" + "".join(f"{name};ann{number};{number}\n" for number in range(3))
    assert CsvFiles().read("roster.csv", text.encode(encoding)).rows[0][0] == name
