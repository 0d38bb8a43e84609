// SPDX-License-Identifier: Apache-2.0

// Chat rooms, their sessions and connections, and who keeps whom alive.
#ifndef WORKBOOK_EXERCISES_03_05_BEFORE_SESSIONS_H_
#define WORKBOOK_EXERCISES_03_05_BEFORE_SESSIONS_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace workbook::before {

class Room;

// The wire to one client. It keeps no session alive.
// Thread safety: one thread at a time, for all classes here.
class Connection {
 public:
  // Whether a session has taken the line.
  using Handler = std::function<bool(std::string_view line)>;

  void SetHandler(Handler handler) { handler_ = std::move(handler); }

  // Gives a line of the client to the handler. Returns false, and drops the
  // line, if there is no handler, or if its session or the session's room is
  // gone.
  bool Deliver(std::string_view line) const {
    return handler_ && handler_(line);
  }

 private:
  Handler handler_;
};

// One client in one room. It owns its connection, and keeps no room alive.
class Session {
 public:
  Session(std::shared_ptr<Room> room, std::shared_ptr<Connection> connection)
      : room_(std::move(room)), connection_(std::move(connection)) {}

  // Returns the room; nullptr once it is gone.
  std::shared_ptr<Room> room() const { return room_; }
  const std::shared_ptr<Connection>& connection() const { return connection_; }

 private:
  std::shared_ptr<Room> room_;
  std::shared_ptr<Connection> connection_;
};

// Owns the sessions in it. Dies with the last shared_ptr that is held outside,
// and its sessions then die with it unless they are held outside, too.
class Room : public std::enable_shared_from_this<Room> {
 public:
  explicit Room(std::string name) : name_(std::move(name)) {}

  // Makes a session for `connection` whose lines are posted in this room.
  // REQUIRES: a shared_ptr owns the room.
  // Cost: a few allocations.
  // On failure: std::bad_alloc; room and connection are as before.
  std::shared_ptr<Session> Join(std::shared_ptr<Connection> connection);

  // Lets all sessions go.
  void Dissolve() { sessions_.clear(); }

  const std::string& name() const { return name_; }
  std::size_t sessions() const { return sessions_.size(); }
  const std::vector<std::string>& posts() const { return posts_; }

 private:
  std::string name_;
  std::vector<std::shared_ptr<Session>> sessions_;
  std::vector<std::string> posts_;
};

}  // namespace workbook::before

#endif  // WORKBOOK_EXERCISES_03_05_BEFORE_SESSIONS_H_
