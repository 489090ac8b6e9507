import pytest

from planning.matching.encoder import Encoder, load_model
from planning.matching.tags import Tags
from tests.planning.matching.tags import NAMES


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return Encoder(load_model())


@pytest.fixture(scope="session")
def tags(encoder: Encoder) -> Tags:
    return Tags(NAMES, encoder.encode(NAMES))
