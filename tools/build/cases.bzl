# SPDX-License-Identifier: Apache-2.0

"""What a description of a stateful type gives: cases (tools/support/history).

A component with `cases = ["NAME"]` has exercises/NN_MM/cases/NAME_case.cc, about
what NAME.h declares. The search for the shortest failing history is a test: the
learner's (NAME_case), which shows the case; the reference's, which finds none;
the stub's, which meets a Todo and shows none; and one for each mutant
(MUTANT_case), which has to become a case.
"""

load(":component.bzl", "tags_of")
load(":copts.bzl", "WORKBOOK_COPTS")
load(":rules.bzl", "cc_binary", "cc_library", "cc_test")

_HISTORY = ["//tools/support/history"]
_MAIN = ["//tools/support/history:case_main"]

# A search ends by itself after ten seconds; a busy machine needs patience.
_TIMEOUT = "moderate"

def case_of_file(parts, file):
    """The description for a fault: that of the changed file, else the first."""
    name = file.rpartition(".")[0] if file else None
    return name if name in parts.cases else parts.cases[0]

def learner_cases(parts, copts, library):
    """NAME_case, the learner's, and the sources that solutions compile, too."""
    for name in parts.cases:
        native.filegroup(
            name = name + "_case_sources",
            srcs = ["cases/{}_case.cc".format(name)],
            visibility = ["//visibility:public"],
        )
        case_test(name + "_case", parts, [":" + name + "_case_sources"], copts, [library], tags = ["learner"])

def case_test(name, parts, srcs, copts, deps, args = [], data = [], tags = []):
    """A search as a test.

    Args:
      name: of the test.
      parts: what component() returned.
      srcs: of the description; none where a dependency has it.
      copts: of the description.
      deps: the subject, behind what it replaces.
      args: of the program, see tools/support/history/case_main.cc.
      data: what the arguments name.
      tags: of the test, besides "case".
    """
    cc_test(
        name = name,
        size = "small",
        timeout = _TIMEOUT,
        srcs = srcs,
        args = args,
        copts = copts,
        data = data,
        linkstatic = True,
        tags = tags_of(parts, tags + ["case"]),
        deps = deps + parts.case_deps + _MAIN + _HISTORY,
    )

def case_object(name, sources, copts, deps):
    """The description, compiled once over the reference's header."""
    cc_library(
        name = name + "_case_object",
        testonly = True,
        srcs = [sources],
        copts = copts,
        linkstatic = True,
        tags = ["manual"],
        deps = deps + _HISTORY,
        alwayslink = True,
    )

def asking_programs(components, tests):
    """For grading: what asks a submission from outside, and what answers there.

    NAME_asker has the description of NAME, over the reference's headers.
    `answering` is what a program that answers links besides its description and
    a submission: it is asked for its command, and never linked by itself.

    Args:
      components: stem to component(...).
      tests: the package that has the descriptions, "//exercises/NN_MM".
    """
    deps = {}
    for stem, parts in components.items():
        deps[":" + stem] = True
        for dep in parts.case_deps:
            deps[dep] = True
        for name in parts.cases:
            cc_binary(
                name = name + "_asker",
                testonly = True,
                srcs = ["{}:{}_case_sources".format(tests, name)],
                copts = WORKBOOK_COPTS + ["-Isolutions"],
                linkstatic = True,
                local_defines = ["WORKBOOK_HISTORY_ASKS=1"],
                tags = ["manual"],
                deps = [":" + stem] + parts.case_deps + ["//tools/support/history:asking_main"] + _HISTORY,
            )
    if not [name for parts in components.values() for name in parts.cases]:
        return
    cc_binary(
        name = "answering",
        testonly = True,
        tags = ["manual"],
        linkstatic = True,
        deps = deps.keys() + ["//tools/support/history:answering"] + _HISTORY,
    )
