from dataclasses import replace

import pytest

from planning.estimates.model import FORMULA, SHIPPED, Basis, Model
from planning.estimates.values import ModelVersion
from planning.platform import Platform


@pytest.mark.parametrize(
    "model",
    [
        SHIPPED,
        replace(
            SHIPPED,
            version=ModelVersion(FORMULA, 7),
            priors={Platform.TIKTOK: replace(SHIPPED.elsewhere, accounts=40), Platform.X: SHIPPED.elsewhere},
            niches={"beauté": -0.25, "chess": 0.5},
        ),
    ],
)
def test_what_is_encoded_is_decoded(model: Model) -> None:
    assert Model.decode(model.encode()) == model


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": [1, 0]}', "null"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        Model.decode(text)


def test_the_shipped_model_says_what_it_is() -> None:
    assert str(SHIPPED.version) == f"{FORMULA}.0"
    assert SHIPPED.describe(Platform.INSTAGRAM) == Basis(0, 50, fitted=True)
    assert SHIPPED.describe(Platform.TWITCH) == Basis(0, 50, fitted=False)
    assert SHIPPED.source
