"""The macros behind every exercise: what the learner builds, and what proves it.

An exercise lists its components once, in exercises/NN_MM/components.bzl; both
BUILD files load that list:

    exercises/NN_MM/BUILD.bazel   exercise(COMPONENTS)
    solutions/NN_MM/BUILD.bazel   solution(COMPONENTS)

A component is a stem: stem.h, stem.cc where there is one, stem_test.cc, and a
stem_bench.cc where its speed is claimed; `more` names further files of it. A
test of several ideas has several sources, stem_IDEA_test.cc, which make one
stem_test; each belongs to the longest stem that its name begins with.
Sources include each other as "NN_MM/stem.h"; which tree that is, the learner's
or the reference's, is decided by the include path alone, so tests and
benchmarks exist once.
"""

load("@rules_cc//cc:defs.bzl", "cc_binary", "cc_library", "cc_test")
load(":copts.bzl", "LEARNER_COPTS", "WORKBOOK_COPTS")

_RUNTIME_DEPS = ["//tools/exercise:runtime"]
_TEST_DEPS = [
    "//tools/exercise/testing",
    "//tools/probe",
    "@googletest//:gtest",
    "@googletest//:gtest_main",
]

# Most of the time that a short source takes to compile goes into the headers of
# GoogleTest and the standard library: the proofs, a hundred in an exercise,
# share what gcc made of them. A learner's build does without: it would wait for
# that, to compile one file in the end.
_PROOF_TEST_COPTS = ["-include", "tools/precompiled/of_tests/tests.h"]
_PROOF_TEST_DEPS = _TEST_DEPS + ["//tools/precompiled:of_tests"]
_PROOF_SOURCE_COPTS = ["-include", "tools/precompiled/of_sources/standard_library.h"]
_PROOF_SOURCE_DEPS = ["//tools/precompiled:of_sources"]
_BENCH_DEPS = ["//tools/bench:bench_main"]

def component(deps = [], test_deps = [], bench_deps = [], more = [], threads = False, size = "small"):
    """One stem of an exercise.

    Args:
      deps: what stem.h and stem.cc use; ":other_stem" for a stem of the exercise.
      test_deps: what only stem_test.cc uses.
      bench_deps: what only stem_bench.cc uses: the peers.
      more: further files of the stem, .h and .cc: an idea of its own, which the
        stem's test covers, too.
      threads: its test starts threads, so it also runs under ThreadSanitizer.
      size: Bazel's test size, which bounds the time: small is one minute.
    """
    return struct(
        bench_deps = bench_deps,
        deps = deps,
        more = more,
        size = size,
        test_deps = test_deps,
        threads = threads,
    )

def _id():
    return native.package_name().rpartition("/")[2]

def _headers(stem, parts):
    return [stem + ".h"] + [file for file in parts.more if file.endswith(".h")]

def _sources(stem, parts):
    return native.glob([stem + ".cc"]) + [file for file in parts.more if file.endswith(".cc")]

def _test_sources(stem, components):
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

def _tags(parts, more = []):
    return more + (["threads"] if parts.threads else [])

def exercise(components, bench = True):
    """What the learner edits and runs: one library and one test a component.

    Args:
      components: stem to component(...), in the order of the tasks.
      bench: whether there are stem_bench.cc files.
    """
    roots = ["-Iexercises"]
    for stem, parts in components.items():
        _library(stem, parts, _headers(stem, parts), _sources(stem, parts), LEARNER_COPTS + roots)
        native.filegroup(
            name = stem + "_test_sources",
            srcs = _test_sources(stem, components),
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
            tags = _tags(parts, ["learner"]),
            deps = [":" + stem] + parts.test_deps + _TEST_DEPS,
        )
    native.filegroup(
        name = "bench_sources",
        srcs = native.glob(["*_bench.cc", "*_bench.h"]),
        visibility = ["//visibility:public"],
    )
    if bench:
        _bench(components, ":bench_sources", LEARNER_COPTS + roots, [])
    native.exports_files(
        native.glob(["*.toml", "*.md", "*.h", "*.cc"]),
        visibility = ["//visibility:public"],
    )
    native.filegroup(
        name = "testdata",
        srcs = native.glob(["testdata/**"]),
        visibility = ["//visibility:public"],
    )

