# SPDX-License-Identifier: Apache-2.0

"""Every repository that the workbook needs, over what Debian installs."""

load(":system_library.bzl", "system_library")

def system_repositories():
    """Declares Bazel's own needs, then libraries in use, then peers."""
    _bazel_repositories()
    if _is_debians_bazel_7():
        _repositories_of_bazel_7()
    _libraries()
    _graders_libraries()
    _tools()
    _peers()

def _bazel_repositories():
    native.local_repository(name = "rules_cc", path = "third_party/rules_cc")
    native.local_repository(name = "rules_java", path = "/usr/share/bazel/rules/java")
    native.local_repository(name = "rules_proto", path = "/usr/share/bazel/rules/proto")
    native.local_repository(
        name = "remote_coverage_tools",
        path = "third_party/remote_coverage_tools",
    )
    native.new_local_repository(
        name = "googletest",
        build_file = "//third_party:googletest.BUILD",
        path = "/usr/src/googletest",
    )

def _is_debians_bazel_7():
    # Debian's builds do not say their version here; 4 has no such function yet.
    return not native.bazel_version and hasattr(native, "module_name")

def _repositories_of_bazel_7():
    """What its built-in rules load, where Debian's packages put it.

    Older Bazels have these built in, or do not ask for them; other builds of
    Bazel 7 download them.
    """
    for name, path in {
        "bazel_features": "tools/features",
        "bazel_skylib": "tools/skylib",
        "platforms": "tools/platforms",
        "rules_license": "rules/license",
        "rules_python": "rules/python",
    }.items():
        native.local_repository(name = name, path = "/usr/share/bazel/" + path)

def _libraries():
    system_library(
        name = "google_benchmark",
        header = "benchmark/benchmark.h",
        package = "libbenchmark-dev",
        targets = {":benchmark": ["-lbenchmark", "-pthread"]},
    )
    system_library(
        name = "cli11",
        header = "CLI/CLI.hpp",
        package = "libcli11-dev",
        targets = {":cli11": []},
    )
    system_library(
        name = "fmt",
        header = "fmt/core.h",
        package = "libfmt-dev",
        targets = {":fmt": ["-lfmt"]},
    )
    system_library(
        name = "nlohmann_json",
        header = "nlohmann/json.hpp",
        package = "nlohmann-json3-dev",
        targets = {":json": []},
    )
    system_library(
        name = "pugixml",
        header = "pugixml.hpp",
        package = "libpugixml-dev",
        targets = {":pugixml": ["-lpugixml"]},
    )
    system_library(
        name = "tomlplusplus",
        header = "toml++/toml.h",
        package = "libtomlplusplus-dev",
        targets = {":tomlplusplus": []},
    )
    system_library(
        name = "sqlite3",
        header = "sqlite3.h",
        package = "libsqlite3-dev",
        targets = {":sqlite3": ["-lsqlite3"]},
    )
    system_library(
        name = "zlib",
        header = "zlib.h",
        package = "zlib1g-dev",
        targets = {":zlib": ["-lz"]},
    )
    system_library(
        name = "cpp-httplib",
        header = "httplib.h",
        package = "libcpp-httplib-dev",
        targets = {":cpp-httplib": ["-lcpp-httplib", "-pthread"]},
    )

    system_library(
        name = "cmark-gfm",
        header = "cmark-gfm.h",
        package = "libcmark-gfm-dev",
        targets = {":cmark-gfm": ["-lcmark-gfm", "-lcmark-gfm-extensions"]},
    )
    system_library(
        name = "mustache",
        header = "kainjow/mustache.hpp",
        package = "libkainjow-mustache-dev",
        targets = {":mustache": []},
    )

def _graders_libraries():
    # Asked for by the instructor's command alone; repositories are fetched when
    # something of them is built, so that learners never miss them.
    system_library(
        name = "libarchive",
        header = "archive.h",
        option = " --grade",
        package = "libarchive-dev",
        targets = {":libarchive": ["-larchive"]},
    )
    system_library(
        name = "nettle",
        header = "nettle/sha2.h",
        option = " --grade",
        package = "nettle-dev",
        targets = {":nettle": ["-lnettle"]},
    )

