// SPDX-License-Identifier: Apache-2.0

#include "tools/support/history/packets.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace workbook::history {
namespace {

bool ReadAll(char* bytes, std::size_t size) {
  while (size != 0) {
    const ssize_t got = read(kIncoming, bytes, size);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    bytes += got;
    size -= static_cast<std::size_t>(got);
  }
  return true;
}

}  // namespace

bool ReadPacket(std::string& packet) {
  std::uint32_t size = 0;
  packet.clear();
  if (!ReadAll(reinterpret_cast<char*>(&size), sizeof(size)) ||
      size > kMostPacketBytes) {
    return false;
  }
  packet.resize(size);
  return ReadAll(packet.data(), size);
}

bool WritePacket(std::string_view packet) {
  const auto size = static_cast<std::uint32_t>(packet.size());
  std::string all(sizeof(size), '\0');
  std::memcpy(all.data(), &size, sizeof(size));
  all += packet;
  std::string_view rest = all;
  while (!rest.empty()) {
    const ssize_t count = write(kOutgoing, rest.data(), rest.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    rest.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

}  // namespace workbook::history
