// SPDX-License-Identifier: Apache-2.0

// A pipe that gives less than it was asked for, and what a caller must not do.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "04_04/chunk_io.h"
#include "tools/exercise/debug_check.h"

namespace workbook {
namespace {

// A pipe behind which a writer has much to say: it writes as much as the pipe
// holds whenever it is read.
class FedPipe : public ByteSource {
 public:
  explicit FedPipe(std::size_t bytes) : rest_(bytes) {
    EXPECT_EQ(pipe2(ends_.data(), O_NONBLOCK | O_CLOEXEC), 0);
  }
  ~FedPipe() override {
    close(ends_[0]);
    if (rest_ > 0) close(ends_[1]);
  }
  ssize_t Read(std::span<char> buffer) override {
    const std::array<char, 4096> piece = {};
    while (rest_ > 0) {
      const ssize_t written =
          write(ends_[1], piece.data(), std::min(piece.size(), rest_));
      if (written <= 0) break;
      rest_ -= static_cast<std::size_t>(written);
      if (rest_ == 0) close(ends_[1]);
    }
    return read(ends_[0], buffer.data(), buffer.size());
  }

 private:
  std::array<int, 2> ends_ = {};
  std::size_t rest_;
};

// [region one_read]
// How a file is often read: it has so many bytes, so one read gets them.
std::string ReadOnce(ByteSource& source, std::size_t bytes) {
  std::string text(bytes, '\0');
  const ssize_t count = source.Read(text);
  text.resize(count < 0 ? 0 : static_cast<std::size_t>(count));
  return text;
}
// [end]

TEST(Task1ChunkPipe, FillsTheChunkFromAPipeThatGivesLess) {
  constexpr std::size_t kAsked = 1 << 20;
  FedPipe source(kAsked);
  std::vector<char> buffer(kAsked);
  ChunkReader reader(source);
  EXPECT_EQ(reader.Fill(buffer), kAsked) << "whatever a single read returned";
  EXPECT_EQ(reader.Fill(buffer), 0u);
  EXPECT_TRUE(reader.Status().ok()) << reader.Status().Message();
  FedPipe read_once(kAsked);
  const std::string text = ReadOnce(read_once, kAsked);
  EXPECT_LT(text.size(), kAsked);
  RecordProperty("first_read_bytes", static_cast<int>(text.size()));
}

TEST(Task1ChunkPipe, AFileOfNoSizeMayHaveBytes) {
  const int fd = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
  ASSERT_GE(fd, 0);
  struct stat state;
  ASSERT_EQ(fstat(fd, &state), 0);
  RecordProperty("size_of_maps", static_cast<int>(state.st_size));
  FdSource source(fd);
  ChunkReader reader(source, 0);
  std::vector<char> buffer(1 << 16);
  EXPECT_GT(reader.Fill(buffer), 0u);
  EXPECT_TRUE(reader.Status().ok());
  close(fd);
}

TEST(Task1ChunkPipe, FillOfNoBytesIsRefusedInDebugBuilds) {
  FedPipe source(100);
  ChunkReader reader(source);
  std::array<char, 4> buffer;
  EXPECT_EQ(reader.Fill(buffer), 4u);
  if constexpr (!kDebugChecks) GTEST_SKIP() << "undefined in this build";
  EXPECT_DEATH(reader.Fill({}), "the buffer is empty");
}

class Nowhere : public ByteTarget {
 public:
  explicit Nowhere(int error_number) : error_number_(error_number) {}
  ssize_t Write(std::string_view bytes) override {
    ++calls;
    errno = error_number_;
    return error_number_ != 0 ? -1 : static_cast<ssize_t>(bytes.size());
  }
  int calls = 0;

 private:
  int error_number_;
};

TEST(Task1ChunkIo, AppendSaysWhenItsOwnWriteFails) {
  Nowhere target(ENOSPC);
  std::array<char, 8> buffer;
  ChunkWriter writer(target, buffer);
  EXPECT_TRUE(writer.Append("abcdefgh")) << "it fits, and nothing is written";
  EXPECT_FALSE(writer.Append("i")) << "the write before it has failed";
  EXPECT_EQ(writer.Status().outcome, IoOutcome::kDiskFull);
  EXPECT_EQ(writer.Status().offset, 0u);
}

TEST(Task1ChunkIo, TheDestructorDoesNotFlush) {
  Nowhere target(0);
  std::array<char, 8> buffer;
  { EXPECT_TRUE(ChunkWriter(target, buffer).Append("abc")); }
  EXPECT_EQ(target.calls, 0) << "it could not say that it failed";
}

TEST(Task1ChunkIo, ABufferOfNoBytesIsRefusedInDebugBuilds) {
  Nowhere target(0);
  if constexpr (!kDebugChecks) GTEST_SKIP() << "undefined in this build";
  EXPECT_DEATH(ChunkWriter(target, {}), "the buffer is empty");
}

TEST(Task1ChunkIo, EachOutcomeHasItsOwnMessage) {
  std::set<std::string> messages;
  for (const IoOutcome outcome :
       {IoOutcome::kOk, IoOutcome::kReadFailed, IoOutcome::kShrunk,
        IoOutcome::kDiskFull, IoOutcome::kClosed, IoOutcome::kWriteFailed}) {
    const bool is_ok = outcome == IoOutcome::kOk;
    const bool has_errno = !is_ok && outcome != IoOutcome::kShrunk;
    const IoStatus status{outcome, has_errno ? EIO : 0, 4711};
    const std::string message = status.Message();
    EXPECT_TRUE(messages.insert(message).second) << message;
    EXPECT_EQ(message.find("4711") != std::string::npos, !is_ok) << message;
    EXPECT_EQ(message.find(std::strerror(EIO)) != std::string::npos, has_errno)
        << message;
  }
}

}  // namespace
}  // namespace workbook
