#include "tools/authoring/stub.h"

#include <chrono>
#include <sstream>
#include <string_view>
#include <vector>

#include "tools/process/process.h"

namespace workbook {
namespace {

constexpr std::string_view kMacro = "WORKBOOK_STUB";
constexpr std::chrono::seconds kTimeout{20};
constexpr std::size_t kColumns = 80;

std::string_view Trimmed(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  const std::size_t last = line.find_last_not_of(" \t\r");
  return line.substr(first, last - first + 1);
}

bool IsAccessSpecifier(std::string_view line) {
  return line == "public:" || line == "private:" || line == "protected:";
}

// Where clang-format (Google) keeps no blank line.
bool TakesNoBlankAfter(std::string_view line) {
  return line.empty() || IsAccessSpecifier(line) ||
         (line.ends_with('{') && !line.starts_with("namespace") &&
          !line.starts_with("extern"));
}
bool TakesNoBlankBefore(std::string_view line) {
  return line.starts_with('}') && line.find("namespace") == line.npos;
}

// A line after which a declaration begins: what follows is the whole head of it
// and not the rest of one that was broken.
bool EndsBefore(std::string_view line) {
  return line.empty() || line.starts_with("//") || IsAccessSpecifier(line) ||
         line.ends_with(';') || line.ends_with('}') || line.ends_with('{');
}

// The first line that still names the macro, or 0.
int LineOfMacro(const std::string& text) {
  std::istringstream lines(text);
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (line.find(kMacro) != line.npos) return number;
  }
  return 0;
}

StubResult Failed(const std::string& message) { return {false, {}, message}; }

}  // namespace

std::string TidyBlankLines(const std::string& text) {
  std::istringstream lines(text);
  std::string tidy;
  std::string previous;  // trimmed; empty at the head of the file
  bool blank_waiting = false;
  for (std::string line; std::getline(lines, line);) {
    const std::string_view content = Trimmed(line);
    if (content.empty()) {
      blank_waiting = true;
      continue;
    }
    if (blank_waiting && !TakesNoBlankAfter(previous) &&
        !TakesNoBlankBefore(content)) {
      tidy += '\n';
    }
    blank_waiting = false;
    tidy += line;
    tidy += '\n';
    previous = content;
  }
  return tidy;
}

std::string JoinShortStubs(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  std::string joined;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    joined += lines[i];
    const std::string_view before = i > 0 ? Trimmed(lines[i - 1]) : "";
    if (i + 2 < lines.size() && EndsBefore(before) &&
        (lines[i].ends_with(") {") || lines[i].ends_with(") const {"))) {
      const std::string_view body = Trimmed(lines[i + 1]);
      const std::size_t width = lines[i].size() + body.size() + 3;
      if (body.starts_with("Todo(") && body.ends_with(");") &&
          Trimmed(lines[i + 2]) == "}" && width <= kColumns) {
        joined += " " + std::string(body) + " }";
        i += 2;
      }
    }
    joined += '\n';
  }
  return joined;
}

StubResult MakeStub(const std::string& source_path, StubForm form) {
  if (!IsInstalled("unifdef")) {
    return Failed(source_path +
                  ": can't be turned into a stub, because unifdef is not "
                  "installed. Run ./workbook setup, or install the package "
                  "unifdef, then try again.");
  }
  ProcessOptions options;
  options.timeout = kTimeout;
  options.output_limit_bytes = std::size_t{64} << 20;
  const std::string define =
      "-D" + std::string(kMacro) + (form == StubForm::kStub ? "=1" : "=0");
  const ProcessResult run =
      RunProcess({"unifdef", define, "-x", "2", source_path}, options);
  if (!run.ExitedWith(0) || !run.errors.empty()) {
    return Failed(source_path + ": unifdef ended with " + DescribeEnd(run) +
                  ": " + run.errors +
                  "Mend: each #if WORKBOOK_STUB needs its #else and #endif, "
                  "and the file must be readable.");
  }
  if (LineOfMacro(run.output) != 0) {
    return Failed(
        source_path + ": " + std::string(kMacro) +
        " is still there after unifdef, at line " +
        std::to_string(LineOfMacro(run.output)) +
        " of its output. Mend: use it only as `#if WORKBOOK_STUB`, alone in "
        "its condition, and not in comments.");
  }
  return {true, JoinShortStubs(TidyBlankLines(run.output)), {}};
}

}  // namespace workbook
