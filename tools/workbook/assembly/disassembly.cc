// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/assembly/disassembly.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <numeric>
#include <optional>
#include <system_error>
#include <utility>

#include "fmt/format.h"
#include "tools/text/text_file.h"

namespace workbook::cli {
namespace {

constexpr std::string_view kClone = " [clone ";

// Bazel compiles in a folder that it calls so.
constexpr std::string_view kExecutionRoot = "/proc/self/cwd/";

std::string CloneOf(std::string_view name) {
  const size_t at = name.find(kClone);
  if (at == std::string_view::npos) return {};
  std::string_view clone = name.substr(at + kClone.size());
  return std::string(clone.substr(0, clone.find(']')));
}

std::string_view WithoutClone(std::string_view name) {
  return name.substr(0, name.find(kClone));
}

bool IsHex(std::string_view text) {
  return !text.empty() &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// "/proc/self/cwd/solutions/03_01/dyn_array.h:83 (discriminator 2)"
bool ReadPlace(std::string_view line, SourceBlock& block) {
  if (!line.starts_with('/')) return false;
  line = line.substr(0, line.find(" (discriminator"));
  const size_t colon = line.rfind(':');
  if (colon == std::string_view::npos) return false;
  const std::string_view digits = line.substr(colon + 1);
  int number = 0;
  const char* const end = digits.data() + digits.size();
  // A line that objdump does not know is a question mark.
  const auto result = std::from_chars(digits.data(), end, number);
  if (digits != "?" && (result.ec != std::errc() || result.ptr != end)) {
    return false;
  }
  std::string_view file = line.substr(0, colon);
  if (file.starts_with(kExecutionRoot)) {
    file.remove_prefix(kExecutionRoot.size());
  }
  while (file.starts_with("./")) file.remove_prefix(2);
  block.file = file;
  block.line = number;
  return true;
}

// What "<...>" behind an address names, in the words of a reader. `own` tells
// whether it is a place in the function itself.
std::string TargetText(std::string_view target, const CodeFunction& function,
                       const CodeSymbol& part, bool& own) {
  const size_t plus = target.rfind("+0x");
  const bool has_offset =
      plus != std::string_view::npos && IsHex(target.substr(plus + 3));
  const std::string_view symbol = has_offset ? target.substr(0, plus) : target;
  own = WithoutClone(symbol) == function.name;
  if (!own) return std::string(target);
  const std::string_view offset = has_offset ? target.substr(plus + 3) : "0";
  if (symbol == part.name) return std::string(offset);
  const std::string clone = CloneOf(symbol);
  return fmt::format("{} in {}", offset, clone.empty() ? "the entry" : clone);
}

// The mnemonic and its operands, addresses replaced by names.
Instruction ReadInstruction(std::string_view text, const CodeFunction& function,
                            const CodeSymbol& part) {
  Instruction instruction;
  // "mov    rax,QWORD PTR [rip+0x50d13]        # 5a010 <Name>"
  std::string rest(TrimSpace(text));
  for (size_t rip = rest.find("[rip+0x"); rip != std::string::npos;
       rip = rest.find("[rip+0x", rip + 1)) {
    const size_t end = rest.find(']', rip);
    if (end == std::string::npos) break;
    rest.replace(rip, end - rip, "[rip");
  }
  const size_t open = rest.find('<');
  const size_t close = rest.rfind('>');
  if (open == std::string::npos || close == std::string::npos || open < 2 ||
      close < open) {
    instruction.text = rest;
    return instruction;
  }
  // An address stands before it; "cmp <" of another machine's syntax does not.
  std::string before(TrimSpace(std::string_view(rest).substr(0, open)));
  const size_t blank = before.find_last_of(" \t");
  const std::string address =
      blank == std::string::npos ? "" : before.substr(blank + 1);
  if (!IsHex(address)) {
    instruction.text = rest;
    return instruction;
  }
  bool own = false;
  const std::string target =
      TargetText(std::string_view(rest).substr(open + 1, close - open - 1),
                 function, part, own);
  const bool is_comment = before.find('#') != std::string::npos ||
                          before.find("//") != std::string::npos;
  if (is_comment && target.find("+0x") != std::string::npos) {
    // A constant without a name: the symbol in front of it is any one.
    instruction.text = TrimSpace(before.substr(0, before.find_first_of("#/")));
    return instruction;
  }
  instruction.text = before.substr(0, blank + 1) + target;
  if (!own && !is_comment) instruction.allocator = AllocatorNamed(target);
  return instruction;
}

}  // namespace

int Listing::Instructions() const {
  int count = 0;
  for (const PartListing& part : parts) {
    for (const SourceBlock& block : part.blocks) {
      count += static_cast<int>(block.instructions.size());
    }
  }
  return count;
}

std::map<std::string, int> Listing::AllocatorCalls() const {
  std::map<std::string, int> calls;
  for (const PartListing& part : parts) {
    for (const SourceBlock& block : part.blocks) {
      for (const Instruction& each : block.instructions) {
        if (!each.allocator.empty()) ++calls[each.allocator];
      }
    }
  }
  return calls;
}

bool Listing::IsFrom(std::string_view folder,
                     const std::vector<std::string>& names) const {
  const auto is_from = [&](const SourceBlock& block) {
    const std::string_view file = block.file;
    return file.starts_with(folder) &&
           std::find(names.begin(), names.end(), file.substr(folder.size())) !=
               names.end();
  };
  return std::any_of(parts.begin(), parts.end(), [&](const PartListing& part) {
    return std::any_of(part.blocks.begin(), part.blocks.end(), is_from);
  });
}

PartListing ReadPart(const CodeFunction& function, const CodeSymbol& part,
                     std::string_view disassembly) {
  PartListing listing{.clone = CloneOf(part.name), .blocks = {}};
  SourceBlock here;  // what the next instructions come from
  for (const std::string_view line : SplitLines(disassembly)) {
    if (ReadPlace(line, here)) continue;
    if (!line.starts_with(' ')) continue;
    const size_t colon = line.find(":\t");
    if (colon == std::string_view::npos) continue;
    const std::string_view digits = TrimSpace(line.substr(0, colon));
    std::uint64_t address = 0;
    const char* const end = digits.data() + digits.size();
    const auto result = std::from_chars(digits.data(), end, address, 16);
    if (result.ec != std::errc() || result.ptr != end) continue;
    if (address < part.address || address >= part.address + part.size_bytes) {
      continue;
    }
    Instruction instruction =
        ReadInstruction(line.substr(colon + 2), function, part);
    instruction.offset = address - part.address;
    auto& blocks = listing.blocks;
    if (blocks.empty() || blocks.back().file != here.file ||
        blocks.back().line != here.line) {
      blocks.push_back({here.file, here.line, {}});
    }
    blocks.back().instructions.push_back(std::move(instruction));
  }
  return listing;
}

std::string AllocatorNamed(std::string_view callee) {
  constexpr std::array<std::string_view, 4> kOperators = {
      "operator new[](", "operator new(", "operator delete[](",
      "operator delete("};
  for (const std::string_view name : kOperators) {
    if (callee.starts_with(name)) {
      return std::string(name.substr(0, name.size() - 1));
    }
  }
  constexpr std::array<std::string_view, 12> kFamily = {
      "malloc", "calloc",         "realloc",  "reallocarray",
      "free",   "posix_memalign", "memalign", "aligned_alloc",
      "valloc", "pvalloc",        "strdup",   "strndup"};
  std::string_view name = callee.substr(0, callee.find('@'));
  if (name.starts_with("__libc_")) name.remove_prefix(7);
  if (name.starts_with("__interceptor_")) name.remove_prefix(14);
  return std::find(kFamily.begin(), kFamily.end(), name) == kFamily.end()
             ? std::string()
             : std::string(name);
}

}  // namespace workbook::cli
