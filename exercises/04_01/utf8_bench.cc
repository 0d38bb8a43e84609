// SPDX-License-Identifier: Apache-2.0

#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <utility>

#include "04_01/utf8.h"
#include "exercises/04_01/before/utf8.h"
#include "exercises/04_01/zero_alloc_bench.h"

#ifdef WORKBOOK_HAS_BOOST_LOCALE
#include <boost/locale/utf.hpp>
#endif

namespace workbook {
namespace {

Texts Repeated(std::string_view piece) {
  std::string text;
  while (text.size() < 16'000) text += piece;
  return {text};
}

// Code points of one to four bytes in no order that a predictor could learn.
Texts Mixed() {
  constexpr std::string_view kPieces[] = {"a",
                                          "word ",
                                          "12",
                                          "\xC3\xA9",
                                          "\xE2\x82\xAC",
                                          "\xE6\x9D\x8E",
                                          "\xF0\x9F\x98\x80"};
  std::minstd_rand random(8);
  Texts texts(8);
  for (std::string& text : texts) {
    while (text.size() < 16'000) text += kPieces[random() % std::size(kPieces)];
  }
  return texts;
}

// The text that is right up to where it is wrong: all of it.
template <typename Find>
void AddFindRow(const char* case_name, Role role, const char* name,
                const Texts& texts, Find find) {
  AddTextRow(case_name, role, name, texts, true,
             [=](std::string_view text, std::vector<char>&) {
               return text.substr(0, find(text));
             });
}

#ifdef WORKBOOK_HAS_BOOST_LOCALE
[[gnu::noinline]] std::size_t FindByBoost(std::string_view text) {
  using Traits = boost::locale::utf::utf_traits<char>;
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at != end) {
    const char* const start = at;
    const auto code = Traits::decode(at, end);
    if (code == boost::locale::utf::illegal ||
        code == boost::locale::utf::incomplete) {
      return static_cast<std::size_t>(start - text.data());
    }
  }
  return text.size();
}
#endif

const RegisterRows registration([] {
  const std::pair<const char*, Texts> cases[] = {
      {"utf8/ascii", Repeated("plain words, and nothing else in them. ")},
      {"utf8/mixed", Mixed()},
      {"utf8/three_bytes", Repeated("\xE6\x9D\x8E\xE4\xB8\xAD\xE6\x96\x87")}};
  for (const auto& [name, texts] : cases) {
    AddFindRow(name, Role::kBaseline, "before", texts, before::FindInvalidUtf8);
    AddFindRow(name, Role::kSubject, "FindInvalidUtf8", texts, FindInvalidUtf8);
#ifdef WORKBOOK_HAS_BOOST_LOCALE
    AddFindRow(name, Role::kPeer, "boost::locale::utf", texts, FindByBoost);
#else
    AddGap(name, "boost::locale::utf", "libboost1.81-dev");
#endif
    AddGap(name, "simdutf", "libsimdutf-dev, which Debian 12 does not have");
  }
});

}  // namespace
}  // namespace workbook
