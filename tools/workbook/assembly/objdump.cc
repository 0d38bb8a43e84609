// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/assembly/objdump.h"

#include <chrono>
#include <string>
#include <utility>

#include "fmt/format.h"
#include "tools/process/process.h"
#include "tools/text/text_file.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

ProcessResult Objdump(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "objdump");
  ProcessOptions options;
  options.timeout = std::chrono::minutes(1);
  options.output_limit_bytes = size_t{256} << 20;
  // No index server: all that it needs is in the program.
  options.environment = {{"LC_ALL", "C"}, {"DEBUGINFOD_URLS", ""}};
  return RunProcess(arguments, options);
}

std::optional<Problem> ProblemOf(const ProcessResult& result,
                                 const fs::path& program) {
  if (result.ExitedWith(0)) return std::nullopt;
  const auto lines = SplitLines(result.errors);
  return Problem{
      .what = fmt::format(
          "objdump could not read the program: {}",
          lines.empty() ? DescribeEnd(result) : std::string(lines.back())),
      .where = program.string(),
      .next =
          "objdump -t of that file shows the same. Fix: delete it, then "
          "ask again, so that it is built anew."};
}

}  // namespace

std::optional<Problem> MissingObjdump() {
  if (IsInstalled("objdump")) return std::nullopt;
  return Problem{.what = "objdump is not installed",
                 .where = "objdump on PATH",
                 .next = "sudo apt-get install binutils"};
}

FunctionsAnswer AskFunctions(const fs::path& program) {
  const ProcessResult result = Objdump({"-tC", program.string()});
  if (auto problem = ProblemOf(result, program)) return {{}, problem};
  return {ReadCodeFunctions(result.output), std::nullopt};
}

ListingAnswer AskListing(const fs::path& program,
                         const CodeFunction& function) {
  ListingAnswer answer;
  answer.listing.name = function.name;
  for (const CodeSymbol& part : function.parts) {
    std::vector<std::string> arguments = {
        "-dlC", "--no-show-raw-insn",
        fmt::format("--start-address={:#x}", part.address),
        fmt::format("--stop-address={:#x}", part.address + part.size_bytes)};
#if defined(__x86_64__)
    arguments.emplace_back("-Mintel");
#endif
    arguments.push_back(program.string());
    const ProcessResult result = Objdump(std::move(arguments));
    answer.problem = ProblemOf(result, program);
    if (answer.problem) return answer;
    answer.listing.parts.push_back(ReadPart(function, part, result.output));
  }
  return answer;
}

}  // namespace workbook::cli
