// SPDX-License-Identifier: Apache-2.0

// A request and the answer to it, in an object that a server uses many times.
#ifndef WORKBOOK_EXERCISES_03_04_BEFORE_EXCHANGE_H_
#define WORKBOOK_EXERCISES_03_04_BEFORE_EXCHANGE_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace workbook::before {

// What a client asks for. `session` is empty for a guest.
struct Request {
  std::string_view path;
  std::string_view session;
};

// What the server knows while it answers one request.
struct Exchange {
  std::string user;        // whose session it is
  std::string head;        // further header lines of the answer
  std::vector<char> body;  // of the answer
  int status = 200;
  bool keep_alive = true;  // the connection stays open for the next request

  bool operator==(const Exchange&) const = default;
};

// Makes `exchange` equal to a new one, and keeps the memory of its user, head
// and body: an answer of the same length then allocates nothing.
// Cost: O(1), no allocation, and no block of user, head or body is freed.
// Thread safety: one thread for each exchange, as for all functions here.
void Reset(Exchange& exchange) noexcept;

// Answers `request` in `exchange`: a greeting for the user, who gets the
// session's cookie again; 404 for an unknown path; 400 and the end of the
// connection for an empty one. Given.
// REQUIRES: `exchange` is equal to a new one.
// Cost: O(body); allocates where the memory of `exchange` does not suffice.
void Answer(const Request& request, Exchange& exchange);

// Returns the answer as it is sent. Given.
// Cost: O(answer) time and bytes; one allocation or more.
std::string AnswerText(const Exchange& exchange);

// Answers all requests one after another, with one exchange that it resets
// before each of them. Given.
// Cost: that of Reset, Answer and AnswerText for each request.
std::vector<std::string> AnswerAll(std::span<const Request> requests);

}  // namespace workbook::before

#endif  // WORKBOOK_EXERCISES_03_04_BEFORE_EXCHANGE_H_
