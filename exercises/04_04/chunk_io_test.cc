// SPDX-License-Identifier: Apache-2.0

#include "04_04/chunk_io.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string>
#include <vector>

#include "tools/probe/probe.h"

namespace workbook {
namespace {

// What the next system calls answer: a number of bytes at most, or -errno.
class Script {
 public:
  explicit Script(std::vector<int> answers) : answers_(std::move(answers)) {}
  // The next answer for a call about `bytes`; after the last, all of it.
  ssize_t Next(std::size_t bytes) {
    ++calls;
    const int answer =
        place_ < answers_.size() ? answers_[place_++] : static_cast<int>(bytes);
    if (answer >= 0) {
      return std::min(static_cast<ssize_t>(bytes), ssize_t{answer});
    }
    errno = -answer;
    return -1;
  }
  int calls = 0;

 private:
  std::vector<int> answers_;
  std::size_t place_ = 0;
};

class ScriptSource : public ByteSource {
 public:
  ScriptSource(std::string text, std::vector<int> answers)
      : script(std::move(answers)), text_(std::move(text)) {}
  ssize_t Read(std::span<char> buffer) override {
    const ssize_t count =
        script.Next(std::min(buffer.size(), text_.size() - place_));
    if (count > 0) {
      std::copy_n(text_.data() + place_, count, buffer.data());
      place_ += static_cast<std::size_t>(count);
    }
    return count;
  }
  Script script;

