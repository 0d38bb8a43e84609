// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/tidy_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <system_error>
#include <thread>

#include "tools/authoring/changed_files.h"
#include "tools/text/text_file.h"
#include "tools/workers/workers.h"

namespace workbook {
namespace {

namespace fs = std::filesystem;

constexpr char kScript[] = "tools/authoring/tidy.sh";
constexpr std::size_t kOutputLimitBytes = std::size_t{4} << 20;
constexpr std::size_t kMaxLines = 12;

ProcessOptions In(const fs::path& root) {
  ProcessOptions options;
  options.working_directory = root.string();
  options.output_limit_bytes = kOutputLimitBytes;
  return options;
}

// FNV-1a: these are our own files, which nobody makes collide.
std::uint64_t Hash(std::string_view text) {
  std::uint64_t hash = 14695981039346656037U;
  for (const char c : text) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  }
  return hash;
}

// Knows which sources were clean, by all that the verdict depends on.
class CleanSources {
 public:
  explicit CleanSources(const fs::path& root)
      : root_(root), folder_(root / ".workbook" / "tidy") {
    std::error_code ignored;
    fs::create_directories(folder_, ignored);
    common_ = RunProcess({"clang-tidy", "--version"}).output +
              Text(".clang-tidy") + Text(kScript);
  }

  // The file that is there if `source` was clean as it is now.
  fs::path StampOf(const std::string& source) {
    std::set<std::string> seen;
    std::string all = common_;
    Collect(source, seen, all);
    return folder_ / fmt::format("{:016x}", Hash(all));
  }

 private:
  const std::string& Text(const std::string& file) {
    const auto [at, is_new] = texts_.try_emplace(file);
    if (is_new) at->second = ReadTextFile(root_ / file).value_or("");
    return at->second;
  }

  // Where tidy.sh lets clang-tidy look for headers.
  std::string PathOf(const std::string& included, const fs::path& includer) {
    for (const fs::path& folder :
         {fs::path(), fs::path("solutions"), includer.parent_path()}) {
      std::string path = (folder / included).lexically_normal();
      if (!Text(path).empty()) return path;
    }
    return "";
  }

  void Collect(const std::string& file, std::set<std::string>& seen,
               std::string& all) {
    constexpr std::string_view kInclude = "#include \"";
    if (!seen.insert(file).second) return;
    const std::string& text = Text(file);
    all += file + "\n" + text;
    for (const std::string_view line : SplitLines(text)) {
      if (!line.starts_with(kInclude)) continue;
      const std::string_view name = line.substr(kInclude.size());
      const std::string path =
          PathOf(std::string(name.substr(0, name.find('"'))), file);
      if (!path.empty()) Collect(path, seen, all);
    }
  }

  const fs::path& root_;
  const fs::path folder_;
  std::string common_;
  std::map<std::string, std::string> texts_;
};

// What tidy.sh would look at of these files.
std::vector<std::string> Listed(const fs::path& root,
                                const std::vector<std::string>& arguments,
                                const TidyOptions& options) {
  std::vector<std::string> command{kScript, "--list"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  std::vector<std::string> sources;
  const ProcessResult run = RunProcess(command, In(root));
  for (const std::string_view line : SplitLines(run.output)) {
    const bool wanted =
        options.folders.empty() ||
        std::any_of(options.folders.begin(), options.folders.end(),
                    [&](const std::string& folder) {
                      return line.starts_with(folder);
                    });
    if (wanted && fs::exists(root / line)) sources.emplace_back(line);
  }
  return sources;
}

// Nothing: a gap, which is told.
std::optional<std::vector<std::string>> Chosen(const fs::path& root,
                                               const TidyOptions& options,
                                               GateLog& log) {
  if (options.all) return Listed(root, {"--all"}, options);
  const ChangedFiles changed = FilesChangedSince(root, options.revision);
  if (changed.problem) {
    log.Gap("clang-tidy: " + changed.problem->what +
            ". All sources: ./workbook verify --tidy");
    return std::nullopt;
  }
  std::vector<std::string> sources;
  if (!changed.files.empty()) sources = Listed(root, changed.files, options);
  log.Say(fmt::format(
      "      sources that differ from {}: {}; all: ./workbook verify --tidy",
      changed.base, sources.size()));
  return sources;
}

std::string FirstLines(const std::string& text) {
  std::string first;
  const auto lines = SplitLines(text);
  for (std::size_t i = 0; i < std::min(lines.size(), kMaxLines); ++i) {
    first += "\n            " + std::string(lines[i]);
  }
  return first;
}

void TellFinding(const std::string& source, const ProcessResult& run,
                 GateLog& log) {
  if (!run.ExitedWith(1)) {
    log.Fail(fmt::format("{} {}: {}{}. Fix: run it by hand.", kScript, source,
                         DescribeEnd(run), run.errors));
    return;
  }
  log.Fail(
      fmt::format("{}: clang-tidy finds:{}\n            Fix: correct it, "
                  "or say in .clang-tidy why not. Next: {} {}",
                  source, FirstLines(run.output), kScript, source));
}

// In the order of `sources`; one that is clean leaves its stamp.
std::vector<ProcessResult> RunAll(const fs::path& root,
                                  const std::vector<std::string>& sources,
                                  const std::vector<fs::path>& stamps,
                                  const GateLog& log) {
  std::vector<ProcessResult> runs(sources.size());
  Ticker ticker = log.Watch("clang-tidy");
  std::atomic<std::size_t> done{0};
  const int jobs =
      std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  ForEach(sources.size(), jobs, [&](std::size_t i, int) {
    runs[i] = RunProcess({kScript, sources[i]}, In(root));
    if (runs[i].ExitedWith(0)) {
      const std::ofstream stamp(stamps[i]);
    }
    ticker.SetStep(fmt::format("{} of {} sources", ++done, sources.size()));
  });
  return runs;
}

}  // namespace

void CheckTidy(const fs::path& root, const TidyOptions& options, GateLog& log) {
  if (!fs::exists(root / kScript)) {
    return log.Gap("clang-tidy: " + std::string(kScript) + " is not there");
  }
  if (!IsInstalled("clang-tidy")) {
    return log.Gap(
        "clang-tidy: it is not installed (./workbook setup --author)");
  }
  const auto sources = Chosen(root, options, log);
  if (!sources) return;
  CleanSources clean(root);
  std::vector<std::string> open;
  std::vector<fs::path> stamps;
  for (const std::string& source : *sources) {
    const fs::path stamp = clean.StampOf(source);
    if (fs::exists(stamp)) continue;
    open.push_back(source);
    stamps.push_back(stamp);
  }
  const std::vector<ProcessResult> runs = RunAll(root, open, stamps, log);
  bool found = false;
  for (std::size_t i = 0; i < open.size(); ++i) {
    if (runs[i].ExitedWith(0)) continue;
    found = true;
    TellFinding(open[i], runs[i], log);
  }
  if (!found) log.Pass();
}

}  // namespace workbook
