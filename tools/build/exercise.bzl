# SPDX-License-Identifier: Apache-2.0

"""The macros behind every exercise: what the learner builds, and what proves it.

An exercise lists its components once, in exercises/NN_MM/components.bzl; both
BUILD files load that list:

    exercises/NN_MM/BUILD.bazel   exercise(COMPONENTS)
    solutions/NN_MM/BUILD.bazel   solution(COMPONENTS)

component.bzl says what a component is, proofs.bzl what a solution proves.
Sources include each other as "NN_MM/stem.h"; which tree that is, the learner's
or the reference's, is decided by the include path alone, so tests and
benchmarks exist once.
"""

load(":cases.bzl", "asking_programs", "learner_cases")
load(
    ":component.bzl",
    "TEST_DEPS",
    "exercise_id",
    "exercise_library",
    "headers_of",
    "sources_of",
    "tags_of",
    "test_sources_of",
    _component = "component",
)
load(":copts.bzl", "LEARNER_COPTS", "WORKBOOK_COPTS")
load(":proofs.bzl", "hidden_test", "hint_proofs", "mutant_proof", "reference_cases", "reference_test", "saved_proof", "stub_proofs")
load(":rules.bzl", "cc_binary", "cc_test")

# What components.bzl loads.
component = _component

_BENCH_DEPS = ["//tools/bench:bench_main"]

def exercise(components, bench = True, bench_data = []):
    """What the learner edits and runs: one library and one test a component.

    Args:
      components: stem to component(...), in the order of the tasks.
      bench: whether there are stem_bench.cc files.
      bench_data: files that the benchmark opens; they lie beside it.
    """
    roots = ["-Iexercises"]
    for stem, parts in components.items():
        exercise_library(stem, parts, headers_of(stem, parts), sources_of(stem, parts), LEARNER_COPTS + roots)
        native.filegroup(
            name = stem + "_test_sources",
            srcs = test_sources_of(stem, components),
            visibility = ["//visibility:public"],
        )
        cc_test(
            name = stem + "_test",
            size = parts.size,
            srcs = [":" + stem + "_test_sources"],
            # The test compiles the learner's header. Its own warnings are errors
            # where solution() compiles the same file.
            copts = LEARNER_COPTS + roots,
            data = native.glob(["testdata/**"]),
            linkstatic = True,
            tags = tags_of(parts, ["learner"]),
            deps = [":" + stem] + parts.test_deps + TEST_DEPS,
        )
        learner_cases(parts, LEARNER_COPTS + roots, ":" + stem)
    native.filegroup(
        name = "bench_forms",
        srcs = native.glob(["exercise.toml", "bench.toml"]),
        visibility = ["//visibility:public"],
    )
    native.filegroup(
        name = "bench_sources",
        srcs = native.glob(["*_bench.cc", "*_bench.h"]),
        visibility = ["//visibility:public"],
    )
    if bench:
        _bench(components, [":bench_sources"], LEARNER_COPTS + roots, [], data = bench_data)
    native.exports_files(
        native.glob(["*.toml", "*.md", "*.h", "*.cc"]),
        visibility = ["//visibility:public"],
    )
    native.filegroup(
        name = "testdata",
        srcs = native.glob(["testdata/**"]),
        visibility = ["//visibility:public"],
    )

def solution(components, bench = True, improve = False, bench_sources = [], bench_deps = [], bench_data = []):
    """The reference over the same tests and benchmarks, and what proves them.

    For each component there is the reference's test (stem_test), the proof that
    the pristine stub is red (stem_stub), and for each mutants/stem.*.patch the
    proof that the test it names catches it (stem.*_mutant). A mutant of one .cc
    file alone is named stem.cc.*.patch, or stem.FILE.cc.*.patch for one of its
    further files: its proof then compiles that file and no test. That of any
    other mutant compiles the named tests alone, of the one source that declares
    them. One whose fault is a data race is named stem.race.* or stem.cc.race.*:
    ThreadSanitizer must report it, so it runs with --config=tsan only.
    Of a component with a description, each mutant has a second proof, *_case: it
    becomes a case, or its patch says why not (cases.bzl).
    hidden_test.cc, or several hidden_*_test.cc, become hidden_test: all
    components in one randomised test. hints_test shows that the code of the
    hints compiles.

    Args:
      components: the same list that the exercise has.
      bench: whether the exercise has a benchmark.
      improve: the stub works but wastes, so its red tests show no Todo. True, or
        a list of the stems for which that is so, and of single files of a stem
        whose others are given.
      bench_sources: of rows that only the reference's benchmark has.
      bench_deps: what only those use.
      bench_data: files that the benchmark opens; they lie beside it.
    """
    tests = "//exercises/" + exercise_id()
    roots = ["-Isolutions"]
    for stem, parts in components.items():
        exercise_library(stem, parts, headers_of(stem, parts), sources_of(stem, parts), WORKBOOK_COPTS + roots)
        reference_test(stem, parts, tests)
        reference_cases(stem, parts, tests)
        for patch in native.glob(["mutants/" + stem + ".*.patch"]):
            mutant_proof(stem, parts, patch, tests)
    stub_proofs(components, tests, improve)
    saved_proof(components)
    asking_programs(components, tests)
    hint_proofs(components, tests)
    hidden = native.glob(["hidden_*test.cc"])
    if hidden:
        hidden_test(components, hidden, tests)
    if bench:
        _bench(
            components,
            [tests + ":bench_sources"] + bench_sources,
            WORKBOOK_COPTS + roots,
            ["WORKBOOK_REFERENCE=1"],
            bench_deps,
            bench_data,
        )

def _bench(components, sources, copts, local_defines, deps = [], data = []):
    peers = {dep: True for dep in deps}
    for parts in components.values():
        for dep in parts.bench_deps:
            peers[dep] = True
    cc_binary(
        name = "bench",
        testonly = True,
        srcs = sources,
        copts = copts,
        data = data,
        linkstatic = True,
        local_defines = local_defines,
        deps = [":" + stem for stem in components] + peers.keys() + _BENCH_DEPS,
    )
