"""What the bot sends, against Discord's published description of its HTTP API, where that file is at hand."""

import json
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from referencing import Registry
from referencing.jsonschema import DRAFT202012

DESCRIPTION = Path(__file__).parents[2] / "shared/data/discord/openapi.json"
_BASE = "urn:discord"

described = pytest.mark.skipif(not DESCRIPTION.is_file(), reason=f"Discord's description is not at {DESCRIPTION}")
"""Marks a test that is about the description alone."""


def check_request(method: str, path: str, body: Any) -> None:
    """Fail where Discord's description refuses this request; does nothing where the description is missing.

    `path` begins after `/api/v10`; `body` is the JSON, or the `payload_json` part of a form with files.
    """
    if not DESCRIPTION.is_file():
        return
    refusal = _refusal(method.lower(), _template(path), json.dumps(body))
    assert refusal is None, f"{method} {path}: {refusal}"


@lru_cache(maxsize=1_000)
def _refusal(method: str, template: str, body: str) -> str | None:
    """What is wrong with the body, a JSON text. Every journey sends the commands first: 0.8 s, each time anew."""
    error = best_match(_validator(method, template).iter_errors(_ids_as_text(json.loads(body))))
    return error and f"{error.json_path}: {error.message[:500]}"


def _ids_as_text(body: Any) -> Any:
    """discord.py gives some ids as numbers, which Discord takes as well as text."""
    if isinstance(body, dict):
        return {key: _ids_as_text(value) for key, value in body.items()}
    if isinstance(body, list):
        return [_ids_as_text(value) for value in body]
    return str(body) if isinstance(body, int) and body > 2**53 else body


@cache
def _description() -> Any:
    return json.loads(DESCRIPTION.read_text(encoding="utf-8"))


@cache
def _registry() -> Registry[Any]:
    return Registry().with_resource(_BASE, DRAFT202012.create_resource(_description()))


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """Paths with words before those with parameters, so that `@original` is not taken for a message's id."""
    templates = sorted(_description()["paths"], key=lambda template: (template.count("{"), template))
    return [(re.compile(re.sub(r"\\{[^}]+\\}", "[^/]+", re.escape(template))), template) for template in templates]


def _template(path: str) -> str:
    for pattern, template in _patterns():
        if pattern.fullmatch(path):
            return template
    raise AssertionError(f"Discord describes no {path}")


@cache
def _validator(method: str, template: str) -> Draft202012Validator:
    operation = _description()["paths"][template].get(method)
    assert operation is not None, f"Discord describes no {method.upper()} {template}"
    pointer = f"/paths/{template.replace('~', '~0').replace('/', '~1')}/{method}/requestBody/content/application~1json"
    schema = {"$ref": f"{_BASE}#{pointer.replace('{', '%7B').replace('}', '%7D')}/schema"}
    return Draft202012Validator(schema, registry=_registry())
