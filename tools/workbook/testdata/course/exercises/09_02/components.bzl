"""One green component."""

load("//tools/bazel:exercise.bzl", "component")

COMPONENTS = {"green": component()}
