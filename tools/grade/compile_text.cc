// SPDX-License-Identifier: Apache-2.0

// The text of a test over a submission's headers: what is looked at, and what
// is compiled.
#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tools/grade/called.h"
#include "tools/grade/compile.h"
#include "tools/grade/test_text.h"
#include "tools/sha256/sha256.h"
#include "tools/text/text_file.h"

namespace workbook::grade {
namespace {

namespace fs = std::filesystem;

constexpr char kBefore[] = "/judge/before.h";
constexpr char kHeaders[] = "/judge/headers.cc";
constexpr char kText[] = "/judge/test.ii";

}  // namespace

std::set<std::string> Compiler::HeaderNames() const {
  std::set<std::string> names;
  for (const std::string& file : plan_.Files()) {
    if (!file.ends_with(".cc")) names.insert(plan_.exercise + "/" + file);
  }
  return names;
}

HandedOut Compiler::HandedOutWith(const std::string& file) const {
  HandedOut result;
  for (const std::string& name : plan_.Files()) {
    const auto stub = ReadTextFile(plan_.trusted / "stubs" / name);
    if (!stub) continue;
    const auto includes = [&stub](const char* line) {
      return stub->find(line) != std::string::npos;
    };
    result.probe |=
        name == file && includes("#include \"tools/probe/probe.h\"");
    result.benchmark |= includes("#include <benchmark/benchmark.h>");
  }
  return result;
}

std::string Compiler::TextBefore(const std::string& source) const {
  return BeforeHeaders(source, HeaderNames(), [this](const std::string& name) {
    return ReadTextFile(plan_.trusted / "include" / name);
  });
}

bool Compiler::IsCase(const std::string& source_name) const {
  return std::any_of(
      plan_.tasks.begin(), plan_.tasks.end(), [&](const PlannedTask& task) {
        return std::any_of(task.cases.begin(), task.cases.end(),
                           [&](const PlannedCase& planned) {
                             return planned.Source() == source_name;
                           });
      });
}

std::vector<std::string> Compiler::Preprocessor(
    const std::string& source_name) const {
  std::vector<std::string> command = CompilerCommand();
  command.insert(command.end(), {"-E", "-include", kBefore});
  if (IsCase(source_name)) command.emplace_back("-DWORKBOOK_HISTORY_ANSWERS=1");
  return command;
}

Compiler::Step Compiler::TrustedText(const std::string& source_name,
                                     std::string& text) const {
  const std::string source = TestSource(source_name);
  const nlohmann::json key{plan_.compile_flags, plan_.toolchain, plan_.exercise,
                           plan_.include_hash,  source_name,     source,
                           HeaderNames()};
  const fs::path kept = options_.object_cache / (Sha256(key.dump()) + ".text");
  if (const auto known = ReadTextFile(kept)) {
    text = *known;
    return {};
  }
  const fs::path before = options_.scratch / "before.h";
  std::ofstream(before) << TextBefore(source);
  std::vector<std::pair<std::string, std::string>> mounts{
      {before.string(), kBefore},
      {(plan_.trusted / "tests" / source_name).string(),
       PathInside(source_name)}};
  int count = 0;
  for (const std::string& name : HeaderNames()) {
    const fs::path path =
        options_.scratch / ("placeholder" + std::to_string(count++));
    std::ofstream(path) << Placeholder(name);
    mounts.emplace_back(path.string(), "/student/" + name);
  }
  std::vector<std::string> command = Preprocessor(source_name);
  if (!IsCase(source_name)) {
    command.insert(command.end(), {"-include", "tools/grade/canary_sites.h"});
  }
  if (std::count(plan_.hidden_sources.begin(), plan_.hidden_sources.end(),
                 source_name) > 0) {
    command.insert(command.end(), {"-include", "tools/grade/observed_sites.h"});
  }
  command.insert(command.end(),
                 {PathInside(source_name), "-o", "/out/text.ii"});
  const JailResult run = RunTool(command, {}, mounts);
  if (!run.ExitedWith(0)) {
    return Failure(run, source_name + " can't be preprocessed");
  }
  text = ReadTextFile(out_ / "text.ii").value_or("");
  Keep(kept, out_ / "text.ii");
  return {};
}

fs::path Compiler::TextPath(const std::string& source_name) const {
  return options_.scratch / (TestObjectName(source_name) + ".ii");
}

Compiler::Step Compiler::WriteText(const std::string& source_name,
                                   Findings& findings) const {
  std::string test;
  if (Step step = TrustedText(source_name, test); !step.error.empty()) {
    return step;
  }
  const std::string source = TestSource(source_name);
  const fs::path before = options_.scratch / "before.h";
  const fs::path headers = options_.scratch / "headers.cc";
  std::ofstream(before) << TextBefore(source);
  std::ofstream(headers) << OnlyHeaders(IncludedHeaders(test));
  std::vector<std::string> command = Preprocessor(source_name);
  command.insert(command.end(), {"-dD", kHeaders, "-o", "/out/headers.ii"});
  const JailResult run =
      RunTool(command, HeadersFor(source),
              {{before.string(), kBefore}, {headers.string(), kHeaders}});
  if (!run.ExitedWith(0)) return Failure(run, "a header does not compile");
  const auto text =
      TextOfHeaders(ReadTextFile(out_ / "headers.ii").value_or(""));
  fs::remove(out_ / "headers.ii");
  if (!text) return Failure(run, "a header ends the text that includes it");
  std::set<std::string> may_count;
  for (const auto& [name, bytes] : files_) {
    if (HandedOutWith(name).probe) {
      may_count.insert("/student/" + plan_.exercise + "/" + name);
    }
  }
  findings = InspectHeaders(*text, forbidden_.student_folder, may_count);
  std::ofstream(TextPath(source_name)) << JoinTexts(test, *text);
  return Judged(findings);
}

JailResult Compiler::CompileText(const std::string& source_name,
                                 const fs::path& text,
                                 const std::string& name) const {
  RemoveByproducts(name);
  std::vector<std::string> command = CompilerCommand();
  command.insert(command.end(), {"-fcallgraph-info",
                                 "-fdump-ipa-cgraph=/out/" + name + ".cgraph",
                                 "-c", kText, "-o", "/out/" + name + ".o"});
  // The sources are there for a diagnostic to quote.
  return RunTool(command, HeadersFor(TestSource(source_name)),
                 {{text.string(), kText},
                  {(plan_.trusted / "tests" / source_name).string(),
                   PathInside(source_name)}});
}

Compiler::Step Compiler::InspectTestCompilation(const std::string& name) {
  const auto callgraph = ReadTextFile(out_ / (name + ".ci"));
  const auto calls = ReadTextFile(out_ / (name + ".cgraph"));
  RemoveByproducts(name);
  if (!callgraph || !calls) {
    return {name + ": the compiler does not say what calls what",
            TaskState::kInfrastructure,
            {},
            {}};
  }
  Step step = InspectObjectFile(name, *callgraph, true);
  step.called = CalledByTest(*calls);
  return step;
}

// With what was found, which whoever takes the object out of the cache is to
// know as well.
Compiler::Step Compiler::KeepTest(const std::string& source_name,
                                  Step step) const {
  const fs::path looks = out_ / "looks";
  std::ofstream(looks) << nlohmann::json{step.flags, step.called}.dump(
      -1, ' ', false, nlohmann::json::error_handler_t::replace);
  fs::path cached = options_.object_cache / TestObjectName(source_name);
  Keep(fs::path(cached).replace_extension(".looks"), looks);
  Keep(cached, out_ / "test.o");
  return step;
}

Compiler::Step Compiler::ReadLooks(const std::string& source_name) const {
  const fs::path cached = options_.object_cache / TestObjectName(source_name);
  const auto text = ReadTextFile(fs::path(cached).replace_extension(".looks"));
  Step step;
  try {
    const nlohmann::json looks = nlohmann::json::parse(text.value_or(""));
    step.flags = looks.at(0).get<std::vector<std::string>>();
    step.called = looks.at(1).get<std::set<std::string>>();
  } catch (const nlohmann::json::exception&) {
    step.state = TaskState::kInfrastructure;
    step.error = cached.string() + ": what was found in it can't be read";
  }
  return step;
}

}  // namespace workbook::grade
