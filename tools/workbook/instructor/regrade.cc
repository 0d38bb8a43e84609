// SPDX-License-Identifier: Apache-2.0

#include <pwd.h>
#include <unistd.h>

#include "fmt/format.h"
#include "tools/grade/jobs.h"
#include "tools/grade/pending.h"
#include "tools/grade/regrading.h"
#include "tools/workbook/instructor/actions.h"

namespace workbook::cli {
namespace {

std::string UserName() {
  const passwd* const user = getpwuid(geteuid());
  return user == nullptr ? std::to_string(geteuid()) : user->pw_name;
}

}  // namespace

int RunRegrade(Session& session, const grade::RegradeOptions& options) {
  const Problem failure = grade::RegradeFolder(session.course(), options);
  if (failure.what.empty()) return kExitOk;
  return Report(failure);
}

int RunApply(Session&, const ApplyOptions& options) {
  if (options.cancel) {
    const Problem failure = grade::CancelPending(options.out);
    if (failure.what.empty()) {
      fmt::print("The regrade is put aside; every result is as it was.\n");
      return kExitOk;
    }
    return Report(failure);
  }
  if (options.why.empty()) {
    return Report({.what = "the ledger asks why results change",
                   .where = "--why",
                   .next = "for example --why 'Task 3 had a wrong test'",
                   .exit_code = kExitUsage});
  }
  const grade::Decision decision{options.by.empty() ? UserName() : options.by,
                                 UtcNow(), options.why, options.raised_only};
  const grade::Applied applied = grade::ApplyPending(options.out, decision);
  if (!applied.failure.what.empty()) {
    return Report(applied.failure);
  }
  fmt::print(
      "{} results taken over{}; earlier ones stay in the ledger.\n"
      "The same ./workbook grade as before writes the new exports; it "
      "grades nothing again.\n",
      applied.results, applied.before ? " by an earlier start" : "");
  return kExitOk;
}

int RunOneJob(Session&, const std::string& file) {
  const grade::RunJobResult result = grade::RunJob(file);
  if (!result.what.empty()) return Report({result.what, file, result.next});
  fmt::print("{}: {}\n", file, result.done_before ? "done before" : "done");
  return kExitOk;
}

}  // namespace workbook::cli
