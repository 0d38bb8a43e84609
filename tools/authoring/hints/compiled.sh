#!/bin/sh
# Bazel compiles the data of a test before it starts it: that is the test.
exit 0
