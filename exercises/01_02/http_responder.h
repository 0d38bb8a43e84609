// SPDX-License-Identifier: Apache-2.0

// HTTP/1.1 responses in pooled buffers, JSON through pooled builders.
//
// What the pools are for: a handler that answers a million requests makes its
// head, its body and their numbers in memory that was there before.
#ifndef WORKBOOK_01_02_HTTP_RESPONDER_H_
#define WORKBOOK_01_02_HTTP_RESPONDER_H_

#include <cstddef>
#include <span>
#include <string_view>
#include <utility>

#include "01_02/buffer_pool.h"
#include "01_02/json_writer.h"
#include "01_02/string_builder_pool.h"
#include "tools/exercise/todo.h"

namespace workbook {

struct HttpHeader {
  std::string_view name;
  std::string_view value;
};

struct HttpHead {
  int status = 200;
  std::string_view content_type = "text/plain; charset=utf-8";
  std::span<const HttpHeader> headers = {};
  bool keep_alive = true;
};

enum class HttpError {
  kNone,
  kBadStatus,       // not 200 to 599: an interim response is no answer
  kBadHeader,       // a name that is no token; CR, LF, NUL ... in a value
  kReservedHeader,  // one that the responder itself sets
  kBodyNotAllowed,  // a body with status 204 or 304
  kBodyTooLarge,    // more than max_body_bytes
  kBadJson,         // the writer was misused or left open
};

// Returns one sentence for a log.
const char* Describe(HttpError error);

// A response's bytes, or why there are none. It holds a pooled buffer, which
// goes back when it dies: on any thread, also after the responder.
class HttpResponse {
 public:
  explicit HttpResponse(HttpError error) : error_(error) {}
  HttpResponse(BufferPool::Buffer buffer, std::size_t head_bytes)
      : buffer_(std::move(buffer)), head_bytes_(head_bytes) {}

  bool ok() const { return error_ == HttpError::kNone; }
  HttpError error() const { return error_; }
  // Returns all that goes to the socket: head, empty line and body.
  std::string_view bytes() const {
    return {reinterpret_cast<const char*>(buffer_.data()), buffer_.size()};
  }
  std::string_view head() const { return bytes().substr(0, head_bytes_); }
  std::string_view body() const { return bytes().substr(head_bytes_); }

 private:
  BufferPool::Buffer buffer_;
  std::size_t head_bytes_ = 0;
  HttpError error_ = HttpError::kNone;
};

struct HttpResponderOptions {
  std::size_t max_body_bytes = std::size_t{1} << 20;
};

// Thread safety: any thread may call any function at any time, but for
// construction and destruction.
class HttpResponder {
 public:
  explicit HttpResponder(HttpResponderOptions options = {});

  // Builds status line, Content-Type (unless empty), Content-Length (unless the
  // status allows no body), Connection, then `head.headers` in their order, the
  // empty line, and `body`.
  // Cost: O(bytes), one copy of the body; 0 allocations once the pools hold a
  // buffer of that class for this thread.
  // On failure: a response that is not ok(), and has no bytes. Nothing that a
  // caller passes in a header can end it and begin another (RFC 9110, 5.5):
  // it is refused, not cleaned. std::bad_alloc.
  HttpResponse Respond(const HttpHead& head, std::string_view body);

  // Does the same for the JSON that `write(JsonWriter&)` writes; the content
  // type is application/json, whatever `head` says.
  // Cost: as Respond, and what `write` does. A text beyond 64 KiB, the most
  // that a pooled builder may keep, allocates each time.
  // On failure: as Respond; what `write` throws, after which the pools have
  // their builder back.
  template <typename Write>
  HttpResponse RespondJson(const HttpHead& head, Write write);

 private:
  const HttpResponderOptions options_;
  BufferPool buffers_;
  StringBuilderPool builders_;
};

template <typename Write>
HttpResponse HttpResponder::RespondJson(const HttpHead& head, Write write) {
  Todo("01_02 task 13: HttpResponder::RespondJson");
}

}  // namespace workbook

#endif  // WORKBOOK_01_02_HTTP_RESPONDER_H_