def solution(components, bench = True, improve = False):
    """The reference over the same tests and benchmarks, and what proves them.

    For each component there is the reference's test (stem_test), the proof that
    the pristine stub is red (stem_stub), and for each mutants/stem.*.patch the
    proof that the test it names catches it (stem.*_mutant). A mutant of one .cc
    file alone is named stem.cc.*.patch, or stem.FILE.cc.*.patch for one of its
    further files: its proof then compiles that file and no test. That of any
    other mutant compiles the named tests alone, of the one source that declares
    them. One whose fault is a data race is named stem.race.* or stem.cc.race.*:
    ThreadSanitizer must report it, so it runs with --config=tsan only.
    hidden_test.cc, or several hidden_*_test.cc, become hidden_test: all
    components in one randomised test.

    Args:
      components: the same list that the exercise has.
      bench: whether the exercise has a benchmark.
      improve: the stub works but wastes, so its red tests show no Todo.
    """
    tests = "//exercises/" + _id()
    roots = ["-Isolutions"]
    for stem, parts in components.items():
        _library(stem, parts, _headers(stem, parts), _sources(stem, parts), WORKBOOK_COPTS + roots)
        _test_object(stem, parts, tests, WORKBOOK_COPTS + roots)
        cc_test(
            name = stem + "_test",
            size = parts.size,
            copts = WORKBOOK_COPTS + roots,
            data = [tests + ":testdata"],
            linkstatic = True,
            tags = _tags(parts, ["reference"]),
            # In the linker's order: the test needs the library.
            deps = [":" + stem + "_test_object", ":" + stem],
        )
        for patch in native.glob(["mutants/" + stem + ".*.patch"]):
            _mutant(stem, parts, patch, tests)
    _stubs(components, tests, improve)
    hidden = native.glob(["hidden_*test.cc"])
    if hidden:
        _hidden_test(components, hidden, tests, roots)
    if bench:
        _bench(components, tests + ":bench_sources", WORKBOOK_COPTS + roots, ["WORKBOOK_REFERENCE=1"])

def _library(name, parts, headers, sources, copts, **kwargs):
    cc_library(
        name = name,
        srcs = sources,
        hdrs = headers,
        copts = copts,
        visibility = ["//visibility:public"],
        deps = parts.deps + _RUNTIME_DEPS,
        **kwargs
    )

def _test_object(stem, parts, tests, copts):
    """The test, compiled once over the reference's header, linked many times.

    Compiling a test takes seconds, most of them GoogleTest's headers, and a
    mutant of a .cc file changes nothing that the test sees.
    """
    cc_library(
        name = stem + "_header",
        hdrs = _headers(stem, parts),
        copts = copts,
        tags = ["manual"],
        deps = parts.deps + _RUNTIME_DEPS,
    )
    cc_library(
        name = stem + "_test_object",
        testonly = True,
        srcs = [tests + ":" + stem + "_test_sources"],
        copts = copts + _PROOF_TEST_COPTS,
        linkstatic = True,
        tags = ["manual"],
        deps = [":" + stem + "_header"] + parts.test_deps + _PROOF_TEST_DEPS,
        alwayslink = True,
    )

def _bench(components, sources, copts, local_defines):
    peers = {}
    for parts in components.values():
        for dep in parts.bench_deps:
            peers[dep] = True
    cc_binary(
        name = "bench",
        testonly = True,
        srcs = [sources],
        copts = copts,
        linkstatic = True,
        local_defines = local_defines,
        deps = [":" + stem for stem in components] + peers.keys() + _BENCH_DEPS,
    )

def _hidden_test(components, sources, tests, copts):
    test_deps = {}
    threads = False
    for parts in components.values():
        threads = threads or parts.threads
        for dep in parts.test_deps:
            test_deps[dep] = True
    cc_test(
        name = "hidden_test",
        size = "small",
        srcs = sources,
        copts = WORKBOOK_COPTS + copts + _PROOF_TEST_COPTS,
        data = [tests + ":testdata"],
        linkstatic = True,
        tags = [
            "hidden",
            "reference",
        ] + (["threads"] if threads else []),
        deps = [":" + stem for stem in components] + test_deps.keys() + _PROOF_TEST_DEPS,
    )

def _variant(name, parts, deps, tests, root, headers, sources, test_sources, test_deps = []):
    """A test binary over another form of one component: a mutant or the stub."""
    roots = ["-I$(GENDIR)/{}/{}".format(native.package_name(), root), "-Isolutions"]
    _library(
        name + "_lib",
        struct(deps = deps + _PROOF_SOURCE_DEPS),
        headers,
        sources,
        WORKBOOK_COPTS + roots + _PROOF_SOURCE_COPTS,
        # In front of the reference's, even where the test uses nothing of it.
        alwayslink = True,
        tags = ["manual"],
    )
    cc_binary(
        name = name + "_binary",
        testonly = True,
        srcs = test_sources,
        copts = WORKBOOK_COPTS + roots + _PROOF_TEST_COPTS,
        data = [tests + ":testdata"],
        linkstatic = True,
        tags = ["manual"],
        deps = test_deps + [":" + name + "_lib"] + parts.test_deps + _PROOF_TEST_DEPS,
    )

