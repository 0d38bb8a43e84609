#include "tools/grade/compile.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tools/text/text_file.h"

namespace workbook::grade {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kShownDiagnostics = 4000;

bool IsSource(const std::string& name) { return name.ends_with(".cc"); }

void WriteNew(const fs::path& path, const std::string& bytes) {
  const int file = open(
      path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
  if (file < 0) return;
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t count = write(file, bytes.data() + done, bytes.size() - done);
    if (count <= 0) break;
    done += static_cast<std::size_t>(count);
  }
  close(file);
}

// Whoever is first puts it there; the others' are the same bytes.
void PutInto(const fs::path& cached, const fs::path& object,
             const fs::path& scratch) {
  const fs::path fresh = scratch / cached.filename();
  fs::copy_file(object, fresh, fs::copy_options::overwrite_existing);
  fs::permissions(fresh, fs::perms(0644));
  fs::rename(fresh, cached);
}

}  // namespace

Compiler::Compiler(const Plan& plan,
                   const std::map<std::string, std::string>& files,
                   const JudgeOptions& options)
    : plan_(plan),
      files_(files),
      options_(options),
      student_(options.scratch / "student"),
      out_(options.scratch / "out") {
  fs::remove_all(options.scratch);
  fs::create_directories(student_);
  fs::create_directories(out_);
  PrepareWritable(out_.string(), options.slot);
  for (const auto& [name, bytes] : files) WriteNew(student_ / name, bytes);
}

// Only `headers` of the submission are there: a cached object depends on
// nothing that is not in its key.
JailResult Compiler::RunTool(
    const std::vector<std::string>& arguments,
    const std::set<std::string>& headers,
    const std::vector<std::pair<std::string, std::string>>& mounts) const {
  JailCommand command;
  command.arguments = arguments;
  command.limits = plan_.compile_limits;
  command.slot = options_.slot;
  command.read_only = {{(plan_.trusted / "include").string(), "/include"}};
  command.read_only.insert(command.read_only.end(), mounts.begin(),
                           mounts.end());
  for (const std::string& header : headers) {
    command.read_only.emplace_back((student_ / header).string(),
                                   "/student/" + plan_.exercise + "/" + header);
  }
  command.writable = {{out_.string(), "/out"}};
  return RunInJail(command);
}

std::vector<std::string> Compiler::CompilerCommand() const {
  std::vector<std::string> command{"/usr/bin/g++", "-fmax-errors=20",
                                   "-w",           "-fdiagnostics-color=never",
                                   "-I/student",   "-I/include"};
  command.insert(command.end(), plan_.compile_flags.begin(),
                 plan_.compile_flags.end());
  return command;
}

Compiler::Step Compiler::Failure(const JailResult& run,
                                 const std::string& what) {
  Step step;
  if (!run.start_error.empty()) {
    step.state = TaskState::kInfrastructure;
    step.error = run.start_error;
    return step;
  }
  step.state = TaskState::kCompileError;
  step.error = what + ":\n";
  if (run.timed_out || run.signal == SIGXCPU) {
    step.error += "did not end in the time allowed";
  } else if (run.flooded) {
    step.error += "more diagnostics than are allowed";
  } else {
    step.error += run.errors.substr(0, kShownDiagnostics);
  }
  return step;
}

std::set<std::string> Compiler::HeadersFor(const std::string& text) const {
  std::set<std::string> found;
  std::vector<const std::string*> to_read{&text};
  while (!to_read.empty()) {
    const std::string& current = *to_read.back();
    to_read.pop_back();
    for (const auto& [name, bytes] : files_) {
      if (IsSource(name) || current.find(name) == std::string::npos) continue;
      if (found.insert(name).second) to_read.push_back(&bytes);
    }
  }
  return found;
}

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

Compiler::Step Compiler::CompileStem(const std::string& file) {
  objects_.erase(file);
  const std::string inside = "/student/" + plan_.exercise + "/" + file;
  std::vector<std::string> command = CompilerCommand();
  command.insert(command.end(), {"-c", inside, "-o", "/out/" + file + ".o"});
  const JailResult run = RunTool(command, HeadersFor(files_.at(file)),
                                 {{(student_ / file).string(), inside}});
  if (!run.ExitedWith(0)) return Failure(run, file + " does not compile");
  const JailResult names = ListSymbols(out_ / (file + ".o"));
  if (!names.ExitedWith(0)) return Failure(names, "nm fails");
  Step symbols = Judged(InspectObject(names.output));
  if (symbols.error.empty()) {
    objects_.insert(file);
  } else {
    symbols.error = file + ": " + symbols.error;
  }
  return symbols;
}

