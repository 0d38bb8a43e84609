// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/row_check.h"

#include <iterator>
#include <map>
#include <set>

#include "tools/authoring/boundary_check.h"
#include "tools/bench/publish/fairness.h"
#include "tools/bench/publish/forms.h"
#include "tools/bench/row_name.h"
#include "tools/course/nearest.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

namespace fs = std::filesystem;

constexpr char kPreload[] = "tools/preload";

void Append(std::vector<Problem> more, std::vector<Problem>& problems) {
  problems.insert(problems.end(), std::make_move_iterator(more.begin()),
                  std::make_move_iterator(more.end()));
}

void AddTexts(const fs::path& folder, const std::string& ending,
              std::vector<std::string>& texts) {
  for (const std::string& name : FileNames(folder, ending)) {
    texts.push_back(ReadTextFile(folder / name).value_or(""));
  }
}

// `before` is what an exercise begins with; the library for LD_PRELOAD is
// opened by 01_01's benchmark.
BenchSources SourcesOf(const fs::path& root, const Exercise& exercise) {
  BenchSources sources;
  for (const char* ending : {"_bench.cc", "_bench.h"}) {
    AddTexts(root / exercise.folder, ending, sources.bench);
  }
  for (const fs::path& folder :
       {exercise.solution_folder, exercise.folder / "before",
        exercise.folder / "given", fs::path(kPreload)}) {
    AddTexts(root / folder, ".cc", sources.apart);
  }
  return sources;
}

// Of targets, before anything is measured. What is claimed without a target is
// judged where it is published.
void CheckTargets(const Exercise& exercise, const Forms& forms,
                  const std::vector<std::string>& rows,
                  std::vector<Problem>& problems) {
  std::map<std::string, std::vector<ComparedRow>> cases;
  for (const std::string& row : rows) {
    const auto name = ParseRowName(row);
    if (!name) continue;
    cases[name->case_name].push_back({name->role, name->implementation, 0});
  }
  for (const RatioTarget& target : exercise.targets) {
    const CaseForm* const form = forms.Find(target.case_name);
    if (form == nullptr) continue;
    Append(CheckFairness(forms, *form, target.case_name,
                         cases[target.case_name], true),
           problems);
  }
}

}  // namespace

Check CheckRows(const Exercise& exercise,
                const std::vector<std::string>& rows) {
  Check check{exercise.id + " benchmark rows", {}, {}};
  const std::string label = "//solutions/" + exercise.id + ":bench";
  std::map<std::string, std::set<std::string>> roles;  // by case
  for (const std::string& row : rows) {
    const auto name = ParseRowName(row);
    if (!name) {
      check.problems.push_back(
          ProblemIn(label, 0, "", "has the row `" + row + "`",
                    "name rows CASE/role:implementation, by AddRow of "
                    "tools/bench/rows.h"));
      continue;
    }
    roles[name->case_name].insert(name->role);
  }
  std::vector<std::string> cases;
  for (const auto& [name, found] : roles) {
    cases.push_back(name);
    if (found.count("reference") != 0) continue;
    check.problems.push_back(ProblemIn(
        label, 0, "", "has the case " + name + " without the reference",
        "add a row of it with Role::kSubject"));
  }
  for (const RatioTarget& target : exercise.targets) {
    const auto found = roles.find(target.case_name);
    if (found == roles.end()) {
      const std::string meant = Nearest(target.case_name, cases);
      check.problems.push_back(ProblemIn(
          exercise.manifest.string(), target.line, "targets",
          "name the case " + target.case_name + ", and the benchmark has none",
          meant.empty() ? "add its rows to the benchmark"
                        : "add its rows, or did you mean " + meant + "?"));
      continue;
    }
    for (const char* role : {"baseline", "peer"}) {
      if (found->second.count(role) != 0) continue;
      check.problems.push_back(ProblemIn(
          exercise.manifest.string(), target.line, "targets",
          "name the case " + target.case_name +
              ", which has no row of the "
              "role " +
              role,
          std::string("add one with AddRow, for a peer that is not installed "
                      "with AddGap")));
    }
  }
  return check;
}

Check CheckBenchForms(const std::filesystem::path& root,
                      const Exercise& exercise,
                      const std::vector<std::string>& rows) {
  const std::string file = (exercise.folder / "bench.toml").string();
  Check check{exercise.id + " benchmark forms", {}, {}};
  const auto text = ReadTextFile(root / file);
  if (!text) {
    check.problems.push_back(
        ProblemIn(file, 0, "", "is missing",
                  "say there what the rows of each case touch, call and keep: "
                  "tools/bench/publish/forms.h has the fields"));
    return check;
  }
  const Forms forms = ReadForms(*text, file);
  check.problems = CheckForms(forms, rows);
  CheckTargets(exercise, forms, rows, check.problems);
  Append(CheckBoundaries(forms, SourcesOf(root, exercise)), check.problems);
  return check;
}

}  // namespace workbook
