// SPDX-License-Identifier: Apache-2.0

// What is inside an archive or a compressed file.
#ifndef WORKBOOK_TOOLS_RELEASE_UNPACK_H_
#define WORKBOOK_TOOLS_RELEASE_UNPACK_H_

#include <cstddef>
#include <functional>
#include <string>

namespace workbook::release {

// Whether the bytes begin like an archive or a compressed file.
bool MayUnpack(const std::string& bytes);

// Calls `with` for each file inside: its name, "" for what was only
// compressed, and its bytes. Nothing is written to the disk.
// Cost: the bytes of the largest file inside.
// Thread safety: any thread.
// On failure: why the rest was not seen: damage, encryption, more than
// `limit_bytes` in all. "" is success.
std::string Unpack(
    const std::string& bytes, std::size_t limit_bytes,
    const std::function<void(const std::string&, std::string)>& with);

}  // namespace workbook::release

#endif  // WORKBOOK_TOOLS_RELEASE_UNPACK_H_