JailResult Compiler::ListSymbols(const fs::path& object) const {
  JailCommand command;
  command.arguments = {"/usr/bin/nm", "/object"};
  command.read_only = {{object.string(), "/object"}};
  command.limits = plan_.compile_limits;
  command.limits.output_bytes = std::size_t{8} << 20;
  command.slot = options_.slot;
  return RunInJail(command);
}

Compiler::Step Compiler::Judged(const Findings& findings) {
  Step step;
  step.flags = findings.flags;
  if (!findings.rejected.empty()) {
    step.state = TaskState::kRejected;
    step.error = findings.rejected;
  }
  return step;
}

Compiler::Step Compiler::CompileTest(const std::string& source_name,
                                     std::string& object) {
  const fs::path source_path = plan_.trusted / "tests" / source_name;
  const std::string source = TestSource(source_name);
  const std::string name = TestObjectName(source_name);
  const fs::path cached = options_.object_cache / name;
  object = cached.string();
  // Objects come there only after this check.
  if (fs::exists(cached)) return {};
  Step step = CheckHeaders(source_name);
  if (!step.error.empty()) return step;
  const fs::path kept = options_.kept_objects / name;
  if (!options_.kept_objects.empty() && fs::exists(kept)) {
    PutInto(cached, kept, options_.scratch);
    return {};
  }
  const std::string inside = "/exercises/" + plan_.exercise + "/" + source_name;
  std::vector<std::string> command = CompilerCommand();
  command.insert(command.end(), {"-c", inside, "-o", "/out/test.o"});
  const JailResult run =
      RunTool(command, HeadersFor(source), {{source_path.string(), inside}});
  if (!run.ExitedWith(0)) {
    return Failure(run, source_name + " does not compile with this header");
  }
  const JailResult names = ListSymbols(out_ / "test.o");
  if (!names.ExitedWith(0)) return Failure(names, "nm fails");
  step = Judged(InspectTestObject(names.output, source));
  if (!step.error.empty()) return step;
  PutInto(cached, out_ / "test.o", options_.scratch);
  return step;
}

Build Compiler::BuildTest(const std::string& stem,
                          const std::vector<std::string>& files) {
  Build build;
  const auto fail = [&build](const Step& step) {
    build.error = step.error;
    build.state = step.state;
    build.infrastructure = step.state == TaskState::kInfrastructure;
    return build;
  };
  for (const std::string& file : files) {
    const auto found = stems_.find(file);
    if (found == stems_.end()) {
      return fail({file + " is missing", TaskState::kMissing, {}});
    }
    build.flags.insert(build.flags.end(), found->second.flags.begin(),
                       found->second.flags.end());
    if (!found->second.error.empty()) return fail(found->second);
  }
  if (!broken_jail_.error.empty()) return fail(broken_jail_);
  std::vector<std::string> sources;
  if (stem == "hidden") sources = plan_.hidden_sources;
  for (const PlannedTask& task : plan_.tasks) {
    if (task.stem == stem) sources = task.test_sources;
  }
  std::vector<std::string> command{"/usr/bin/g++", "-o", "/out/" + stem};
  std::vector<std::pair<std::string, std::string>> mounts{
      {(plan_.trusted / "objects").string(), "/objects"}};
  for (const std::string& source : sources) {
    build.stood_in.merge(StoodInFor(source, files));
    std::string object;
    const Step compiled = CompileTest(source, object);
    if (!compiled.error.empty()) {
      const PlannedTask* const owner =
          files.empty() ? nullptr : OwnerOf(files[0]);
      if (owner != nullptr && compiled.state != TaskState::kInfrastructure) {
        StandIn(*owner);
        CompileStandIn(*owner);
      }
      return fail(compiled);
    }
    command.push_back("/" + source + ".o");
    mounts.emplace_back(object, command.back());
  }
  for (const std::string& object : plan_.objects) {
    command.push_back("/objects/" + object);
  }
  for (const std::string& file : objects_) {
    command.push_back("/out/" + file + ".o");
  }
  command.insert(command.end(), plan_.link_flags.begin(),
                 plan_.link_flags.end());
  const JailResult run = RunTool(command, {}, mounts);
  if (!run.ExitedWith(0)) return fail(Failure(run, stem + " does not link"));
  build.binary = out_ / stem;
  return build;
}

}  // namespace workbook::grade
