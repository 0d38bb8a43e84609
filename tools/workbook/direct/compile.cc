// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/direct/compile.h"

#include <algorithm>
#include <fstream>
#include <utility>

#include "tools/process/process.h"
#include "tools/text/text_file.h"

namespace workbook::direct {
namespace {

namespace fs = std::filesystem;

void Replace(Words& words, const std::string& flag, const fs::path& value) {
  const auto found = std::find(words.begin(), words.end(), flag);
  if (found != words.end() && found + 1 != words.end()) {
    found[1] = value.string();
  }
}

// Reads what the compiler read. False: only Bazel can judge that.
bool TakeIncludes(const std::string& execution_root, const fs::path& depfile,
                  std::int64_t started_ns,
                  const std::set<std::string>& known_inputs,
                  const std::string& file, Compiled& compiled) {
  const Words read = ReadDependencies(ReadTextFile(depfile).value_or(""));
  if (read.empty()) return false;
  for (const std::string& name : read) {
    if (name == file) continue;
    const std::string path =
        name.starts_with('/') ? name : execution_root + '/' + name;
    if (known_inputs.contains(path)) continue;
    auto state = Look(path);
    if (!name.starts_with('/') || !state || state->changed_ns >= started_ns) {
      return false;
    }
    compiled.new_inputs.push_back(*std::move(state));
  }
  return true;
}

}  // namespace

Words InBazelsEnvironment(const Words& command) {
  Words words{"/usr/bin/env", "-i", "PATH=/bin:/usr/bin:/usr/local/bin"};
  words.insert(words.end(), command.begin(), command.end());
  return words;
}

bool HasChanged(const Source& source) {
  return !source.state || !source.built_state || !IsUnchanged(*source.state) ||
         !IsUnchanged(*source.built_state);
}

Compiled Compile(const std::string& execution_root, const fs::path& scratch,
                 const std::set<std::string>& known_inputs, Source& source) {
  Compiled compiled;
  const std::string stem = fs::path(source.object).stem().stem().string();
  const fs::path object = scratch / (stem + ".o");
  const fs::path depfile = scratch / (stem + ".d");
  const std::string file = execution_root + '/' + source.file;
  const auto before = Look(file);
  const std::int64_t started_ns =
      FileClockAfter(before ? before->changed_ns : 0, scratch);
  source.state.reset();
  source.built_state.reset();
  Words command = source.compile;
  Replace(command, "-o", object);
  Replace(command, "-MF", depfile);
  ProcessOptions options;
  options.working_directory = execution_root;
  const ProcessResult result =
      RunProcess(InBazelsEnvironment(command), options);
  if (!result.ExitedWith(0)) {
    compiled.errors = scratch / (stem + ".errors");
    std::ofstream(compiled.errors)
        << result.errors << result.output << result.start_error;
    return compiled;
  }
  compiled.is_bazels = !TakeIncludes(execution_root, depfile, started_ns,
                                     known_inputs, source.file, compiled);
  compiled.built = true;
  source.built = object.string();
  source.built_state = Look(source.built);
  // Of before: a save while the compiler ran is one that has to be compiled.
  if (before && before->changed_ns < started_ns) source.state = before;
  return compiled;
}

}  // namespace workbook::direct