def _tools():
    system_library(
        name = "valgrind",
        header = "valgrind/callgrind.h",
        optional = True,
        package = "valgrind",
        targets = {":valgrind": []},
    )

def _peers():
    system_library(
        name = "boost.pool",
        header = "boost/pool/pool.hpp",
        optional = True,
        package = "libboost-dev",
        targets = {":boost.pool": []},
    )
    system_library(
        name = "boost.lockfree",
        header = "boost/lockfree/stack.hpp",
        optional = True,
        package = "libboost-dev",
        targets = {":boost.lockfree": []},
    )
    system_library(
        name = "boost.asio",
        header = "boost/asio/thread_pool.hpp",
        optional = True,
        package = "libboost-dev",
        targets = {":boost.asio": ["-pthread"]},
    )
    system_library(
        name = "boost.container",
        header = "boost/container/small_vector.hpp",
        optional = True,
        package = "libboost-dev",
        targets = {":boost.container": []},
    )
    system_library(
        name = "boost.unordered",
        header = "boost/unordered/unordered_flat_map.hpp",
        optional = True,
        package = "libboost-dev",
        targets = {":boost.unordered": []},
    )
    system_library(
        name = "boost.beast",
        header = "boost/beast/http/parser.hpp",
        optional = True,
        package = "libboost-dev",
        targets = {":boost.beast": []},
    )
    system_library(
        name = "boost.static_string",
        header = "boost/static_string/static_string.hpp",
        optional = True,
        package = "libboost-dev",
        targets = {":boost.static_string": []},
    )
    system_library(
        name = "boost.tokenizer",
        header = "boost/tokenizer.hpp",
        optional = True,
        package = "libboost-dev",
        targets = {":boost.tokenizer": []},
    )
    system_library(
        name = "boost.math",
        header = "boost/math/statistics/univariate_statistics.hpp",
        optional = True,
        package = "libboost-dev",
        targets = {":boost.math": []},
    )
    system_library(
        name = "boost.locale",
        header = "boost/locale/utf.hpp",
        optional = True,
        package = "libboost-dev",
        targets = {":boost.locale": []},
    )
    system_library(
        name = "abseil-cpp",
        header = "absl/base/config.h",
        optional = True,
        package = "libabsl-dev",
        targets = {
            "absl/container:flat_hash_map": [
                "-labsl_raw_hash_set",
                "-labsl_hash",
                "-labsl_city",
                "-labsl_low_level_hash",
                "-labsl_throw_delegate",
                "-labsl_raw_logging_internal",
            ],
            "absl/container:inlined_vector": ["-labsl_throw_delegate"],
            "absl/functional:any_invocable": [],
            "absl/functional:function_ref": [],
            "absl/strings:cord": [
                "-labsl_cord",
                "-labsl_cord_internal",
                "-labsl_cordz_functions",
                "-labsl_cordz_info",
                "-labsl_strings",
                "-labsl_throw_delegate",
                "-labsl_raw_logging_internal",
            ],
            "absl/strings:strings": [
                "-labsl_strings",
                "-labsl_throw_delegate",
                "-labsl_raw_logging_internal",
            ],
        },
    )
    system_library(
        name = "rocksdb",
        header = "rocksdb/cache.h",
        optional = True,
        package = "librocksdb-dev",
        targets = {":rocksdb": ["-lrocksdb"]},
    )
    system_library(
        name = "robin-map",
        header = "tsl/robin_map.h",
        optional = True,
        package = "robin-map-dev",
        targets = {":robin_map": []},
    )
    system_library(
        name = "croaring",
        header = "roaring/roaring.h",
        optional = True,
        package = "libroaring-dev",
        targets = {":roaring": ["-lroaring"]},
    )
    system_library(
        name = "onetbb",
        header = "tbb/task_group.h",
        optional = True,
        package = "libtbb-dev",
        targets = {":tbb": ["-ltbb"]},
    )
