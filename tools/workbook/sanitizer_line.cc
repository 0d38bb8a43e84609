// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/sanitizer_line.h"

#include <array>
#include <charconv>
#include <system_error>

#include "tools/text/text_file.h"

namespace workbook::cli {
namespace {

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

}  // namespace

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

std::string_view RoleOf(std::string_view line) {
  line = TrimSpace(line);
  if (line.starts_with("freed by")) return "freed";
  if (line.starts_with("previously allocated by") ||
      line.starts_with("allocated by") || line.starts_with("Direct leak") ||
      line.starts_with("Indirect leak")) {
    return "allocated";
  }
  if (line.starts_with("Previous atomic ")) {
    return "the other thread, by an atomic operation";
  }
  if (line.starts_with("Previous ")) return "the other thread";
  if (line.starts_with("Atomic read of")) {
    return "reads, by an atomic operation";
  }
  if (line.starts_with("Atomic write of")) {
    return "writes, by an atomic operation";
  }
  if (line.starts_with("READ of") || line.starts_with("Read of")) {
    return "reads";
  }
  if (line.starts_with("WRITE of") || line.starts_with("Write of")) {
    return "writes";
  }
  if (line.starts_with("Thread T") || line.starts_with("Location is") ||
      line.starts_with("Address 0x")) {
    return "-";  // how a thread was made, where memory lies: no place to fix
  }
  return {};
}

}  // namespace workbook::cli
