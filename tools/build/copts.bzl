# SPDX-License-Identifier: Apache-2.0

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

# Which mutex guards what is checked by clang alone: gcc knows no such option. And
# gcc's own library uses what it has deprecated, in std::stable_sort: since clang 16
# that counts as our code's.
_OF_CLANG = select({
    "//tools/build:clang": [
        "-Wthread-safety",
        "-Wno-deprecated-declarations",
    ],
    "//conditions:default": [],
})

# What the workbook ships. Only with --config=strict is a warning an error: the
# next compiler warns of what today's does not, and that must stop no learner.
WORKBOOK_COPTS = _WARNINGS + _OF_CLANG + select({
    "//tools/build:strict": ["-Werror"],
    "//conditions:default": [],
})

# A stub does not use what the learner's code will: no warning of that.
STUB_COPTS = [
    "-Wno-unused-const-variable",
    "-Wno-unused-function",
    "-Wno-unused-parameter",
    "-Wno-unused-private-field",
]

# What a learner edits: he sees the same warnings, and they never stop him.
LEARNER_COPTS = _WARNINGS + STUB_COPTS

def copts_over(tree):
    """Options for a source of the workbook that includes a tree's headers.

    Args:
      tree: "exercises", which are a learner's, or "solutions".

    Returns:
      The options, to be added to.
    """
    return LEARNER_COPTS if tree == "exercises" else WORKBOOK_COPTS

def _options_file_impl(ctx):
    file = ctx.actions.declare_file(ctx.label.name)
    ctx.actions.write(file, "\n".join(ctx.attr.options) + "\n")
    return [DefaultInfo(
        files = depset([file]),
        runfiles = ctx.runfiles(files = [file]),
    )]

# A file that lists `options` as this build has them, a line each: for a test.
options_file = rule(
    implementation = _options_file_impl,
    attrs = {"options": attr.string_list(mandatory = True)},
)
