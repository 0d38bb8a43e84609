// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/advice.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <vector>

#include "fmt/format.h"
#include "tools/text/text_file.h"
#include "tools/workbook/code_text.h"

namespace workbook::cli {
namespace {

using Names = std::set<std::string>;

// Whether whole words of "TryEmplaceKeepsTheFirst" are `name`: "TryEmplace" is,
// and "Emplaces" holds no "Emplace".
bool IsNamedAfter(std::string_view test, const std::string& name) {
  if (!IsUpper(name.front())) return false;
  for (std::size_t at = test.find(name); at != std::string_view::npos;
       at = test.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    const bool ends = end == test.size() || IsUpper(test[end]) ||
                      std::isalpha(static_cast<unsigned char>(test[end])) == 0;
    if (ends) return true;
  }
  return false;
}

// "ReturnsABlock" of "Sizes/Task1Pool.ReturnsABlock while: ...".
std::string_view TestName(std::string_view subject) {
  subject = subject.substr(0, subject.find(' '));
  const std::size_t dot = subject.find('.');
  return dot == std::string_view::npos ? "" : subject.substr(dot + 1);
}

// The contract of `name` that is meant; nullptr where that is not certain.
const Contract* Meant(const std::vector<Contract>& contracts,
                      const std::string& name, const FailedPlace& failed) {
  std::vector<const Contract*> all;
  for (const Contract& each : contracts) {
    if (each.function == name) all.push_back(&each);
  }
  // The longest class that is named: "Pool" is in "PoolAllocator", too.
  std::size_t longest = 0;
  for (const Contract* each : all) {
    const std::string& in = each->in_class;
    const bool is_named =
        !in.empty() && (failed.sentence.find(in + "::") != std::string::npos ||
                        failed.subject.find(in) != std::string::npos);
    if (is_named) longest = std::max(longest, in.size());
  }
  if (longest > 0) {
    std::erase_if(all, [&](const Contract* each) {
      return each->in_class.size() != longest ||
             (failed.sentence.find(each->in_class + "::") ==
                  std::string::npos &&
              failed.subject.find(each->in_class) == std::string::npos);
    });
  }
  // Of overloads the first has the contract, or each has its own.
  return all.size() == 1 && !all.front()->is_given ? all.front() : nullptr;
}

// "Allocate" of "FixedSizePool::Allocate is yours to write"; "" of others.
std::string FunctionToWrite(std::string_view sentence) {
  const std::size_t end = sentence.find(" is yours to write");
  if (end == std::string_view::npos) return {};
  sentence = sentence.substr(0, end);
  const std::size_t begin = sentence.find_last_of(": ");
  return std::string(sentence.substr(begin + 1));
}

// Those of `names` that have a contract; a constructor is called by all.
Names WithContract(const std::vector<Contract>& contracts, const Names& names) {
  Names found;
  for (const Contract& each : contracts) {
    if (each.function != each.in_class && names.contains(each.function)) {
      found.insert(each.function);
    }
  }
  return found;
}

// The only function with a contract in the class that the test names: it is
// about that, whatever its sentence says.
std::string OnlyFunctionOfClass(const std::vector<Contract>& contracts,
                                std::string_view subject) {
  std::string named;
  for (const Contract& each : contracts) {
    if (each.in_class.size() > named.size() &&
        subject.find(each.in_class) != std::string_view::npos) {
      named = each.in_class;
    }
  }
  Names functions;
  for (const Contract& each : contracts) {
    if (!named.empty() && each.in_class == named) {
      functions.insert(each.function);
    }
  }
  return functions.size() == 1 ? *functions.begin() : "";
}

// The function that the failure is about; "" where that is not certain.
std::string FunctionMeant(const std::vector<Contract>& contracts,
                          const FailedPlace& failed) {
  if (std::string to_write = FunctionToWrite(failed.sentence);
      !to_write.empty()) {
    return to_write;
  }
  const Names called = WithContract(contracts, failed.names.body);
  const Names here = WithContract(contracts, failed.names.statement);
  Names named;
  for (const std::string& name : called) {
    if (IsNamedAfter(TestName(failed.subject), name)) named.insert(name);
  }
  if (named.size() == 1) return *named.begin();
  if (here.size() == 1 && (called == here || named.contains(*here.begin()))) {
    return *here.begin();
  }
  if (!named.empty() || !here.empty()) return {};
  if (called.size() == 1) return *called.begin();
  return called.empty() ? OnlyFunctionOfClass(contracts, failed.subject) : "";
}

}  // namespace

std::optional<Contract> FindContract(std::string_view header,
                                     const FailedPlace& failed) {
  const std::vector<Contract> contracts = ContractsOf(header);
  const std::string function = FunctionMeant(contracts, failed);
  if (function.empty()) return std::nullopt;
  const Contract* const meant = Meant(contracts, function, failed);
  return meant == nullptr ? std::nullopt : std::optional<Contract>(*meant);
}

int FindPageSection(std::string_view page, int task) {
  return LineThatStartsWith(page, fmt::format("## {}. ", task));
}

}  // namespace workbook::cli
