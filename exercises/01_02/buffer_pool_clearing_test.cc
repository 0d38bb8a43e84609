// SPDX-License-Identifier: Apache-2.0

// What the next user of a buffer finds in it.
#include <gtest/gtest.h>

#include <cstddef>

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
  BufferPool pool;
  {
    Buffer buffer = pool.Acquire(4096);
    Fill(buffer, 4000, 0xCD);
    buffer.Resize(10);
  }
  EXPECT_EQ(NonZeroBytes(pool.Acquire(4096)), 0u)
      << "bytes beyond size() are another user's, too";
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
