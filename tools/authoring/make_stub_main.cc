// SPDX-License-Identifier: Apache-2.0

// make_stub NN_MM FILE OUT: writes the stub of FILE, a name in the manifest of
// the exercise, for the course in the current folder.
#include <cstdio>
#include <string>
#include <vector>

#include "tools/authoring/stub/stub.h"
#include "tools/course/course.h"
#include "tools/text/text_file.h"

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.size() != 3) {
    std::fprintf(stderr, "usage: make_stub NN_MM FILE OUT\n");
    return 2;
  }
  const workbook::CourseResult loaded = workbook::LoadCourse(".");
  const workbook::Exercise* const exercise = loaded.course.Find(arguments[0]);
  if (exercise == nullptr) {
    std::fprintf(stderr,
                 "exercises/%s/exercise.toml can't be read. Fix: start "
                 "make_stub in the root of the course, and see what "
                 "./workbook verify %s says\n",
                 arguments[0].c_str(), arguments[0].c_str());
    return 1;
  }
  const workbook::StubResult stub =
      workbook::MakeStub(".", *exercise, arguments[1]);
  if (!stub.ok) {
    std::fprintf(stderr, "%s\n", stub.message.c_str());
    return 1;
  }
  if (const auto error = workbook::ReplaceTextFile(arguments[2], stub.text)) {
    std::fprintf(stderr, "%s: can't be written: %s\n", arguments[2].c_str(),
                 error.message().c_str());
    return 1;
  }
  return 0;
}
