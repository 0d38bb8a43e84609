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

# A stub does not use what the learner's code will: no warning of that.
STUB_COPTS = [
    "-Wno-unused-parameter",
    "-Wno-unused-private-field",
]

# What a learner edits: the same warnings are shown, and they stop nobody.
LEARNER_COPTS = _WARNINGS + STUB_COPTS
