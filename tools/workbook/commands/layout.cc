// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <memory>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "tools/course/nearest.h"
#include "tools/process/scratch_folder.h"
#include "tools/text/text_file.h"
#include "tools/workbook/commands/command_line.h"
#include "tools/workbook/commands/commands.h"
#include "tools/workbook/layout/layout_svg.h"
#include "tools/workbook/layout/layout_text.h"
#include "tools/workbook/layout/layout_tool.h"
#include "tools/workbook/layout/type_definitions.h"
#include "tools/workbook/write_file.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

struct LayoutOptions {
  std::string what;
  std::string in;
  std::string svg;
  bool json = false;
};

// A file of an exercise, relative to the root; or why there is none.
struct Place {
  std::string file;
  std::optional<Problem> problem;
};

bool IsSource(const std::string& name) {
  return name.ends_with(".h") || name.ends_with(".cc");
}

// The sources of an exercise without its tests and benchmarks, where a type has
// its home.
std::vector<std::string> Sources(const Session& session,
                                 const Exercise& exercise) {
  std::vector<std::string> files;
  for (const char* ending : {".h", ".cc"}) {
    for (const std::string& name :
         FileNames(session.root() / exercise.folder, ending)) {
      if (name.ends_with("_test.cc") || name.ends_with("_bench.cc")) continue;
      files.push_back((exercise.folder / name).string());
    }
  }
  return files;
}

Problem NotOfAnExercise(const std::string& file,
                        const std::vector<std::string>& all) {
  const std::string meant = Nearest(file, all);
  return {.what = file + " is not a file of an exercise",
          .where = "exercises/",
          .next = meant.empty() ? "Name one, such as "
                                  "exercises/01_02/fixed_size_pool.h"
                                : "Did you mean " + meant + "?",
          .exit_code = kExitUsage};
}

// By its path, or by its name where only one exercise has such a file.
Place FindFile(const Session& session, const std::string& file) {
  std::vector<std::string> same;
  std::vector<std::string> names;
  for (const Exercise& exercise : session.course().exercises) {
    for (const char* ending : {".h", ".cc"}) {
      for (const std::string& name :
           FileNames(session.root() / exercise.folder, ending)) {
        const std::string path = (exercise.folder / name).string();
        std::error_code ignored;
        if (path == file ||
            fs::equivalent(session.root() / path, file, ignored)) {
          return {path, std::nullopt};
        }
        if (name == file) same.push_back(path);
        names.push_back(name);
      }
    }
  }
  if (same.empty()) return {{}, NotOfAnExercise(file, names)};
  const std::string here = (session.Current().folder / file).string();
  if (std::find(same.begin(), same.end(), here) != same.end()) {
    return {here, std::nullopt};
  }
  if (same.size() == 1) return {same.front(), std::nullopt};
  return {{},
          Problem{.what = "several exercises have a " + file,
                  .where = fmt::format("{}", fmt::join(same, ", ")),
                  .next = "./workbook layout " + same.front(),
                  .exit_code = kExitUsage}};
}

// "FixedSizePool" of "workbook::FixedSizePool::Options", "RingBuffer" of
// "RingBuffer<int>".
std::string OuterName(std::string type) {
  type = type.substr(0, type.find('<'));
  for (const std::string space : {"::", "workbook::"}) {
    if (type.starts_with(space)) type.erase(0, space.size());
  }
  return std::string(TrimSpace(type.substr(0, type.find("::"))));
}

std::vector<std::string> FilesThatDefine(const Session& session,
                                         const Exercise& exercise,
                                         const std::string& name) {
  std::vector<std::string> files;
  for (const std::string& file : Sources(session, exercise)) {
    const auto text = ReadTextFile(session.root() / file);
    if (text &&
        (!DefinitionLines(*text, name).empty() || DefinesAlias(*text, name))) {
      files.push_back(file);
    }
  }
  return files;
}

