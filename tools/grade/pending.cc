// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/pending.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "tools/grade/plan.h"
#include "tools/grade/whole_io.h"
#include "tools/sha256/sha256.h"
#include "tools/text/text_file.h"

namespace workbook::grade {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

fs::path Folder(const fs::path& out) { return out / "regrade"; }
fs::path PendingFile(const fs::path& out) {
  return Folder(out) / "pending.json";
}

Problem ReadPending(const fs::path& out, Regrade& regrade) {
  const fs::path path = PendingFile(out);
  const auto text = ReadTextFile(path);
  if (!text) {
    return {"no regrade is pending", path.string(),
            "./workbook regrade makes one"};
  }
  try {
    const json file = json::parse(*text);
    regrade = file.at("regrade");
    if (file.at("id") != regrade.Id()) {
      return {"the pending regrade was changed after it was made",
              path.string(), "cancel it (apply --cancel), and regrade again"};
    }
  } catch (const std::exception& damage) {
    return {std::string("the pending regrade can't be read: ") + damage.what(),
            path.string(), "cancel it (apply --cancel), and regrade again"};
  }
  return {};
}

// It is no longer pending, and what was graded for it is of no more use.
void Close(const fs::path& out, const std::string& name) {
  fs::rename(PendingFile(out), Folder(out) / (name + ".json"));
  fs::remove(Folder(out) / "pending.txt");
  for (const std::string& run : FileNames(Folder(out), ".jsonl")) {
    if (run.starts_with("run_")) fs::remove(Folder(out) / run);
  }
}

Correction MakeCorrection(const Regrade& regrade, const Decision& decision) {
  Correction correction;
  correction.regrade = regrade.Id();
  correction.by = decision.by;
  correction.at = decision.at;
  correction.why = decision.why;
  for (const Difference& difference : regrade.differences) {
    if (difference.same) continue;
    if (decision.raised_only && difference.graded_before &&
        difference.new_points < difference.old_points) {
      continue;
    }
    correction.results.push_back(difference.result);
  }
  return correction;
}

}  // namespace

bool HasPending(const fs::path& out) { return fs::exists(PendingFile(out)); }

fs::path RunLedgerPath(const fs::path& out, const Ledger& ledger,
                       const std::string& fingerprint,
                       const std::vector<std::string>& only) {
  std::string inputs = ledger.Head() + fingerprint;
  for (const std::string& word : only) inputs += '\0' + word;
  fs::create_directories(Folder(out));
  return Folder(out) / ("run_" + Sha256(inputs).substr(0, 16) + ".jsonl");
}

void WritePending(const fs::path& out, const Regrade& regrade) {
  fs::create_directories(Folder(out));
  WriteFile(Folder(out) / "pending.txt", Text(regrade));
  const json file{{"id", regrade.Id()}, {"regrade", regrade}};
  WriteFile(PendingFile(out), JsonText(file, 1) + "\n");
}

Applied ApplyPending(const fs::path& out, const Decision& decision) {
  Applied applied;
  Regrade regrade;
  applied.failure = ReadPending(out, regrade);
  if (!applied.failure.what.empty()) return applied;
  try {
    const std::string id = regrade.Id();
    Ledger ledger(out / "events.jsonl");
    const Correction correction = MakeCorrection(regrade, decision);
    applied.results = correction.results.size();
    applied.before = ledger.HasApplied(id);
    if (!applied.before) {
      if (ledger.Head() != regrade.ledger_head) {
        applied.failure = {
            "the ledger has had another event since this regrade",
            (out / "events.jsonl").string(),
            "cancel it (apply --cancel), and regrade again"};
        return applied;
      }
      ledger.Apply(correction);
    }
    Close(out, "applied_" + id.substr(0, 16));
  } catch (const std::exception& failure) {
    applied.failure = {failure.what(), out.string(),
                       "nothing is lost: start the same command again"};
  }
  return applied;
}

Problem CancelPending(const fs::path& out) {
  if (!HasPending(out)) {
    return {"no regrade is pending", PendingFile(out).string(),
            "./workbook regrade makes one"};
  }
  try {
    Regrade regrade;
    const bool damaged = !ReadPending(out, regrade).what.empty();
    // A kill may have come between the event and the renaming.
    if (!damaged && Ledger(out / "events.jsonl").HasApplied(regrade.Id())) {
      Close(out, "applied_" + regrade.Id().substr(0, 16));
      return {"this regrade is applied already", out.string(),
              "regrade again, and apply that"};
    }
    const std::string text = ReadTextFile(PendingFile(out)).value_or("");
    Close(out, "cancelled_" + Sha256(text).substr(0, 16));
  } catch (const std::exception& failure) {
    return {failure.what(), out.string(), "start the same command again"};
  }
  return {};
}

}  // namespace workbook::grade
