#include "tools/grade/batch.h"

#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

#include "tools/grade/judge.h"

namespace workbook::grade {
namespace {

std::vector<std::string> WantedFiles(const Plan& plan) {
  std::vector<std::string> wanted;
  for (const PlannedTask& task : plan.tasks) {
    wanted.insert(wanted.end(), task.files.begin(), task.files.end());
  }
  return wanted;
}

class Batch {
 public:
  Batch(const Plan& plan, const MarkRules& rules,
        const std::vector<std::filesystem::path>& paths, Ledger& ledger,
        const BatchOptions& options)
      : plan_(plan),
        rules_(rules),
        paths_(paths),
        ledger_(ledger),
        options_(options),
        fingerprint_(plan.Fingerprint()),
        wanted_(WantedFiles(plan)),
        results_(paths.size()) {}

  std::vector<Result> Run() {
    std::vector<std::thread> workers;
    for (int slot = 1; slot < options_.jobs; ++slot) {
      workers.emplace_back([this, slot] { Work(slot); });
    }
    Work(0);
    for (std::thread& worker : workers) worker.join();
    if (error_) std::rethrow_exception(error_);
    return std::move(results_);
  }

 private:
  void Work(int slot) {
    try {
      for (std::size_t i = next_++; i < paths_.size(); i = next_++) {
        results_[i] = GradeOne(paths_[i], slot);
        const std::lock_guard lock(mutex_);
        ++done_;
        if (options_.on_progress) {
          options_.on_progress(done_, paths_.size(), graded_);
        }
      }
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!error_) error_ = std::current_exception();
      next_ = paths_.size();
    }
  }

  Result GradeOne(const std::filesystem::path& path, int slot) {
    const Submission submission = TakeIn(path, wanted_);
    if (!submission.unreadable.empty()) return Unreadable(submission);
    const Job job = MakeJob(plan_, submission, fingerprint_);
    Result result;
    if (const Result* known = ledger_.Find(job.key)) {
      result = *known;
    } else {
      result = JudgeWithRetries(job, slot);
      if (result.state != "infrastructure") ledger_.Record(result);
      const std::lock_guard lock(mutex_);
      ++graded_;
    }
    // Two students may hand in the same bytes; names and notes are their own.
    result.student = submission.student;
    result.notes = submission.notes;
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

  Result JudgeWithRetries(const Job& job, int slot) const {
    Result result;
    for (int attempt = 0; attempt < options_.attempts; ++attempt) {
      if (options_.judge) {
        result = options_.judge(plan_, job, slot);
      } else {
        JudgeOptions judging;
        judging.scratch = options_.scratch / ("slot" + std::to_string(slot));
        judging.object_cache = options_.object_cache;
        judging.slot = slot;
        result = Judge(plan_, job, judging);
      }
      if (result.state != "infrastructure") break;
    }
    return result;
  }

  const Plan& plan_;
  const MarkRules& rules_;
  const std::vector<std::filesystem::path>& paths_;
  Ledger& ledger_;
  const BatchOptions& options_;
  const std::string fingerprint_;
  const std::vector<std::string> wanted_;
  std::vector<Result> results_;
  std::atomic<std::size_t> next_{0};
  std::mutex mutex_;
  std::size_t done_ = 0;
  std::size_t graded_ = 0;
  std::exception_ptr error_;
};

}  // namespace

std::vector<Result> GradeAll(const Plan& plan, const MarkRules& rules,
                             const std::vector<std::filesystem::path>& paths,
                             Ledger& ledger, const BatchOptions& options) {
  return Batch(plan, rules, paths, ledger, options).Run();
}

}  // namespace workbook::grade
