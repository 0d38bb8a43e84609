# SPDX-License-Identifier: Apache-2.0

"""The allocator half improved: some parts as they begin, some the reference's."""

load("//exercises/01_01:components.bzl", "COMPONENTS")
load("//tools/build:cases.bzl", "case_test")
load("//tools/build:copts.bzl", "STUB_COPTS", "WORKBOOK_COPTS")
load("//tools/build:rules.bzl", "cc_binary", "cc_library", "cc_test")

# What malloc goes through, from the bottom to the top, and its sources.
PARTS = {
    "size_classes": ["size_classes.h", "size_classes.cc"],
    "page_map": ["page_map.h", "page_map.cc"],
    "idle_bound": ["idle_bound.h", "idle_bound.cc"],
    "free_spans": ["free_spans.h", "free_spans.cc"],
    "page_heap": ["page_heap.h", "page_heap.cc"],
    "central_free_list": ["central_free_list.h", "central_free_list.cc"],
    "kept_spans": ["kept_spans.h", "kept_spans.cc"],
    "thread_cache": ["thread_cache.h", "thread_cache.cc"],
    "tiny_allocator": ["tiny_allocator.h", "tiny_allocator.cc"],
    "caching_allocator": [
        "caching_allocator.h",
        "caching_allocator.cc",
        "caching_allocator_threads.cc",
    ],
    "malloc_api": ["malloc_api.h", "malloc_api.cc"],
}

_DEPS = [
    "//exercises/01_01/given",
    "//tools/exercise:runtime",
]

def _copts(name):
    root = "-I$(GENDIR)/{}/tiers/{}".format(native.package_name(), name)
    return WORKBOOK_COPTS + STUB_COPTS + [root]

def _put_together(name, improved):
    """The sources in tiers/NAME/01_01; returns their names."""
    for part in improved:
        if part not in PARTS:
            fail("%s is no part of the allocator" % part)
    sources = []
    outs = []
    commands = []
    for part, files in PARTS.items():
        for file in files:
            source = ("" if part in improved else "stubs/01_01/") + file
            out = "tiers/{}/01_01/{}".format(name, file)
            sources.append(source)
            outs.append(out)
            commands.append("cp $(location {}) $(location {})".format(source, out))
    native.genrule(
        name = name + "_sources",
        srcs = sources,
        outs = outs,
        cmd = " && ".join(commands),
        message = "Putting tiers together",
        tags = ["manual"],
    )
    return outs

def allocator(name, improved):
    """A library of the parts, and lib + name + .so for LD_PRELOAD.

    Args:
      name: of the library, and of the folder below tiers/ for its sources.
      improved: the parts that are the reference's; all others begin.
    """
    outs = _put_together(name, improved)

    # One source: each would read the same headers again.
    native.genrule(
        name = name + "_in_one",
        outs = ["tiers/%s/in_one.cc" % name],
        cmd = "printf '#include \"%s\"\\n' {} > $@".format(" ".join([out[len("tiers/" + name) + 1:] for out in outs if out.endswith(".cc")])),
        tags = ["manual"],
    )
    cc_library(
        name = name,
        srcs = ["tiers/%s/in_one.cc" % name],
        hdrs = [out for out in outs if out.endswith(".h")],
        textual_hdrs = [out for out in outs if out.endswith(".cc")],
        copts = _copts(name),
        linkstatic = True,
        tags = ["manual"],
        visibility = ["//solutions/01_01/programs:__pkg__"],
        deps = _DEPS,
    )
    cc_binary(
        name = "lib%s.so" % name,
        srcs = ["//tools/preload:malloc_exports.cc"],
        copts = _copts(name),
        linkopts = [
            "-Wl,--version-script=$(location //tools/preload:exports.lds)",
            "-Wl,-z,initfirst",
        ],
        linkshared = True,
        tags = ["manual"],
        visibility = ["//solutions/01_01/programs:__pkg__"],
        deps = [
            ":" + name,
            "//tools/preload:exports.lds",
        ],
    )

