# SPDX-License-Identifier: Apache-2.0

"""A component of an exercise: one stem, its files, and the library of them.

A component is a stem: stem.h, stem.cc where there is one, stem_test.cc, and a
stem_bench.cc where its speed is claimed; `more` names further files of it. A
test of several ideas has several sources, stem_IDEA_test.cc, which make one
stem_test; each belongs to the longest stem that its name begins with.
"""

load(":rules.bzl", "cc_library")

RUNTIME_DEPS = ["//tools/exercise:runtime"]
TEST_DEPS = [
    "//tools/exercise/testing",
    "//tools/exercise/testing:last_words",
    "//tools/probe",
    "@googletest//:gtest",
    "@googletest//:gtest_main",
]

def component(deps = [], test_deps = [], bench_deps = [], more = [], threads = False, size = "small", copts = [], cases = [], case_deps = []):
    """One stem of an exercise.

    Args:
      deps: what stem.h and stem.cc use; ":other_stem" for a stem of the exercise.
      test_deps: what only stem_test.cc uses.
      bench_deps: what only stem_bench.cc uses: the peers.
      more: further files of the stem, .h and .cc: an idea of its own, which the
        stem's test covers, too.
      threads: its test starts threads, so it also runs under ThreadSanitizer.
      size: Bazel's test size, which bounds the time: small is one minute, ten
        times what the test takes on an idle machine. The proofs get five times
        as long.
      copts: of the stem's own sources, in every build: "-O2" where the tests
        are about what the optimiser does.
      cases: headers of the stem, without ".h", whose calls cases/NAME_case.cc
        describes; see cases.bzl. Then `deps` has //tools/probe:counters where
        it would have //tools/probe.
      case_deps: what only those use; nothing that has //tools/probe, since
        they bring a malloc of their own.
    """
    return struct(
        bench_deps = bench_deps,
        case_deps = case_deps,
        cases = cases,
        copts = copts,
        deps = deps,
        more = more,
        size = size,
        test_deps = test_deps,
        threads = threads,
    )

def exercise_id():
    return native.package_name().rpartition("/")[2]

def headers_of(stem, parts):
    return [stem + ".h"] + [file for file in parts.more if file.endswith(".h")]

def sources_of(stem, parts):
    return native.glob([stem + ".cc"]) + [file for file in parts.more if file.endswith(".cc")]

def test_sources_of(stem, components):
    """stem_test.cc, then each stem_*_test.cc that is not of a longer stem.

    Tests run, and a learner meets them, in the order of the sources.
    """
    others = [
        "{}_{}test.cc".format(longer, middle)
        for longer in components
        if longer.startswith(stem + "_")
        for middle in ["", "*_"]
    ]
    return [stem + "_test.cc"] + native.glob([stem + "_*_test.cc"], exclude = others)

def tags_of(parts, more = []):
    return more + (["threads"] if parts.threads else [])

def exercise_library(name, parts, headers, sources, copts, **kwargs):
    cc_library(
        name = name,
        srcs = sources,
        hdrs = headers,
        copts = copts + parts.copts,
        visibility = ["//visibility:public"],
        deps = parts.deps + RUNTIME_DEPS,
        **kwargs
    )
