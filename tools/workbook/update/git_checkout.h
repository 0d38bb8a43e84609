// SPDX-License-Identifier: Apache-2.0

// A git checkout, and how git is run in it.
#ifndef WORKBOOK_TOOLS_WORKBOOK_UPDATE_GIT_CHECKOUT_H_
#define WORKBOOK_TOOLS_WORKBOOK_UPDATE_GIT_CHECKOUT_H_

#include <filesystem>
#include <string>
#include <vector>

#include "tools/problem/problem.h"
#include "tools/process/process.h"

namespace workbook::cli {

class GitCheckout {
 public:
  // `root` is the checkout's root; `scratch` a folder for index files.
  GitCheckout(std::filesystem::path root, std::filesystem::path scratch);

  const std::filesystem::path& root() const { return root_; }
  const std::filesystem::path& scratch() const { return scratch_; }

  // Runs git with these words: it takes paths as they are, never asks, and
  // speaks English. `index` is the index file that it uses; empty is the
  // checkout's own.
  // Cost: a process; at most five minutes, and 64 MiB of each stream.
  // Thread safety: any thread; git itself locks what it writes.
  // On failure: the result says it; nothing is thrown.
  ProcessResult Run(std::vector<std::string> arguments,
                    const std::filesystem::path& index = {}) const;

  // What git prints, without the blanks around it; "" where it fails.
  std::string Line(std::vector<std::string> arguments) const;

 private:
  std::filesystem::path root_;
  std::filesystem::path scratch_;
};

// An index file in the checkout's scratch folder, so that files are chosen
// without a touch of the checkout's own. It is removed with the object.
// REQUIRES: `checkout` outlives it; one object of a name at a time.
class ScratchIndex {
 public:
  ScratchIndex(const GitCheckout& checkout, const std::string& name);
  ScratchIndex(const ScratchIndex&) = delete;
  ScratchIndex& operator=(const ScratchIndex&) = delete;
  ~ScratchIndex();

  // As GitCheckout::Run, on this index.
  ProcessResult Run(std::vector<std::string> arguments) const;

 private:
  const GitCheckout& checkout_;
  std::filesystem::path path_;
};

// `what` happened, and the line of git's that says most of why. It tells the
// learner that nothing was changed: where something was, replace `next`.
// REQUIRES: `result` did not end with exit code 0.
Problem GitProblem(const std::string& what, const ProcessResult& result);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_UPDATE_GIT_CHECKOUT_H_
