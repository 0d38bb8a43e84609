// SPDX-License-Identifier: Apache-2.0

// What of a submission can be linked, and what is stood in for.
#include <map>
#include <nlohmann/json.hpp>

#include "tools/grade/compile.h"
#include "tools/sha256/sha256.h"
#include "tools/text/text_file.h"

namespace workbook::grade {
namespace {

namespace fs = std::filesystem;

bool IsSource(const std::string& name) { return name.ends_with(".cc"); }

}  // namespace

void Compiler::CompileStems() {
  for (const PlannedTask& task : plan_.tasks) {
    if (!SourcesAreFit(task)) StandIn(task);
  }
  CheckAllHeaders();
  for (const PlannedTask& task : plan_.tasks) {
    if (!stood_in_.contains(task.number) && !CompileSources(task)) {
      StandIn(task);
    }
  }
  for (const PlannedTask& task : plan_.tasks) {
    if (stood_in_.contains(task.number)) CompileStandIn(task);
  }
}

bool Compiler::SourcesAreFit(const PlannedTask& task) {
  bool fit = true;
  for (const std::string& file : task.files) {
    const auto found = files_.find(file);
    if (found != files_.end()) {
      stems_[file] = Judged(InspectSource(file, found->second));
    }
    fit = fit && found != files_.end() && stems_[file].error.empty();
  }
  return fit;
}

bool Compiler::CompileSources(const PlannedTask& task) {
  for (const std::string& file : task.files) {
    if (!IsSource(file)) continue;
    Step step = CompileStem(file);
    while (step.state == TaskState::kCompileError &&
           StandInForHeader(files_.at(file), &task)) {
      step = CompileStem(file);
    }
    if (step.state == TaskState::kInfrastructure) {
      stems_[file] = step;
      continue;
    }
    step.flags.insert(step.flags.end(), stems_[file].flags.begin(),
                      stems_[file].flags.end());
    stems_[file] = std::move(step);
    if (!stems_[file].error.empty()) return false;
  }
  return true;
}

void Compiler::CompileStandIn(const PlannedTask& task) {
  for (const std::string& file : task.files) {
    if (!IsSource(file) || !files_.contains(file)) continue;
    const Step step = CompileStem(file);
    if (step.state == TaskState::kInfrastructure) broken_jail_ = step;
  }
}

// Those that include least first: a sound header is not blamed for a bad one
// that it includes.
bool Compiler::StandInForHeader(const std::string& text,
                                const PlannedTask* own) {
  std::multimap<std::size_t, std::string> headers;
  for (const std::string& header : HeadersFor(text)) {
    const PlannedTask* const owner = OwnerOf(header);
    if (owner == nullptr || owner == own || stood_in_.contains(owner->number)) {
      continue;
    }
    headers.emplace(HeadersFor(files_.at(header)).size(), header);
  }
  for (const auto& [includes, header] : headers) {
    Step step = CompileAlone(header);
    if (step.state == TaskState::kInfrastructure) broken_jail_ = step;
    if (step.state != TaskState::kCompileError) continue;
    step.flags = stems_[header].flags;
    stems_[header] = step;
    StandIn(*OwnerOf(header));
    return true;
  }
  return false;
}

Compiler::Step Compiler::CompileAlone(const std::string& header) const {
  std::set<std::string> headers = HeadersFor(files_.at(header));
  headers.insert(header);
  std::vector<std::string> command = CompilerCommand();
  command.insert(command.end(), {"-fsyntax-only", "-x", "c++",
                                 "/student/" + plan_.exercise + "/" + header});
  const JailResult run = RunTool(command, headers);
  if (run.ExitedWith(0)) return {};
  return Failure(run, header + " does not compile on its own");
}

// Where the object of a file is kept that is as it was handed out, with all
// that it includes: every stand-in and every task that was not begun needs it.
// Empty for other files, whose objects are for one submission.
fs::path Compiler::KeptStem(const std::string& file) const {
  std::set<std::string> inputs = HeadersFor(files_.at(file));
  inputs.insert(file);
  nlohmann::json key{plan_.compile_flags, plan_.toolchain, plan_.exercise,
                     plan_.include_hash, file};
  for (const std::string& input : inputs) {
    const std::string& bytes = files_.at(input);
    if (ReadTextFile(plan_.trusted / "stubs" / input) != bytes) return {};
    key.push_back({input, Sha256(bytes)});
  }
  return options_.object_cache / (Sha256(key.dump()) + ".o");
}

Compiler::Step Compiler::CompileStem(const std::string& file) {
  objects_.erase(file);
  const fs::path object = out_ / (file + ".o");
  const fs::path kept = KeptStem(file);
  const bool known = !kept.empty() && fs::exists(kept);
  if (known) {
    fs::copy_file(kept, object, fs::copy_options::overwrite_existing);
  } else {
    const JailResult run =
        Compile(student_ / file, "/student/" + plan_.exercise + "/" + file,
                file, HeadersFor(files_.at(file)));
    if (!run.ExitedWith(0))
      return FailedCompilation(run, file, file + " does not compile");
  }
  // What was kept has been looked at: only its flags are asked for.
  Step step =
      known ? InspectObjectFile(file, "", false) : InspectCompilation(file);
  if (!step.error.empty()) return step;
  objects_.insert(file);
  if (!kept.empty() && !known) Keep(kept, object);
  return step;
}

}  // namespace workbook::grade
