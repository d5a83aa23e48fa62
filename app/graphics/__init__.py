"""Drawings as SVG text: charts, maps, circles on the ground, belts, stamps. Pure functions of values, for pages and documents."""
