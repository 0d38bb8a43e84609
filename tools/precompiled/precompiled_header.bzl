# SPDX-License-Identifier: Apache-2.0

"""A header that is parsed once for many sources, where the compiler is gcc.

    precompiled_header(name = "of_tests", hdr = "tests.h", copts = ..., deps = ...)

A source that depends on it and is compiled with `-include PACKAGE/NAME/HDR`
reads what gcc keeps instead of the text. gcc itself refuses what was kept with
other options, and then reads the text: slower, never wrong. clang is given the
text alone (build:clang in .bazelrc): it takes no file of gcc's.
"""

load("@bazel_tools//tools/build_defs/cc:action_names.bzl", "CPP_COMPILE_ACTION_NAME")
load("//tools/build:rules.bzl", "CcInfo", "cc_common", "find_cc_toolchain", "use_cc_toolchain")

def _compile(ctx, context, header, precompiled):
    toolchain = find_cc_toolchain(ctx)
    features = cc_common.configure_features(
        ctx = ctx,
        cc_toolchain = toolchain,
        requested_features = ctx.features,
        unsupported_features = ctx.disabled_features,
    )
    cpp = ctx.fragments.cpp
    variables = cc_common.create_compile_variables(
        feature_configuration = features,
        cc_toolchain = toolchain,
        include_directories = context.includes,
        quote_include_directories = context.quote_includes,
        system_include_directories = context.system_includes,
        source_file = header.path,
        output_file = precompiled.path,
        # As Bazel orders them; those of one file (per_file_copt) come last.
        user_compile_flags = cpp.copts + cpp.cxxopts + ctx.attr.copts + ["-x", "c++-header"],
        use_pic = True,
    )
    arguments = cc_common.get_memory_inefficient_command_line(
        feature_configuration = features,
        action_name = CPP_COMPILE_ACTION_NAME,
        variables = variables,
    )
    ctx.actions.run(
        executable = cc_common.get_tool_for_action(
            feature_configuration = features,
            action_name = CPP_COMPILE_ACTION_NAME,
        ),
        arguments = arguments,
        env = cc_common.get_environment_variables(
            feature_configuration = features,
            action_name = CPP_COMPILE_ACTION_NAME,
            variables = variables,
        ),
        inputs = depset([header], transitive = [context.headers, toolchain.all_files]),
        outputs = [precompiled],
        mnemonic = "CppPrecompile",
        progress_message = "Precompiling " + header.short_path,
    )

def _precompiled_header_impl(ctx):
    # A copy, because gcc looks for the .gch beside the text.
    header = ctx.actions.declare_file(ctx.label.name + "/" + ctx.file.hdr.basename)
    ctx.actions.run_shell(
        command = 'cp "$1" "$2"',
        arguments = [ctx.file.hdr.path, header.path],
        inputs = [ctx.file.hdr],
        outputs = [header],
    )
    used = cc_common.merge_cc_infos(cc_infos = [dep[CcInfo] for dep in ctx.attr.deps])
    files = [header]
    if ctx.attr.enabled:
        precompiled = ctx.actions.declare_file(header.basename + ".gch", sibling = header)
        _compile(ctx, used.compilation_context, header, precompiled)
        files.append(precompiled)
    own = cc_common.create_compilation_context(
        headers = depset(files),
        quote_includes = depset([ctx.bin_dir.path]),
    )
    return [
        DefaultInfo(files = depset(files)),
        cc_common.merge_cc_infos(
            direct_cc_infos = [CcInfo(compilation_context = own)],
            cc_infos = [used],
        ),
    ]

precompiled_header = rule(
    implementation = _precompiled_header_impl,
    attrs = {
        "copts": attr.string_list(doc = "The options of the sources that use it: gcc compares them."),
        "deps": attr.label_list(providers = [CcInfo]),
        "enabled": attr.bool(default = True, doc = "Without it there is the text alone."),
        "hdr": attr.label(allow_single_file = [".h"], mandatory = True),
        "_cc_toolchain": attr.label(default = "@bazel_tools//tools/cpp:current_cc_toolchain"),
    },
    fragments = ["cpp"],
    toolchains = use_cc_toolchain(),
)
