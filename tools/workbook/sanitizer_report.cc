#include "tools/workbook/sanitizer_report.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <system_error>
#include <utility>

#include "fmt/format.h"
#include "tools/text/text_file.h"

namespace workbook::cli {
namespace {

constexpr size_t kMostStacks = 2;
constexpr size_t kMostFrames = 3;

struct Cause {
  std::string_view mark;
  std::string_view words;
};

// The sanitizers' own names, longest first where one holds another.
constexpr std::array<Cause, 17> kCauses = {{
    {"heap-use-after-free", "memory is used after it was freed"},
    {"heap-buffer-overflow", "an access is beyond the end of a heap block"},
    {"stack-buffer-overflow", "an access is beyond the end of a local array"},
    {"global-buffer-overflow", "an access is beyond the end of a global array"},
    {"container-overflow", "an access is beyond the size of a container"},
    {"stack-use-after-scope", "a local is used after its block has ended"},
    {"stack-use-after-return", "a local is used after its function returned"},
    {"use-after-poison", "memory is used that the allocator has closed"},
    {"alloc-dealloc-mismatch",
     "memory is freed by another family than made "
     "it (malloc, new, new[])"},
    {"attempting double-free", "a block is freed twice"},
    {"attempting free on address which was not malloc",
     "a pointer is freed that is not the start of a heap block"},
    {"stack-overflow", "the stack is used up: recursion without an end?"},
    {"detected memory leaks", "memory is never freed"},
    {"lock-order-inversion",
     "two locks are taken in both orders: a deadlock "
     "is possible"},
    {"data race",
     "two threads use the same memory without a lock, and one of "
     "them writes"},
    {"unlock of an unlocked mutex", "a mutex is unlocked that is not locked"},
    {"SEGV on unknown address", "an address is used that is not the program's"},
}};

// "    #0 0x55 in Make() exercises/01_02/pool.h:5", with or without address.
std::optional<SanitizerFrame> ReadFrame(std::string_view line) {
  line = TrimSpace(line);
  if (!line.starts_with('#')) return std::nullopt;
  if (const size_t module = line.rfind(" (");
      module != std::string_view::npos && line.ends_with(')') &&
      line.find("+0x", module) != std::string_view::npos) {
    line = line.substr(0, module);  // "(tsan+0x1280)"
  }
  const size_t space = line.rfind(' ');
  if (space == std::string_view::npos) return std::nullopt;
  std::string_view place = line.substr(space + 1);
  SanitizerFrame frame;
  const size_t colon = place.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const std::string_view digits = place.substr(colon + 1);
  const auto read =
      std::from_chars(digits.data(), digits.data() + digits.size(), frame.line);
  if (read.ec != std::errc()) return std::nullopt;
  frame.file = place.substr(0, colon);
  std::string_view function = line.substr(0, space);
  if (const size_t in = function.find(" in "); in != std::string_view::npos) {
    function.remove_prefix(in + 4);
  } else if (const size_t after = function.find(' ');
             after != std::string_view::npos) {
    function.remove_prefix(after + 1);
  }
  frame.function = function;
  return frame;
}

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

std::string_view ToolOf(std::string_view line) {
  for (const std::string_view tool :
       {"AddressSanitizer", "LeakSanitizer", "ThreadSanitizer"}) {
    const size_t at = line.find(tool);
    if (at == std::string_view::npos || line.starts_with("SUMMARY")) continue;
    if (line.find("ERROR: ") < at || line.find("WARNING: ") < at) return tool;
  }
  return {};
}

std::string CauseOf(std::string_view line) {
  for (const Cause& cause : kCauses) {
    if (line.find(cause.mark) != std::string_view::npos) {
      return std::string(cause.words);
    }
  }
  const size_t colon = line.find("Sanitizer: ");
  return std::string(colon == std::string_view::npos ? TrimSpace(line)
                                                     : line.substr(colon + 11));
}

// The headings of stacks in all four; "" for another line.
std::string_view RoleOf(std::string_view line) {
  line = TrimSpace(line);
  if (line.starts_with("freed by")) return "freed";
  if (line.starts_with("previously allocated by") ||
      line.starts_with("allocated by") || line.starts_with("Direct leak") ||
      line.starts_with("Indirect leak")) {
    return "allocated";
  }
  if (line.starts_with("Previous ")) return "the other thread";
  if (line.starts_with("READ of") || line.starts_with("Read of")) {
    return "reads";
  }
  if (line.starts_with("WRITE of") || line.starts_with("Write of")) {
    return "writes";
  }
  if (line.starts_with("Thread T") || line.starts_with("Location is")) {
    return "-";  // how a thread was made, where memory lies: no place to mend
  }
  return {};
}

// "a.h:17:12: runtime error: shift exponent 40 is too large"
std::optional<SanitizerReport> ReadRuntimeError(std::string_view line,
                                                std::string_view folder) {
  constexpr std::string_view kMark = ": runtime error: ";
  const size_t at = line.find(kMark);
  if (at == std::string_view::npos) return std::nullopt;
  SanitizerReport report{.tool = "UndefinedBehaviorSanitizer"};
  report.cause = "undefined behaviour: ";
  report.cause += line.substr(at + kMark.size());
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
    role_ = "here";
    return true;
  }

  void AddFrame(const SanitizerFrame& frame) {
    const std::string own = InFolder(frame.file, folder_);
    if (own.empty() || role_ == "-") return;
    auto& stacks = report_->stacks;
    if (!open_) {
      if (stacks.size() == kMostStacks) return;
      stacks.push_back({.role = role_, .frames = {}});
      open_ = true;
    }
    auto& frames = stacks.back().frames;
    if (frames.size() == kMostFrames) return;
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

std::string TellSanitizerReport(const SanitizerReport& report) {
  std::string text = fmt::format("{} ({})", report.cause, report.tool);
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
