"""Drawings as inline SVG: geometry in attributes and classes for the style sheet, never a style attribute."""
