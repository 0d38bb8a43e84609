"""One green component."""

load("//tools/build:exercise.bzl", "component")

COMPONENTS = {"green": component()}