// The current exercise's first; a type of std needs no file.
Place FindType(const Session& session, const std::string& type) {
  if (type.starts_with("std::") || type.starts_with("::std::")) return {};
  const std::string name = OuterName(type);
  auto files = FilesThatDefine(session, session.Current(), name);
  if (files.empty()) {
    for (const Exercise& exercise : session.course().exercises) {
      const auto more = FilesThatDefine(session, exercise, name);
      files.insert(files.end(), more.begin(), more.end());
    }
  }
  if (files.size() == 1) return {files.front(), std::nullopt};
  if (files.empty()) {
    return {{},
            Problem{.what = "no exercise defines a type " + name,
                    .where = "exercises/*/*.h",
                    .next = "To see the types of a file: ./workbook layout "
                            "FILE; for one from elsewhere: --in FILE, which "
                            "includes it.",
                    .exit_code = kExitUsage}};
  }
  return {{},
          Problem{.what = "several files define a type " + name,
                  .where = fmt::format("{}", fmt::join(files, ", ")),
                  .next = fmt::format("./workbook layout '{}' --in {}", type,
                                      files.front()),
                  .exit_code = kExitUsage}};
}

// Goes into a source file: only what a type's name can hold.
std::optional<Problem> CheckType(const std::string& type) {
  constexpr std::string_view kOthers = "_:<>,*&()[] '";
  const bool good =
      !type.empty() && std::all_of(type.begin(), type.end(), [&](char letter) {
        return std::isalnum(static_cast<unsigned char>(letter)) != 0 ||
               kOthers.find(letter) != std::string_view::npos;
      });
  if (good) return std::nullopt;
  return Problem{.what = "that is not the name of a type: " + type,
                 .where = "the command line",
                 .next =
                     "./workbook layout 'RingBuffer<int>', or a FILE that "
                     "ends with .h or .cc",
                 .exit_code = kExitUsage};
}

int Show(const Session& session, const LayoutOptions& options,
         const LayoutQuestion& question, const std::vector<Record>& records) {
  if (!options.svg.empty()) {
    if (auto problem = WriteTextFile(options.svg, LayoutSvg(records))) {
      return Report(*problem);
    }
  }
  if (options.json) {
    fmt::print("{}\n", LayoutJson(records));
    return kExitOk;
  }
  for (const Record& record : records) fmt::print("{}\n", LayoutText(record));
  if (question.type.empty()) {
    for (const std::string& name : TemplatesIn(
             ReadTextFile(session.root() / question.file).value_or(""))) {
      fmt::print(
          "{0} is a template; with arguments: ./workbook layout "
          "'{0}<...>'\n",
          name);
    }
    if (records.empty()) {
      fmt::print("{} defines no other struct, class or union.\n",
                 question.file);
    }
  }
  if (!options.svg.empty()) fmt::print("Drawn in {}.\n", options.svg);
  return kExitOk;
}

int RunLayout(Session& session, const LayoutOptions& options) {
  const bool whole_file = IsSource(options.what);
  LayoutQuestion question{.root = session.root(),
                          .scratch = {},
                          .file = {},
                          .type = whole_file ? "" : options.what};
  if (!whole_file) {
    if (auto problem = CheckType(question.type)) return Report(*problem);
  }
  const Place place = whole_file           ? FindFile(session, options.what)
                      : options.in.empty() ? FindType(session, question.type)
                                           : FindFile(session, options.in);
  if (place.problem) return Report(*place.problem);
  question.file = place.file;
  LayoutAnswer answer;
  {
    const ScratchFolder scratch;
    question.scratch = scratch.path();
    const Ticker ticker("compiling");
    answer = AskLayout(question);
  }
  if (answer.problem) return Report(*answer.problem);
  return Show(session, options, question, answer.records);
}

}  // namespace

void RegisterLayout(CommandLine& line) {
  const auto options = std::make_shared<LayoutOptions>();
  line.Add("layout", "Fields, holes and cache lines of a struct",
           [options](Session& s) { return RunLayout(s, *options); })
      .Required("what", options->what, "A file (all that it defines) or a type")
      .Option("--in", options->in, "The file that defines the type")
      .Option("--svg", options->svg, "Also draw it to this file")
      .Flag("--json", options->json, "For programs")
      .Examples({"layout fixed_size_pool.h", "layout FixedSizePool::Options",
                 "layout 'InplaceString<20>' --svg string.svg",
                 "layout 'std::vector<int>'"})
      .ExitCodes({{kExitDoesNotBuild, "the type does not compile"}});
}

}  // namespace workbook::cli
