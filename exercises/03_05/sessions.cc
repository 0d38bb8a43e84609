// SPDX-License-Identifier: Apache-2.0

#include "03_05/sessions.h"

namespace workbook {

std::shared_ptr<Session> Room::Join(std::shared_ptr<Connection> connection) {
  auto session = std::make_shared<Session>(shared_from_this(), connection);
  // Made first: once the room has the session, nothing can fail any more.
  Connection::Handler handler = [session](std::string_view line) {
    session->room()->posts_.emplace_back(line);
    return true;
  };
  sessions_.push_back(session);
  connection->SetHandler(std::move(handler));
  return session;
}

}  // namespace workbook
