"""Warnings and the language standard, in one place."""

_WARNINGS = [
    "-Wall",
    "-Wextra",
    "-Wpedantic",
    "-Wshadow",
    "-Wconversion",
    "-Wold-style-cast",
    "-Wnon-virtual-dtor",
    "-Woverloaded-virtual",
    "-Wextra-semi",
]

# What the workbook ships: a warning is an error.
WORKBOOK_COPTS = _WARNINGS + ["-Werror"]

# What a learner edits: he sees the same warnings, and they do not stop him.
LEARNER_COPTS = _WARNINGS
