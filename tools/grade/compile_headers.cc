// SPDX-License-Identifier: Apache-2.0

// What of a submission's headers reaches which test.
#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tools/grade/compile.h"
#include "tools/sha256/sha256.h"
#include "tools/text/text_file.h"

namespace workbook::grade {

namespace fs = std::filesystem;

std::string Compiler::TestSource(const std::string& source_name) const {
  return ReadTextFile(plan_.trusted / "tests" / source_name).value_or("");
}

std::string Compiler::TestObjectName(const std::string& source_name) const {
  const std::string source = TestSource(source_name);
  nlohmann::json inputs{plan_.compile_flags, plan_.toolchain, plan_.exercise,
                        plan_.include_hash,  source_name,     source};
  for (const std::string& header : HeadersFor(source)) {
    // As a hash: a student's bytes need not be UTF-8, which JSON must be.
    inputs.push_back({header, Sha256(files_.at(header))});
  }
  return Sha256(inputs.dump()) + ".o";
}

const PlannedTask* Compiler::OwnerOf(const std::string& file) const {
  for (const PlannedTask& task : plan_.tasks) {
    if (std::find(task.files.begin(), task.files.end(), file) !=
        task.files.end()) {
      return &task;
    }
  }
  return nullptr;
}

void Compiler::StandIn(const PlannedTask& task) {
  stood_in_.insert(task.number);
  for (const std::string& file : task.files) {
    files_.erase(file);
    objects_.erase(file);
    fs::remove(student_ / file);
    const auto stub = ReadTextFile(plan_.trusted / "stubs" / file);
    if (!stub) continue;
    files_[file] = *stub;
    std::ofstream(student_ / file) << *stub;
  }
}

std::set<int> Compiler::StoodInFor(
    const std::string& source_name,
    const std::vector<std::string>& files) const {
  std::set<std::string> used = HeadersFor(TestSource(source_name));
  for (const std::string& file : files) {
    const auto found = files_.find(file);
    if (found != files_.end()) used.merge(HeadersFor(found->second));
  }
  std::set<int> numbers;
  for (const std::string& file : used) {
    const PlannedTask* const owner = OwnerOf(file);
    if (owner != nullptr && stood_in_.contains(owner->number)) {
      numbers.insert(owner->number);
    }
  }
  return numbers;
}

// Before anything is compiled: a header that one test rejects is to reach no
// other. Each round stands in for one task more, so there are few.
void Compiler::CheckAllHeaders() {
  for (const std::string& source : plan_.TestSources()) {
    for (std::size_t round = 0; round <= plan_.tasks.size(); ++round) {
      if (fs::exists(options_.object_cache / TestObjectName(source))) break;
      const std::size_t before = stood_in_.size();
      CheckHeaders(source);
      if (stood_in_.size() == before) break;
    }
  }
}

// Of the headers that this test includes. Who is at fault is stood in for.
Compiler::Step Compiler::CheckHeaders(const std::string& source_name) {
  const std::string object = TestObjectName(source_name);
  if (const auto found = checked_.find(object); found != checked_.end()) {
    Step known;
    known.flags = found->second;
    return known;
  }
  Findings findings;
  Step step = WriteText(source_name, findings);
  if (step.error.empty()) {
    checked_[object] = step.flags;
    return step;
  }
  const std::string file = fs::path(findings.file).filename().string();
  const PlannedTask* const owner = OwnerOf(file);
  if (owner != nullptr && !stood_in_.contains(owner->number)) {
    step.error = file + ": " + step.error;
    step.flags = stems_[file].flags;
    stems_[file] = step;
    StandIn(*owner);
  }
  return step;
}

}  // namespace workbook::grade
