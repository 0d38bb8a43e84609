# SPDX-License-Identifier: Apache-2.0

"""A repository for a library that the operating system has installed.

Its headers are on the compiler's own path, so a target is no more than the link
options and a macro that says the library is there.
"""

def _build_file(targets, installed, define):
    lines = [
        "load(\"@rules_cc//cc:cc_library.bzl\", \"cc_library\")",
        "package(default_visibility = [\"//visibility:public\"])",
    ]
    for name, linkopts in targets:
        lines.append("cc_library(name = {}, linkopts = {}, defines = {})".format(
            repr(name),
            repr(linkopts if installed else []),
            repr([define] if installed else []),
        ))
    return "\n".join(lines) + "\n"

def _system_library_impl(repository_ctx):
    attr = repository_ctx.attr
    headers = ["/usr/include/" + attr.header, "/usr/local/include/" + attr.header]
    multiarch = "/usr/include/x86_64-linux-gnu/" + attr.header
    installed = any([repository_ctx.path(h).exists for h in headers + [multiarch]])
    if not installed and not attr.optional:
        fail(("{} is not installed (no {}). Run ./workbook setup{}, or install " +
              "the package {}, then try again.").format(
            attr.library,
            headers[0],
            attr.option,
            attr.package,
        ))
    packages = {}
    for label, linkopts in attr.targets.items():
        package, _, name = label.rpartition(":")
        packages.setdefault(package, []).append((name, linkopts))
    define = "WORKBOOK_HAS_{}=1".format(
        attr.library.upper().replace(".", "_").replace("-", "_"),
    )
    for package, targets in packages.items():
        repository_ctx.file(
            (package + "/" if package else "") + "BUILD.bazel",
            _build_file(targets, installed, define),
        )

# `optional` libraries are peers: without one its targets are empty, the macro
# WORKBOOK_HAS_<NAME> is not defined, and benchmark tables name the gap.
system_library = repository_rule(
    implementation = _system_library_impl,
    attrs = {
        "header": attr.string(mandatory = True, doc = "A header that proves the library, relative to the system's include folder."),
        "library": attr.string(mandatory = True, doc = "The repository's name: with modules its own is longer."),
        "optional": attr.bool(default = False),
        "option": attr.string(doc = "What ./workbook setup has to be given to install it, after a space."),
        "package": attr.string(mandatory = True, doc = "The Debian package, for the message."),
        "targets": attr.string_list_dict(mandatory = True, doc = "\"package:target\" or \":target\" to link options."),
    },
    configure = True,
    local = True,
)
