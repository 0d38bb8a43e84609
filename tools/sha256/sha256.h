// SPDX-License-Identifier: Apache-2.0

// SHA-256 as text: for what somebody may want to collide, such as submissions
// and released files.
#ifndef WORKBOOK_TOOLS_SHA256_SHA256_H_
#define WORKBOOK_TOOLS_SHA256_SHA256_H_

#include <string>
#include <string_view>

namespace workbook {

// The 64 hexadecimal digits of FIPS 180-4's SHA-256 of `bytes`.
// Cost: one pass over the bytes. Thread safety: any thread.
std::string Sha256(std::string_view bytes);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_SHA256_SHA256_H_
