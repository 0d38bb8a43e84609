// SPDX-License-Identifier: Apache-2.0

// What no released copy may hold: everything under solutions/, in forms that
// can be recognised.
#ifndef WORKBOOK_TOOLS_RELEASE_SECRETS_H_
#define WORKBOOK_TOOLS_RELEASE_SECRETS_H_

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tools/course/exercise.h"
#include "tools/problem/problem.h"
#include "tools/release/fingerprints.h"
#include "tools/release/snapshot.h"

namespace workbook::release {

// A passage of this many tokens outside a stub is no coincidence: about six
// lines. Over the first five exercises, hints and tests share at most 51 with a
// reference, but for what kReviewedFile lists.
inline constexpr std::size_t kPassageTokens = 60;

// Nor are shorter passages that come to this.
inline constexpr std::size_t kSumTokens = 240;

// Code of the same shape, whatever its names are: about a dozen lines. Over the
// first five exercises the longest that is a coincidence has 76.
inline constexpr std::size_t kShapeTokens = 100;

// Files that may share more, each after somebody has looked: a line is a path,
// the longest passage in tokens, and why. "#" begins a comment.
inline constexpr char kReviewedFile[] = "tools/release/reviewed.txt";

struct Secrets {
  Fingerprints passages;
  Fingerprints shapes{Names::kAreAlike};     // of code
  std::map<std::string, std::string> files;  // SHA-256 to path
  std::map<std::string, std::string> words;  // identifiers of no stub, to path
  std::map<std::string, std::string> mutants;  // "stem.name", to path
  std::set<std::string> stubs;  // paths in the copy: nothing at all may match
  std::map<std::string, std::size_t> reviewed;  // path to tokens
};

struct SecretsResult {
  Secrets secrets;
  std::vector<Problem> problems;  // stubs that can't be made
};

// Of all exercises of the snapshot, whether they are released or not: the one
// left out is the one that comes next term.
// Cost: two reads a file; some 100 bytes for each token of
// solutions/. Thread safety: any thread.
SecretsResult LearnSecrets(const Snapshot& snapshot,
                           const std::vector<Exercise>& exercises);

// The identifiers of `text` that have at least `least` characters.
std::set<std::string> Identifiers(std::string_view text, std::size_t least);

}  // namespace workbook::release

#endif  // WORKBOOK_TOOLS_RELEASE_SECRETS_H_
