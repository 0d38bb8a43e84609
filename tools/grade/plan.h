// SPDX-License-Identifier: Apache-2.0

// What it takes to grade one exercise: found out once, used for every
// submission.
#ifndef WORKBOOK_TOOLS_GRADE_PLAN_H_
#define WORKBOOK_TOOLS_GRADE_PLAN_H_

#include <cstdint>
#include <filesystem>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "tools/grade/jail.h"
#include "tools/grade/observation.h"

namespace workbook::grade {

// What the reference needs for one test; the measure of a submission.
struct TestCost {
  std::int64_t allocations = 0;
  std::int64_t bytes = 0;
  std::int64_t peak_bytes = 0;
  bool operator==(const TestCost&) const = default;
};

// A description of a type (tools/support/history): a program of ours makes its
// calls from outside of the submission's process and holds the model. It counts
// as a hidden test.
struct PlannedCase {
  std::string name;  // the type's header, without ".h"
  // Histories of one run, half a second of a processor for the reference.
  std::uint64_t enumerated = 0;
  std::uint64_t random = 0;

  std::string TestName() const { return "Case." + name; }
  std::string Source() const { return name + "_case.cc"; }
};

struct PlannedTask {
  int number = 0;
  std::string title;
  std::string stem;
  std::vector<std::string> files;         // what a submission holds of it
  std::vector<std::string> test_sources;  // in tests/, linked together
  std::vector<std::string> tests;         // "Suite.Test", all must run
  std::vector<std::string> hidden_tests;
  std::vector<PlannedCase> cases;
  // Tests whose cost and instructions are the same each time with the
  // reference: only these are measured.
  std::map<std::string, TestCost> costs;
  std::vector<std::string> counted_tests;
  std::int64_t instructions = 0;
  // Of tests, hidden ones too: assertions, by their order in a run, that the
  // reference reports as failed when they are turned (canary.h).
  std::map<std::string, std::vector<std::int64_t>> canaries;
  // What the assertions of hidden tests see over the reference.
  std::map<std::string, ExpectedTest> observations;
  // What a person would look at, and the reference has too.
  std::vector<std::string> usual_flags;
  std::vector<std::string> usual_calls;  // of its tests over the reference
};

struct Plan {
  std::string exercise;
  // A folder that every user can read:
  //   include/   headers of ours    tests/  STEM_test.cc, hidden*_test.cc
  //   objects/   GoogleTest, probe, main  run/  the tests' data
  //   stubs/     the files as they are handed out; may lack some or all
  //   answering/ objects of what answers a case  askers/  what asks, by name
  std::filesystem::path trusted;
  std::vector<std::string> compile_flags;
  std::vector<std::string> objects;     // names in objects/
  std::vector<std::string> answering;   // names in answering/
  std::vector<std::string> link_flags;  // behind the objects
  std::string toolchain;                // the compiler's version
  std::string include_hash;             // of everything in include/
  std::vector<PlannedTask> tasks;
  std::vector<std::string> hidden_sources;  // in tests/, linked together
  std::uint64_t seed = 1;  // of random histories: a grading run's own
  std::vector<std::string> hidden_flags;  // of these over the reference
  std::vector<std::string> hidden_calls;
  JailLimits compile_limits;
  JailLimits run_limits;

  // The names of all tasks' files: what a submission may hold.
  std::vector<std::string> Files() const;

  // The names in tests/: the tasks' tests, the hidden ones, the descriptions.
  std::vector<std::string> TestSources() const;

  // All that a mark depends on besides the submission, and besides the seed:
  // who answers right answers any seed's questions.
  std::string Fingerprint() const;
};

void to_json(nlohmann::json& json, const PlannedTask& task);
void from_json(const nlohmann::json& json, PlannedTask& task);
void to_json(nlohmann::json& json, const Plan& plan);
void from_json(const nlohmann::json& json, Plan& plan);

// Sha256 of all files below a folder and of their names there.
std::string FolderHash(const std::filesystem::path& folder);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_PLAN_H_
