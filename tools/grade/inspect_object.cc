// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

#include "tools/grade/inspect.h"
#include "tools/grade/mangled.h"
#include "tools/grade/object_file.h"
#include "tools/grade/used_names.h"

namespace workbook::grade {
namespace {

bool IsAllocationFunction(const std::string& name) {
  return name.starts_with("_Znw") || name.starts_with("_Zna") ||
         name.starts_with("_Zdl") || name.starts_with("_Zda");
}

bool NamesTheJudge(const std::string& name) {
  static constexpr std::array kParts{"7testing",
                                     "8workbook15AllocationScope",
                                     "8workbook15CountAllocation",
                                     "8workbook9CountFree",
                                     "8workbook10ProbeState",
                                     "8workbook5grade"};
  return std::any_of(kParts.begin(), kParts.end(), [&name](const char* part) {
    return name.find(part) != std::string::npos;
  });
}

// Its types are in the names of functions that take them.
bool NamesTheBenchmark(const std::string& name) {
  return name.find("9benchmark") != std::string::npos;
}

bool IsAScope(const std::string& name) {
  return name.starts_with("_ZN8workbook15AllocationScope") ||
         name.starts_with("_ZNK8workbook15AllocationScope");
}

// A sanitizer, which need not be linked, calls whoever defines one of these.
bool IsSanitizerHook(const std::string& name) {
  static constexpr std::array kPrefixes{"__asan_", "__lsan_", "__ubsan_",
                                        "__tsan_", "__msan_", "__sanitizer_"};
  return std::any_of(
      kPrefixes.begin(), kPrefixes.end(),
      [&name](const char* prefix) { return name.starts_with(prefix); });
}

// target_clones makes a resolver of this name; no source can spell it.
bool IsClonedByTheCompiler(const ObjectFile& object, const Symbol& symbol) {
  return object.Defines(symbol.name + ".resolver");
}

class Inspector {
 public:
  Inspector(const ObjectFile& object, const ForbiddenNames& forbidden)
      : object_(object), forbidden_(forbidden) {}

  bool IsOfStudent(const Symbol& symbol) const {
    return object_.SourceOf(symbol).starts_with(forbidden_.student_folder);
  }

  // Why this definition is not accepted; empty if it is.
  std::string Refuse(const Symbol& symbol) const {
    const std::string& name = symbol.name;
    if (symbol.is_indirect && !IsClonedByTheCompiler(object_, symbol)) {
      return "an indirect function: " + name;
    }
    // Only the compiler makes names with a dot.
    if (name.find('.') != std::string::npos) return "";
    // Placement new is an inline function, and one of <new>.
    if (IsAllocationFunction(name) && !IsInstance(symbol)) {
      return "it replaces operator new or delete";
    }
    if (IsSanitizerHook(name)) return "it defines the sanitizers' " + name;
    const bool linked = forbidden_.linked.contains(name);
    if (name == "main") {
      return "it defines main, which the tests have already. Fix: remove it";
    }
    if (!name.starts_with("_Z")) {
      return linked ? "it defines " + name + ", which is a library's" : "";
    }
    if (!linked && (!IsInLibrary(name) || DependsOnOwnType(name))) return "";
    if (IsInstance(symbol)) return "";
    return "it defines " + name +
           (linked ? ", which is a library's" : " in std");
  }

  std::string RefuseSection() const {
    static constexpr std::array kPrefixes{".preinit_array", ".ctors", ".dtors"};
    for (const auto& [number, section] : object_.sections()) {
      const std::string& name = section.name;
      if (name == ".init" || name == ".fini" ||
          section.type == "PREINIT_ARRAY" ||
          std::any_of(kPrefixes.begin(), kPrefixes.end(),
                      [&](const char* p) { return name.starts_with(p); })) {
        return "it has a section " + name + ", which runs before main";
      }
      if (section.Has('X') && section.Has('W')) {
        return "it has a section " + name + " of code that can be written to";
      }
    }
    return "";
  }

  // Instructions that no compiler has made.
  bool IsCodeAsData(const Symbol& symbol) const {
    const auto section = object_.sections().find(symbol.section);
    return symbol.is_data && section != object_.sections().end() &&
           section->second.Has('X');
  }

  // Empty, or why a person should look at what lies outside of the heap.
  std::string FlagMemory() const {
    constexpr std::uint64_t kMuch = std::uint64_t{1} << 20;
    std::uint64_t bytes = 0;
    for (const auto& [number, section] : object_.sections()) {
      if (section.Has('W') && section.Has('A')) bytes += section.size;
    }
    return bytes > kMuch ? "holds over 1 MiB of static memory" : "";
  }

