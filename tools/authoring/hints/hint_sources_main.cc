// SPDX-License-Identifier: Apache-2.0

// hint_sources NN_MM STEM [FILE OUT]...: writes each FILE, a name in the
// manifest of the exercise, as OUT: the reference with the code of the hints
// for the component STEM in it. It works on the course in the current folder.
#include <cstdio>
#include <string>
#include <vector>

#include "tools/authoring/hints/place_code.h"
#include "tools/course/course.h"
#include "tools/course/hints.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

int Fail(const std::string& message) {
  std::fprintf(stderr, "%s\n", message.c_str());
  return 1;
}

// All code for the tasks whose test is of the component.
std::vector<HintCode> CodeFor(const HintsResult& hints,
                              const Exercise& exercise,
                              const std::string& stem) {
  std::vector<HintCode> code;
  for (const HintBlock& block : hints.blocks) {
    const auto index = static_cast<std::size_t>(block.task - 1);
    if (index >= exercise.tasks.size() ||
        exercise.tasks[index].Stem() != stem) {
      continue;
    }
    code.insert(code.end(), block.code.begin(), block.code.end());
  }
  return code;
}

int WriteSources(const Exercise& exercise, const std::string& stem,
                 const std::vector<std::string>& names) {
  const HintsResult hints = LoadHints(".", exercise);
  if (!hints.problems.empty()) return Fail(hints.problems.front().Text());
  std::vector<SourceFile> files;
  for (std::size_t i = 0; i < names.size(); i += 2) {
    const std::string path = (exercise.solution_folder / names[i]).string();
    const auto text = ReadTextFile(path);
    if (!text) return Fail(path + ": can't be read. Fix: put the file there.");
    files.push_back({path, *text});
  }
  const PlacedCode placed =
      PlaceCode(std::move(files), CodeFor(hints, exercise, stem),
                exercise.hints.string());
  if (!placed.problems.empty()) return Fail(placed.problems.front().Text());
  for (std::size_t i = 0; i < placed.files.size(); ++i) {
    const std::string& out = names[2 * i + 1];
    if (const auto error = ReplaceTextFile(out, placed.files[i].text)) {
      return Fail(out + ": can't be written: " + error.message() +
                  ". Fix: make its folder writable.");
    }
  }
  return 0;
}

}  // namespace
}  // namespace workbook

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.size() < 4 || arguments.size() % 2 != 0) {
    std::fprintf(stderr, "usage: hint_sources NN_MM STEM [FILE OUT]...\n");
    return 2;
  }
  const workbook::CourseResult loaded = workbook::LoadCourse(".");
  const workbook::Exercise* const exercise = loaded.course.Find(arguments[0]);
  if (exercise == nullptr) {
    return workbook::Fail(
        "exercises/" + arguments[0] +
        "/exercise.toml: can't be read. Fix: start hint_sources in the root "
        "of the course, and see what ./workbook verify " +
        arguments[0] + " says.");
  }
  return workbook::WriteSources(
      *exercise, arguments[1],
      std::vector<std::string>(arguments.begin() + 2, arguments.end()));
}
