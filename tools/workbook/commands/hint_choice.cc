// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/commands/hint_choice.h"

#include <vector>

#include "tools/text/text_file.h"
#include "tools/workbook/build_errors.h"
#include "tools/workbook/code_text.h"
#include "tools/workbook/commands/chosen_task.h"

namespace workbook::cli {
namespace {

// The functions that an error is about: that of its place, then those that the
// compiler names in quotes.
std::vector<std::string> FunctionsOf(const Session& session,
                                     const BuildError& error) {
  std::vector<std::string> names;
  const std::size_t colon = error.place.rfind(':');
  if (colon != std::string::npos && !error.place.starts_with(':')) {
    const auto source =
        ReadTextFile(session.root() / error.place.substr(0, colon));
    names.push_back(FunctionAround(source.value_or(""),
                                   TaskNumber(error.place.substr(colon + 1))));
  }
  for (const std::string& name : IdentifiersOf(error.message)) {
    names.push_back(name);
  }
  return names;
}

}  // namespace

HintChoice ChooseHint(const Session& session, const Exercise& exercise,
                      int task, const HintsResult& hints) {
  const BuildErrors errors =
      LoadBuildErrors(session.state_folder(), exercise.id);
  const auto error = errors.find(task);
  if (error != errors.end()) {
    for (const std::string& name : FunctionsOf(session, error->second)) {
      if (const HintBlock* block = hints.FindFor(task, name)) {
        return {.block = block};
      }
    }
  }
  const FoundRaces races = LoadFoundRaces(session.state_folder(), exercise.id);
  if (const auto race = races.find(task);
      race != races.end() && session.IsGreen(exercise, task)) {
    return {.block = hints.FindAboutThreads(task), .race = race->second};
  }
  const auto& red_tests = session.progress().red_tests;
  const auto red = red_tests.find({exercise.id, task});
  const std::string test = red == red_tests.end() ? "" : red->second;
  const FoundHint found = hints.Find(task, test);
  HintChoice choice{.block = found.block};
  choice.is_of_the_task = !test.empty() && found.block != nullptr &&
                          !found.block->names.empty() &&
                          found.fit != HintFit::kTest && error == errors.end();
  return choice;
}

}  // namespace workbook::cli
