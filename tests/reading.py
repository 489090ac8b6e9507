"""What a person reads in a message or a form: Discord's components payload as texts, buttons and labels."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

BUTTON = 2


@dataclass(frozen=True, slots=True)
class Button:
    """A button as a message shows it; a link has a url and no custom_id."""

    label: str
    custom_id: str | None
    url: str | None
    disabled: bool


def walk(components: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Every component, nested ones too, in the order of the wire."""
    for component in components:
        yield component
        yield from walk(component.get("components") or [])
        yield from walk([component[key] for key in ("accessory", "component") if key in component])


def texts(payload: Mapping[str, Any]) -> str:
    """A message's texts, one below the other (no labels of buttons)."""
    written = [payload.get("content"), *(c.get("content") for c in walk(payload.get("components") or []))]
    return "\n".join(text for text in written if text)


def buttons(payload: Mapping[str, Any]) -> list[Button]:
    """A message's buttons, links too."""
    return [
        Button(c.get("label") or "", c.get("custom_id"), c.get("url"), bool(c.get("disabled")))
        for c in walk(payload.get("components") or [])
        if c["type"] == BUTTON
    ]


def menu_of(payload: Mapping[str, Any], value: object) -> str | None:
    """The custom id of the one menu that offers this value; None where none does, or several."""
    offering = [
        c["custom_id"]
        for c in walk(payload.get("components") or [])
        if any(option["value"] == value for option in c.get("options") or [])
    ]
    return offering[0] if len(offering) == 1 else None


def words(payload: Mapping[str, Any]) -> list[str]:
    """All that a person can read in a message or a form: texts, labels, placeholders, options."""
    return [
        *(component["content"] for component in walk([payload]) if component.get("content")),
        *(word for component in walk([payload]) for word in _labels(component)),
    ]


def _labels(component: Mapping[str, Any]) -> Iterator[str]:
    for key in ("title", "label", "placeholder", "description"):
        if isinstance(component.get(key), str):
            yield component[key]
    for option in component.get("options") or []:
        yield from _labels(option)
