// SPDX-License-Identifier: Apache-2.0

#include "tools/bazel_client/trouble.h"

#include <array>
#include <cctype>
#include <string_view>
#include <system_error>
#include <vector>

#include "tools/bazel_client/error_lines.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kErrorLineLimit = 4;
constexpr char kDocumented[] = "Bazel's documentation of exit codes";

// `what`, and Bazel's own error lines.
std::string WithErrors(std::string what, const ProcessResult& run) {
  const auto lines = BazelErrorLines(run.errors, kErrorLineLimit);
  if (!lines.empty()) what += ":";
  for (const std::string& line : lines) what += "\n    " + line;
  return what;
}

// "--enable_bzlmod" of "ERROR: --enable_bzlmod :: Unrecognized option: ...",
// "--config=fast" of "Config value 'fast' is not defined".
std::string RefusedOption(std::string_view line) {
  constexpr std::string_view kConfig = "Config value '";
  if (const auto at = line.find(kConfig); at != std::string_view::npos) {
    const std::string_view name = line.substr(at + kConfig.size());
    return "--config=" + std::string(name.substr(0, name.find('\'')));
  }
  const auto at = line.find("--");
  if (at == std::string_view::npos) return {};
  std::size_t end = at + 2;
  while (end < line.size() &&
         (std::isalnum(static_cast<unsigned char>(line[end])) ||
          line[end] == '_' || line[end] == '-')) {
    ++end;
  }
  return std::string(line.substr(at, end - at));
}

// "file:3", where the first rc file that Bazel reads has the option; "" where
// none has it.
std::string PlaceInRcFiles(const std::string& option, const fs::path& root) {
  const std::array<fs::path, 5> files{
      root / ".bazelrc.user", root / ".bazelrc", root / ".workbook/bazelrc",
      "/etc/bazel.bazelrc", "/etc/bazel/bazelrc"};
  for (const fs::path& file : files) {
    const std::string text = ReadTextFile(file).value_or("");
    int number = 0;
    for (const std::string_view line : SplitLines(text)) {
      ++number;
      if (!line.starts_with('#') && line.find(option) != std::string::npos) {
        return file.string() + ":" + std::to_string(number);
      }
    }
  }
  return {};
}

BazelTrouble RefusedLine(const ProcessResult& run, const fs::path& root) {
  BazelTrouble trouble{
      {.what = WithErrors("Bazel refused an option (exit code 2)", run),
       .where = "the command line, or an rc file that .bazelrc.user imports",
       .next = "Look for the option there, and remove it."}};
  for (const std::string& line : BazelErrorLines(run.errors, kErrorLineLimit)) {
    const std::string option = RefusedOption(line);
    const std::string place =
        option.empty() ? "" : PlaceInRcFiles(option, root);
    if (place.empty()) continue;
    trouble.where = place;
    trouble.next =
        "Remove that line, or write its option under a build:NAME of its own: "
        "the Bazel installed here does not take it.";
    return trouble;
  }
  return trouble;
}

// Of a Bazel that is there no more, in the words of its client.
std::string LogOfServer(const std::string& errors) {
  constexpr std::string_view kLog = "log file: '";
  const std::size_t at = errors.find(kLog);
  if (at == std::string::npos) return "server/jvm.out in its output_base";
  const std::size_t start = at + kLog.size();
  return errors.substr(start, errors.find('\'', start) - start);
}

BazelTrouble Crashed(const ProcessResult& run) {
  return {{.what = WithErrors(
               "Bazel's server ended in the middle of its work (exit code 37): "
               "it was killed, perhaps for want of memory, or it crashed",
               run),
           .where = LogOfServer(run.errors),
           .next = "Start again; free -h shows whether memory is short, and "
                   "build --jobs=1 in .bazelrc.user needs less."}};
}

BazelTrouble NoService(const ProcessResult& run, const std::string& what,
                       const fs::path& root) {
  BazelTrouble trouble{
      {.what = WithErrors(
           what + " (exit code " + std::to_string(run.exit_code) + ")", run),
       .where = ".bazelrc.user",
       .next = "See to the network, or remove the option that names the server "
               "(--bes_backend, --remote_cache, --remote_executor)."}};
  for (const char* option :
       {"--bes_backend", "--remote_cache", "--remote_executor"}) {
    const std::string place = PlaceInRcFiles(option, root);
    if (!place.empty()) {
      trouble.where = place;
      break;
    }
  }
  return trouble;
}

bool DiskIsFull(const ProcessResult& run) {
  constexpr char kFull[] = "No space left on device";
  if (run.exit_code != 1) return run.errors.find(kFull) != std::string::npos;
  // A compiler may only be quoting its source.
  for (const std::string& line : ErrorLines(run.errors, run.errors.size())) {
    if (line.find(kFull) != std::string::npos) return true;
  }
  return false;
}

bool TellsOfTheCode(int exit_code) {
  return exit_code == 0 || exit_code == 3 || exit_code == 4 || exit_code == 7;
}

}  // namespace

std::optional<BazelTrouble> ExplainEnd(const ProcessResult& run,
                                       const fs::path& root) {
  if (!run.Started() || run.timed_out || run.signal != 0) return std::nullopt;
  // `bazel run` ends as its program does.
  if (run.errors.find("INFO: Running command line:") != std::string::npos) {
    return std::nullopt;
  }
  if (TellsOfTheCode(run.exit_code)) return std::nullopt;
  if (DiskIsFull(run)) {
    return BazelTrouble{
        {.what = "Bazel has no space left on the disk",
         .where = "its output folder: bazel info output_base",
         .next = "Free some space (bazel clean helps), then try again."}};
  }
  switch (run.exit_code) {
    case 2:
      return RefusedLine(run, root);
    case 8:
      return BazelTrouble{{.what = "Bazel was interrupted (exit code 8)",
                           .where = root.string(),
                           .next = "Start again: what is built stays built."}};
    case 9:
      return BazelTrouble{
          {.what = WithErrors("another Bazel command runs in this workspace "
                              "(exit code 9), and "
                              "--noblock_for_lock forbids to wait for it",
                              run),
           .where = root.string(),
           .next = "Wait until it ends, or end it, then try again."}};
    case 33:
      return BazelTrouble{
          {.what = WithErrors("Bazel ran out of memory (exit code 33)", run),
           .where = "free -h",
           .next = "Close other programs, or write build --jobs=1 into "
                   ".bazelrc.user."}};
    case 32:
    case 34:
    case 39:
      return NoService(run, "Bazel got no answer from a remote server", root);
    case 36:
      return BazelTrouble{
          {.what = WithErrors(
               "Bazel cannot work on this machine as it is (exit code 36)",
               run),
           .where = "its output folder, below ~/.cache/bazel unless an rc file "
                    "says otherwise",
           .next = "See that the folder can be written to and its disk has "
                   "space (ls -ld, df -h), then try again."}};
    case 37:
      return Crashed(run);
    case 38:
    case 45: {
      BazelTrouble trouble = NoService(
          run, "Bazel could not send its report to a build event service",
          root);
      trouble.results_stand = true;
      return trouble;
    }
    case 1:
      return std::nullopt;
    default:
      return BazelTrouble{
          {.what = WithErrors("Bazel gave up (exit code " +
                                  std::to_string(run.exit_code) + ")",
                              run),
           .where = kDocumented,
           .next = "See there what the code means."}};
  }
}

}  // namespace workbook
