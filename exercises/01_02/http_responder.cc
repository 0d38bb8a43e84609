// SPDX-License-Identifier: Apache-2.0

#include "01_02/http_responder.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "tools/exercise/todo.h"

namespace workbook {

namespace {

// Given: what the standards fix.

// Empty where the workbook knows none: RFC 9112, 4 allows that.
std::string_view ReasonPhrase(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 301:
      return "Moved Permanently";
    case 302:
      return "Found";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 409:
      return "Conflict";
    case 413:
      return "Content Too Large";
    case 429:
      return "Too Many Requests";
    case 500:
      return "Internal Server Error";
    case 503:
      return "Service Unavailable";
    default:
      return "";
  }
}

}  // namespace

const char* Describe(HttpError error) {
  switch (error) {
    case HttpError::kNone:
      return "no error";
    case HttpError::kBadStatus:
      return "the status is not 200 to 599";
    case HttpError::kBadHeader:
      return "a header has a name or value that could break the head";
    case HttpError::kReservedHeader:
      return "a header is one that the responder sets itself";
    case HttpError::kBodyNotAllowed:
      return "a response with status 204 or 304 has no body";
    case HttpError::kBodyTooLarge:
      return "the body is larger than max_body_bytes";
    case HttpError::kBadJson:
      return "the JSON text is not one whole value";
  }
  return "unknown";
}

HttpResponder::HttpResponder(HttpResponderOptions options) {
  Todo("01_02 task 13: HttpResponder::HttpResponder");
}

HttpResponse HttpResponder::Respond(const HttpHead& head,
                                    std::string_view body) {
  Todo("01_02 task 13: HttpResponder::Respond");
}

}  // namespace workbook
