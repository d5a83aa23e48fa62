"""An invented city with invented people, to look around in and to measure with."""
