// SPDX-License-Identifier: Apache-2.0

// Finds passages of known texts in other texts, however they are laid out.
#ifndef WORKBOOK_TOOLS_RELEASE_FINGERPRINTS_H_
#define WORKBOOK_TOOLS_RELEASE_FINGERPRINTS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "tools/release/grams.h"

namespace workbook::release {

struct Passage {
  int line = 0;            // where it begins in the text that was looked at
  std::size_t tokens = 0;  // its length
  std::string source;      // "file:line" of the known text
};

class Fingerprints {
 public:
  explicit Fingerprints(Names names = Names::kCount) : names_(names) {}

  // Adds the text, with its comments and without.
  void Add(const std::string& file, std::string_view text);

  // Takes those of `text` out again: what everybody may read.
  void Remove(std::string_view text);

  // The passages of known texts in `text`, the longest first; those that
  // overlap are one.
  // Cost: two passes over the text. Thread safety: concurrent calls are fine.
  std::vector<Passage> Find(std::string_view text) const;

  std::size_t size() const { return grams_.size(); }

 private:
  struct Origin {
    std::uint32_t file = 0;
    int line = 0;
  };
  std::vector<Gram> GramsOf(std::string_view text) const;
  std::vector<Passage> FindIn(std::string_view text) const;

  Names names_;
  std::vector<std::string> files_;
  std::unordered_map<std::uint64_t, Origin> grams_;
};

// `text` with the comments of C++ made blank; lines keep their numbers.
std::string WithoutComments(std::string_view text);

}  // namespace workbook::release

#endif  // WORKBOOK_TOOLS_RELEASE_FINGERPRINTS_H_