def _named_test(base, root, stem, patch, tests):
    """The source of the tests that a mutant names, without the other tests.

    Compiling a test is most of what a mutant of a header costs.
    """
    name = base + "_named"
    out = "{}/named_test.cc".format(root)
    sources = tests + ":" + stem + "_test_sources"
    native.genrule(
        name = name,
        srcs = [patch, sources],
        outs = [out],
        cmd = "$(location //tools/authoring:named_test) $(location {}) $@ $(locations {})".format(patch, sources),
        tags = ["manual"],
        tools = ["//tools/authoring:named_test"],
    )
    return [out]

def _changed_source(stem, parts, base):
    """The only file that a mutant of this name changes; None: any of the stem."""
    rest = base[len(stem) + 1:]
    if rest.startswith("cc."):
        return stem + ".cc"
    for file in parts.more:
        if file.endswith(".cc") and rest.startswith(file + "."):
            return file
    return None

def _mutant(stem, parts, patch, tests):
    base = patch[len("mutants/"):-len(".patch")]
    root = "mutants/" + base

    # patch refuses a change of another file: it is not there.
    source_only = _changed_source(stem, parts, base)
    is_race = base.startswith(stem + ".race.") or ".cc.race." in base
    sources = [source_only] if source_only else _headers(stem, parts) + _sources(stem, parts)
    mutated = ["{}/{}/{}".format(root, _id(), source) for source in sources]
    native.genrule(
        name = base + "_sources",
        srcs = sources + [patch],
        outs = mutated,
        cmd = ("for f in {sources}; do cp $$f $(RULEDIR)/{root}/{id}/; done; " +
               "chmod u+w $(OUTS); " +
               "patch --quiet --batch --fuzz=0 -p3 -d $(RULEDIR)/{root}/{id} < $(location {patch})").format(
            id = _id(),
            patch = patch,
            root = root,
            sources = " ".join(["$(location {})".format(source) for source in sources]),
        ),
        message = "Applying mutant",
        tags = ["manual"],
    )
    headers = _headers(stem, parts) if source_only else [file for file in mutated if file.endswith(".h")]
    mutated_sources = [file for file in mutated if file.endswith(".cc")]

    # What is not changed is linked from the reference, behind what is.
    unchanged = [":" + stem] if source_only and parts.more else []
    _variant(
        base + "_mutant",
        parts,
        unchanged + parts.deps,
        tests,
        root,
        headers,
        mutated_sources,
        [] if source_only else _named_test(base, root, stem, patch, tests),
        [":" + stem + "_test_object"] if source_only else [],
    )
    native.sh_test(
        name = base + "_mutant",
        size = parts.size,
        srcs = ["//tools/authoring:expect_caught"],
        args = (["--race"] if is_race else []) + [
            "$(location :{}_mutant_binary)".format(base),
            "$(location {})".format(patch),
        ],
        data = [":{}_mutant_binary".format(base), patch],
        tags = ["mutant"] + (["manual", "race"] if is_race else []),
    )

def _stubs(components, tests, improve):
    """The pristine stubs, generated, so that a learner's edits change no proof."""
    for stem, parts in components.items():
        headers = _headers(stem, parts)
        sources = headers + _sources(stem, parts)
        stubs = ["stubs/{}/{}".format(_id(), source) for source in sources]
        native.genrule(
            name = stem + "_stub_sources",
            srcs = sources,
            outs = stubs,
            cmd = "; ".join([
                "$(location //tools/authoring:make_stub) $(location {}) $(location {})".format(source, stub)
                for source, stub in zip(sources, stubs)
            ]),
            message = "Generating stub",
            tags = ["manual"],
            tools = ["//tools/authoring:make_stub"],
        )
        deps = [
            dep + "_stub_lib" if dep[1:] in components else dep
            for dep in parts.deps
        ]
        count = len(headers)
        _variant(
            stem + "_stub",
            parts,
            deps,
            tests,
            "stubs",
            stubs[:count],
            stubs[count:],
            [tests + ":" + stem + "_test_sources"],
        )
        native.sh_test(
            name = stem + "_stub",
            size = parts.size,
            srcs = ["//tools/authoring:expect_red"],
            args = (["--improve"] if improve else []) + ["$(location :{}_stub_binary)".format(stem)],
            data = [":{}_stub_binary".format(stem)],
            tags = ["stub"],
        )
