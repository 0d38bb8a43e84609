#include <algorithm>
#include <array>
#include <set>
#include <sstream>
#include <string_view>

#include "tools/grade/inspect.h"

namespace workbook::grade {
namespace {

struct Symbol {
  char type = '?';
  std::string name;
};

std::vector<Symbol> ReadSymbols(const std::string& nm_output) {
  std::vector<Symbol> symbols;
  std::istringstream lines(nm_output);
  std::string line;
  while (std::getline(lines, line)) {
    // "0000000000000000 T name" or "                 U name"
    if (line.size() < 20) continue;
    symbols.push_back({line[17], line.substr(19)});
  }
  return symbols;
}

bool IsDefined(const Symbol& symbol) {
  return std::string_view("TDBRVWiuGS").find(symbol.type) !=
         std::string_view::npos;
}

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

std::string RefuseDefinition(const Symbol& symbol) {
  const std::string& name = symbol.name;
  if (symbol.type == 'i') return "an indirect function: " + name;
  if (!name.starts_with("_Z")) {
    if (name.starts_with("DW.ref.") || name.starts_with("__gnu_")) return "";
    return "it defines " + name + " outside C++";
  }
  if (IsAllocationFunction(name)) return "it replaces operator new or delete";
  if (name.starts_with("_ZN10__cxxabiv1")) return "it replaces " + name;
  const bool in_std = name.starts_with("_ZSt") || name.starts_with("_ZNSt") ||
                      name.starts_with("_ZNKSt");
  // Templates of std are weak wherever they are used.
  if (in_std && symbol.type == 'T') return "it defines " + name + " in std";
  return "";
}

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

// What a source itself defines by `extern "C" type name(...) {`, each alone.
std::set<std::string> DefinedInC(const std::string& source) {
  constexpr std::string_view kLinkage = "extern \"C\" ";
  std::set<std::string> names;
  for (std::size_t at = source.find(kLinkage); at != std::string::npos;
       at = source.find(kLinkage, at + 1)) {
    const std::size_t open = source.find('(', at);
    const std::size_t end = source.find_first_of(";{", at);
    if (open == std::string::npos || end == std::string::npos || end < open ||
        source[end] == ';') {
      continue;
    }
    const std::size_t before = source.find_last_of(" *&", open);
    names.insert(source.substr(before + 1, open - before - 1));
  }
  return names;
}

}  // namespace

Findings InspectObject(const std::string& nm_output) {
  Findings findings;
  for (const Symbol& symbol : ReadSymbols(nm_output)) {
    if (NamesTheJudge(symbol.name)) {
      findings.rejected = "it uses or defines the judge's " + symbol.name;
    }
    if (IsDefined(symbol)) {
      const std::string why = RefuseDefinition(symbol);
      if (!why.empty()) findings.rejected = why;
    } else if (symbol.type == 'U' && PassesByTheMeasure(symbol.name)) {
      findings.flags.push_back("calls " + symbol.name);
    }
  }
  return findings;
}

Findings InspectTestObject(const std::string& nm_output,
                           const std::string& test_source) {
  Findings findings;
  const std::set<std::string> own = DefinedInC(test_source);
  for (const Symbol& symbol : ReadSymbols(nm_output)) {
    if (!IsDefined(symbol) || NamesTheJudge(symbol.name)) continue;
    // A second definition would not compile.
    if (own.contains(symbol.name)) continue;
    const std::string why = RefuseDefinition(symbol);
    if (!why.empty()) findings.rejected = "a header: " + why;
  }
  return findings;
}

}  // namespace workbook::grade
