// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/sanitizer_report.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "fmt/format.h"
#include "tools/text/text_file.h"
#include "tools/workbook/sanitizer_line.h"

namespace workbook::cli {
namespace {

constexpr size_t kMaxStacks = 2;
constexpr size_t kMaxFrames = 3;

// "/base/execroot/x/exercises/01_02/a.h" is "exercises/01_02/a.h"; "" where
// the file is none of the folder's.
std::string InFolder(std::string_view file, std::string_view folder) {
  const size_t at = file.find(folder);
  if (at == std::string_view::npos) return {};
  if (at != 0 && file[at - 1] != '/') return {};
  return std::string(file.substr(at));
}

bool IsTest(std::string_view file) {
  return file.ends_with("_test.cc") || file.ends_with("_bench.cc");
}

// "load of misaligned address 0x55 for type": which one it was says nothing.
std::string WithoutAddress(std::string_view words) {
  const size_t at = words.find(" 0x");
  if (at == std::string_view::npos) return std::string(words);
  const size_t end = std::min(words.find(' ', at + 1), words.size());
  return std::string(words.substr(0, at)) + std::string(words.substr(end));
}

// "a.h:17:12: runtime error: shift exponent 40 is too large"
std::optional<SanitizerReport> ReadRuntimeError(std::string_view line,
                                                std::string_view folder) {
  constexpr std::string_view kMark = ": runtime error: ";
  const size_t at = line.find(kMark);
  if (at == std::string_view::npos) return std::nullopt;
  SanitizerReport report{.tool = "UndefinedBehaviorSanitizer"};
  report.cause = "undefined behaviour: ";
  report.cause += WithoutAddress(line.substr(at + kMark.size()));
  const std::string_view place = line.substr(0, at);
  const size_t colon = place.find(':');
  if (colon == std::string_view::npos) return report;
  const std::string own = InFolder(place.substr(0, colon), folder);
  if (own.empty()) return report;
  report.file = own;
  const std::string_view digits = place.substr(colon + 1);
  std::from_chars(digits.data(), digits.data() + digits.size(), report.line);
  return report;
}

class Reader {
 public:
  explicit Reader(std::string_view folder) : folder_(folder) {}

  // False where the report has ended.
  bool Take(std::string_view line) {
    if (!report_) return Begin(line);
    if (line.starts_with("SUMMARY: ")) return false;
    if (const auto role = RoleOf(line); !role.empty()) {
      role_ = role;
      open_ = false;
    } else if (const auto frame = ReadFrame(line)) {
      AddFrame(*frame);
    } else if (TrimSpace(line).empty()) {
      open_ = false;
    }
    return true;
  }

  std::optional<SanitizerReport> Result() {
    if (!report_) return std::nullopt;
    SetPlace();
    return std::move(report_);
  }

 private:
  bool Begin(std::string_view line) {
    report_ = ReadRuntimeError(line, folder_);
    if (const auto tool = ToolOf(line); !report_ && !tool.empty()) {
      report_ =
          SanitizerReport{.tool = std::string(tool), .cause = CauseOf(line)};
    }
    const bool twice = line.find("double-free") != std::string_view::npos;
    role_ = twice ? "frees it again" : "here";
    return true;
  }

  void AddFrame(const SanitizerFrame& frame) {
    const std::string own = InFolder(frame.file, folder_);
    if (own.empty() || role_ == "-") return;
    auto& stacks = report_->stacks;
    if (!open_) {
      if (stacks.size() == kMaxStacks) return;
      stacks.push_back({.role = role_, .frames = {}});
      open_ = true;
    }
    auto& frames = stacks.back().frames;
    if (frames.size() == kMaxFrames) return;
    frames.push_back(
        {.function = frame.function, .file = own, .line = frame.line});
  }

  void SetPlace() {
    if (!report_->file.empty()) return;
    const SanitizerFrame* best = nullptr;
    for (const SanitizerStack& stack : report_->stacks) {
      for (const SanitizerFrame& frame : stack.frames) {
        if (best == nullptr || (IsTest(best->file) && !IsTest(frame.file))) {
          best = &frame;
        }
      }
    }
    if (best == nullptr) return;
    report_->file = best->file;
    report_->line = best->line;
  }

  const std::string_view folder_;
  std::optional<SanitizerReport> report_;
  std::string role_;
  bool open_ = false;  // frames belong to the last stack
};

}  // namespace

std::optional<SanitizerReport> FindSanitizerReport(std::string_view output,
                                                   std::string_view folder) {
  Reader reader(folder);
  for (const std::string_view line : SplitLines(output)) {
    if (!reader.Take(line)) break;
  }
  return reader.Result();
}

const SanitizerFrame* AtomicAccess(const SanitizerReport& report) {
  for (const SanitizerStack& stack : report.stacks) {
    if (stack.role.ends_with("by an atomic operation")) {
      return &stack.frames.front();
    }
  }
  return nullptr;
}

std::string TellSanitizerReport(const SanitizerReport& report) {
  std::string text = report.cause;
  if (AtomicAccess(report) != nullptr) {
    text +=
        "; one of the two accesses is an atomic operation, so look at its "
        "memory order";
    if (!report.order.empty()) text += ", " + report.order;
  }
  text += fmt::format(" ({})", report.tool);
  for (const SanitizerStack& stack : report.stacks) {
    text += fmt::format("\n{}:", stack.role);
    for (const SanitizerFrame& frame : stack.frames) {
      text +=
          fmt::format("\n  {}:{}  {}", frame.file, frame.line, frame.function);
    }
  }
  return text;
}

}  // namespace workbook::cli
