"""Encoders for tests: one that is there already, or none."""

import pytest

from planning.matching.encoder import Encoder, LazyEncoder


class Given(LazyEncoder):
    """This encoder, or none."""

    def __init__(self, encoder: Encoder | None) -> None:
        super().__init__(pytest.fail)
        self._given = encoder

    async def load(self) -> Encoder | None:
        return self._given
