// SPDX-License-Identifier: Apache-2.0

#include "03_05/sessions.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <vector>

#include "exercises/03_05/before/sessions.h"
#include "exercises/03_05/testing/process_watch.h"
#include "tools/exercise/testing/recorded_gain.h"

namespace workbook {
namespace {

constexpr std::size_t kClients = 3;

// What is left to hold when its owners have gone. Allocates nothing of its own.
template <class AnyRoom, class AnyConnection>
struct Abandoned {
  std::weak_ptr<AnyRoom> room;
  std::array<std::weak_ptr<AnyConnection>, kClients> connections;

  // Ends the circles by hand, from outside.
  void Rescue() {
    if (const auto alive = room.lock()) alive->Dissolve();
    for (const auto& connection : connections) {
      if (const auto alive = connection.lock()) alive->SetHandler(nullptr);
    }
  }
};

// Three clients chat, and then all owners let go.
template <class AnyRoom, class AnyConnection>
Abandoned<AnyRoom, AnyConnection> ChatAndLeave() {
  Abandoned<AnyRoom, AnyConnection> left;
  const auto room = std::make_shared<AnyRoom>("lobby");
  left.room = room;
  for (std::weak_ptr<AnyConnection>& watched : left.connections) {
    const auto connection = std::make_shared<AnyConnection>();
    watched = connection;
    room->Join(connection);
    EXPECT_TRUE(connection->Deliver("hello"));
  }
  EXPECT_EQ(room->posts().size(), kClients);
  return left;
}

TEST(Task2Sessions, NothingIsLeftOfAnAbandonedRoom) {
  const ProcessWatch watch;
  const Snapshot start = watch.Take();
  auto left = ChatAndLeave<before::Room, before::Connection>();
  const LeakDiff leaked = DiffOf(start, watch.Take());
  EXPECT_FALSE(left.room.expired());
  EXPECT_FALSE(leaked.IsClean()) << "the form in before/ leaks";
  left.Rescue();
  EXPECT_TRUE(left.room.expired());

  const Snapshot again = watch.Take();
  ChatAndLeave<Room, Connection>();
  const LeakDiff kept = DiffOf(again, watch.Take());
  EXPECT_TRUE(kept.IsClean())
      << kept.Describe() << ": objects that own each other in a circle";
  RecordGain("live_bytes", std::max<std::int64_t>(leaked.live_bytes, 0),
             std::max<std::int64_t>(kept.live_bytes, 0));
  RecordProperty("leaked_bytes", std::to_string(leaked.live_bytes));
}

TEST(Task2Sessions, PostsTheLinesOfAllClients) {
  const auto room = std::make_shared<Room>("lobby");
  const auto ada = std::make_shared<Connection>();
  const auto ben = std::make_shared<Connection>();
  const auto session = room->Join(ada);
  room->Join(ben);
  EXPECT_TRUE(ada->Deliver("hello"));
  EXPECT_TRUE(ben->Deliver("hi"));
  EXPECT_EQ(room->posts(), (std::vector<std::string>{"hello", "hi"}));
  EXPECT_EQ(session->room(), room);
  EXPECT_EQ(session->connection(), ada);
  EXPECT_EQ(room->sessions(), 2u);
  room->Dissolve();
  ada->SetHandler(nullptr);
  ben->SetHandler(nullptr);
}

TEST(Task2Sessions, ARoomKeepsItsSessions) {
  const auto room = std::make_shared<Room>("lobby");
  const auto connection = std::make_shared<Connection>();
  const std::weak_ptr<Session> session = room->Join(connection);
  EXPECT_FALSE(session.expired()) << "the room is its owner";
  EXPECT_TRUE(connection->Deliver("still here"));
  EXPECT_EQ(room->posts().size(), 1u);
  room->Dissolve();
  connection->SetHandler(nullptr);
}

TEST(Task2Sessions, ASessionKeepsItsConnection) {
  const auto room = std::make_shared<Room>("lobby");
  const auto session = room->Join(std::make_shared<Connection>());
  ASSERT_NE(session->connection(), nullptr);
  EXPECT_TRUE(session->connection()->Deliver("hello"));
  room->Dissolve();
  session->connection()->SetHandler(nullptr);
}

TEST(Task2Sessions, ASessionKeepsNoRoomAlive) {
  auto room = std::make_shared<Room>("lobby");
  const std::weak_ptr<Room> watched = room;
  const auto connection = std::make_shared<Connection>();
  const auto session = room->Join(connection);
  room.reset();
  EXPECT_TRUE(watched.expired());
  EXPECT_EQ(session->room(), nullptr);
  if (!watched.expired()) watched.lock()->Dissolve();
  EXPECT_FALSE(connection->Deliver("is anybody there?"))
      << "the session is there, and its room is gone";
  connection->SetHandler(nullptr);
}

TEST(Task2Sessions, AConnectionKeepsNoSessionAlive) {
  const auto room = std::make_shared<Room>("lobby");
  const auto connection = std::make_shared<Connection>();
  std::weak_ptr<Session> session = room->Join(connection);
  room->Dissolve();
  EXPECT_TRUE(session.expired());
  EXPECT_FALSE(connection->Deliver("too late"));
  EXPECT_TRUE(room->posts().empty());
  connection->SetHandler(nullptr);
}

}  // namespace
}  // namespace workbook
