"""Every way in which a task can stand, one component each."""

load("//tools/build:exercise.bzl", "component")

COMPONENTS = {
    "green": component(),
    "red": component(),
    "unwritten": component(),
    "broken": component(),
    "blocked": component(deps = [":broken"]),
    "crashing": component(),
    "endless": component(),
    "silent": component(),
    "quitting": component(),
    "linked": component(),
    "source_broken": component(),
    "source_blocked": component(deps = [":source_broken"]),
}
