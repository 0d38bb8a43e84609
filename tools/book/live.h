// SPDX-License-Identifier: Apache-2.0

// The living book: the site on loopback, and what it knows of the learner.
//
//   GET  /PAGE                       a page, a picture, an asset
//   GET  /api/course                 ./workbook list --json
//   GET  /api/exercise/NN_MM         {"verdict", "checking", "predictions",
//                                    "hints", "bench"}
//   GET  /events                     server-sent: "checking NN_MM",
//                                    "verdict NN_MM", "measured NN_MM",
//                                    "page PATH"
//   POST /api/check/NN_MM            checks it; the verdict comes as an event
//   POST /api/predict/NN_MM/TASK     {"answers": ["...", ""]} in the order of
//                                    the open questions
//   POST /api/hint/NN_MM/TASK        shows one hint more
//
// Nothing else can be run or written. Requests are answered for loopback's own
// names alone, and a POST only for a page of this server, so that no other page
// in the browser can ask.
#ifndef WORKBOOK_TOOLS_BOOK_LIVE_H_
#define WORKBOOK_TOOLS_BOOK_LIVE_H_

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tools/problem/problem.h"

namespace workbook::book {

struct CommandOutput {
  int exit_code = 0;
  std::string output;  // stdout, then stderr where there is no stdout
};

struct LiveOptions {
  std::filesystem::path root;
  int port = 0;  // 0: a free one
  // Runs ./workbook with these words and `input` as its standard input.
  // Called from several threads.
  std::function<CommandOutput(const std::vector<std::string>& words,
                              const std::string& input)>
      command;
  // What ./workbook bench last measured of an exercise, as JSON, or "".
  std::function<std::string(const std::string& exercise)> figures;
};

class LiveBook {
 public:
  explicit LiveBook(LiveOptions options);
  LiveBook(const LiveBook&) = delete;
  LiveBook& operator=(const LiveBook&) = delete;
  ~LiveBook();

  // Takes the port; port() is then known. On failure: what is wrong with it.
  Problem Open();
  int port() const;

  // Answers until Stop(). REQUIRES: Open() was fine.
  void Serve();
  // Thread safety: any thread, for this and the next three.
  void Stop();

  // A file of this exercise was saved: it is checked, in a thread of its own,
  // and once more where another save came meanwhile.
  void Saved(const std::string& exercise);

  // ./workbook bench has kept figures of this exercise.
  void Measured(const std::string& exercise);

  // A page below chapters/ was edited: who shows it loads it again.
  void PageChanged(const std::string& source);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace workbook::book

#endif  // WORKBOOK_TOOLS_BOOK_LIVE_H_
