"""A picture on a card."""

from cogs.kit.cards import Card
from cogs.pictures.picture import Picture

PICTURE = Picture(b"\x89PNG", "maya.png", "What it shows.")


def test_a_picture_stands_below_the_words_with_what_it_shows():
    [container] = Card("Words", picture=PICTURE).to_components()
    assert [part["type"] for part in container["components"]] == [10, 14, 12]
    [item] = container["components"][2]["items"]
    assert item["media"]["url"] == "attachment://maya.png"
    assert item["description"] == "What it shows."


def test_its_file_has_the_name_that_the_card_shows():
    file = PICTURE.file()
    assert (file.filename, file.fp.read()) == ("maya.png", PICTURE.png)


def test_a_card_without_one_is_as_before():
    [container] = Card("Words").to_components()
    assert [part["type"] for part in container["components"]] == [10]
