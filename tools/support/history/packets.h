// SPDX-License-Identifier: Apache-2.0

// What goes between the program that asks (trusted, with the model) and the one
// that answers (with the subject). A packet is its length, four bytes, and its
// bytes: to the answering program operations, of which the last may want an
// answer; back one answer.
#ifndef WORKBOOK_TOOLS_SUPPORT_HISTORY_PACKETS_H_
#define WORKBOOK_TOOLS_SUPPORT_HISTORY_PACKETS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace workbook::history {

enum class Op : std::uint8_t {
  kFresh = 1,  // a new process, which answers kIsFresh
  kBegin,      // a history
  kCall,       // site, thread, k-th allocation that fails; inputs
  kAside,      // the same outside of the arena
  kTell,       // kAside without an answer
  kFill,       // address, bytes, first byte of the pattern
  kLook,       // at guards and contents: count; address and bytes of each
  kRead,       // address, bytes
  kDrop,       // a fixture, by its number
  kEndThreads,
};

enum class Reply : std::uint8_t {
  kIsFresh = 1,
  kAnswer,
  kUnknownSite,
  kFault,  // verdict, sentence: the process that answered is gone
};

// Of a call that met a Todo, in the place of Thrown; its text follows.
inline constexpr std::uint8_t kMetTodo = 255;
inline constexpr std::uint8_t kMainThread = 255;
inline constexpr std::size_t kMostPacketBytes = std::size_t{1} << 22;
// Descriptors, as the jail gives them.
inline constexpr int kIncoming = 3;
inline constexpr int kOutgoing = 4;

// On failure: false; the other side is gone, or sends what is no packet.
bool ReadPacket(std::string& packet);
bool WritePacket(std::string_view packet);

}  // namespace workbook::history

#endif  // WORKBOOK_TOOLS_SUPPORT_HISTORY_PACKETS_H_
