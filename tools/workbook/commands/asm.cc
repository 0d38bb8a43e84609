// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <memory>
#include <optional>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "tools/course/nearest.h"
#include "tools/workbook/assembly/asked_function.h"
#include "tools/workbook/assembly/listing_view.h"
#include "tools/workbook/assembly/objdump.h"
#include "tools/workbook/bench_building.h"
#include "tools/workbook/building.h"
#include "tools/workbook/commands/chosen_task.h"
#include "tools/workbook/commands/command_line.h"
#include "tools/workbook/commands/commands.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

struct AsmOptions {
  std::vector<std::string> what;  // [NN_MM] NAME [number]
  bool plain = false;             // one below the other
  bool anyway = false;            // the reference before the task is green
};

// What is looked for, and where.
struct Question {
  const Exercise* exercise = nullptr;
  std::string name;
  int which = 0;  // of several, from 1; 0 where none is chosen
  std::vector<int> tasks{};
};

struct Found {
  std::vector<Listing> listings;
  std::optional<Problem> problem;
};

const Task& TaskOf(const Exercise& exercise, int number) {
  return exercise.tasks[static_cast<size_t>(number - 1)];
}

Problem NoFunction(const Session& session, const Question& question) {
  const Exercise& exercise = *question.exercise;
  const std::string meant =
      Nearest(LastName(question.name), FunctionNames(session.root(), exercise));
  return {.what = fmt::format("no file of {} names a function {}", exercise.id,
                              question.name),
          .where = exercise.folder.string(),
          .next = meant.empty()
                      ? "Name one as your file does: ./workbook asm 03_01 "
                        "Reallocate, or DynArray::Reallocate"
                      : fmt::format("Did you mean ./workbook asm {} {}?",
                                    exercise.id, meant),
          .exit_code = kExitUsage};
}

// A name in the source that no symbol has.
Problem Inlined(const Question& question) {
  std::vector<std::string> files;
  for (const int task : question.tasks) {
    for (const std::string& file : TaskOf(*question.exercise, task).files) {
      files.push_back((question.exercise->folder / file).string());
    }
  }
  return {.what = fmt::format(
              "{} has no code of its own: the compiler inlined it into its "
              "callers, or the tests do not call it",
              question.name),
          .where = fmt::format("{}", fmt::join(files, ", ")),
          .next =
              "Ask for a function that calls it. Or write "
              "[[gnu::noinline]] in front of its definition, look, and "
              "take it out again.",
          .exit_code = kExitUsage};
}

// Several have the name: all of them, and how to choose.
int ListMatches(const Question& question,
                const std::vector<Listing>& listings) {
  int number = 0;
  for (const Listing& listing : listings) {
    fmt::print("{:>3}  {}  ({})\n", ++number, listing.name, CountText(listing));
  }
  return Report(
      {.what = question.which == 0 ? fmt::format("{} functions are named {}",
                                                 listings.size(), question.name)
                                   : fmt::format("there is no number {} of {}",
                                                 question.which, question.name),
       .where = question.exercise->folder.string(),
       .next = fmt::format("Choose one by its number: ./workbook asm {} '{}' 1",
                           question.exercise->id, question.name),
       .exit_code = kExitUsage});
}

// The functions of that name which a program has from the exercise's own files.
void AddListings(const fs::path& program, const Question& question,
                 const fs::path& folder, Found& found) {
  const FunctionsAnswer answer = AskFunctions(program);
  found.problem = answer.problem;
  if (found.problem) return;
  std::vector<std::string> files;
  for (const int task : question.tasks) {
    const auto& more = TaskOf(*question.exercise, task).files;
    files.insert(files.end(), more.begin(), more.end());
  }
  for (const CodeFunction& function :
       FunctionsNamed(answer.functions, question.name)) {
    const bool is_known = std::any_of(
        found.listings.begin(), found.listings.end(),
        [&](const Listing& each) { return each.name == function.name; });
    if (is_known) continue;
    ListingAnswer asked = AskListing(program, function);
    found.problem = asked.problem;
    if (found.problem) return;
    if (asked.listing.IsFrom(folder.string() + "/", files)) {
      found.listings.push_back(std::move(asked.listing));
    }
  }
}

// In the programs of `labels` that were built; the order of the names.
Found FindListings(const std::vector<std::string>& labels,
                   const BuildEvents& events, const Question& question,
                   const fs::path& folder) {
  Found found;
  for (const std::string& label : labels) {
    const auto target = events.targets.find(label);
    if (target == events.targets.end() || !target->second.built ||
        target->second.outputs.empty()) {
      continue;
    }
    AddListings(target->second.outputs.front(), question, folder, found);
    if (found.problem) return found;
  }
  std::sort(found.listings.begin(), found.listings.end(),
            [](const Listing& a, const Listing& b) { return a.name < b.name; });
  return found;
}

// The problem of the first of the learner's programs that was not built.
std::optional<Problem> NotBuilt(const Exercise& exercise,
                                const std::vector<std::string>& labels,
                                const BuildEvents& events) {
  for (const std::string& label : labels) {
    const auto target = events.targets.find(label);
    if (target == events.targets.end() || target->second.built) continue;
    return DoesNotBuild(exercise, events, target->second, "program", label);
  }
  return std::nullopt;
}

