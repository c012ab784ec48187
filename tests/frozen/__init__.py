"""The dataset as it once was, for tests of behaviour: it stays as it is while data/curated.yaml grows."""

from loaders import ROOT

FROZEN = ROOT / "tests" / "frozen" / "curated.yaml"
