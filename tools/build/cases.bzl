# SPDX-License-Identifier: Apache-2.0

"""What a description of a stateful type gives: cases (tools/support/history).

A component with `cases = ["NAME"]` has exercises/NN_MM/cases/NAME_case.cc, about
what NAME.h declares. The search for the shortest failing history is a test: the
learner's (NAME_case), which shows the case; the reference's, which finds none;
the stub's, which meets a Todo and shows none; and one for each mutant
(MUTANT_case), which has to become a case.
"""

load(":rules.bzl", "cc_library", "cc_test")
load(":component.bzl", "tags_of")

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
