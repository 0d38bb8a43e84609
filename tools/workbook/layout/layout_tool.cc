// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/layout/layout_tool.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <utility>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "nlohmann/json.hpp"
#include "tools/process/process.h"
#include "tools/text/text_file.h"
#include "tools/workbook/compiler_output.h"
#include "tools/workbook/layout/gdb_script.h"
#include "tools/workbook/layout/type_definitions.h"
#include "tools/workbook/write_file.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr std::string_view kTypePlace = "the_type";

PartKind KindOf(const std::string& name) {
  if (name == "base") return PartKind::kBase;
  if (name == "virtual table") return PartKind::kVirtualTable;
  if (name == "bit-field") return PartKind::kBitField;
  return PartKind::kField;
}

Record ReadRecord(const Json& json) {
  Record record{.name = json.at("name"),
                .kind = json.at("kind"),
                .file = {},
                .line = json.at("line"),
                .size_bytes = json.at("size"),
                .alignment_bytes = json.at("alignment"),
                .parts = {},
                .virtual_bases = json.at("virtual_bases")};
  for (const Json& part : json.at("parts")) {
    record.parts.push_back({.kind = KindOf(part.at("kind")),
                            .name = part.at("name"),
                            .type = part.at("type"),
                            .offset_bits = part.at("offset_bits"),
                            .size_bits = part.at("size_bits"),
                            .alignment_bytes = part.at("alignment"),
                            .empty = part.at("empty")});
  }
  std::stable_sort(record.parts.begin(), record.parts.end(),
                   [](const Part& a, const Part& b) {
                     return std::pair(a.offset_bits, !a.empty) <
                            std::pair(b.offset_bits, !b.empty);
                   });
  return record;
}

// Makes the type complete, and a variable from which gdb knows it.
std::string ProbeSource(const LayoutQuestion& question) {
  std::string text = question.file.empty()
                         ? "#include <bits/stdc++.h>\n"
                         : fmt::format("#include \"{}\"\n", question.file);
  if (question.type.empty()) return text;
  return text + fmt::format(
                    "namespace workbook {{}}\n"
                    "namespace workbook_layout_probe {{\n"
                    "using namespace workbook;\n"
                    "#line 1 \"{}\"\n"
                    "template <class T> struct Complete {{\n"
                    "  char bytes[sizeof(T)];\n}};\n"
                    "using Asked = {};\n"
                    "template struct Complete<Asked>;\n"
                    "Asked* asked;\n}}\n",
                    kTypePlace, question.type);
}

ProcessResult Compile(const LayoutQuestion& question, const fs::path& source,
                      const fs::path& object) {
  ProcessOptions options;
  options.working_directory = question.root.string();
  options.environment = {{"LC_ALL", "C"}};
  options.timeout = std::chrono::minutes(2);
  std::vector<std::string> command = {
      "g++", "-std=c++20", "-w", "-g", "-O0", "-fdiagnostics-color=never",
      // Whole types, though their virtual table is elsewhere; private ones too.
      "-femit-class-debug-always", "-fno-access-control", "-I.", "-Iexercises",
      "-isystem", "/usr/src/googletest/googletest/include", "-c",
      source.string(), "-o", object.string()};
  // A type that was asked for is used by the probe; all that a file defines are
  // not, and cost gdb the types of every header as well.
  if (question.type.empty()) {
    command.emplace_back("-fno-eliminate-unused-debug-types");
  }
  return RunProcess(command, options);
}

Problem UnknownType(const LayoutQuestion& question,
                    const CompilerError& error) {
  Problem problem{
      .what =
          fmt::format("{} is no type here: {}", question.type, error.message),
      .where = question.file.empty() ? "the standard library" : question.file,
      .next =
          "Write it as in C++, in quotes: ./workbook layout "
          "'workbook::RingBuffer<int>'",
      .exit_code = kExitUsage};
  const auto templates =
      TemplatesIn(ReadTextFile(question.root / question.file).value_or(""));
  const std::string name = question.type.substr(question.type.rfind(':') + 1);
  if (std::find(templates.begin(), templates.end(), name) != templates.end()) {
    problem.what = question.type + " is a template, and has no layout alone";
    problem.next = fmt::format(
        "Name its arguments: ./workbook layout '{}<...>'", question.type);
  }
  return problem;
}

