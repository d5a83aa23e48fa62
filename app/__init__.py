"""Sabuk Hijau: residents' actions for their neighbourhood, recorded, assessed, stamped, credited and reported."""
