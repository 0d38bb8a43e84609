// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/batch.h"

#include "tools/exercise/thread_annotations.h"
#include "tools/workers/workers.h"

namespace workbook::grade {
namespace {

class Batch {
 public:
  Batch(const Plan& plan, const MarkRules& rules,
        const std::vector<std::filesystem::path>& paths, Ledger& ledger,
        const BatchOptions& options, const ResultSink& sink)
      : plan_(plan),
        rules_(rules),
        paths_(paths),
        ledger_(ledger),
        options_(options),
        fingerprint_(plan.Fingerprint()),
        wanted_(plan.Files()),
        sink_(sink) {}

  void Run() {
    ForEach(paths_.size(), options_.jobs, [this](std::size_t i, int slot) {
      sink_(i, GradeOne(paths_[i], slot));
      const MutexLock lock(mutex_);
      ++done_;
      if (options_.on_progress) {
        options_.on_progress(done_, paths_.size(), graded_);
      }
    });
  }

 private:
  Result GradeOne(const std::filesystem::path& path, int slot) {
    const Submission submission = TakeIn(path, wanted_);
    if (!submission.unreadable.empty()) return Unreadable(submission);
    const Job job = MakeJob(plan_, submission, fingerprint_);
    Result result;
    if (std::optional<Result> known = ledger_.Find(job.key)) {
      result = *std::move(known);
    } else {
      result = JudgeWithRetries(plan_, job, options_.judge,
                                options_.ForSlot(slot), options_.attempts);
      if (result.state != "infrastructure") ledger_.Record(result);
      const MutexLock lock(mutex_);
      ++graded_;
    }
    // Two students may hand in the same bytes; names and notes are their own.
    result.student = submission.student;
    result.notes.insert(result.notes.begin(), submission.notes.begin(),
                        submission.notes.end());
    result.flags.insert(result.flags.end(), submission.flags.begin(),
                        submission.flags.end());
    if (options_.late_days) {
      const std::optional<int> days = options_.late_days(result.student);
      result.late_days = days.value_or(0);
      if (!days) result.flags.emplace_back("no time of handing in is known");
    }
    Mark(plan_, rules_, result);
    return result;
  }

  Result Unreadable(const Submission& submission) const {
    Result result;
    result.student = submission.student;
    result.exercise = plan_.exercise;
    result.state = "unreadable";
    result.notes = submission.notes;
    result.notes.push_back(submission.unreadable);
    result.flags = submission.flags;
    Mark(plan_, rules_, result);
    return result;
  }

  const Plan& plan_;
  const MarkRules& rules_;
  const std::vector<std::filesystem::path>& paths_;
  Ledger& ledger_;
  const BatchOptions& options_;
  const std::string fingerprint_;
  const std::vector<std::string> wanted_;
  const ResultSink& sink_;
  Mutex mutex_;
  std::size_t done_ GUARDED_BY(mutex_) = 0;
  std::size_t graded_ GUARDED_BY(mutex_) = 0;
};

}  // namespace

JudgeOptions BatchOptions::ForSlot(int slot) const {
  JudgeOptions judging;
  judging.scratch = scratch / ("slot" + std::to_string(slot));
  judging.object_cache = object_cache;
  judging.kept_objects = kept_objects;
  judging.slot = slot;
  return judging;
}

void GradeEach(const Plan& plan, const MarkRules& rules,
               const std::vector<std::filesystem::path>& paths, Ledger& ledger,
               const BatchOptions& options, const ResultSink& sink) {
  Batch(plan, rules, paths, ledger, options, sink).Run();
}

std::vector<Result> GradeAll(const Plan& plan, const MarkRules& rules,
                             const std::vector<std::filesystem::path>& paths,
                             Ledger& ledger, const BatchOptions& options) {
  std::vector<Result> results(paths.size());
  GradeEach(
      plan, rules, paths, ledger, options,
      [&results](std::size_t i, const Result& result) { results[i] = result; });
  return results;
}

}  // namespace workbook::grade
