"""Worksheets of exercises as PDF files."""
