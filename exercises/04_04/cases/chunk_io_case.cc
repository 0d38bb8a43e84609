// SPDX-License-Identifier: Apache-2.0

// What ChunkReader and ChunkWriter promise, call by call: see
// tools/support/history. The system's next answers are calls of their own.
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "04_04/chunk_io.h"
#include "tools/support/history/description.h"

namespace workbook::history {
namespace {

constexpr std::string_view kStream = "abcde";
constexpr std::uint64_t kPromised[] = {5, 7, kUnknownSize};

// How a system call answers; without one it does all that it is asked for.
enum class Answer { kOneByte, kInterrupted, kFails, kNothing };
constexpr const char* kAnswers[] = {"moves one byte", "is interrupted", "fails",
                                    "moves nothing"};

struct Answers {
  std::deque<Answer> next;
  int calls = 0;
  bool failed = false;  // in a way that ends all

  // How many of `bytes` move, or -1.
  ssize_t Take(std::size_t bytes, int error) {
    ++calls;
    if (next.empty()) return static_cast<ssize_t>(bytes);
    const Answer answer = next.front();
    next.pop_front();
    if (answer == Answer::kOneByte) return bytes == 0 ? 0 : 1;
    if (answer == Answer::kInterrupted) {
      errno = EINTR;
      return -1;
    }
    failed = true;
    if (answer == Answer::kNothing) return 0;
    errno = error;
    return -1;
  }
};

struct Source : ByteSource {
  ssize_t Read(std::span<char> buffer) override {
    const std::size_t left = kStream.size() - given;
    const ssize_t count = answers.Take(std::min(buffer.size(), left), EIO);
    if (count <= 0) return count;
    std::copy_n(kStream.begin() + static_cast<std::ptrdiff_t>(given), count,
                buffer.begin());
    given += static_cast<std::size_t>(count);
    return count;
  }
  Answers answers;
  std::size_t given = 0;
};

struct Target : ByteTarget {
  ssize_t Write(std::string_view bytes) override {
    const ssize_t count = answers.Take(bytes.size(), ENOSPC);
    for (ssize_t i = 0; i < count; ++i) {
      got[got_bytes++] = bytes[static_cast<std::size_t>(i)];
    }
    return count;
  }
  std::string_view Got() const { return {got.data(), got_bytes}; }
  Answers answers;
  std::array<char, 1024> got{};  // no allocation within a call
  std::size_t got_bytes = 0;
};

struct World {
  Source source;
  Target target;
  std::array<char, 4> buffer{};
};

constexpr char kPreamble[] = R"(
// The next answers of the system; without one it does all that it is asked for.
enum Answer { kMovesOneByte, kIsInterrupted, kFails, kMovesNothing };
struct Answers {
  std::deque<Answer> next;
  ssize_t Take(std::size_t bytes, int error) {
    if (next.empty()) return static_cast<ssize_t>(bytes);
    const Answer answer = next.front();
    next.pop_front();
    if (answer == kMovesOneByte) return bytes == 0 ? 0 : 1;
    if (answer == kMovesNothing) return 0;
    errno = answer == kIsInterrupted ? EINTR : error;
    return -1;
  }
};
struct Source : ByteSource, Answers {
  ssize_t Read(std::span<char> buffer) override {
    const ssize_t count = Take(std::min(buffer.size(), left.size()), EIO);
    if (count <= 0) return count;
    left.copy(buffer.data(), static_cast<std::size_t>(count));
    left.remove_prefix(static_cast<std::size_t>(count));
    return count;
  }
  std::string_view left = "abcde";
};
struct Target : ByteTarget, Answers {
  ssize_t Write(std::string_view bytes) override {
    const ssize_t count = Take(bytes.size(), ENOSPC);
    if (count > 0) got += bytes.substr(0, static_cast<std::size_t>(count));
    return count;
  }
  std::string got;
};

)";
constexpr const char* kAnswerNames[] = {"kMovesOneByte", "kIsInterrupted",
                                        "kFails", "kMovesNothing"};

class ChunkIoCase : public Subject {
 public:
  static constexpr int kConfigs = 3;

  void Start(int config) {
    promised_ = kPromised[config];
    Say("Source source; Target target; char buffer[4]; char chunk[3];");
    Say("ChunkReader reader(source", config == 2 ? "" : Text(", ", promised_),
        ");  // of \"", kStream, "\"");
    Say("ChunkWriter writer(target, buffer);  // of 4 bytes");
    In(
        [](auto& reader, auto& writer, auto& world, std::uint64_t promised) {
          reader.Make(world->source, promised);
          writer.Make(world->target, std::span(world->buffer));
        },
        reader_, writer_, world_, promised_);
  }

  bool NextRead(int kind) {
    if (source_model_.answers.next.size() == 3) return false;
    Say("source.next.push_back(", kAnswerNames[kind], ");  // the read ",
        kAnswers[kind]);
    const auto answer = static_cast<Answer>(kind);
    source_model_.answers.next.push_back(answer);
    Aside([](auto& world,
             Answer next) { world->source.answers.next.push_back(next); },
          world_, answer);
    return true;
  }
  bool NextWrite(int kind) {
    if (Written().left == 3) return false;
    Say("target.next.push_back(", kAnswerNames[kind], ");  // the write ",
        kAnswers[kind]);
    Aside([](auto& world,
             Answer next) { world->target.answers.next.push_back(next); },
          world_, static_cast<Answer>(kind));
    return true;
  }