// Why the reference is not shown; "" where it is.
std::string WhyAlone(const Session& session, const Question& question,
                     bool anyway) {
  const Exercise& exercise = *question.exercise;
  if (!HasReference(session.root(), exercise)) {
    return "This copy comes without solutions: yours stands alone.";
  }
  for (const int task : question.tasks) {
    if (anyway || session.MayCompare(exercise, task)) continue;
    return fmt::format(
        "The reference stands beside it once task {0} is green: ./workbook "
        "check {1} {0}",
        task, exercise.id);
  }
  return {};
}

// The reference's function of the same name; the only one where none has it.
const Listing* Counterpart(const Listing& yours,
                           const std::vector<Listing>& references) {
  for (const Listing& each : references) {
    if (each.name == yours.name) return &each;
  }
  return references.size() == 1 ? &references.front() : nullptr;
}

void Show(const Session& session, const Listing& yours,
          const Listing* reference, const std::string& why_alone, bool plain) {
  const Terminal& terminal = session.terminal();
  fmt::print("{}\n", terminal.Fit(terminal.Paint(Colour::kBold, yours.name)));
  std::string counts = fmt::format("  yours      {}\n", CountText(yours));
  if (reference != nullptr) {
    counts += fmt::format("  reference  {}\n", CountText(*reference));
  }
  fmt::print("{}",
             terminal.Fit(counts +
                          "Optimised as for bench; * marks a call of an "
                          "allocator.\n" +
                          (why_alone.empty() ? "" : why_alone + "\n") + "\n"));
  if (reference == nullptr) {
    fmt::print("{}", ShowListing(yours, session.root(), terminal));
  } else if (plain) {
    fmt::print("yours\n{}\nreference\n{}",
               ShowListing(yours, session.root(), terminal),
               ShowListing(*reference, session.root(), terminal));
  } else {
    fmt::print("{}", ShowSideBySide(yours, *reference, session.root(),
                                    SideBySideColumns(terminal), terminal));
  }
}

int Answer(const Session& session, const Question& question,
           const AsmOptions& options) {
  const Exercise& exercise = *question.exercise;
  std::string why_alone = WhyAlone(session, question, options.anyway);
  std::vector<std::string> yours;
  std::vector<std::string> references;
  for (const int task : question.tasks) {
    yours.push_back(exercise.TestLabel(TaskOf(exercise, task)));
    if (why_alone.empty()) {
      references.push_back(exercise.ReferenceTestLabel(TaskOf(exercise, task)));
    }
  }
  std::vector<std::string> labels = yours;
  labels.insert(labels.end(), references.begin(), references.end());
  const BuildOutcome run = BuildWithLines(
      session.root(), labels,
      fmt::format("Building {} of {}, optimised", question.name, exercise.id));
  if (run.problem) return Report(*run.problem);
  const Found found =
      FindListings(yours, run.events, question, exercise.folder);
  if (found.problem) return Report(*found.problem);
  const auto& listings = found.listings;
  if (listings.empty()) {
    const auto problem = NotBuilt(exercise, yours, run.events);
    return Report(problem ? *problem : Inlined(question));
  }
  const auto count = static_cast<int>(listings.size());
  if (question.which > count || (question.which == 0 && count > 1)) {
    return ListMatches(question, listings);
  }
  const Listing& chosen =
      listings[static_cast<size_t>(std::max(question.which, 1) - 1)];
  const Found other =
      FindListings(references, run.events, question, exercise.solution_folder);
  if (other.problem) return Report(*other.problem);
  const Listing* const counterpart = Counterpart(chosen, other.listings);
  if (counterpart == nullptr && why_alone.empty()) {
    why_alone = "The reference has no code of its own by that name.";
  }
  Show(session, chosen, counterpart, why_alone, options.plain);
  return kExitOk;
}

Problem Usage() {
  return {.what = "asm needs the name of a function",
          .where = "the command line",
          .next = "./workbook asm 03_01 Reallocate",
          .exit_code = kExitUsage};
}

int RunAsm(Session& session, const AsmOptions& options) {
  std::vector<std::string> words = options.what;
  Question question;
  if (words.size() > 1 && TaskNumber(words.back()) != 0) {
    question.which = TaskNumber(words.back());
    words.pop_back();
  }
  std::string id;
  if (words.size() > 1 ||
      (words.size() == 1 && session.course().Find(words[0]) != nullptr)) {
    id = words[0];
    words.erase(words.begin());
  }
  const ChosenExercise chosen = Choose(session, id);
  if (chosen.exercise == nullptr) return Report(chosen.problem);
  if (words.size() != 1 || question.which < 0) return Report(Usage());
  question.exercise = chosen.exercise;
  question.name = words[0];
  question.tasks =
      TasksThatName(session.root(), *chosen.exercise, question.name);
  if (question.tasks.empty()) return Report(NoFunction(session, question));
  if (const auto missing = MissingObjdump()) return Report(*missing);
  return Answer(session, question, options);
}

}  // namespace

void RegisterAsm(CommandLine& line) {
  const auto options = std::make_shared<AsmOptions>();
  line.Add("asm", "A function's instructions, beside the reference's",
           [options](Session& s) { return RunAsm(s, *options); })
      .Option("what", options->what, "[NN_MM] NAME [number]", 3)
      .Flag("--plain", options->plain, "One below the other, nothing cut")
      .Flag("--anyway", options->anyway,
            "The reference, too, before the task is green")
      .Examples({"asm 03_01 Reallocate", "asm 03_01 DynArray::Reallocate 2",
                 "asm 03_06 Median --plain"})
      .ExitCodes({{kExitDoesNotBuild, "your function does not build"}});
}

}  // namespace workbook::cli
