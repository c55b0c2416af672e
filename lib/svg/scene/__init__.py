"""Draws an Excalidraw scene as inline SVG, on the server and without the editor.

What is drawn is what the board shows: forms, strokes, arrows, words, where they stand and how they are turned. A scene
is text that anybody may have written, so nothing of it is believed: numbers are bounded, strings are escaped,
pictures and pages of other sites are refused, and nothing here raises. Colours become names that the style sheet knows,
so that one drawing serves light and dark pages. The same scene gives the same drawing.
"""

from lib.svg.scene.drawing import draw

__all__ = ["draw"]
