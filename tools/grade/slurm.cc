// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/slurm.h"

#include <algorithm>
#include <optional>
#include <sstream>
#include <thread>
#include <vector>

#include "tools/grade/whole_io.h"
#include "tools/process/process.h"
#include "tools/text/text_file.h"

namespace workbook::grade {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

std::string LastLine(const ProcessResult& result) {
  std::string line;
  std::istringstream in(result.errors.empty() ? result.output : result.errors);
  for (std::string next; std::getline(in, next);) {
    if (!next.empty()) line = next;
  }
  return line.empty() ? DescribeEnd(result) : line;
}

std::vector<std::string> Words(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

// Nodes behind the first options.nodes; the array must not use them.
std::vector<std::string> NodesToSpare(const SlurmOptions& options) {
  if (options.nodes == 0) return {};
  std::vector<std::string> command = {"sinfo", "--noheader", "--Node",
                                      "--format=%N"};
  if (!options.partition.empty()) {
    command.push_back("--partition=" + options.partition);
  }
  std::vector<std::string> nodes = Words(RunProcess(command).output);
  std::sort(nodes.begin(), nodes.end());
  nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
  const auto kept =
      std::min(nodes.size(), static_cast<std::size_t>(options.nodes));
  nodes.erase(nodes.begin(), nodes.begin() + static_cast<std::ptrdiff_t>(kept));
  return nodes;
}

std::vector<std::string> Submission(const fs::path& folder,
                                    const SlurmOptions& options) {
  std::vector<std::string> command = {"sbatch", "--parsable"};
  if (!options.partition.empty()) {
    command.push_back("--partition=" + options.partition);
  }
  std::string spared;
  for (const std::string& node : NodesToSpare(options)) {
    spared += (spared.empty() ? "" : ",") + node;
  }
  if (!spared.empty()) command.push_back("--exclude=" + spared);
  command.push_back((folder / "slurm.sh").string());
  return command;
}

enum class ArrayState { kThere, kOver, kNoAnswer };

// Slurm forgets an array some minutes after its end; to have forgotten it is to
// be over.
ArrayState StateOf(const std::string& array) {
  ProcessOptions limits;
  limits.timeout = std::chrono::minutes{1};
  const ProcessResult asked = RunProcess(
      {"squeue", "--noheader", "--format=%T", "--jobs=" + array}, limits);
  if (asked.ExitedWith(0)) {
    return Words(asked.output).empty() ? ArrayState::kOver : ArrayState::kThere;
  }
  return asked.errors.find("Invalid job id") != std::string::npos
             ? ArrayState::kOver
             : ArrayState::kNoAnswer;
}

// As sbatch --parsable prints it: "42", or "42;cluster".
std::optional<std::string> ArrayNumber(const std::string& printed) {
  const std::string number = printed.substr(0, printed.find_first_of(";\n"));
  const bool is_number =
      !number.empty() &&
      number.find_first_not_of("0123456789") == std::string::npos;
  return is_number ? std::optional(number) : std::nullopt;
}

// What the clients say while the controller is restarted or overloaded.
bool SaysNobodyAnswered(const ProcessResult& result) {
  const auto says = [&result](const char* words) {
    return result.errors.find(words) != std::string::npos;
  };
  return says("Unable to contact slurm controller") || says("timed out") ||
         says("in standby mode");
}

// An array that was taken without an answer runs beside the next one: jobs that
// are done are not done again.
ProcessResult SubmitPatiently(const fs::path& folder,
                              const SlurmOptions& options) {
  const Clock::time_point end = Clock::now() + options.patience;
  while (true) {
    ProcessResult submitted = RunProcess(Submission(folder, options));
    if (!SaysNobodyAnswered(submitted) || Clock::now() > end) return submitted;
    std::this_thread::sleep_for(options.poll);
  }
}

Problem Submit(const fs::path& folder, const SlurmOptions& options,
               std::string& array) {
  if (FindOnPath("sbatch").empty()) {
    return {"sbatch is not on this machine", "PATH",
            "run grade where jobs are submitted, or leave --slurm out"};
  }
  const ProcessResult submitted = SubmitPatiently(folder, options);
  const auto number = ArrayNumber(submitted.output);
  if (!submitted.ExitedWith(0) || !number) {
    return {"sbatch refuses the jobs: " + LastLine(submitted),
            (folder / "slurm.sh").string(),
            "sinfo shows partitions and nodes; then start the same again"};
  }
  array = *number;
  WriteFile(folder / "array", array + "\n");
  return {};
}

std::size_t CountResults(const fs::path& folder,
                         const std::vector<std::string>& jobs) {
  return static_cast<std::size_t>(
      std::count_if(jobs.begin(), jobs.end(), [&](const std::string& name) {
        return fs::exists(folder / "results" / name);
      }));
}

Problem Wait(const fs::path& folder, const SlurmOptions& options,
             const std::string& array) {
  const std::vector<std::string> jobs =
      Words(ReadTextFile(folder / "jobs.txt").value_or(""));
  Clock::time_point heard = Clock::now();
  while (true) {
    const std::size_t done = CountResults(folder, jobs);
    options.on_progress(done, jobs.size());
    if (done == jobs.size()) return {};
    switch (StateOf(array)) {
      case ArrayState::kOver:
        return {};
      case ArrayState::kThere:
        heard = Clock::now();
        break;
      case ArrayState::kNoAnswer:
        if (Clock::now() - heard > options.patience) {
          return {"Slurm's controller does not answer", "array " + array,
                  "scontrol ping says more. Jobs that run go on: start the "
                  "same again to wait for them"};
        }
    }
    std::this_thread::sleep_for(options.poll);
  }
}

}  // namespace

Problem RunArray(const fs::path& folder, const SlurmOptions& options) {
  const fs::path absolute = fs::absolute(folder);
  std::string array =
      ArrayNumber(ReadTextFile(absolute / "array").value_or("")).value_or("");
  if (array.empty() || StateOf(array) == ArrayState::kOver) {
    if (Problem refused = Submit(absolute, options, array);
        !refused.what.empty()) {
      return refused;
    }
  }
  Problem failure = Wait(absolute, options, array);
  // Over: the next round is an array of its own.
  if (failure.what.empty()) fs::remove(absolute / "array");
  return failure;
}

}  // namespace workbook::grade
