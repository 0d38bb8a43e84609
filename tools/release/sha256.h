// SHA-256 as text.
#ifndef WORKBOOK_TOOLS_RELEASE_SHA256_H_
#define WORKBOOK_TOOLS_RELEASE_SHA256_H_

#include <string>
#include <string_view>

namespace workbook::release {

// The 64 hexadecimal digits of FIPS 180-4's SHA-256 of `bytes`.
// Cost: one pass over the bytes. Thread safety: any thread.
std::string Sha256(std::string_view bytes);

}  // namespace workbook::release

#endif  // WORKBOOK_TOOLS_RELEASE_SHA256_H_
