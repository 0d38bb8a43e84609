# SPDX-License-Identifier: Apache-2.0

"""What proves an exercise: its reference's test, its mutants and its stubs."""

load(":cases.bzl", "case_object", "case_of_file", "case_test")
load(
    ":component.bzl",
    "RUNTIME_DEPS",
    "TEST_DEPS",
    "exercise_id",
    "exercise_library",
    "headers_of",
    "sources_of",
    "tags_of",
)
load(":copts.bzl", "STUB_COPTS", "WORKBOOK_COPTS")
load(":rules.bzl", "cc_binary", "cc_library", "cc_test", "sh_test")

# Most of the time that a short source takes to compile goes into the headers of
# GoogleTest and the standard library: the proofs, a hundred in an exercise,
# share what gcc made of them. A learner's build does without: it would wait for
# that, to compile one file in the end.
_TEST_COPTS = ["-include", "tools/precompiled/of_tests/tests.h"]
_TEST_DEPS = TEST_DEPS + ["//tools/precompiled:of_tests"]
_SOURCE_COPTS = ["-include", "tools/precompiled/of_sources/standard_library.h"]
_SOURCE_DEPS = ["//tools/precompiled:of_sources"]
_OPTIMISED_SOURCE_COPTS = ["-include", "tools/precompiled/of_optimised_sources/standard_library.h"]
_OPTIMISED_SOURCE_DEPS = ["//tools/precompiled:of_optimised_sources"]

# Five minutes, not the minute of their size: under a sanitizer, on a machine that
# does other things, they take twenty times as long as alone. A learner's own
# test keeps its minute: a hang is his to see soon.
_TIMEOUTS = {
    "small": "moderate",
    "medium": "long",
    "large": "eternal",
}

# Where what is not changed comes from.
_REFERENCE = ["-Isolutions"]

def reference_test(stem, parts, tests):
    """stem_test, the reference's, of an object that mutants of a .cc file share.

    Args:
      stem: of the component.
      parts: what component() returned.
      tests: the package that has the tests, "//exercises/NN_MM".
    """
    _test_object(stem, parts, tests)
    cc_test(
        name = stem + "_test",
        size = parts.size,
        timeout = _TIMEOUTS[parts.size],
        copts = WORKBOOK_COPTS + _REFERENCE,
        data = [tests + ":testdata"],
        linkstatic = True,
        tags = tags_of(parts, ["reference"]),
        # In the linker's order: the test needs the library.
        deps = [":" + stem + "_test_object", ":" + stem],
    )

def reference_cases(stem, parts, tests):
    """NAME_case, which finds nothing, and the object that mutants share."""
    copts = WORKBOOK_COPTS + _REFERENCE
    for name in parts.cases:
        case_object(name, "{}:{}_case_sources".format(tests, name), copts, [":" + stem + "_header"] + parts.case_deps)
        case_test(
            name + "_case",
            parts,
            [],
            copts,
            [":" + name + "_case_object", ":" + stem],
            tags = ["reference"],
        )
        _saved_case(name, stem, parts, copts)

def _saved_case(name, stem, parts, copts):
    """NAME_saved, what `case --save` may write: it only has to compile."""
    native.genrule(
        name = name + "_saved_source",
        testonly = True,
        outs = ["saved/{}_saved.cc".format(name)],
        cmd = "$(location :{}_case) --each-call > $@".format(name),
        tags = ["manual"],
        # As a tool it would be compiled once more, for the host.
        srcs = [":{}_case".format(name)],
    )
    cc_library(
        name = name + "_saved",
        testonly = True,
        srcs = [":{}_saved_source".format(name)],
        # A case has no line for what failed where no expression shows it.
        copts = copts + _TEST_COPTS + ["-Wno-unused-variable", "-Wno-self-move"],
        tags = ["manual"],
        deps = [":{}_header".format(stem)] + parts.case_deps + _TEST_DEPS,
    )

def saved_proof(components):
    """The proof that `case --save` keeps tests that compile: saved_test."""
    saved = [":{}_saved".format(name) for parts in components.values() for name in parts.cases]
    if saved:
        _compiled_test("saved", saved)

def _compiled_test(name, libraries):
    """NAME_test: whether these compile."""

    # A library alone would not be built: as data it is what it needs at run time.
    native.filegroup(
        name = name + "_compiled",
        testonly = True,
        srcs = libraries,
        tags = ["manual"],
    )
    sh_test(
        name = name + "_test",
        size = "small",
        srcs = ["//tools/authoring/hints:compiled.sh"],
        args = ["$(locations :{}_compiled)".format(name)],
        data = [":{}_compiled".format(name)],
        tags = ["hints"],
    )

