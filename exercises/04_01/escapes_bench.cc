// SPDX-License-Identifier: Apache-2.0

#include <nlohmann/json.hpp>

#include "04_01/escapes.h"
#include "exercises/04_01/before/escapes.h"
#include "exercises/04_01/zero_alloc_bench.h"

namespace workbook {
namespace {

const RegisterRows registration([] {
  const Texts plain = {
      "a text of some length without anything that must be escaped, at all",
      "said \"hello\"\tand\nleft C:\\temp",
      "caf\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80"};
  const Texts escaped = {
      "a text of some length without anything that must be escaped, at all",
      "said \\\"hello\\\"\\tand\\nleft C:\\\\temp",
      "caf\\u00e9 \\u20ac \\ud83d\\ude00"};
  AddFillRows("escapes/url_decode", "UrlDecode",
              {"/search?q=caf%C3%A9%20noir&lang=fr", "/index.html",
               "/a%2Fb/%E2%82%AC/%22quoted%22"},
              true, before::UrlDecode, UrlDecode);
  AddGap("escapes/url_decode", "a URL library",
         "boost 1.82 or later (Boost.URL); Debian 12 has 1.81");
  AddFillRows("escapes/json_escape", "JsonEscape", plain, true,
              before::JsonEscape, JsonEscape);
  AddTextRow("escapes/json_escape", Role::kPeer, "nlohmann::json", plain, true,
             [](std::string_view text, std::vector<char>&) {
               const std::string quoted = nlohmann::json(text).dump();
               return quoted.substr(1, quoted.size() - 2);
             });
  AddFillRows("escapes/json_unescape", "JsonUnescape", escaped, true,
              before::JsonUnescape, JsonUnescape);
  AddTextRow("escapes/json_unescape", Role::kPeer, "nlohmann::json", escaped,
             true, [](std::string_view text, std::vector<char>&) {
               const std::string quoted = '"' + std::string(text) + '"';
               return nlohmann::json::parse(quoted).get<std::string>();
             });
});

}  // namespace
}  // namespace workbook
