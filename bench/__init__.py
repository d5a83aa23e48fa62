"""Benchmarks: each prints a table, none is a timed test. `bench/run --help` tells how; docs/benchmarks.md what came of it."""
