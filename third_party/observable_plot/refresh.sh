#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Fetches the files of this folder from the npm registry: for an author, with a
# network. The report's browser test (tools/workbook/report/browser_test.sh)
# says whether the page still works.
set -eu
plot=0.6.17
d3=7.9.2
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm pack --silent "@observablehq/plot@$plot" "d3@$d3" >/dev/null
tar xzf "observablehq-plot-$plot.tgz"
cp package/dist/plot.umd.min.js "$here/"
cp package/LICENSE "$here/LICENSE.plot"
rm -rf package
tar xzf "d3-$d3.tgz"
cp package/dist/d3.min.js "$here/"
cp package/LICENSE "$here/LICENSE.d3"
