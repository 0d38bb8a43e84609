// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/compile.h"

#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <string_view>

#include "tools/text/text_file.h"

namespace workbook::grade {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kShownDiagnostics = 4000;
// A compiler does not sleep: it has been told to read what never comes.
constexpr std::chrono::seconds kCompilerIdle{20};

// What g++ says of a header that is not there says nothing of why.
std::string WhyNoHeader(const std::string& diagnostics) {
  constexpr std::string_view kBefore = "fatal error: ";
  constexpr std::string_view kBehind = ": No such file or directory";
  const std::size_t behind = diagnostics.find(kBehind);
  const std::size_t before = diagnostics.rfind(kBefore, behind);
  if (behind == std::string::npos || before == std::string::npos) return "";
  const std::size_t start = before + kBefore.size();
  return diagnostics.substr(start, behind - start) +
         " is not there: only the files that the exercise lists are taken. "
         "Fix: move its code into one of them, or include a header that the "
         "exercise has.\n";
}

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
  ReadGiven();
}

void Compiler::ReadGiven() {
  const fs::path include = plan_.trusted / "include";
  const fs::path folder = include / "exercises" / plan_.exercise;
  if (!fs::is_directory(folder)) return;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    const fs::path name = fs::relative(entry.path(), include);
    given_[name.string()] = ReadTextFile(entry.path()).value_or("");
  }
}

// Only `headers` of the submission are there: a cached object depends on
// nothing that is not in its key. LC_ALL=C: what students are shown is ASCII,
// and in UTF-8 every quotation mark of a diagnostic would become "???".
JailResult Compiler::RunTool(
    const std::vector<std::string>& arguments,
    const std::set<std::string>& headers,
    const std::vector<std::pair<std::string, std::string>>& mounts) const {
  JailCommand command;
  command.arguments = {"/usr/bin/env", "LC_ALL=C"};
  command.arguments.insert(command.arguments.end(), arguments.begin(),
                           arguments.end());
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
  command.idle = kCompilerIdle;
  return RunInJail(command);
}

void Compiler::Keep(const fs::path& kept, const fs::path& object) const {
  const fs::path fresh = options_.scratch / kept.filename();
  fs::copy_file(object, fresh, fs::copy_options::overwrite_existing);
  fs::permissions(fresh, fs::perms(0644));
  fs::rename(fresh, kept);
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
  if (run.timed_out) {
    step.error +=
        "the compiler waits for something that does not come. Fix: include "
        "headers only.";
  } else if (run.signal == SIGXCPU) {
    step.error +=
        "the compiler did not end in its time. Fix: look for a template or a "
        "constexpr function without an end.";
  } else if (run.flooded) {
    step.error +=
        "the compiler wrote more than it may. Fix: compile it yourself, and "
        "begin with the first error.";
  } else if (run.out_of_memory) {
    step.error +=
        "the compiler took more memory than it may. Fix: look for a template "
        "without an end, or a huge array.";
  } else {
    step.error +=
        WhyNoHeader(run.errors) + run.errors.substr(0, kShownDiagnostics);
  }
  return step;
}

std::set<std::string> Compiler::HeadersFor(const std::string& text) const {
  std::set<std::string> found;
  std::set<std::string> given;
  std::vector<const std::string*> to_read{&text};
  while (!to_read.empty()) {
    const std::string& current = *to_read.back();
    to_read.pop_back();
    const auto add = [&](const auto& headers, std::set<std::string>& names) {
      for (const auto& [name, bytes] : headers) {
        if (name.ends_with(".cc") || current.find(name) == std::string::npos) {
          continue;
        }
        if (names.insert(name).second) to_read.push_back(&bytes);
      }
    };
    add(files_, found);
    add(given_, given);
  }
  return found;
}

Compiler::Step Compiler::Judged(const Findings& findings) {
  Step step;
  step.flags = findings.flags;
  if (!findings.rejected.empty()) {
    step.state =
        findings.is_mistake ? TaskState::kCompileError : TaskState::kRejected;
    step.error = findings.rejected;
  }
  return step;
}

}  // namespace workbook::grade
