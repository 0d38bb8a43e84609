"""The components of 01_01, in the order of the tasks."""

load("//tools/build:exercise.bzl", "component")

COMPONENTS = {
    "counter": component(),
    "pair": component(
        threads = True,
        deps = [":counter"],
    ),
}
