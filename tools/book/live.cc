// SPDX-License-Identifier: Apache-2.0

#include "tools/book/live.h"

#include <httplib.h>

#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <regex>
#include <set>
#include <thread>
#include <utility>

#include "tools/book/events.h"
#include "tools/book/site.h"

namespace workbook::book {
namespace {

using Json = nlohmann::ordered_json;

constexpr char kJson[] = "application/json";
constexpr std::chrono::milliseconds kBeat{15'000};
constexpr std::size_t kMaxBody = 64 * 1024;
constexpr std::size_t kThreads = 32;

Json ParseOrNull(const std::string& text) {
  Json parsed = Json::parse(text, nullptr, false);
  return parsed.is_discarded() ? Json(nullptr) : parsed;
}

std::string Text(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// A line of the input for each answer: a line break in one would answer the
// next question.
std::optional<std::string> LinesOf(const Json& answers) {
  if (!answers.is_array()) return std::nullopt;
  std::string lines;
  for (const Json& answer : answers) {
    if (!answer.is_string()) return std::nullopt;
    std::string line = answer.get<std::string>();
    if (line.size() > 200) return std::nullopt;
    for (char& c : line) {
      if (c == '\n' || c == '\r') c = ' ';
    }
    lines += line + "\n";
  }
  return lines;
}

}  // namespace

class LiveBook::Impl {
 public:
  explicit Impl(LiveOptions options)
      : options_(std::move(options)), site_(options_.root, true) {
    // Its default lets another program share the port.
    server_.set_socket_options([](socket_t socket) {
      const int yes = 1;
      setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
    });
    // A page that listens holds a thread.
    server_.new_task_queue = [] { return new httplib::ThreadPool(kThreads); };
    server_.set_payload_max_length(kMaxBody);
    server_.set_keep_alive_timeout(2);
    server_.set_pre_routing_handler([this](const httplib::Request& request,
                                           httplib::Response& response) {
      if (IsAllowed(request)) {
        response.set_header("Content-Security-Policy",
                            "default-src 'self'; img-src 'self' data:; "
                            "style-src 'self' 'unsafe-inline'");
        response.set_header("X-Content-Type-Options", "nosniff");
        response.set_header("Cache-Control", "no-store");
        return httplib::Server::HandlerResponse::Unhandled;
      }
      response.status = 403;
      response.set_content("Only pages of this book may ask.\n", "text/plain");
      return httplib::Server::HandlerResponse::Handled;
    });
    Route();
  }

  ~Impl() {
    Stop();
    std::map<std::string, std::thread> checks;
    {
      const std::lock_guard lock(mutex_);
      checks.swap(checks_);
    }
    for (auto& [exercise, thread] : checks) thread.join();
  }

  Problem Open() {
    constexpr char kHost[] = "127.0.0.1";
    if (options_.port == 0) {
      port_ = server_.bind_to_any_port(kHost);
    } else if (server_.bind_to_port(kHost, options_.port)) {
      port_ = options_.port;
    }
    if (port_ > 0) return {};
    return {"the port is taken, or may not be used",
            "127.0.0.1:" + std::to_string(options_.port),
            "name another by --port, or none for a free one"};
  }

  void Serve() { server_.listen_after_bind(); }

  void Stop() {
    events_.Close();
    server_.stop();
  }

  int port() const { return port_; }

  void Saved(const std::string& exercise) {
    const std::lock_guard lock(mutex_);
    if (!checking_.insert(exercise).second) {
      again_.insert(exercise);
      return;
    }
    std::thread& thread = checks_[exercise];
    if (thread.joinable()) thread.join();
    thread = std::thread([this, exercise] { Check(exercise); });
    events_.Send("checking " + exercise);
  }

  void Measured(const std::string& exercise) {
    events_.Send("measured " + exercise);
  }

  void PageChanged(const std::string& source) {
    events_.Send("page " + source);
  }

 private:
  // A name of this machine's own, and a page of this server: a page of another
  // host reaches 127.0.0.1 as well, by a name that it made lead there.
  bool IsAllowed(const httplib::Request& request) const {
    const std::string port = ":" + std::to_string(port_);
    const std::string host = request.get_header_value("Host");
    if (host != "127.0.0.1" + port && host != "localhost" + port) return false;
    if (request.method == "GET" || request.method == "HEAD") return true;
    return request.get_header_value("Origin") == "http://" + host;
  }

  // Until no save came while it ran.
  void Check(const std::string& exercise) {
    bool again = true;
    while (again) {
      Json verdict = ParseOrNull(
          options_.command({"check", exercise, "--json"}, "").output);
      {
        const std::lock_guard lock(mutex_);
        verdicts_[exercise] = std::move(verdict);
        again = again_.erase(exercise) > 0;
        if (!again) checking_.erase(exercise);
      }
      events_.Send("verdict " + exercise);
    }
  }

  bool IsKnown(const std::string& exercise) {
    std::error_code none;
    return std::filesystem::is_regular_file(
        options_.root / "exercises" / exercise / "exercise.toml", none);
  }

  Json Course() {
    return ParseOrNull(options_.command({"list", "--json"}, "").output);
  }

  // The hints that were shown, task by task.
  Json Hints(const std::string& exercise) {
    Json hints = Json::array();
    const Json course = Course();
    if (!course.is_object()) return hints;
    for (const Json& one : course.value("exercises", Json::array())) {
      if (one.value("id", "") != exercise) continue;
      for (const Json& task : one.value("tasks", Json::array())) {
        const int number = task.value("task", 0);
        const int shown = task.value("hints_shown", 0);
        Json texts = Json::array();
        for (int level = 1; level <= shown && level <= 3; ++level) {
          texts.push_back(
              options_
                  .command({"hint", exercise, std::to_string(number), "--level",
                            std::to_string(level)},
                           "")
                  .output);
        }
        hints.push_back({{"task", number}, {"shown", shown}, {"texts", texts}});
      }
    }
    return hints;
  }

  Json Exercise(const std::string& exercise) {
    Json verdict;
    bool is_checked = false;
    {
      const std::lock_guard lock(mutex_);
      const auto known = verdicts_.find(exercise);
      if (known != verdicts_.end()) verdict = known->second;
      is_checked = checking_.contains(exercise);
    }
    Json state;
    state["verdict"] = verdict;
    state["checking"] = is_checked;
    state["predictions"] = ParseOrNull(
        options_.command({"predict", exercise, "--json"}, "").output);
    state["hints"] = Hints(exercise);
    state["bench"] = ParseOrNull(options_.figures(exercise));
    return state;
  }

  using Handler =
      std::function<void(const std::string& exercise, int task,
                         const httplib::Request&, httplib::Response&)>;

  // For "/api/WORD/NN_MM" and "/api/WORD/NN_MM/TASK".
  httplib::Server::Handler ForExercise(Handler handle) {
    return [this, handle = std::move(handle)](const httplib::Request& request,
                                              httplib::Response& response) {
      const std::string exercise = request.matches[1];
      if (!IsKnown(exercise)) {
        response.status = 404;
        return;
      }
      const int task =
          request.matches.size() > 2 ? std::stoi(request.matches[2]) : 0;
      handle(exercise, task, request, response);
    };
  }

  void Predict(const std::string& exercise, int task,
               const httplib::Request& request, httplib::Response& response) {
    const Json body = ParseOrNull(request.body);
    const auto lines = body.is_object() ? LinesOf(body.value("answers", Json()))
                                        : std::nullopt;
    if (!lines) {
      response.status = 400;
      return;
    }
    const CommandOutput told =
        options_.command({"predict", exercise, std::to_string(task)}, *lines);
    response.set_content(
        Text({{"exit_code", told.exit_code}, {"told", told.output}}), kJson);
  }

  void Route() {
    server_.Get("/api/course",
                [this](const httplib::Request&, httplib::Response& response) {
                  response.set_content(Text(Course()), kJson);
                });
    server_.Get(R"(/api/exercise/(\d\d_\d\d))",
                ForExercise([this](const std::string& exercise, int,
                                   const httplib::Request&,
                                   httplib::Response& response) {
                  response.set_content(Text(Exercise(exercise)), kJson);
                }));
    server_.Post(R"(/api/check/(\d\d_\d\d))",
                 ForExercise([this](const std::string& exercise, int,
                                    const httplib::Request&,
                                    httplib::Response& response) {
                   Saved(exercise);
                   response.status = 202;
                 }));
    server_.Post(R"(/api/predict/(\d\d_\d\d)/(\d{1,2}))",
                 ForExercise([this](const std::string& exercise, int task,
                                    const httplib::Request& request,
                                    httplib::Response& response) {
                   Predict(exercise, task, request, response);
                 }));
    server_.Post(
        R"(/api/hint/(\d\d_\d\d)/(\d{1,2}))",
        ForExercise([this](const std::string& exercise, int task,
                           const httplib::Request&,
                           httplib::Response& response) {
          const CommandOutput told =
              options_.command({"hint", exercise, std::to_string(task)}, "");
          response.set_content(
              Text({{"exit_code", told.exit_code}, {"told", told.output}}),
              kJson);
        }));
    server_.Get("/events",
                [this](const httplib::Request&, httplib::Response& response) {
                  Listen(response);
                });
    server_.Get(R"(/(.*))", [this](const httplib::Request& request,
                                   httplib::Response& response) {
      const auto document = site_.At(request.matches[1]);
      if (document) {
        response.set_content(document->content, document->type);
      } else {
        response.status = 404;
        response.set_content(
            "There is no such page. The first one is /index.html.\n",
            "text/plain");
      }
    });
  }

  void Listen(httplib::Response& response) {
    auto seen = std::make_shared<std::uint64_t>(events_.Now());
    response.set_chunked_content_provider(
        "text/event-stream",
        [this, seen](std::size_t, httplib::DataSink& sink) {
          const auto event = events_.Next(*seen, kBeat);
          if (!event) {
            sink.done();
            return false;
          }
          // A comment keeps the connection, and finds out that it is gone.
          const std::string text =
              event->empty() ? ":\n\n" : "data: " + *event + "\n\n";
          return sink.write(text.data(), text.size());
        });
  }

  const LiveOptions options_;
  const Site site_;
  httplib::Server server_;
  int port_ = 0;
  Events events_;

  std::mutex mutex_;
  std::map<std::string, Json> verdicts_;
  std::set<std::string> checking_;  // a check of these runs
  std::set<std::string> again_;     // and a save came meanwhile
  std::map<std::string, std::thread> checks_;
};

LiveBook::LiveBook(LiveOptions options)
    : impl_(std::make_unique<Impl>(std::move(options))) {}
LiveBook::~LiveBook() = default;
Problem LiveBook::Open() { return impl_->Open(); }
int LiveBook::port() const { return impl_->port(); }
void LiveBook::Serve() { impl_->Serve(); }
void LiveBook::Stop() { impl_->Stop(); }
void LiveBook::Saved(const std::string& exercise) { impl_->Saved(exercise); }
void LiveBook::Measured(const std::string& exercise) {
  impl_->Measured(exercise);
}
void LiveBook::PageChanged(const std::string& source) {
  impl_->PageChanged(source);
}

}  // namespace workbook::book
