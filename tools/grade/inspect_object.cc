// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "tools/grade/inspect.h"
#include "tools/grade/mangled.h"
#include "tools/grade/object_file.h"

namespace workbook::grade {
namespace {

bool IsAllocationFunction(const std::string& name) {
  return name.starts_with("_Znw") || name.starts_with("_Zna") ||
         name.starts_with("_Zdl") || name.starts_with("_Zda");
}

bool NamesTheJudge(const std::string& name) {
  static constexpr std::array kParts{"7testing",
                                     "9benchmark",
                                     "8workbook15AllocationScope",
                                     "8workbook15CountAllocation",
                                     "8workbook9CountFree",
                                     "8workbook10ProbeState",
                                     "8workbook5grade"};
  return std::any_of(kParts.begin(), kParts.end(), [&name](const char* part) {
    return name.find(part) != std::string::npos;
  });
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
    for (const std::string& section : object_.sections()) {
      if (section == ".init" || section == ".fini" ||
          std::any_of(kPrefixes.begin(), kPrefixes.end(),
                      [&](const char* p) { return section.starts_with(p); })) {
        return "it has a section " + section + ", which runs before main";
      }
    }
    return "";
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

bool PassesByTheMeasure(const std::string& symbol) {
  static const std::set<std::string> calls{
      "mmap",          "mmap64",      "sbrk",           "brk",
      "syscall",       "dlsym",       "dlopen",         "fork",
      "vfork",         "clone",       "execve",         "execv",
      "execvp",        "system",      "popen",          "ptrace",
      "_exit",         "quick_exit",  "_Exit",          "exit",
      "__libc_malloc", "__libc_free", "memfd_create",   "shm_open",
      "unshare",       "mount",       "pthread_create", "setitimer",
      "alarm",         "sigaction",   "signal",         "atexit",
      "socket",        "connect",     "getenv",         "secure_getenv",
      "environ",       "open",        "open64",         "fopen",
      "fopen64",       "opendir",     "readlink",       "longjmp",
      "__longjmp_chk", "siglongjmp"};
  // Work in another thread is not inside the test's body.
  return calls.contains(symbol.substr(0, symbol.find('@'))) ||
         symbol.starts_with("_ZNSt6thread15_M_start_thread");
}

}  // namespace

Findings InspectObject(const ObjectFile& object,
                       const ForbiddenNames& forbidden) {
  Findings findings;
  const Inspector inspector(object, forbidden);
  findings.rejected = inspector.RefuseSection();
  for (const Symbol& symbol : object.symbols()) {
    if (NamesTheJudge(symbol.name)) {
      findings.rejected = "it uses or defines the judge's " + symbol.name;
    }
    if (symbol.is_local) continue;
    if (symbol.IsDefined()) {
      const std::string why = inspector.Refuse(symbol);
      if (!why.empty()) findings.rejected = why;
    } else if (!symbol.is_weak && PassesByTheMeasure(symbol.name)) {
      findings.flags.push_back("calls " + symbol.name);
    }
  }
  return findings;
}

Findings InspectTestObject(const ObjectFile& object,
                           const ForbiddenNames& forbidden) {
  Findings findings;
  const Inspector inspector(object, forbidden);
  std::string why = inspector.RefuseSection();
  for (const Symbol& symbol : object.symbols()) {
    if (symbol.is_local || !symbol.IsDefined()) continue;
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

}  // namespace workbook::grade
