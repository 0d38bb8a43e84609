// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/publish/fairness.h"

#include <algorithm>

#include "fmt/format.h"
#include "fmt/ranges.h"

namespace workbook {
namespace {

const ComparedRow* FindRole(const std::vector<ComparedRow>& rows,
                            const std::string& role) {
  const auto found =
      std::find_if(rows.begin(), rows.end(),
                   [&](const ComparedRow& row) { return row.role == role; });
  return found == rows.end() ? nullptr : &*found;
}

bool SaysWhatItDoesNotShow(const CaseForm& form, const std::string& row) {
  return std::any_of(
      form.unlike.begin(), form.unlike.end(), [&](const UnlikeRows& unlike) {
        return unlike.Covers(row) && !unlike.does_not_show.empty();
      });
}

// The rows of one case, and what is wrong with them.
class Fairness {
 public:
  Fairness(const Forms& forms, const CaseForm& form, std::string case_name,
           const ComparedRow& reference, bool has_target)
      : forms_(forms),
        form_(form),
        case_name_(std::move(case_name)),
        reference_(reference),
        has_target_(has_target),
        work_(form.Of(reference.implementation)) {}

  void CheckRow(const ComparedRow& row) {
    if (!has_target_ && row.claimed <= kClaimFactor) return;
    claims_ = true;
    const auto differences =
        DifferencesInWork(form_.Of(row.implementation), work_);
    if (differences.empty()) return;
    if (has_target_ && row.role == "baseline") {
      return Add(
          fmt::format("compare unlike rows in {}, which has a target: "
                      "{} and {} differ in what stands in {}",
                      case_name_, row.implementation, reference_.implementation,
                      fmt::join(differences, ", ")),
          "make both do the same work, or remove the target");
    }
    if (SaysWhatItDoesNotShow(form_, row.implementation) ||
        SaysWhatItDoesNotShow(form_, reference_.implementation)) {
      return;
    }
    Add(fmt::format(
            "compare unlike rows in {}, {}: {} and {} differ in what stands "
            "in {}",
            case_name_,
            has_target_ ? std::string("which has a target")
                        : fmt::format("by a factor of {:.2g}", row.claimed),
            row.implementation, reference_.implementation,
            fmt::join(differences, ", ")),
        "make both do the same work, or add what the row does not show: "
        "does_not_show");
  }

  void CheckKept(const std::vector<ComparedRow>& rows) {
    const ComparedRow* const baseline = FindRole(rows, "baseline");
    if (!has_target_ || baseline == nullptr) return;
    if (form_.Of(baseline->implementation).keeps == work_.keeps) return;
    const bool stands_beside =
        std::any_of(rows.begin(), rows.end(), [&](const ComparedRow& row) {
          const Form own = form_.Of(row.implementation);
          return row.role == "peer" && own.keeps == work_.keeps &&
                 DifferencesInWork(own, work_).empty();
        });
    if (stands_beside) return;
    Add(fmt::format("have a target in {}, where {} keeps other things than {}, "
                    "and no peer keeps the same",
                    case_name_, reference_.implementation,
                    baseline->implementation),
        "add a peer that does the same work and keeps the same");
  }

  void CheckFunctions() {
    if (!claims_ || !form_.by.empty()) return;
    if (work_.through != "call" && work_.through != "pointer") return;
    Add(fmt::format("say that {} reaches {} through a {}, and do not say by "
                    "which function",
                    case_name_, reference_.implementation, work_.through),
        "name the functions of the subject that the loop calls: by = "
        "[\"Pool::Allocate\"]");
  }

  std::vector<Problem> Take() { return std::move(problems_); }

 private:
  void Add(std::string what, std::string fix) {
    problems_.push_back(ProblemIn(forms_.file, form_.line, "cases",
                                  std::move(what), std::move(fix)));
  }

  const Forms& forms_;
  const CaseForm& form_;
  const std::string case_name_;
  const ComparedRow& reference_;
  const bool has_target_;
  const Form work_;
  bool claims_ = false;
  std::vector<Problem> problems_;
};

}  // namespace

std::vector<std::string> DifferencesInWork(const Form& a, const Form& b) {
  std::vector<std::string> differences;
  if (a.touches != b.touches) differences.emplace_back("touches");
  if (a.calls != b.calls) differences.emplace_back("calls");
  if (a.through != b.through) differences.emplace_back("through");
  return differences;
}

std::vector<Problem> CheckFairness(const Forms& forms, const CaseForm& form,
                                   const std::string& case_name,
                                   const std::vector<ComparedRow>& rows,
                                   bool has_target) {
  const ComparedRow* const reference = FindRole(rows, "reference");
  if (reference == nullptr) return {};
  Fairness fairness(forms, form, case_name, *reference, has_target);
  for (const ComparedRow& row : rows) {
    if (&row != reference) fairness.CheckRow(row);
  }
  fairness.CheckKept(rows);
  fairness.CheckFunctions();
  return fairness.Take();
}

}  // namespace workbook
