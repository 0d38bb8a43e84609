// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/figures.h"

#include <sys/utsname.h>

#include <algorithm>
#include <thread>

#include "fmt/format.h"
#include "nlohmann/json.hpp"
#include "tools/bench/comparison/machine.h"
#include "tools/process/process.h"
#include "tools/text/text_file.h"
#include "tools/workbook/session.h"
#include "tools/workbook/write_file.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr int kSchema = 1;
constexpr std::chrono::seconds kGitPatience{10};

// What git prints, or nothing where there is no git or no repository.
std::optional<std::string> Git(const fs::path& root,
                               std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "git");
  ProcessOptions options;
  options.working_directory = root.string();
  options.timeout = kGitPatience;
  const ProcessResult result = RunProcess(arguments, options);
  if (!result.ExitedWith(0)) return std::nullopt;
  return std::string(TrimSpace(result.output));
}

// Without the build of a distribution or a host: "6.1.0".
std::string KernelVersion() {
  utsname name{};
  if (uname(&name) != 0) return "unknown";
  const std::string release = name.release;
  return release.substr(0, release.find('-'));
}

fs::path Folder(const fs::path& state_folder, const std::string& exercise,
                FigureKind kind) {
  const fs::path folder = state_folder / "figures" / exercise;
  return kind == FigureKind::kExact ? folder / "exact" : folder;
}

}  // namespace

Provenance ProvenanceNow(const fs::path& root, const std::string& compiler) {
  Provenance provenance;
  provenance.measured_at = UtcNow();
  provenance.processor = ProcessorName();
  provenance.kernel = KernelVersion();
  provenance.processors = static_cast<int>(std::thread::hardware_concurrency());
  provenance.compiler = compiler;
  provenance.flags = "bazel build -c opt: -O2 -DNDEBUG";
  provenance.commit = Git(root, {"rev-parse", "--short", "HEAD"}).value_or("");
  provenance.edited =
      !Git(root, {"status", "--porcelain", "--untracked-files=no"})
           .value_or("")
           .empty();
  return provenance;
}

std::string WithProvenance(const std::string& bench_json,
                           const Provenance& provenance) {
  Json json = {{"schema", kSchema},
               {"measured_at", provenance.measured_at},
               {"processor", provenance.processor},
               {"processors", provenance.processors},
               {"kernel", provenance.kernel},
               {"compiler", provenance.compiler},
               {"flags", provenance.flags},
               {"commit", provenance.commit},
               {"edited", provenance.edited},
               {"whole_reference", provenance.is_whole_reference},
               {"disturbances", provenance.disturbances}};
  json.update(Json::parse(bench_json));
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::optional<Problem> SaveFigures(const fs::path& state_folder,
                                   const std::string& exercise,
                                   const std::string& measured_at,
                                   std::string_view json, FigureKind kind) {
  std::string name = measured_at;
  std::replace(name.begin(), name.end(), ':', '-');
  const fs::path folder = Folder(state_folder, exercise, kind);
  fs::path file = folder / (name + ".json");
  std::error_code ignored;
  // Two within a second: benchmarks do not run at once, --exact may be quick.
  for (int i = 2; fs::exists(file, ignored); ++i) {
    file = folder / fmt::format("{}_{}.json", name, i);
  }
  return WriteTextFile(file, json);
}

KeptFigures LoadFigures(const fs::path& state_folder,
                        const std::string& exercise, FigureKind kind) {
  KeptFigures kept;
  const fs::path folder = Folder(state_folder, exercise, kind);
  for (const std::string& name : FileNames(folder, ".json")) {
    const auto text = ReadTextFile(folder / name);
    const Json json =
        Json::parse(text.value_or(""), nullptr, /*allow_exceptions=*/false);
    if (json.is_object() && json.value("schema", 0) == kSchema &&
        json.value("exercise", "") == exercise) {
      kept.measurements.push_back(*text);
    } else {
      kept.damaged.push_back((folder / name).string());
    }
  }
  return kept;
}

}  // namespace workbook::cli