  // What the use of an undefined name means; empty where it is honest.
  std::string RefuseUse(const std::string& name) const {
    if (forbidden_.judges.contains(name)) {
      return "it uses the judge's " + name;
    }
    return UseOf(name) == NameUse::kRefused
               ? "it uses " + name + ", which allocates past the count"
               : "";
  }

 private:
  // Of a template or an inline function in a library's header: such copies are
  // in every object, and the linker keeps any one of them.
  bool IsInstance(const Symbol& symbol) const {
    return symbol.is_weak && object_.IsShared(symbol) && !IsOfStudent(symbol);
  }

  const ObjectFile& object_;
  const ForbiddenNames& forbidden_;
};

std::string WithoutVersion(const std::string& name) {
  return name.substr(0, name.find('@'));
}

void FlagUse(const std::string& name, Findings& findings) {
  if (UseOf(name) != NameUse::kHonest) {
    findings.flags.push_back("calls " + name);
  }
}

}  // namespace

Findings InspectObject(const ObjectFile& object,
                       const ForbiddenNames& forbidden,
                       const HandedOut& handed_out) {
  Findings findings;
  const Inspector inspector(object, forbidden);
  findings.rejected = inspector.RefuseSection();
  if (std::string flag = inspector.FlagMemory(); !flag.empty()) {
    findings.flags.push_back(std::move(flag));
  }
  for (const Symbol& symbol : object.symbols()) {
    const bool counts = !symbol.IsDefined() && IsAScope(symbol.name);
    if (handed_out.probe && counts) continue;
    if (NamesTheJudge(symbol.name) ||
        (!handed_out.benchmark && NamesTheBenchmark(symbol.name))) {
      findings.rejected = "it uses or defines the judge's " + symbol.name;
    }
    if (inspector.IsCodeAsData(symbol)) {
      findings.rejected = "it has data in a section of code: " + symbol.name;
    }
    if (symbol.is_local) continue;
    const std::string name = WithoutVersion(symbol.name);
    const std::string why = symbol.IsDefined() ? inspector.Refuse(symbol)
                                               : inspector.RefuseUse(name);
    if (!why.empty()) findings.rejected = why;
    if (!symbol.IsDefined()) FlagUse(name, findings);
  }
  return findings;
}

Findings InspectTestObject(const ObjectFile& object,
                           const ForbiddenNames& forbidden) {
  Findings findings;
  const Inspector inspector(object, forbidden);
  std::string why = inspector.RefuseSection();
  if (std::string flag = inspector.FlagMemory(); !flag.empty()) {
    findings.flags.push_back(std::move(flag));
  }
  for (const Symbol& symbol : object.symbols()) {
    if (inspector.IsCodeAsData(symbol)) {
      why = "it has data in a section of code: " + symbol.name;
    }
    if (symbol.is_local) continue;
    if (!symbol.IsDefined()) {
      const std::string name = WithoutVersion(symbol.name);
      if (UseOf(name) == NameUse::kRefused) why = inspector.RefuseUse(name);
      FlagUse(name, findings);
      if (forbidden.judges.contains(name)) {
        findings.flags.push_back("uses the judge's " + name);
      }
      continue;
    }
    const bool of_student = inspector.IsOfStudent(symbol);
    // The test's own, or of a header of ours.
    if (!of_student &&
        (NamesTheJudge(symbol.name) || !object.SourceOf(symbol).empty())) {
      continue;
    }
    if (NamesTheJudge(symbol.name))
      why = "it defines the judge's " + symbol.name;
    const std::string refused = inspector.Refuse(symbol);
    if (!refused.empty()) why = refused;
  }
  if (!why.empty()) findings.rejected = "a header: " + why;
  return findings;
}

Findings InspectBytes(const std::string& bytes) {
  // rol $3, $13, $61 and $51 of rdi: no compiler has a use for them together.
  static constexpr std::string_view kValgrind(
      "\x48\xc1\xc7\x03\x48\xc1\xc7\x0d\x48\xc1\xc7\x3d\x48\xc1\xc7\x33", 16);
  Findings findings;
  if (bytes.find(kValgrind) != std::string::npos) {
    findings.rejected = "it speaks to valgrind";
  }
  if (bytes.find("/proc/") != std::string::npos) {
    findings.flags.push_back("mentions /proc");
  }
  return findings;
}

}  // namespace workbook::grade
