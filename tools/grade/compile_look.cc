// SPDX-License-Identifier: Apache-2.0

// What is looked at of each object that is compiled.
#include <array>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string_view>

#include "tools/grade/compile.h"
#include "tools/grade/linked_names.h"
#include "tools/grade/mangled.h"
#include "tools/sha256/sha256.h"
#include "tools/text/text_file.h"

namespace workbook::grade {
namespace {

namespace fs = std::filesystem;

// A library's list of symbols is longer than what a command may print.
constexpr std::size_t kListBytes = std::size_t{64} << 20;

// Before a name of the judge's, in the list of names that is kept.
constexpr std::string_view kJudges = "judge ";

bool IsTheJudges(const std::string& object) {
  return object.find("tools.probe.") != std::string::npos ||
         object.find("judge_main") != std::string::npos ||
         object.find("googletest") != std::string::npos;
}

// The linker also names scripts of its own, which have no symbols.
bool IsObject(const std::string& file) {
  std::array<char, 4> start{};
  std::ifstream(file, std::ios::binary).read(start.data(), start.size());
  return std::string_view(start.data(), start.size()) ==
             "\x7f"
             "ELF" ||
         std::string_view(start.data(), start.size()) == "!<ar";
}

}  // namespace

void Compiler::RemoveByproducts(const std::string& name) const {
  for (const char* ending : {".ii", ".ci", ".s", ".cgraph"}) {
    fs::remove(out_ / (name + ending));
  }
}

JailResult Compiler::Compile(const fs::path& source, const std::string& inside,
                             const std::string& name,
                             const std::set<std::string>& headers) const {
  RemoveByproducts(name);
  std::vector<std::string> command = CompilerCommand();
  command.insert(command.end(), {"-save-temps=obj", "-fcallgraph-info", "-c",
                                 inside, "-o", "/out/" + name + ".o"});
  return RunTool(command, headers, {{source.string(), inside}});
}

JailResult Compiler::RunObjectTool(
    const std::vector<std::string>& command,
    const std::vector<std::string>& files) const {
  JailCommand jailed;
  jailed.arguments = command;
  jailed.arguments.insert(jailed.arguments.end(), files.begin(), files.end());
  jailed.read_only = {{(plan_.trusted / "objects").string(), "/objects"}};
  jailed.writable = {{out_.string(), "/out"}};
  jailed.limits = plan_.compile_limits;
  jailed.limits.output_bytes = kListBytes;
  jailed.limits.flood_bytes = kListBytes;
  jailed.slot = options_.slot;
  return RunInJail(jailed);
}

Compiler::Step Compiler::FailedCompilation(const JailResult& run,
                                           const std::string& name,
                                           const std::string& what) const {
  Step text = InspectText(name);
  return text.state == TaskState::kRejected ? text : Failure(run, what);
}

Compiler::Step Compiler::InspectText(const std::string& name) const {
  const auto text = ReadTextFile(out_ / (name + ".ii"));
  if (!text) {
    return {name + ": the compiler does not say what it compiled",
            TaskState::kInfrastructure,
            {},
            {}};
  }
  const Findings findings = InspectCompiled(*text, forbidden_.student_folder);
  Step step = Judged(findings);
  if (!step.error.empty()) {
    step.error =
        fs::path(findings.file).filename().string() + ": " + step.error;
  }
  return step;
}

Compiler::Step Compiler::InspectCompilation(const std::string& name) {
  Step text = InspectText(name);
  const auto callgraph = ReadTextFile(out_ / (name + ".ci"));
  RemoveByproducts(name);
  if (!text.error.empty()) return text;
  if (!callgraph) {
    return {name + ": the compiler does not say where functions come from",
            TaskState::kInfrastructure,
            {},
            {}};
  }
  Step step = InspectObjectFile(name, *callgraph, false);
  step.flags.insert(step.flags.end(), text.flags.begin(), text.flags.end());
  return step;
}

Compiler::Step Compiler::InspectObjectFile(const std::string& name,
                                           const std::string& callgraph,
                                           bool is_test) {
  if (Step step = LearnLinkedNames(); !step.error.empty()) return step;
  const JailResult run = RunObjectTool({"/usr/bin/readelf", "-W", "-S", "-s"},
                                       {"/out/" + name + ".o"});
  if (!run.ExitedWith(0)) return Failure(run, "readelf fails");
  const ObjectFile object(run.output, callgraph);
  const Findings bytes =
      InspectBytes(ReadTextFile(out_ / (name + ".o")).value_or(""));
  Step step =
      Judged(is_test ? InspectTestObject(object, forbidden_)
                     : InspectObject(object, forbidden_, HandedOutWith(name)));
  if (!bytes.rejected.empty()) step = Judged(bytes);
  step.flags.insert(step.flags.end(), bytes.flags.begin(), bytes.flags.end());
  if (!is_test && !step.error.empty()) step.error = name + ": " + step.error;
  return step;
}

Compiler::Step Compiler::LearnLinkedNames() {
  if (!forbidden_.linked.empty()) return {};
  const nlohmann::json key{plan_.objects, plan_.link_flags, plan_.toolchain};
  const fs::path kept = options_.object_cache / (Sha256(key.dump()) + ".names");
  if (!fs::exists(kept)) {
    ForbiddenNames names;
    if (Step step = ListLinkedNames(names); !step.error.empty()) return step;
    const fs::path fresh = out_ / "names";
    std::ofstream out(fresh);
    for (const std::string& name : names.linked) out << name << '\n';
    for (const std::string& name : names.judges) out << kJudges << name << '\n';
    out.close();
    Keep(kept, fresh);
  }
  std::ifstream in(kept);
  std::string name;
  while (std::getline(in, name)) {
    if (name.starts_with(kJudges)) {
      forbidden_.judges.insert(name.substr(kJudges.size()));
    } else {
      forbidden_.linked.insert(name);
    }
  }
  if (!forbidden_.linked.empty()) return {};
  return {kept.string() + " can't be read", TaskState::kInfrastructure, {}, {}};
}

// From what the linker opens for a test without a submission, whose functions
// the exercise's libraries may miss.
Compiler::Step Compiler::ListLinkedNames(ForbiddenNames& names) const {
  std::vector<std::string> link{"/usr/bin/g++", "-o", "/out/linked",
                                "-Wl,--trace",
                                "-Wl,--unresolved-symbols=ignore-all"};
  for (const std::string& object : plan_.objects) {
    link.push_back("/objects/" + object);
  }
  link.insert(link.end(), plan_.link_flags.begin(), plan_.link_flags.end());
  const JailResult linked = RunObjectTool(link, {});
  Step step;
  step.state = TaskState::kInfrastructure;
  LinkedFiles files = ReadTrace(linked.output + linked.errors);
  std::erase_if(files.libraries, [](const auto& f) { return !IsObject(f); });
  const JailResult dynamic =
      RunObjectTool({"/usr/bin/nm", "-D"}, files.libraries);
  const JailResult all = RunObjectTool({"/usr/bin/nm"}, files.objects);
  std::vector<std::string> judges;
  for (const std::string& object : plan_.objects) {
    if (IsTheJudges(object)) judges.push_back("/objects/" + object);
  }
  // nm without a file would ask for a.out.
  const JailResult own =
      judges.empty() ? all : RunObjectTool({"/usr/bin/nm"}, judges);
  for (const JailResult* run : {&linked, &dynamic, &all, &own}) {
    if (run->ExitedWith(0)) continue;
    step.error =
        "the names that a test links can't be listed: " + run->start_error +
        run->errors.substr(0, 1000);
    return step;
  }
  AddLinkedNames(dynamic.output, names.linked);
  AddLinkedNames(all.output, names.linked);
  if (!judges.empty()) AddLinkedNames(own.output, names.judges);
  // What is theirs alone: not malloc, operator new or an instance in std.
  std::erase_if(names.judges, [](const std::string& name) {
    return !name.starts_with("_ZN") || IsInLibrary(name);
  });
  return {};
}

}  // namespace workbook::grade