# As a learner finds it, and after each core task.
STAGES = {
    "start": [],
    "task_2": ["size_classes"],
    "tasks_2_3": [
        "size_classes",
        "thread_cache",
    ],
    "tasks_2_4": [
        "size_classes",
        "thread_cache",
        "central_free_list",
    ],
    "tasks_2_5": [
        "size_classes",
        "thread_cache",
        "central_free_list",
        "page_heap",
    ],
}

# Its functions are linked, and its stub says Todo.
_ROW_IMPROVED = ["tiny_allocator"]

_GIVEN_SOURCES = [
    "metadata_arena.cc",
    "page_source.cc",
    "span_list.cc",
]

def _row(name, improved):
    """A library of the stage in a namespace of its own, for the benchmark."""
    row = "row_" + name
    outs = _put_together(row, improved + _ROW_IMPROVED)
    given = ["exercises/01_01/given/" + file for file in _GIVEN_SOURCES]
    native.genrule(
        name = row + "_in_one",
        outs = ["tiers/%s/in_one.cc" % row],
        cmd = "printf '#include \"%s\"\\n' {} > $@".format(" ".join(
            given + [out[len("tiers/" + row) + 1:] for out in outs if out.endswith(".cc")] +
            ["solutions/01_01/programs/tier_functions.cc"],
        )),
        tags = ["manual"],
    )
    cc_library(
        name = row,
        srcs = ["tiers/%s/in_one.cc" % row],
        hdrs = [out for out in outs if out.endswith(".h")],
        textual_hdrs = [out for out in outs if out.endswith(".cc")] + ["//solutions/01_01/programs:tier_functions.cc"] +
                       ["//exercises/01_01/given:" + file for file in _GIVEN_SOURCES],
        copts = _copts(row),
        linkstatic = True,
        local_defines = [
            "workbook=workbook_tier_" + name,
            "WORKBOOK_TIER_NAME=WorkbookTier" + "".join([word.capitalize() for word in name.split("_")]),
        ],
        tags = ["manual"],
        deps = _DEPS,
    )

ROWS = [":row_" + name for name in STAGES]

def tiers():
    """Every stage, and each part alone: only_PART, all others as they begin."""
    for name, improved in STAGES.items():
        allocator(name, improved)
        _row(name, improved)
    for part in PARTS:
        allocator("only_" + part, [part])

def alone_test(part):
    """PART_alone_test: the part's test, while all else is as it begins.

    It is the proof that no task is red because another one is.

    Args:
      part: whose reference is tested.
    """
    _part_test(part + "_alone_test", part, "only_" + part)

def stage_test(stage, part):
    """STAGE_PART_test: the part's test, while others are improved as well.

    It is the proof that no task turns red because another one is green.

    Args:
      stage: of STAGES.
      part: whose reference is tested, one that the stage improves.
    """
    _part_test("{}_{}_test".format(stage, part), part, stage)

def _part_test(name, part, library):
    cc_test(
        name = name,
        size = "medium",
        srcs = ["//exercises/01_01:%s_test_sources" % part],
        copts = WORKBOOK_COPTS + ["-I$(GENDIR)/solutions/01_01/tiers/" + library],
        data = ["//exercises/01_01:testdata"],
        linkstatic = True,
        tags = ["preload"],
        deps = [
            "//solutions/01_01:" + library,
            "//exercises/01_01/testing",
            "//tools/exercise/testing",
            "//tools/exercise/testing:block_patterns",
            "//tools/exercise/testing:called_from",
            "//tools/exercise/testing:last_words",
            "//tools/probe",
            "@googletest//:gtest",
            "@googletest//:gtest_main",
        ],
    )

def case_in_stage(name, part):
    """NAME_PART_case: the search finds nothing, whatever stands below the part.

    Args:
      name: of the allocator: only_PART, or one of STAGES.
      part: whose reference the description is about.
    """
    case_test(
        "{}_{}_case".format(name, part),
        COMPONENTS[part],
        ["//exercises/01_01:%s_case_sources" % part],
        WORKBOOK_COPTS + ["-I$(GENDIR)/solutions/01_01/tiers/" + name],
        ["//solutions/01_01:" + name],
        tags = ["preload"],
    )
