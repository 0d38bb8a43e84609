// SPDX-License-Identifier: Apache-2.0

// What the next user of a buffer finds in it.
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "01_02/buffer_pool.h"
#include "exercises/01_02/testing/buffer_bytes.h"

namespace workbook {
namespace {

TEST(Task4BufferPool, NextUserFindsOnlyZeros) {
  BufferPool pool;
  for (const std::size_t written : {1u, 63u, 64u, 65u, 1000u, 4096u}) {
    {
      Buffer buffer = pool.Acquire(4096);
      Fill(buffer, written, 0xAB);
    }
    EXPECT_EQ(NonZeroBytes(pool.Acquire(4096)), 0u)
        << "after " << written << " bytes were written";
  }
  EXPECT_EQ(pool.Statistics().misses, 1u) << "it must be the same buffer";
}

TEST(Task4BufferPool, ClearsWhatWasWrittenBeforeABufferShrank) {
  // [region not_reset]
  BufferPool pool;
  {
    Buffer buffer = pool.Acquire(4096);
    Fill(buffer, 4000, 0xCD);
    buffer.Resize(10);
  }
  EXPECT_EQ(NonZeroBytes(pool.Acquire(4096)), 0u)
      << "bytes beyond size() are another user's, too";
  // [end]
}

// The pages of a buffer that the kernel has given memory to. The first and the
// last one are left out: the buffer has them in part only.
std::size_t ResidentPages(std::byte* data, std::size_t size_bytes) {
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  const auto begin = (reinterpret_cast<std::uintptr_t>(data) / page + 1) * page;
  const auto end =
      (reinterpret_cast<std::uintptr_t>(data) + size_bytes) / page * page;
  std::vector<unsigned char> resident((end - begin) / page);
  ::mincore(reinterpret_cast<void*>(begin), end - begin, resident.data());
  return static_cast<std::size_t>(
      std::count_if(resident.begin(), resident.end(),
                    [](unsigned char each) { return (each & 1) != 0; }));
}

TEST(Task4BufferPool, ClearsWhatWasWrittenAndNotWhatIsReserved) {
  constexpr std::size_t kBytes = std::size_t{1} << 20;
  BufferPool pool;
  std::byte* data = nullptr;
  {
    Buffer buffer = pool.Acquire(kBytes);
    Fill(buffer, 1, 0xAB);
    data = buffer.data();
  }
  // The kernel takes the memory of the idle buffer: it reads as zero, and gets
  // memory again where it is written.
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  const auto begin = (reinterpret_cast<std::uintptr_t>(data) / page + 1) * page;
  const auto end =
      (reinterpret_cast<std::uintptr_t>(data) + kBytes) / page * page;
  ASSERT_EQ(
      ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_DONTNEED), 0);
  Buffer buffer = pool.Acquire(kBytes);
  ASSERT_EQ(buffer.data(), data) << "it must be the same buffer";
  const std::size_t resident = ResidentPages(data, kBytes);
  // The kernel could not take the first page, but its byte tells.
  const std::size_t first = data[0] == std::byte{0} ? 1 : 0;
  RecordProperty("pages_cleared", static_cast<int>(first + resident));
  EXPECT_EQ(resident, 0u) << "one byte was written, and these pages lie behind";
  EXPECT_EQ(buffer.data()[0], std::byte{0});
}

TEST(Task4BufferPool, ClearsWhatSeveralUsersLeftOneAfterTheOther) {
  BufferPool pool;
  {
    Buffer buffer = pool.AcquireUninitialized(4096);
    Fill(buffer, 4096, 0x11);
  }
  {
    Buffer buffer = pool.AcquireUninitialized(4096);
    Fill(buffer, 8, 0x22);
  }
  EXPECT_EQ(NonZeroBytes(pool.Acquire(4096)), 0u)
      << "the first user's bytes lie behind the second's";
}

TEST(Task4BufferPool, UninitializedLeavesTheBytesAsTheyAre) {
  BufferPool pool;
  {
    Buffer buffer = pool.Acquire(256);
    Fill(buffer, 256, 0x5A);
  }
  Buffer buffer = pool.AcquireUninitialized(256);
  buffer.Resize(256);
  EXPECT_EQ(buffer.data()[255], std::byte{0x5A})
      << "clearing costs what the caller has said that he does not need";
}

TEST(Task4BufferPool, ResizeShowsZerosAndKeepsWhatIsThere) {
  BufferPool pool;
  Buffer buffer = pool.Acquire(100);
  Fill(buffer, 100, 7);
  buffer.Resize(128);
  EXPECT_EQ(buffer.data()[99], std::byte{7});
  EXPECT_EQ(buffer.data()[100], std::byte{0});
  EXPECT_EQ(buffer.bytes().size(), 128u);
}

}  // namespace
}  // namespace workbook
