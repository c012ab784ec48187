"""Figures over the tables: `marks` says what stands where in which shape, `figure` only draws it.

Pure: tables in, `plotly` figure out. No Streamlit, files, clock or network.
"""

from importlib import import_module
from types import ModuleType


def chart(name: str) -> ModuleType:
    """The module of a chart by its name in `query.CHARTS`."""
    return import_module(f"charts.{name}")
