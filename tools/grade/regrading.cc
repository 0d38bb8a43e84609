// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/regrading.h"

#include <fmt/chrono.h>
#include <fmt/core.h>

#include <ctime>
#include <filesystem>

#include "tools/grade/class_exports.h"
#include "tools/grade/ledger.h"
#include "tools/grade/pending.h"
#include "tools/grade/regrade.h"

namespace workbook::grade {
namespace {

namespace fs = std::filesystem;

Problem RegradeInto(Setup& setup, const RegradeOptions& options) {
  const fs::path out = options.out;
  Ledger ledger(out / "events.jsonl");
  if (Problem failure = setup.PreparePlan(ledger); !failure.what.empty()) {
    return failure;
  }
  const Selection selection = Select(options.only, setup.plan(), setup.paths());
  if (!selection.error.empty()) {
    return {selection.error, "--only",
            "name a submission of " + options.submissions + ", or task1"};
  }
  Ledger run(
      RunLedgerPath(out, ledger, setup.plan().Fingerprint(), options.only));
  Regrade regrade = GradeAgain(setup.plan(), setup.rules(), setup.paths(),
                               selection, ledger, run, setup.batch());
  regrade.at =
      fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
  regrade.only = options.only;
  WritePending(out, regrade);
  fmt::print(
      "{}Nothing is changed yet. Look at it: {}\n"
      "Then: ./workbook apply --out {} --why '...', or --cancel\n",
      Text(regrade), (out / "regrade" / "pending.txt").string(), options.out);
  return {};
}

}  // namespace

Problem RegradeFolder(const Course& course, const RegradeOptions& options) {
  const fs::path out = options.out;
  if (!fs::exists(out / "events.jsonl")) {
    return {"nothing was graded into this folder",
            (out / "events.jsonl").string(), "./workbook grade comes first"};
  }
  if (HasPending(out)) {
    return {
        "a regrade is pending that nobody has decided on",
        (out / "regrade" / "pending.txt").string(),
        "./workbook apply --out " + options.out + " --why '...', or --cancel"};
  }
  try {
    Setup setup;
    Problem failure = setup.Read(
        course, {options.exercise, options.submissions, options.config,
                 options.times, options.jobs, ExportedLevel(out)});
    if (failure.what.empty()) failure = RegradeInto(setup, options);
    return failure;
  } catch (const std::exception& failure) {
    return {failure.what(), options.out,
            "what was graded is kept: start the same command again"};
  }
}

}  // namespace workbook::grade
