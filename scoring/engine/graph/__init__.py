"""The one graph: what a flowchart, boxes and arrows in text, and a board are all read into.

May import the types, the text and the words of the engine, and `lib`; knows no matcher and no question.
"""