def _variant_case(name, parts, sources, root, library, args, data, tag, copts = []):
    """The search over another form of a component: a mutant or the stub."""
    case_test(
        name,
        parts,
        sources,
        WORKBOOK_COPTS + copts + ["-I$(GENDIR)/{}/{}".format(native.package_name(), root)] + _REFERENCE,
        library,
        args = args,
        data = data,
        tags = [tag],
    )

def _test_object(stem, parts, tests):
    """The test, compiled once over the reference's header, linked many times.

    Compiling a test takes seconds, most of them GoogleTest's headers, and a
    mutant of a .cc file changes nothing that the test sees.
    """
    cc_library(
        name = stem + "_header",
        hdrs = headers_of(stem, parts),
        copts = WORKBOOK_COPTS + _REFERENCE,
        tags = ["manual"],
        deps = parts.deps + RUNTIME_DEPS,
    )
    cc_library(
        name = stem + "_test_object",
        testonly = True,
        srcs = [tests + ":" + stem + "_test_sources"],
        copts = WORKBOOK_COPTS + _REFERENCE + _TEST_COPTS,
        linkstatic = True,
        tags = ["manual"],
        deps = [":" + stem + "_header"] + parts.test_deps + _TEST_DEPS,
        alwayslink = True,
    )

def hidden_test(components, sources, tests):
    """All components in one test, whose order is random.

    Args:
      components: stem to component(...).
      sources: of the hidden tests.
      tests: the package that has the tests, "//exercises/NN_MM".
    """
    test_deps = {}
    threads = False
    for parts in components.values():
        threads = threads or parts.threads
        for dep in parts.test_deps:
            test_deps[dep] = True
    cc_test(
        name = "hidden_test",
        size = "small",
        timeout = _TIMEOUTS["small"],
        srcs = sources,
        copts = WORKBOOK_COPTS + _REFERENCE + _TEST_COPTS,
        data = [tests + ":testdata"],
        linkstatic = True,
        tags = [
            "hidden",
            "reference",
        ] + (["threads"] if threads else []),
        deps = [":" + stem for stem in components] + test_deps.keys() + _TEST_DEPS,
    )

