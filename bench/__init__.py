"""Benchmarks, run by hand on a machine that does nothing else: `python -m bench.load` and others."""