 private:
  std::string text_;
  std::size_t place_ = 0;
};

class ScriptTarget : public ByteTarget {
 public:
  explicit ScriptTarget(std::vector<int> answers)
      : script(std::move(answers)) {}
  ssize_t Write(std::string_view bytes) override {
    const ssize_t count = script.Next(bytes.size());
    if (count > 0)
      text.append(bytes.substr(0, static_cast<std::size_t>(count)));
    return count;
  }
  Script script;
  std::string text;
};

TEST(Task1ChunkReader, FillsTheChunkFromShortAndInterruptedReads) {
  ScriptSource source("abcdefgh", {1, -EINTR, 2, -EINTR, -EINTR, 1});
  ChunkReader reader(source);
  std::array<char, 4> buffer;
  EXPECT_EQ(reader.Fill(buffer), 4u);
  EXPECT_EQ(std::string(buffer.data(), 4), "abcd");
  EXPECT_EQ(reader.Fill(buffer), 4u);
  EXPECT_EQ(std::string(buffer.data(), 4), "efgh");
  EXPECT_EQ(reader.Fill(buffer), 0u);
  EXPECT_TRUE(reader.Status().ok()) << reader.Status().Message();
  EXPECT_EQ(reader.BytesRead(), 8u);
}

TEST(Task1ChunkReader, TheLastChunkMayBeShort) {
  ScriptSource source("abcde", {});
  ChunkReader reader(source, 5);
  std::array<char, 4> buffer;
  EXPECT_EQ(reader.Fill(buffer), 4u);
  EXPECT_EQ(reader.Fill(buffer), 1u);
  EXPECT_EQ(buffer[0], 'e');
  EXPECT_EQ(reader.Fill(buffer), 0u);
  EXPECT_TRUE(reader.Status().ok());
}

TEST(Task1ChunkReader, DeliversWhatCameBeforeAFailure) {
  ScriptSource source("abcdefgh", {3, -EIO});
  ChunkReader reader(source);
  std::array<char, 8> buffer;
  EXPECT_EQ(reader.Fill(buffer), 3u) << "three bytes came before the failure";
  EXPECT_EQ(std::string(buffer.data(), 3), "abc");
  EXPECT_EQ(reader.Fill(buffer), 0u);
  EXPECT_EQ(reader.Status().outcome, IoOutcome::kReadFailed);
  EXPECT_EQ(reader.Status().error_number, EIO);
  EXPECT_EQ(reader.Status().offset, 3u);
  EXPECT_NE(reader.Status().Message().find("3 bytes"), std::string::npos);
}

TEST(Task1ChunkReader, DoesNotReadAgainAfterTheEndOrAFailure) {
  for (const int answer : {0, -EIO}) {
    ScriptSource source("abc", {answer});
    ChunkReader reader(source);
    std::array<char, 2> buffer;
    EXPECT_EQ(reader.Fill(buffer), 0u);
    EXPECT_EQ(reader.Fill(buffer), 0u);
    EXPECT_EQ(source.script.calls, 1) << "a terminal would ask for more input";
  }
}

TEST(Task1ChunkReader, NoticesAFileThatShrinks) {
  ScriptSource cut("abc", {});
  ChunkReader reader(cut, 10);
  std::array<char, 8> buffer;
  EXPECT_EQ(reader.Fill(buffer), 3u);
  EXPECT_EQ(reader.Status().outcome, IoOutcome::kShrunk);
  EXPECT_EQ(reader.Status().offset, 3u);
  ScriptSource grown("abcdef", {});
  ChunkReader of_grown(grown, 3);
  EXPECT_EQ(of_grown.Fill(buffer), 6u) << "a log that grows is read on";
  EXPECT_TRUE(of_grown.Status().ok());
}

TEST(Task1ChunkReader, ReadsFilesAndReportsErrno) {
  const int fd = open("/proc/self/exe", O_RDONLY);
  FdSource source(fd);
  ChunkReader reader(source);
  std::array<char, 4> buffer;
  EXPECT_EQ(reader.Fill(buffer), 4u);
  EXPECT_EQ(std::string(buffer.data(), 4), "\177ELF");
  close(fd);
  FdSource closed(-1);
  ChunkReader of_closed(closed);
  EXPECT_EQ(of_closed.Fill(buffer), 0u);
  EXPECT_EQ(of_closed.Status().error_number, EBADF);
}

TEST(Task1ChunkIo, WritesWholeBuffersAndTheRestOnFlush) {
  ScriptTarget target({});
  std::array<char, 8> buffer;
  ChunkWriter writer(target, buffer);
  EXPECT_TRUE(writer.Append("abc"));
  EXPECT_TRUE(writer.Append("defghijklmnopqrst"));
  EXPECT_EQ(target.text, "abcdefghijklmnop") << "two full buffers";
  EXPECT_EQ(target.script.calls, 2);
  EXPECT_TRUE(writer.Flush());
  EXPECT_EQ(target.text, "abcdefghijklmnopqrst");
  EXPECT_TRUE(writer.Flush());
  EXPECT_EQ(target.script.calls, 3) << "nothing held, nothing written";
  EXPECT_EQ(writer.BytesWritten(), 20u);
}

TEST(Task1ChunkIo, GoesOnAfterShortAndInterruptedWrites) {
  ScriptTarget target({2, -EINTR, 1, -EINTR});
  std::array<char, 8> buffer;
  ChunkWriter writer(target, buffer);
  EXPECT_TRUE(writer.Append("abcdefgh"));
  EXPECT_TRUE(writer.Flush());
  EXPECT_EQ(target.text, "abcdefgh");
  EXPECT_EQ(target.script.calls, 5);
}

TEST(Task1ChunkIo, NamesAFullDiskAndAClosedPipe) {
  const auto outcome = [](int answer) {
    ScriptTarget target({3, answer});
    std::array<char, 8> buffer;
    ChunkWriter writer(target, buffer);
    writer.Append("abcdefgh");
    EXPECT_FALSE(writer.Flush());
    EXPECT_FALSE(writer.Append("more")) << "the failure stays";
    EXPECT_FALSE(writer.Flush());
    EXPECT_EQ(target.script.calls, 2) << "nothing is written after a failure";
    EXPECT_EQ(writer.Status().offset, 3u);
    return writer.Status().outcome;
  };
  EXPECT_EQ(outcome(-ENOSPC), IoOutcome::kDiskFull);
  EXPECT_EQ(outcome(-EDQUOT), IoOutcome::kDiskFull);
  EXPECT_EQ(outcome(-EPIPE), IoOutcome::kClosed);
  EXPECT_EQ(outcome(-EIO), IoOutcome::kWriteFailed);
  EXPECT_EQ(outcome(0), IoOutcome::kWriteFailed) << "no endless loop";
}

TEST(Task1ChunkIo, MeetsARealFullDisk) {
  const int fd = open("/dev/full", O_WRONLY);
  ASSERT_GE(fd, 0);
  FdTarget target(fd);
  std::array<char, 8> buffer;
  ChunkWriter writer(target, buffer);
  writer.Append("abc");
  EXPECT_FALSE(writer.Flush());
  EXPECT_EQ(writer.Status().outcome, IoOutcome::kDiskFull);
  close(fd);
}

TEST(Task1ChunkIo, AClosedPipeIsAnErrorAndNoSignal) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  close(ends[0]);
  FdTarget target(ends[1]);
  std::array<char, 8> buffer;
  ChunkWriter writer(target, buffer);
  writer.Append("abc");
  EXPECT_FALSE(writer.Flush());
  EXPECT_EQ(writer.Status().outcome, IoOutcome::kClosed);
  sigset_t pending;
  sigpending(&pending);
  EXPECT_EQ(sigismember(&pending, SIGPIPE), 0);
  close(ends[1]);
}

TEST(Task1ChunkIo, AllocatesNothing) {
  const std::string text(1 << 20, 'x');
  ScriptSource source(text, {});
  ScriptTarget target({});
  target.text.reserve(text.size());
  std::array<char, 4096> in;
  std::array<char, 4096> out;
  AllocationScope scope;
  ChunkReader reader(source);
  ChunkWriter writer(target, out);
  while (const std::size_t filled = reader.Fill(in)) {
    writer.Append({in.data(), filled});
  }
  writer.Flush();
  EXPECT_EQ(scope.Counts().allocations, 0);
  EXPECT_EQ(target.text.size(), text.size());
}

}  // namespace
}  // namespace workbook