Problem CompileProblem(const LayoutQuestion& question,
                       const ProcessResult& result) {
  if (!result.Started()) {
    return {.what = "g++ did not start: " + result.start_error,
            .where = "g++ on PATH",
            .next = "./workbook setup installs it."};
  }
  const auto error = FindFirstError(result.errors, "exercises/");
  if (!error) {
    return {.what = "g++ stopped: " + DescribeEnd(result),
            .where = question.file,
            .next = "df -h shows the disks, free -h the memory."};
  }
  if (error->file == kTypePlace) return UnknownType(question, *error);
  return {.what = fmt::format("{} does not compile: {}", question.file,
                              error->message),
          .where = fmt::format("{}:{}", error->file, error->line),
          .next = "Fix that line; ./workbook check says more.",
          .exit_code = kExitDoesNotBuild};
}

LayoutAnswer AskGdb(const LayoutQuestion& question, const fs::path& object) {
  std::string asked = "None";
  if (question.type.empty()) {
    Json names = Json::object();
    for (const auto& [line, name] : DefinedNames(
             ReadTextFile(question.root / question.file).value_or(""))) {
      names[std::to_string(line)] = name;
    }
    asked = names.dump();
  }
  const fs::path script = question.scratch / "layout.py";
  if (auto problem = WriteTextFile(
          script, fmt::format("ASKED = {}\n{}", asked, kGdbScript))) {
    return {{}, problem};
  }
  ProcessOptions options;
  options.timeout = std::chrono::minutes(1);
  options.output_limit_bytes = size_t{16} << 20;
  // No index server: everything it needs is in the object.
  options.environment = {{"LC_ALL", "C"}, {"DEBUGINFOD_URLS", ""}};
  const ProcessResult result = RunProcess(
      {"gdb", "-nx", "-batch", "-q", "-x", script.string(), object.string()},
      options);
  if (!result.Started()) {
    return {{},
            Problem{.what = "gdb did not start: " + result.start_error,
                    .where = "gdb on PATH",
                    .next = "sudo apt-get install gdb; or ./workbook setup "
                            "--peers"}};
  }
  LayoutAnswer answer{ParseRecords(result.output), std::nullopt};
  for (Record& record : answer.records) record.file = question.file;
  const bool scalar = result.output.find("{\"scalar\"") == 0;
  if (!answer.records.empty()) return answer;
  if (scalar) {
    answer.problem =
        Problem{.what = question.type + " has no fields: it is a scalar",
                .where = question.file,
                .next = "Ask for a struct, a class or a union.",
                .exit_code = kExitUsage};
  } else if (!result.ExitedWith(0) || !question.type.empty()) {
    const auto lines = SplitLines(result.errors);
    answer.problem = Problem{
        .what =
            "gdb could not read the layout: " +
            (lines.empty() ? DescribeEnd(result) : std::string(lines.back())),
        .where = object.string(),
        .next =
            "gdb -q -ex 'python print(1)' -ex quit must print 1: Debian's "
            "package gdb, and not gdb-minimal, can."};
  }
  return answer;
}

}  // namespace

LayoutAnswer AskLayout(const LayoutQuestion& question) {
  const fs::path source = question.scratch / "layout.cc";
  const fs::path object = question.scratch / "layout.o";
  if (auto problem = WriteTextFile(source, ProbeSource(question))) {
    return {{}, problem};
  }
  const ProcessResult compiled = Compile(question, source, object);
  if (!compiled.ExitedWith(0)) return {{}, CompileProblem(question, compiled)};
  return AskGdb(question, object);
}

std::vector<Record> ParseRecords(std::string_view text) {
  std::vector<Record> records;
  std::set<std::string> seen;
  for (const std::string_view line : SplitLines(text)) {
    const Json json = Json::parse(line, nullptr, false);
    if (!json.is_object() || !json.contains("parts")) continue;
    try {
      Record record = ReadRecord(json);
      if (seen.insert(record.name).second) records.push_back(std::move(record));
    } catch (const Json::exception&) {
    }
  }
  std::stable_sort(
      records.begin(), records.end(),
      [](const Record& a, const Record& b) { return a.line < b.line; });
  return records;
}

}  // namespace workbook::cli
