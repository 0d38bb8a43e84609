// SPDX-License-Identifier: Apache-2.0

#include "03_04/exchange.h"

namespace workbook {

void Reset(Exchange& exchange) noexcept {
  exchange.user.clear();
  exchange.head.clear();
  exchange.body.clear();
  exchange.status = 200;
  exchange.keep_alive = true;
}

// [given]
void Answer(const Request& request, Exchange& exchange) {
  if (!request.session.empty()) {
    exchange.user = request.session;
    exchange.head.append("Set-Cookie: session=");
    exchange.head.append(request.session).append("\r\n");
  }
  if (request.path.empty()) {
    exchange.status = 400;
    exchange.keep_alive = false;
  } else if (request.path != "/") {
    exchange.status = 404;
  }
  const std::string_view user = exchange.user;
  for (const std::string_view text :
       {std::string_view("Hello, "), user.empty() ? "guest" : user}) {
    exchange.body.insert(exchange.body.end(), text.begin(), text.end());
  }
}

// [given]
std::string AnswerText(const Exchange& exchange) {
  std::string text = "HTTP/1.1 " + std::to_string(exchange.status) + "\r\n";
  text.append(exchange.keep_alive ? "" : "Connection: close\r\n");
  text.append(exchange.head).append("\r\n");
  text.append(exchange.body.begin(), exchange.body.end());
  return text;
}

// [given]
std::vector<std::string> AnswerAll(std::span<const Request> requests) {
  std::vector<std::string> answers;
  answers.reserve(requests.size());
  Exchange exchange;
  for (const Request& request : requests) {
    Reset(exchange);
    Answer(request, exchange);
    answers.push_back(AnswerText(exchange));
  }
  return answers;
}

}  // namespace workbook
