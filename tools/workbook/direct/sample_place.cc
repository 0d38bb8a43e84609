// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/direct/sample_place.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "nlohmann/json.hpp"
#include "tools/text/text_file.h"

namespace workbook::direct {
namespace {

namespace fs = std::filesystem;

constexpr char kBin[] = "bazel-out/bin/exercises/09_09/";

// Called as gcc: -MF DEPFILE -c SOURCE -o OBJECT. A source with SAVES is saved
// anew while it is compiled.
constexpr char kCompiler[] = R"sh(#!/bin/sh
echo compiler >>"$(dirname "$0")/runs"
if grep -q DOES_NOT_COMPILE "$4"; then
  echo "$4:7:1: error: so it is" >&2
  exit 1
fi
cp "$4" "$6"
if grep -q SAVES "$4"; then echo "# saved" >>"$4"; fi
includes=$(sed -n 's/^#include "\(.*\)"$/exercises\/\1/p' "$4" | tr '\n' ' ')
echo "$6: $4 $includes" >"$2"
)sh";

// Called as gcc: -o PROGRAM OBJECT ...
constexpr char kLinker[] = R"sh(#!/bin/sh
echo linker >>"$(dirname "$0")/runs"
program=$2
shift 2
if cat "$@" | grep -q DOES_NOT_LINK; then
  echo "undefined reference to 'it'" >&2
  exit 1
fi
cat "$@" >"$program"
chmod +x "$program"
)sh";

std::string ObjectOf(const std::string& stem) {
  return std::string(kBin) + "_objs/" + stem + "/" + stem + ".pic.o";
}

void WriteFile(const fs::path& file, const std::string& text) {
  fs::create_directories(file.parent_path());
  std::ofstream(file) << text;
}

}  // namespace

SamplePlace::SamplePlace()
    : execution_root_((scratch_.path() / "base/execroot").string()) {
  const fs::path root = scratch_.path() / "course";
  place_ = {.root = root,
            .folder = "exercises/09_09",
            .labels = {kOne, kTwo},
            .scratch = root / ".workbook/direct/09_09"};
  for (const char* name : {"cc", "ld"}) {
    const fs::path program = root / "bin" / name;
    WriteFile(program, name == std::string("cc") ? kCompiler : kLinker);
    fs::permissions(program, fs::perms::owner_all);
  }
  Write("WORKSPACE", "# a sample\n");
  Write("exercises/09_09/BUILD.bazel", "# a sample\n");
  for (const std::string stem : {"one", "two"}) {
    Write("exercises/09_09/" + stem + ".h", "# contract\n");
    Write("exercises/09_09/" + stem + ".cc",
          "#include \"09_09/" + stem + ".h\"\n" + kGreen);
    Write("exercises/09_09/" + stem + "_test.cc",
          "#!/bin/sh\n#include \"09_09/" + stem + ".h\"\necho " + stem +
              " >>\"$TEST_SRCDIR/../runs\"\n");
    fs::create_directories(fs::path(execution_root_) / kBin /
                           (stem + "_test.runfiles/memory_workbook"));
  }
  fs::create_symlink(root / "exercises",
                     fs::path(execution_root_) / "exercises");
}

std::string SamplePlace::PathOf(const std::string& file) const {
  return (place_.root / file).string();
}

std::string SamplePlace::Read(const std::string& file) const {
  return ReadTextFile(PathOf(file)).value_or("(no such file)");
}

void SamplePlace::Write(const std::string& file,
                        const std::string& text) const {
  WriteFile(PathOf(file), text);
}

std::string SamplePlace::Actions() const {
  nlohmann::json actions = nlohmann::json::array();
  for (const std::string stem : {"one", "two", "one_test", "two_test"}) {
    const std::string object = ObjectOf(stem);
    const std::string depfile = object.substr(0, object.size() - 1) + "d";
    actions.push_back({{"arguments",
                        {PathOf("bin/cc"), "-MF", depfile, "-c",
                         "exercises/09_09/" + stem + ".cc", "-o", object}}});
  }
  for (const std::string stem : {"one", "two"}) {
    const std::string program = kBin + stem + "_test";
    actions.push_back(
        {{"arguments",
          {PathOf("bin/ld"), "-o", program, ObjectOf(stem + "_test"),
           ObjectOf(stem), "@" + program + "-2.params"}}});
  }
  return nlohmann::json({{"actions", actions}}).dump();
}

BuildEvents SamplePlace::Bazel(const std::string& one, const std::string& two) {
  BuildEvents events;
  for (const std::string stem : {"one", "two"}) {
    for (const std::string& name : {stem, stem + "_test"}) {
      const fs::path object = fs::path(execution_root_) / ObjectOf(name);
      const std::string file = "exercises/09_09/" + name + ".cc";
      WriteFile(object, Read(file));
      WriteFile(fs::path(object).replace_extension(".d"),
                "x.o: " + file + " \\\n exercises/09_09/" + stem + ".h\n");
    }
    const fs::path logs = scratch_.path() / "logs" / stem;
    WriteFile(logs / "test.log", "Bazel's\n");
    WriteFile(logs / "test.xml", "Bazel's\n");
    BazelTarget& target = events.targets["//exercises/09_09:" + stem + "_test"];
    target.built = true;
    target.timeout_seconds = 1;
    target.test = BazelTest{.status = stem == "one" ? one : two,
                            .log = logs / "test.log",
                            .xml = logs / "test.xml"};
  }
  return events;
}

Questions SamplePlace::Answers() {
  return {.actions =
              [this] {
                ++times_asked_;
                return std::optional(Actions());
              },
          .execution_root = [this] { return std::optional(execution_root_); }};
}

void SamplePlace::BuildWithBazel(const std::string& one,
                                 const std::string& two) {
  const Before before = LookBefore(place_);
  Remember(place_, before, Bazel(one, two), Answers());
}

int SamplePlace::Runs(const std::string& program) const {
  const bool is_tool = program == "compiler" || program == "linker";
  const fs::path file = is_tool ? place_.root / "bin/runs"
                                : fs::path(execution_root_) / kBin / "runs";
  const std::string text = ReadTextFile(file).value_or("");
  const auto lines = SplitLines(text);
  return static_cast<int>(std::count(lines.begin(), lines.end(), program));
}

}  // namespace workbook::direct
