// SPDX-License-Identifier: Apache-2.0

// What a released copy may hold: a list of what is allowed, so that a new kind
// of file stays at home until somebody has thought about it.
#ifndef WORKBOOK_TOOLS_RELEASE_CONTENTS_H_
#define WORKBOOK_TOOLS_RELEASE_CONTENTS_H_

#include <string>
#include <string_view>
#include <vector>

#include "tools/course/exercise.h"

namespace workbook::release {

// The list, a pattern a line; "#" begins a comment. "*" stands for any part of
// one name, a last "**" for everything below. A line with {id} or {chapter}
// counts once for each exercise that is released; "!" before a pattern keeps at
// home what others let in.
inline constexpr char kContentsFile[] = "tools/release/contents.txt";

// Files below it go into the copy under their path from there: what the copy
// has instead of the course's own.
inline constexpr char kOverlayFolder[] = "tools/release/copy/";

class Contents {
 public:
  // `text` is that of kContentsFile.
  Contents(std::string_view text,
           const std::vector<const Exercise*>& exercises);

  // Whether the file, a path from the root with "/", goes into the copy.
  // Cost: a comparison with each pattern.
  bool Allows(const std::string& file) const;

  // Patterns without {id} or {chapter} that no file of `files` fits: the list
  // and the tree have drifted apart.
  std::vector<std::string> Unused(const std::vector<std::string>& files) const;

  // Those of `files` below the folders of released exercises that no pattern
  // names, neither to let them in nor to keep them at home: without them the
  // copy may not build.
  std::vector<std::string> Undecided(
      const std::vector<std::string>& files) const;

 private:
  struct Pattern {
    std::string text;
    bool of_exercise = false;
    bool keeps_home = false;
  };
  std::vector<Pattern> patterns_;
  std::vector<std::string> exercise_folders_;
};

}  // namespace workbook::release

#endif  // WORKBOOK_TOOLS_RELEASE_CONTENTS_H_
