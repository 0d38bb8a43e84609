// SPDX-License-Identifier: Apache-2.0

#include "tools/book/live.h"

#include <gtest/gtest.h>
#include <httplib.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>

#include "tools/process/scratch_folder.h"

namespace workbook::book {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

class Live : public testing::Test {
 protected:
  void SetUp() override {
    const fs::path root = folder_.path();
    fs::create_directories(root / "chapters/01_a");
    fs::create_directories(root / "exercises/01_01");
    fs::create_directories(root / "tools/book");
    fs::copy("tools/book/assets", root / "tools/book/assets");
    std::ofstream(root / "chapters/start.md") << "# Start\n";
    std::ofstream(root / "exercises/01_01/exercise.toml") << "id = \"01_01\"\n";
    LiveOptions options;
    options.root = root;
    options.command = [this](const auto& words, const std::string& input) {
      return Command(words, input);
    };
    options.figures = [](const std::string&) { return "{\"cases\": []}"; };
    live_ = std::make_unique<LiveBook>(options);
    ASSERT_EQ(live_->Open().what, "");
    server_ = std::thread([this] { live_->Serve(); });
    host_ = "127.0.0.1:" + std::to_string(live_->port());
  }
  void TearDown() override {
    live_->Stop();
    server_.join();
  }

  CommandOutput Command(const std::vector<std::string>& words,
                        const std::string& input) {
    const std::lock_guard lock(mutex_);
    std::string line;
    for (const std::string& word : words) line += word + " ";
    calls_ += line + "<" + input + ">\n";
    if (words[0] == "check") return {3, R"({"tasks": [{"task": 1}]})"};
    if (words[0] == "list") {
      return {0,
              R"({"exercises": [{"id": "01_01", "tasks": [{"task": 1,
              "hints_shown": 1}]}]})"};
    }
    if (words[0] == "hint") return {0, "Think of it.\n"};
    return {0, R"({"predictions": []})"};
  }
  std::string Calls() {
    const std::lock_guard lock(mutex_);
    return calls_;
  }

  httplib::Client Client() {
    return httplib::Client("127.0.0.1", live_->port());
  }
  httplib::Headers Own() const { return {{"Origin", "http://" + host_}}; }

  ScratchFolder folder_;
  std::unique_ptr<LiveBook> live_;
  std::thread server_;
  std::string host_;
  std::mutex mutex_;
  std::string calls_;
};

TEST_F(Live, ServesPagesAndSaysWhatIsNone) {
  const auto page = Client().Get("/index.html");
  ASSERT_TRUE(page);
  EXPECT_EQ(page->status, 200);
  EXPECT_NE(page->body.find("data-live"), std::string::npos);
  EXPECT_EQ(page->get_header_value("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(Client().Get("/none.html")->status, 404);
  EXPECT_EQ(Client().Get("/../exercises/01_01/exercise.toml")->status, 404);
  EXPECT_EQ(Client().Get("/api/exercise/99_99")->status, 404);
}

TEST_F(Live, AnswersOnlyItsOwnPages) {
  auto client = Client();
  EXPECT_EQ(client.Get("/", {{"Host", "evil.example"}})->status, 403)
      << "a name that leads to 127.0.0.1";
  EXPECT_EQ(client.Post("/api/check/01_01")->status, 403) << "no origin";
  EXPECT_EQ(client
                .Post("/api/check/01_01",
                      httplib::Headers{{"Origin", "http://evil.example"}}, "",
                      "text/plain")
                ->status,
            403);
  EXPECT_EQ(Calls(), "");
}

TEST_F(Live, RunsNothingButChecksHintsAndPredictions) {
  auto client = Client();
  EXPECT_EQ(client.Post("/api/hint/01_01/1", Own(), "", "text/plain")->status,
            200);
  EXPECT_EQ(client
                .Post("/api/predict/01_01/1", Own(),
                      R"({"answers": ["4\n5", ""]})", "application/json")
                ->status,
            200);
  EXPECT_EQ(Calls(), "hint 01_01 1 <>\npredict 01_01 1 <4 5\n\n>\n");
  for (const char* path : {"/api/reset/01_01", "/api/solution/01_01",
                           "/api/check/01_01;id", "/api/hint/01_01/--again"}) {
    EXPECT_EQ(client.Post(path, Own(), "", "text/plain")->status, 404) << path;
  }
  for (const char* body : {"", "[]", R"({"answers": [1]})", "{\"answers\": "}) {
    EXPECT_EQ(
        client.Post("/api/predict/01_01/1", Own(), body, "application/json")
            ->status,
        400)
        << body;
  }
}

TEST_F(Live, TellsThatABenchmarkWasMeasured) {
  std::string heard;
  std::thread page([&] {
    auto client = Client();
    client.set_read_timeout(std::chrono::seconds{10});
    client.Get("/events", [&](const char* data, std::size_t size) {
      heard.append(data, size);
      return heard.find("measured 01_01") == std::string::npos;
    });
  });
  // The page may still be on its way.
  std::atomic<bool> ended = false;
  std::thread bench([&] {
    for (int i = 0; i < 500 && !ended; ++i) {
      live_->Measured("01_01");
      std::this_thread::sleep_for(std::chrono::milliseconds{20});
    }
  });
  page.join();
  ended = true;
  bench.join();
  EXPECT_NE(heard.find("data: measured 01_01\n\n"), std::string::npos);
  EXPECT_EQ(Calls(), "") << "nothing is checked";
}

TEST_F(Live, TellsTheVerdictAfterASave) {
  std::string heard;
  std::thread page([&] {
    auto client = Client();
    client.set_read_timeout(std::chrono::seconds{10});
    client.Get("/events", [&](const char* data, std::size_t size) {
      heard.append(data, size);
      return heard.find("verdict 01_01") == std::string::npos;
    });
  });
  // The page may still be on its way: it hears of a later save.
  for (int i = 0; i < 100 && heard.empty(); ++i) {
    live_->Saved("01_01");
    std::this_thread::sleep_for(std::chrono::milliseconds{20});
  }
  page.join();
  EXPECT_NE(heard.find("data: verdict 01_01\n\n"), std::string::npos) << heard;
  const Json state = Json::parse(Client().Get("/api/exercise/01_01")->body);
  EXPECT_EQ(state["verdict"]["tasks"][0]["task"], 1);
  EXPECT_EQ(state["hints"][0]["texts"][0], "Think of it.\n");
  EXPECT_EQ(state["bench"]["cases"], Json::array());
}

TEST_F(Live, ATakenPortIsAProblem) {
  LiveOptions options;
  options.root = folder_.path();
  options.port = live_->port();
  LiveBook second(options);
  const Problem problem = second.Open();
  EXPECT_EQ(problem.what, "the port is taken, or may not be used");
}

}  // namespace
}  // namespace workbook::book
