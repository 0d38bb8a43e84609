# SPDX-License-Identifier: Apache-2.0

"""Every repository that WORKSPACE needs, over what Debian installs."""

load(":system_libraries.bzl", "LIBRARIES", "LIBRARIES_OF_BOTH", "declare")

def system_repositories():
    """Declares Bazel's own needs, then libraries and peers."""
    _bazel_repositories()
    if _is_debians_bazel_7():
        _repositories_of_bazel_7()
    declare(LIBRARIES)
    declare(LIBRARIES_OF_BOTH)

def _bazel_repositories():
    native.local_repository(name = "rules_cc", path = "third_party/rules_cc")
    native.local_repository(name = "rules_shell", path = "third_party/rules_shell")
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
