#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Stand-ins for the modules of the Bazel central registry, for a machine without it.

    python3 tools/workbook/trials/stand_ins.py FOLDER
    bazel --bazelrc=FOLDER/bazelrc test //solutions/...

Writes a module a dependency of MODULE.bazel over the packages of the distribution
(Debian unstable), and an empty one for each that Bazel itself asks for and no C++
needs. FOLDER/bazelrc puts them in the place of the registry's, and turns WORKSPACE
off. Exit code 1, and a sentence, where a package is missing.
"""

import pathlib
import re
import shutil
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]
GOOGLETEST = pathlib.Path("/usr/src/googletest")
RULES = pathlib.Path("/usr/share/bazel/rules")

# In the graph of modules because of bazel_tools and rules_cc; nothing of them is built.
EMPTY = ("apple_support", "buildozer", "protobuf")

BUILDOZER = '''
def _extension_impl(module_ctx):
    _empty(name = "buildozer_binary")

def _empty_impl(repository_ctx):
    repository_ctx.file("BUILD.bazel", "")

_empty = repository_rule(implementation = _empty_impl)
buildozer_binary = module_extension(implementation = _extension_impl)
'''


def libraries():
    """The tables of third_party/system_libraries.bzl, which are Python as well."""
    names = {"load": lambda *_: None, "system_library": None}
    exec((ROOT / "third_party/system_libraries.bzl").read_text(), names)  # pylint: disable=exec-used
    return names["LIBRARIES"]


def write_module(folder, name, build, more=None):
    place = folder / name
    place.mkdir(parents=True, exist_ok=True)
    needs = 'bazel_dep(name = "rules_cc", version = "0.0.0")\n' if "rules_cc" in build else ""
    (place / "MODULE.bazel").write_text(f'module(name = "{name}")\n{needs}')
    (place / "BUILD.bazel").write_text(build)
    for path, text in (more or {}).items():
        (place / path).write_text(text)
    return place


def library_build(parts):
    lines = ['load("@rules_cc//cc:cc_library.bzl", "cc_library")',
             'package(default_visibility = ["//visibility:public"])']
    for target, linkopts in parts["targets"].items():
        lines.append(f"cc_library(name = {target[1:]!r}, linkopts = {linkopts!r})")
    return "\n".join(lines) + "\n"


def googletest_build():
    text = (ROOT / "third_party/googletest.BUILD").read_text()
    # A module's sources do not lie in external/googletest.
    text = re.sub(r'\s*"-Iexternal/googletest/\w+",', "", text)
    return text.replace('    includes = [\n', '    includes = [\n        "googlemock",\n        "googletest",\n')


def write_googletest(folder):
    if not GOOGLETEST.is_dir():
        sys.exit(f"stand_ins: {GOOGLETEST} is missing\n  next:  apt-get install googletest")
    place = write_module(folder, "googletest", googletest_build())
    for name in ("googlemock", "googletest"):
        shutil.copytree(GOOGLETEST / name, place / name, dirs_exist_ok=True)
        # Its own, which asks for other rules.
        for build in place.joinpath(name).rglob("BUILD*"):
            build.unlink()
    return place


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1]).resolve()
    places = {"googletest": write_googletest(folder)}
    for name, parts in libraries().items():
        header = parts["header"]
        found = [pathlib.Path(base) / header for base in
                 ("/usr/include", "/usr/include/x86_64-linux-gnu", "/usr/local/include")]
        if not any(path.exists() for path in found):
            sys.exit(f"stand_ins: no {header}\n  next:  apt-get install {parts['package']}")
        places[name] = write_module(folder, name, library_build(parts))
    for name in EMPTY:
        places[name] = write_module(folder, name, "")
    (places["buildozer"] / "buildozer_binary.bzl").write_text(BUILDOZER)
    places["rules_shell"] = RULES / "shell"
    lines = ["common --enable_bzlmod --noenable_workspace"]
    lines += [f"common --override_module={name}={place}" for name, place in sorted(places.items())]
    (folder / "bazelrc").write_text("\n".join(lines) + "\n")
    print(folder / "bazelrc")


if __name__ == "__main__":
    main()