def _variant(name, parts, deps, tests, root, headers, sources, test_sources, test_deps = [], copts = []):
    """A test binary over another form of one component: a mutant or the stub."""
    roots = ["-I$(GENDIR)/{}/{}".format(native.package_name(), root)] + _REFERENCE
    is_optimised = "-O2" in parts.copts
    exercise_library(
        name + "_lib",
        struct(
            copts = parts.copts,
            deps = deps + (_OPTIMISED_SOURCE_DEPS if is_optimised else _SOURCE_DEPS),
        ),
        headers,
        sources,
        WORKBOOK_COPTS + copts + roots + (_OPTIMISED_SOURCE_COPTS if is_optimised else _SOURCE_COPTS),
        # In front of the reference's, even where the test uses nothing of it.
        alwayslink = True,
        tags = ["manual"],
    )
    cc_binary(
        name = name + "_binary",
        testonly = True,
        srcs = test_sources,
        copts = WORKBOOK_COPTS + copts + roots + _TEST_COPTS,
        data = [tests + ":testdata"],
        linkstatic = True,
        tags = ["manual"],
        deps = test_deps + [":" + name + "_lib"] + parts.test_deps + _TEST_DEPS,
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

def mutant_proof(stem, parts, patch, tests):
    """The proof that the test which a patch names catches its fault.

    Args:
      stem: of the component.
      parts: what component() returned.
      patch: mutants/stem.*.patch.
      tests: the package that has the tests, "//exercises/NN_MM".
    """
    base = patch[len("mutants/"):-len(".patch")]
    root = "mutants/" + base

    # patch refuses a change of another file: it is not there.
    source_only = _changed_source(stem, parts, base)
    is_race = base.startswith(stem + ".race.") or ".cc.race." in base
    sources = [source_only] if source_only else headers_of(stem, parts) + sources_of(stem, parts)
    mutated = ["{}/{}/{}".format(root, exercise_id(), source) for source in sources]
    native.genrule(
        name = base + "_sources",
        srcs = sources + [patch],
        outs = mutated,
        cmd = ("for f in {sources}; do cp $$f $(RULEDIR)/{root}/{id}/; done; " +
               "chmod u+w $(OUTS); " +
               "patch --quiet --batch --fuzz=0 -p3 -d $(RULEDIR)/{root}/{id} < $(location {patch})").format(
            id = exercise_id(),
            patch = patch,
            root = root,
            sources = " ".join(["$(location {})".format(source) for source in sources]),
        ),
        message = "Applying mutant",
        tags = ["manual"],
    )
    headers = headers_of(stem, parts) if source_only else [file for file in mutated if file.endswith(".h")]
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
    sh_test(
        name = base + "_mutant",
        size = parts.size,
        timeout = _TIMEOUTS[parts.size],
        srcs = ["//tools/authoring:expect_caught"],
        args = (["--race"] if is_race else []) + [
            "$(location :{}_mutant_binary)".format(base),
            "$(location {})".format(patch),
        ],
        data = [":{}_mutant_binary".format(base), patch],
        tags = ["mutant"] + (["manual", "race"] if is_race else []),
    )
    if parts.cases and not is_race:
        case = case_of_file(parts, source_only)
        _variant_case(
            base + "_case",
            parts,
            [] if source_only else ["{}:{}_case_sources".format(tests, case)],
            root,
            ([":" + case + "_case_object"] if source_only else []) + [":{}_mutant_lib".format(base)],
            ["--mutant", "$(location {})".format(patch)],
            [patch],
            "mutant",
        )

def _files_before(stem, sources, improve):
    """Those of the sources that stand in exercises/NN_MM/before."""
    if type(improve) != "list":
        return sources if improve else []
    return [file for file in sources if stem in improve or file in improve]

def stub_proofs(components, tests, improve):
    """The proofs that the stubs are red.

    They are generated, so that a learner's edits change no proof.

    Args:
      components: stem to component(...).
      tests: the package that has the tests, "//exercises/NN_MM".
      improve: the stub works but wastes, so its red tests show no Todo; it is
        made from exercises/NN_MM/before. True, or a list of the stems for which
        that is so, and of single files ("job_threads.cc") of a stem whose others
        are given.
    """
    for stem, parts in components.items():
        headers = headers_of(stem, parts)
        sources = headers + sources_of(stem, parts)
        before = _files_before(stem, sources, improve)
        improves = len(before) > 0
        stubs = ["stubs/{}/{}".format(exercise_id(), source) for source in sources]
        native.genrule(
            name = stem + "_stub_sources",
            srcs = sources + [tests + ":exercise.toml"] + [
                "{}/before:{}".format(tests, source)
                for source in before
            ],
            outs = stubs,
            # A list of commands, of which the first that fails ends it.
            cmd = " && ".join([
                "$(location //tools/authoring:make_stub) {} {} $(location {})".format(exercise_id(), source, stub)
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
            copts = STUB_COPTS,
        )
        sh_test(
            name = stem + "_stub",
            size = parts.size,
            timeout = _TIMEOUTS[parts.size],
            srcs = ["//tools/authoring:expect_red"],
            args = (["--improve"] if improves else []) + ["$(location :{}_stub_binary)".format(stem)],
            data = [":{}_stub_binary".format(stem)],
            tags = ["stub"],
        )
        for case in ([] if improves else parts.cases):
            _variant_case(
                case + "_stub_case",
                parts,
                ["{}:{}_case_sources".format(tests, case)],
                "stubs",
                [":{}_stub_lib".format(stem)],
                ["--stub"],
                [],
                "stub",
                STUB_COPTS,
            )

def hint_proofs(components, tests):
    """The proof that the code of hints compiles: hints_test.

    What is compiled is the reference with that code in it, once a component.

    Args:
      components: stem to component(...).
      tests: the package that has the tests, "//exercises/NN_MM".
    """
    folder = "$(GENDIR)/{}/hints".format(native.package_name())
    for stem, parts in components.items():
        files = headers_of(stem, parts) + sources_of(stem, parts)
        placed = ["hints/{}/{}".format(exercise_id(), file) for file in files]
        native.genrule(
            name = stem + "_hint_sources",
            srcs = files + [tests + ":exercise.toml", tests + ":hints.md"],
            outs = placed,
            cmd = "$(location //tools/authoring/hints:hint_sources) {} {} {}".format(
                exercise_id(),
                stem,
                " ".join(["{} $(location {})".format(file, out) for file, out in zip(files, placed)]),
            ),
            message = "Placing hints",
            tags = ["manual"],
            tools = ["//tools/authoring/hints:hint_sources"],
        )

        # A header alone is compiled through a source that includes it.
        compiled = [file for file in placed if file.endswith(".cc")]
        if not compiled:
            compiled = ["hints/{}_header.cc".format(stem)]
            native.genrule(
                name = stem + "_hint_header",
                outs = compiled,
                cmd = "echo '#include \"{}/{}.h\"' > $@".format(exercise_id(), stem),
                tags = ["manual"],
            )
        exercise_library(
            stem + "_hints",
            struct(copts = [], deps = parts.deps + _SOURCE_DEPS),
            [file for file in placed if file.endswith(".h")],
            compiled,
            # Statements without their function's end are no fault: no warnings.
            WORKBOOK_COPTS + ["-w", "-I" + folder] + _REFERENCE + _SOURCE_COPTS,
            linkstatic = True,
            tags = ["manual"],
        )

    _compiled_test("hints", [":{}_hints".format(stem) for stem in components])
