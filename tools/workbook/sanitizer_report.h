// SPDX-License-Identifier: Apache-2.0

// What AddressSanitizer, UndefinedBehaviorSanitizer, LeakSanitizer and
// ThreadSanitizer print, reduced to what a learner can fix.
#ifndef WORKBOOK_TOOLS_WORKBOOK_SANITIZER_REPORT_H_
#define WORKBOOK_TOOLS_WORKBOOK_SANITIZER_REPORT_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace workbook::cli {

struct SanitizerFrame {
  std::string function;
  std::string file;  // relative to the root
  int line = 0;
};

// One stack, only its frames in files of the course.
struct SanitizerStack {
  std::string role;  // "here", "freed", "allocated", "the other thread"
  std::vector<SanitizerFrame> frames;
};

struct SanitizerReport {
  std::string tool{};   // "AddressSanitizer"
  std::string cause{};  // "it writes to memory that was freed before"
  // Where to look first: the innermost frame of the first stack that lies in
  // the learner's own files, else in the test. "" where no frame has a line.
  std::string file{};
  int line = 0;
  // At most two, each with a frame at least.
  std::vector<SanitizerStack> stacks{};
  // "memory_order_relaxed": that of the atomic access, where its source says
  // it. The report does not have it; whoever reads sources sets it.
  std::string order{};
};

// Returns where the atomic one of the two accesses of a race is; nullptr where
// none is atomic.
const SanitizerFrame* AtomicAccess(const SanitizerReport& report);

// The first report in `output`; nullopt when there is none. `folder` is
// "exercises/01_02/".
// Cost: linear in `output`.
std::optional<SanitizerReport> FindSanitizerReport(std::string_view output,
                                                   std::string_view folder);

// The cause and its stacks, a line each: the text under a task.
std::string TellSanitizerReport(const SanitizerReport& report);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_SANITIZER_REPORT_H_
