// Finds passages of known texts in other texts, however they are laid out.
//
// A text is a row of tokens: words, and single characters of punctuation; blank
// space, line ends, what begins the lines of a patch or a quotation, and
// slashes are none. Each run of kGramTokens tokens is a fingerprint. This is
// the k-gram scheme of winnowing (Schleimer, Wilkerson, Aiken, "Winnowing:
// Local Algorithms for Document Fingerprinting", SIGMOD 2003) with every gram
// kept: a course is small, and what is kept whole needs no window.
#ifndef WORKBOOK_TOOLS_RELEASE_FINGERPRINTS_H_
#define WORKBOOK_TOOLS_RELEASE_FINGERPRINTS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace workbook::release {

// 24 tokens are two or three lines of code. Over the course's five first
// exercises, 24 match in no stub; at 16, idioms such as a loop over an index
// do.
inline constexpr std::size_t kGramTokens = 24;

struct Passage {
  int line = 0;            // where it begins in the text that was looked at
  std::size_t tokens = 0;  // its length
  std::string source;      // "file:line" of the known text
};

class Fingerprints {
 public:
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
  std::vector<Passage> FindIn(std::string_view text) const;

  std::vector<std::string> files_;
  std::unordered_map<std::uint64_t, Origin> grams_;
};

// `text` with the comments of C++ made blank; lines keep their numbers.
std::string WithoutComments(std::string_view text);

}  // namespace workbook::release

#endif  // WORKBOOK_TOOLS_RELEASE_FINGERPRINTS_H_