  // 0: one byte; 1: three.
  bool Fill(int large) {
    const std::size_t size = large == 0 ? 1 : 3;
    Say("reader.Fill(std::span(chunk).first(", size, "));");
    const std::size_t should = FillModel(source_model_, size);
    const auto [bytes, chunk] = Ask(
        [](auto& reader, std::size_t most) {
          std::array<char, 3> filled{};
          const std::size_t count = reader->Fill(std::span(filled).first(most));
          return std::pair(count, filled);
        },
        reader_, size);
    ExpectEqual("the number of bytes from Fill", bytes, should);
    Expect(std::string_view(chunk.data(), bytes) ==
               kStream.substr(read_bytes_, bytes),
           "", "the chunk holds other bytes than the stream");
    ExpectEqual(
        "the number of reads",
        Aside([](auto& world) { return world->source.answers.calls; }, world_),
        source_model_.answers.calls);
    read_bytes_ += bytes;
    if (bytes == 0) CheckEnd();
    return true;
  }

  bool Append(int large) {
    const std::string_view bytes = large == 0 ? "xy" : "12345";
    Say("writer.Append(\"", bytes, "\");");
    const bool had_failed = Written().failed;
    bool ok = false;
    In(
        &ok,
        [](auto& writer, std::string_view more) {
          return writer->Append(more);
        },
        writer_, bytes);
    appended_ += bytes;
    CheckWritten(ok, had_failed);
    return true;
  }
  bool Flush(int) {
    Say("writer.Flush();");
    const bool had_failed = Written().failed;
    bool ok = false;
    In(
        &ok, [](auto& writer) { return writer->Flush(); }, writer_);
    const std::string_view got = Written().got;
    Expect(!ok || got == appended_, "",
           "Flush returns true, and the target has \"", got, "\" of \"",
           appended_, "\"");
    CheckWritten(ok, had_failed);
    return true;
  }

  void Check() {
    Expect(Allocations() == 0, "", "it allocates");
    const auto [read, written] = Ask(
        [](auto& reader, auto& writer) {
          return std::pair(reader->BytesRead(), writer->BytesWritten());
        },
        reader_, writer_);
    ExpectEqual("reader.BytesRead()", read,
                Aside([](auto& world) { return world->source.given; }, world_));
    ExpectEqual("writer.BytesWritten()", written, Written().got.size());
  }

  bool CanEnd() const { return true; }
  void End() {
    In(
        [](auto& reader, auto& writer) {
          reader.End();
          writer.End();
        },
        reader_, writer_);
  }

  static constexpr CallKind<ChunkIoCase> kCalls[] = {
      {2, &ChunkIoCase::Fill},      {3, &ChunkIoCase::NextRead},
      {2, &ChunkIoCase::Append},    {1, &ChunkIoCase::Flush},
      {4, &ChunkIoCase::NextWrite},
  };

 private:
  // Of the writes so far.
  struct Progress {
    int calls;
    bool failed;
    std::size_t left;  // answers that no write has had
    std::string_view got;
  };
  Progress Written() {
    const auto [calls, failed, left, got] = Aside(
        [](auto& world) {
          const Target& target = world->target;
          return std::tuple(target.answers.calls, target.answers.failed,
                            target.answers.next.size(), target.Got());
        },
        world_);
    return {calls, failed, left, got};
  }

  // What Fill has to do, on a source that is as the subject's was before.
  std::size_t FillModel(Source& model, std::size_t size) {
    std::array<char, 3> chunk{};
    std::size_t filled = 0;
    while (filled != size && !ended_) {
      const ssize_t count =
          model.Read(std::span(chunk).subspan(filled, size - filled));
      if (count < 0 && errno == EINTR) continue;
      ended_ = count <= 0;
      if (count > 0) filled += static_cast<std::size_t>(count);
    }
    return filled;
  }

  void CheckEnd() {
    const IoOutcome should =
        source_model_.answers.failed ? IoOutcome::kReadFailed
        : promised_ != kUnknownSize && promised_ > kStream.size()
            ? IoOutcome::kShrunk
            : IoOutcome::kOk;
    const IoOutcome outcome =
        Ask([](auto& reader) { return reader->Status().outcome; }, reader_);
    Expect(outcome == should, "", "reader.Status() says ",
           static_cast<int>(outcome), " as its outcome; expected ",
           static_cast<int>(should));
  }

  void CheckWritten(bool ok, bool had_failed) {
    const Progress written = Written();
    Expect(std::string_view(appended_).starts_with(written.got), "",
           "the target has \"", written.got, "\"; what was appended is \"",
           appended_, "\"");
    const bool fails = written.failed;
    Expect(ok == !fails, "",
           fails ? "it returns true, and a write has failed"
                 : "it returns false, and no write has failed");
    Expect(!had_failed || written.calls == writes_, "",
           "it writes, and a write has failed before");
    writes_ = written.calls;
  }

  Fixture<World> world_;
  std::uint64_t promised_ = 0;
  Object<ChunkReader> reader_;
  Object<ChunkWriter> writer_;
  // The model.
  Source source_model_;
  bool ended_ = false;
  std::size_t read_bytes_ = 0;
  std::string appended_;
  int writes_ = 0;
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(ChunkIoCase, "04_04/chunk_io.h", kPreamble)
