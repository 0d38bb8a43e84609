// SPDX-License-Identifier: Apache-2.0

#include "tools/release/unpack.h"

#include <archive.h>
#include <archive_entry.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>

namespace workbook::release {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kMagic[] = {
    "PK\003\004"sv, "PK\005\006"sv,    "\037\213"sv,
    "BZh"sv,        "\375\067zXZ\0"sv, "\050\265\057\375"sv,
    "7z\274\257"sv, "\004\042M\030"sv, "\037\235"sv,
    "]\0\0"sv,      "Rar!\032\007"sv,  "070701"sv,
    "070707"sv,     "\307\161"sv,      "xar!"sv,
    "MSCF"sv,       "LZIP"sv,          "!<arch>\n"sv};
constexpr std::size_t kTarMagicAt = 257;

constexpr std::size_t kPieceBytes = std::size_t{1} << 16;

// RFC 1950: deflate, and a header that is a multiple of 31.
bool IsZlib(const std::string& bytes) {
  if (bytes.size() < 8) return false;
  const unsigned first = static_cast<unsigned char>(bytes[0]);
  const unsigned second = static_cast<unsigned char>(bytes[1]);
  return (first & 0x0F) == 8 && first <= 0x78 &&
         (first * 256 + second) % 31 == 0;
}

// Text that happens to begin as a zlib header does is no finding, so damage is
// none either.
std::string Inflate(
    const std::string& bytes, std::size_t limit_bytes,
    const std::function<void(const std::string&, std::string)>& with) {
  z_stream stream{};
  if (inflateInit(&stream) != Z_OK) return "out of memory";
  const std::unique_ptr<z_stream, int (*)(z_stream*)> owner(&stream,
                                                            inflateEnd);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  std::string content;
  std::array<char, kPieceBytes> piece;
  int status = Z_OK;
  while (status == Z_OK) {
    stream.next_out = reinterpret_cast<Bytef*>(piece.data());
    stream.avail_out = piece.size();
    status = inflate(&stream, Z_NO_FLUSH);
    content.append(piece.data(), piece.size() - stream.avail_out);
    if (content.size() > limit_bytes) return "it unpacks to too much";
  }
  if (!content.empty()) with("", std::move(content));
  return {};
}

std::string Error(archive* source) {
  const char* const why = archive_error_string(source);
  return why != nullptr ? why : "it is damaged";
}

// The entry's bytes; false where they can't be read, or are too many.
bool ReadEntry(archive* source, std::size_t limit_bytes, std::string& content,
               std::string& why) {
  std::array<char, kPieceBytes> piece;
  for (;;) {
    const la_ssize_t got =
        archive_read_data(source, piece.data(), piece.size());
    if (got == 0) return true;
    if (got < 0) {
      why = Error(source);
      return false;
    }
    content.append(piece.data(), static_cast<std::size_t>(got));
    if (content.size() > limit_bytes) {
      why = "it unpacks to too much";
      return false;
    }
  }
}

std::string ReadEntries(
    archive* source, std::size_t limit_bytes,
    const std::function<void(const std::string&, std::string)>& with) {
  std::string why;
  for (;;) {
    archive_entry* entry = nullptr;
    const int status = archive_read_next_header(source, &entry);
    if (status == ARCHIVE_EOF) return {};
    if (status < ARCHIVE_WARN) return Error(source);
    std::string content;
    if (!ReadEntry(source, limit_bytes, content, why)) return why;
    limit_bytes -= content.size();
    const bool raw = archive_format(source) == ARCHIVE_FORMAT_RAW;
    // Only what a filter has changed: else this is the same file again.
    if (raw && archive_filter_count(source) < 2) return {};
    const char* const name = archive_entry_pathname(entry);
    with(raw || name == nullptr ? "" : name, std::move(content));
  }
}

}  // namespace

bool MayUnpack(const std::string& bytes) {
  return std::any_of(std::begin(kMagic), std::end(kMagic),
                     [&](std::string_view magic) {
                       return bytes.starts_with(magic);
                     }) ||
         bytes.substr(0, kTarMagicAt + 5).ends_with("ustar") || IsZlib(bytes);
}

std::string Unpack(
    const std::string& bytes, std::size_t limit_bytes,
    const std::function<void(const std::string&, std::string)>& with) {
  const std::unique_ptr<archive, int (*)(archive*)> source(archive_read_new(),
                                                           archive_read_free);
  archive_read_support_filter_all(source.get());
  archive_read_support_format_all(source.get());
  archive_read_support_format_raw(source.get());
  if (IsZlib(bytes)) return Inflate(bytes, limit_bytes, with);
  if (archive_read_open_memory(source.get(), bytes.data(), bytes.size()) !=
      ARCHIVE_OK) {
    return Error(source.get());
  }
  return ReadEntries(source.get(), limit_bytes, with);
}

}  // namespace workbook::release
