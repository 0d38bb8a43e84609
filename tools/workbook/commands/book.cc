// SPDX-License-Identifier: Apache-2.0

#include <poll.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <thread>
#include <utility>

#include "fmt/format.h"
#include "tools/book/layout.h"
#include "tools/book/live.h"
#include "tools/book/markdown.h"
#include "tools/book/site.h"
#include "tools/process/process.h"
#include "tools/workbook/commands/command_line.h"
#include "tools/workbook/commands/commands.h"
#include "tools/workbook/figures.h"
#include "tools/workbook/file_watch.h"
#include "tools/workbook/key_mode.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

struct BookOptions {
  std::string build;  // a folder; "" serves
  int port = 0;
  bool no_watch = false;
};

constexpr int kLookMs = 200;

// The own program as another process: it may be killed, and this one goes on.
book::CommandOutput RunOwn(const fs::path& root,
                           const std::vector<std::string>& words,
                           const std::string& input) {
  std::error_code ignored;
  const std::string self = fs::read_symlink("/proc/self/exe", ignored);
  // Standard input comes from a file, so that a command that does not read all
  // of it ends all the same.
  std::string path = fs::temp_directory_path() / "workbook_book_XXXXXX";
  const int file = mkstemp(path.data());
  if (file < 0) return {kExitEnvironment, "no temporary file can be made"};
  const bool is_written = write(file, input.data(), input.size()) ==
                          static_cast<ssize_t>(input.size());
  close(file);
  std::vector<std::string> command = {"/bin/sh", "-c", "exec \"$@\" <\"$0\"",
                                      path, self};
  command.insert(command.end(), words.begin(), words.end());
  ProcessOptions options;
  options.environment = {{"WORKBOOK_ROOT", root.string()}};
  options.output_limit_bytes = std::size_t{16} << 20;
  const ProcessResult result =
      is_written ? RunProcess(command, options) : ProcessResult{};
  fs::remove(path, ignored);
  return {result.exit_code,
          result.output.empty() ? result.errors : result.output};
}

std::string NewestFigures(const Session& session, const std::string& id) {
  const KeptFigures kept = LoadFigures(session.state_folder(), id);
  return kept.measurements.empty() ? "" : kept.measurements.back();
}

// Looks at the folders of exercises, figures and pages until it is told to end.
class BookWatch {
 public:
  BookWatch(const Session& session, book::LiveBook& live) : live_(live) {
    for (const Exercise& exercise : session.course().exercises) {
      exercises_.emplace_back(
          exercise.id,
          std::make_unique<FileWatch>(session.root() / exercise.folder));
      figures_.emplace_back(
          exercise.id, std::make_unique<FileWatch>(session.state_folder() /
                                                   "figures" / exercise.id));
    }
    const fs::path chapters = session.root() / "chapters";
    pages_.emplace_back("", std::make_unique<FileWatch>(chapters));
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(chapters, none)) {
      if (!entry.is_directory()) continue;
      pages_.emplace_back(entry.path().filename().string() + "/",
                          std::make_unique<FileWatch>(entry.path()));
    }
  }

  void Look(bool checks) {
    for (const auto& [id, watch] : exercises_) {
      if (checks && !watch->Changed().empty()) live_.Saved(id);
    }
    for (const auto& [id, watch] : figures_) {
      if (!watch->Changed().empty()) live_.Measured(id);
    }
    for (const auto& [folder, watch] : pages_) {
      for (const std::string& name : watch->Changed()) {
        live_.PageChanged(folder + name);
      }
    }
  }

 private:
  using Watched =
      std::vector<std::pair<std::string, std::unique_ptr<FileWatch>>>;
  book::LiveBook& live_;
  Watched exercises_;
  Watched figures_;
  Watched pages_;
};

// Waits a moment; true once a signal came.
bool IsEnded(int stop) {
  pollfd signal{stop, POLLIN, 0};
  return poll(&signal, 1, kLookMs) > 0;
}

int Serve(Session& session, const BookOptions& options) {
  book::LiveOptions live_options;
  live_options.root = session.root();
  live_options.port = options.port;
  live_options.command = [root = session.root()](const auto& words,
                                                 const std::string& input) {
    return RunOwn(root, words, input);
  };
  live_options.figures = [&session](const std::string& id) {
    return NewestFigures(session, id);
  };
  book::LiveBook live(live_options);
  if (const Problem problem = live.Open(); !problem.what.empty()) {
    return Report(problem);
  }
  fmt::print("The book is at http://127.0.0.1:{}/index.html\n", live.port());
  fmt::print("It shows what you save{}. Ctrl-C ends it.\n",
             options.no_watch ? " when you press Check" : " as you save it");
  std::fflush(stdout);
  KeyMode keys(-1);
  std::thread server([&live] { live.Serve(); });
  BookWatch watch(session, live);
  while (!IsEnded(keys.stop())) {
    watch.Look(/*checks=*/!options.no_watch);
  }
  live.Stop();
  server.join();
  fmt::print("\nThe book is closed.\n");
  return kExitOk;
}

int RunBook(Session& session, const BookOptions& options) {
  if (options.port < 0 || options.port > 65535) {
    return Report({.what = "a port is a number up to 65535",
                   .where = "--port",
                   .next = "leave it out for a free one",
                   .exit_code = kExitUsage});
  }
  if (!book::CanRenderMarkdown() || !book::CanFillIn()) {
    return Report({.what = "this command was built without what renders pages",
                   .where = "cmark-gfm, kainjow's mustache",
                   .next = "install libcmark-gfm-dev, "
                           "libcmark-gfm-extensions-dev and "
                           "libkainjow-mustache-dev; then ./workbook setup"});
  }
  if (options.build.empty()) return Serve(session, options);
  if (const Problem problem = book::BuildSite(session.root(), options.build);
      !problem.what.empty()) {
    return Report(problem);
  }
  fmt::print("The book is in {}: open index.html, or copy it to any host.\n",
             options.build);
  return kExitOk;
}

}  // namespace

void RegisterBook(CommandLine& line) {
  const auto options = std::make_shared<BookOptions>();
  line.Add("book", "The book in a browser, with your own state beside it",
           [options](Session& s) { return RunBook(s, *options); })
      .Option("--build", options->build,
              "Write it into this folder, for any host, and end")
      .Option("--port", options->port, "Default: a free one")
      .Flag("--no-watch", options->no_watch, "Check only when asked")
      .Examples({"book", "book --port 8080", "book --build site"});
}

}  // namespace workbook::cli
