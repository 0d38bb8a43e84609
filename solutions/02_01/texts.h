// SPDX-License-Identifier: Apache-2.0

// Texts that are built, looked at, and kept short.
#ifndef WORKBOOK_02_01_TEXTS_H_
#define WORKBOOK_02_01_TEXTS_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace workbook {

// Returns "Dear NAME, welcome to PLACE!".
// Cost: O(length); one allocation.
// Thread safety: any thread, for all functions here.
// On failure: std::bad_alloc.
std::string Greeting(std::string_view name, std::string_view place);

// Returns what follows the last '.' of the last part of a path: "gz" of
// "a.d/b.tar.gz". It is empty where that part has no '.', or where it is its
// first character, as in ".profile".
// Cost: O(length); no allocation.
std::string_view Extension(std::string_view path);

// Says whether `line` begins with `name` and ':', where upper and lower case
// of ASCII letters are the same: "Content-Type: text" has "content-type".
// Cost: O(length of name); no allocation.
bool HasHeader(std::string_view line, std::string_view name);

// Returns a key that differs for each id and has at most 15 characters: so many
// a std::string of libstdc++ holds within itself.
// Cost: O(1); no allocation.
std::string KeyOf(std::uint32_t id);

// Appends `field` between quotes, and each quote within it twice.
// Cost: O(length of field); no allocation while `line` has the capacity.
// On failure: std::bad_alloc; `line` may end with a part of it.
void AppendQuoted(std::string& line, std::string_view field);

}  // namespace workbook

#endif  // WORKBOOK_02_01_TEXTS_H_
