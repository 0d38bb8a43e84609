// SPDX-License-Identifier: Apache-2.0

#include <memory>

#include "04_01/binary_text.h"
#include "exercises/04_01/before/binary_text.h"
#include "exercises/04_01/zero_alloc_bench.h"

#ifdef WORKBOOK_HAS_ABSEIL_CPP
#include <absl/strings/escaping.h>
#endif

namespace workbook {
namespace {

Texts Bytes() {
  Texts texts;
  for (std::size_t size : {16u, 100u, 1000u}) {
    std::string text;
    for (std::size_t i = 0; i < size; ++i) {
      text.push_back(static_cast<char>(i * 37 + size));
    }
    texts.push_back(text);
  }
  return texts;
}

// Encoded by the form that is there from the beginning: registering rows must
// not need the learner's.
Texts Encoded(before::BufferResult (*encode)(std::string_view,
                                             std::span<char>)) {
  Texts texts;
  std::vector<char> buffer(4000);
  for (const std::string& bytes : Bytes()) {
    texts.emplace_back(Written(buffer, encode(bytes, buffer)));
  }
  return texts;
}

#ifdef WORKBOOK_HAS_ABSEIL_CPP
// Abseil's way is a std::string; the row keeps one, so that it need not
// allocate.
template <typename Work>
void AddAbslRow(const char* case_name, const char* name, const Texts& inputs,
                Work work) {
  const auto text = std::make_shared<std::string>();
  AddTextRow(case_name, Role::kPeer, name, inputs, true,
             [=](std::string_view input, std::vector<char>&) {
               work(absl::string_view(input.data(), input.size()), text.get());
               return std::string_view(*text);
             });
}
#endif

const RegisterRows registration([] {
  AddFillRows("binary_text/hex_encode", "HexEncode", Bytes(), true,
              before::HexEncode, HexEncode);
  AddFillRows("binary_text/hex_decode", "HexDecode", Encoded(before::HexEncode),
              true, before::HexDecode, HexDecode);
  AddFillRows("binary_text/base64_encode", "Base64Encode", Bytes(), true,
              before::Base64Encode, Base64Encode);
  AddFillRows("binary_text/base64_decode", "Base64Decode",
              Encoded(before::Base64Encode), true, before::Base64Decode,
              Base64Decode);
#ifdef WORKBOOK_HAS_ABSEIL_CPP
  AddAbslRow("binary_text/hex_encode", "absl::BytesToHexString", Bytes(),
             [](absl::string_view bytes, std::string* text) {
               *text = absl::BytesToHexString(bytes);
             });
  AddAbslRow("binary_text/hex_decode", "absl::HexStringToBytes",
             Encoded(before::HexEncode),
             [](absl::string_view text, std::string* bytes) {
               *bytes = absl::HexStringToBytes(text);
             });
  AddAbslRow("binary_text/base64_encode", "absl::Base64Escape", Bytes(),
             [](absl::string_view bytes, std::string* text) {
               absl::Base64Escape(bytes, text);
             });
  AddAbslRow("binary_text/base64_decode", "absl::Base64Unescape",
             Encoded(before::Base64Encode),
             [](absl::string_view text, std::string* bytes) {
               absl::Base64Unescape(text, bytes);
             });
#else
  for (const char* name :
       {"hex_encode", "hex_decode", "base64_encode", "base64_decode"}) {
    AddGap(std::string("binary_text/") + name, "absl", "libabsl-dev");
  }
#endif
});

}  // namespace
}  // namespace workbook
