// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/stability.h"

#include <fmt/core.h>

#include <set>

#include "tools/exercise/thread_annotations.h"
#include "tools/grade/intake.h"
#include "tools/grade/judge.h"
#include "tools/workers/workers.h"

namespace workbook::grade {
namespace {

// What each grading found, of every submission.
class Tally {
 public:
  explicit Tally(std::size_t submissions) : found_(submissions) {}

  void Add(std::size_t index, const Result& result) {
    Stability& stability = found_[index];
    stability.student = result.student;
    const std::string mark = result.state == "graded"
                                 ? fmt::format("{:.2f}", result.points)
                                 : result.state;
    ++stability.marks[mark];
    for (const TaskResult& task : result.tasks) {
      for (const TestVerdict& test : task.tests) {
        std::set<std::string>& states = states_[{index, test.name}];
        if (states.insert(Name(test.state)).second && states.size() == 2) {
          stability.unsteady.push_back(test.name);
        }
      }
    }
  }

  std::vector<Stability> Take() { return std::move(found_); }

 private:
  std::vector<Stability> found_;
  std::map<std::pair<std::size_t, std::string>, std::set<std::string>> states_;
};

class Rounds {
 public:
  Rounds(const Plan& plan, const MarkRules& rules,
         const std::vector<std::filesystem::path>& paths, int times,
         const BatchOptions& options)
      : plan_(plan),
        rules_(rules),
        paths_(paths),
        all_(paths.size() * static_cast<std::size_t>(times)),
        options_(options),
        fingerprint_(plan.Fingerprint()),
        wanted_(plan.Files()),
        tally_(paths.size()) {}

  std::vector<Stability> Run() {
    ForEach(all_, options_.jobs, [this](std::size_t i, int slot) {
      const Result result = GradeOne(paths_[i % paths_.size()], slot);
      const MutexLock lock(mutex_);
      tally_.Add(i % paths_.size(), result);
      ++done_;
      if (options_.on_progress) options_.on_progress(done_, all_, done_);
    });
    const MutexLock lock(mutex_);
    return tally_.Take();
  }

 private:
  Result GradeOne(const std::filesystem::path& path, int slot) const {
    const Job job = MakeJob(plan_, TakeIn(path, wanted_), fingerprint_);
    Result result = JudgeWithRetries(plan_, job, options_.judge,
                                     options_.ForSlot(slot), /*attempts=*/1);
    result.student = job.student;
    Mark(plan_, rules_, result);
    return result;
  }

  const Plan& plan_;
  const MarkRules& rules_;
  const std::vector<std::filesystem::path>& paths_;
  const std::size_t all_;
  const BatchOptions& options_;
  const std::string fingerprint_;
  const std::vector<std::string> wanted_;
  Mutex mutex_;
  Tally tally_ GUARDED_BY(mutex_);
  std::size_t done_ GUARDED_BY(mutex_) = 0;
};

}  // namespace

std::vector<Stability> GradeRepeatedly(
    const Plan& plan, const MarkRules& rules,
    const std::vector<std::filesystem::path>& paths, int times,
    const BatchOptions& options) {
  return Rounds(plan, rules, paths, times, options).Run();
}

std::string Text(const std::vector<Stability>& found) {
  std::string text;
  for (const Stability& stability : found) {
    text += fmt::format("{:30} {} mark{}:", stability.student,
                        stability.marks.size(),
                        stability.marks.size() == 1 ? "" : "s");
    for (const auto& [mark, times] : stability.marks) {
      text += fmt::format(" {} x {}", mark, times);
    }
    text += "\n";
    for (const std::string& test : stability.unsteady) {
      text += "    not steady: " + Printable(test) + "\n";
    }
  }
  return text;
}

}  // namespace workbook::grade
