// SPDX-License-Identifier: Apache-2.0

// The difference of a regrade, on the disk until somebody decides.
//
// In the ledger's folder: regrade/pending.json and pending.txt; what was graded
// for it so far, regrade/run_*.jsonl; and what was decided,
// regrade/applied_*.json and cancelled_*.json, which stay.
#ifndef WORKBOOK_TOOLS_GRADE_PENDING_H_
#define WORKBOOK_TOOLS_GRADE_PENDING_H_

#include <filesystem>
#include <string>
#include <vector>

#include "tools/grade/ledger.h"
#include "tools/grade/regrade.h"
#include "tools/problem/problem.h"

namespace workbook::grade {

// Whether there is a difference that nobody has decided on.
bool HasPending(const std::filesystem::path& out);

// Where a regrade of this selection keeps what it has graded: another one for
// another selection, plan or state of the ledger.
std::filesystem::path RunLedgerPath(const std::filesystem::path& out,
                                    const Ledger& ledger,
                                    const std::string& fingerprint,
                                    const std::vector<std::string>& only);

// Writes pending.txt and then, in one step, pending.json.
// On failure: throws std::system_error or std::filesystem::filesystem_error.
void WritePending(const std::filesystem::path& out, const Regrade& regrade);

struct Decision {
  std::string by;
  std::string at;
  std::string why;
  bool raised_only = false;  // students whose mark would fall keep their result
};

struct Applied {
  Problem failure;
  std::size_t results = 0;
  bool before = false;  // by an earlier start that was killed
};

// Takes the pending difference over into out/events.jsonl, as one event. Killed
// at any moment and started again, it is there once. Refused where the ledger
// has had another event since the difference was made.
// On failure: what, where, what next; the ledger is as it was.
Applied ApplyPending(const std::filesystem::path& out,
                     const Decision& decision);

// Puts the pending difference aside. On failure: as ApplyPending.
Problem CancelPending(const std::filesystem::path& out);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_PENDING_H_
