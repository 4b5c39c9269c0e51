// A provider that takes connections and doesn't answer, while families want their pages.
#include "hub/federal/provider.h"

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <future>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>
#include <vector>

#include "sync/net/http_server.h"
#include "sync/net/private_file.h"
#include "tests/hub/browser.h"
#include "tests/hub/region.h"

namespace zimnik::hub::test {
namespace {

using namespace std::chrono_literals;

constexpr auto kBound = 10s;  // for what takes no time; the hub gives up on a provider after 15
constexpr int kMostWaiting = 4;
constexpr sync::Time kNow{1'790'000'000'000};
constexpr std::int64_t kMinuteMs = 60'000, kHourMs = 60 * kMinuteMs;

/// Where requests wait while it is shut.
class Gate {
 public:
  void pass() {
    std::unique_lock lock(mutex_);
    ++came_;
    changed_.notify_all();
    changed_.wait(lock, [&] { return is_open_; });
  }
  void open() { set(true); }
  void shut() { set(false); }
  int came() {
    const std::lock_guard lock(mutex_);
    return came_;
  }
  bool waits_for(int count) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, kBound, [&] { return came_ >= count; });
  }

 private:
  void set(bool is_open) {
    const std::lock_guard lock(mutex_);
    is_open_ = is_open;
    changed_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_open_ = true;
  int came_ = 0;
};

/// Its token is none, so nobody who came to it is believed.
class Provider {
 public:
  Provider() : server_({}) {
    server_.route("GET", "/.well-known/openid-configuration", [this](const net::Request&) {
      description.pass();
      return net::Response::text(has_description ? 200 : 500,
                                 nlohmann::json{{"issuer", issuer()},
                                                {"authorization_endpoint", issuer() + "/authorize"},
                                                {"token_endpoint", issuer() + "/token"},
                                                {"jwks_uri", issuer() + "/keys"}}
                                     .dump());
    });
    server_.route("POST", "/token", [this](const net::Request&) {
      token.pass();
      return net::Response::text(200, R"({"id_token": "none"})");
    });
    server_.route("GET", "/keys",
                  [](const net::Request&) { return net::Response::text(200, R"({"keys": []})"); });
    server_.start();
  }
  ~Provider() {
    description.open();
    token.open();
  }

  std::string issuer() const { return "http://127.0.0.1:" + std::to_string(server_.port()); }
  FederalSettings settings() const {
    return {issuer(), "diary", "secret", "Госуслуги", "https://diary.example"};
  }

  Gate description, token;
  std::atomic<bool> has_description = true;

 private:
  net::HttpServer server_;
};

/// What is under way meanwhile. Its end waits for that.
template <class Result>
struct Meanwhile {
  explicit Meanwhile(std::function<Result()> work)
      : result(std::async(std::launch::async, std::move(work))) {}
  bool is_done(std::chrono::seconds within) {
    return result.wait_for(within) == std::future_status::ready;
  }
  std::future<Result> result;
};
using Said = Meanwhile<std::string>;

/// An address, or why not.
std::string said_of(const std::function<std::string()>& work) {
  try {
    return work();
  } catch (const FederalRefused& refused) {
    return std::string("refused: ") + refused.what();
  }
}

struct Asked {
  Provider provider;
  FederalProvider federal{provider.settings()};

  Said begins(sync::Time now = kNow) {
    return Said([this, now] {
      return said_of([&] { return federal.sign_in_address(FederalSecrets::make(), now); });
    });
  }
  Said comes_back(sync::Time now = kNow) {
    return Said([this, now] {
      return said_of([&] { return federal.subject_for("code", FederalSecrets::make(), now); });
    });
  }
  /// What is said to one who is answered now.
  std::string at_once(Said said) {
    if (!said.is_done(kBound)) return "it waits";
    return said.result.get();
  }
};

bool is_refused(const std::string& said) { return said.starts_with("refused: "); }

/// A hub whose families may sign in by it.
struct FederalHub {
  explicit FederalHub(const Provider& provider)
      : hub([&](const DataFolder& data) {
          Hub::make(data, "Югра", system_time());
          net::write_private_file(data.federal(), nlohmann::json{{"issuer", provider.issuer()},
                                                                 {"client", "diary"},
                                                                 {"secret", "secret"},
                                                                 {"name", "Госуслуги"},
                                                                 {"address", "http://localhost"}}
                                                      .dump());
        }) {}

  /// The status with which somebody who was at the provider is received.
  int comes_back() {
    Browser browser(hub.web_port());
    const auto onward = browser.post("/federal", {});
    const auto at = onward.body.find("state=");
    if (onward.status != 200 || at == std::string::npos) return 0;
    const auto end = onward.body.find_first_of("&\"", at);
    const auto state = onward.body.substr(at, end - at);
    return browser.get("/federal/return?code=x&" + state).status;
  }
  long count_in_log(const std::string& part) {
    const auto lines = hub.log();
    return std::count_if(lines.begin(), lines.end(),
                         [&](const std::string& it) { return it.find(part) != it.npos; });
  }

  RunningHub hub;
};

}  // namespace

TEST_CASE_METHOD(Asked, "a provider that hangs is asked by one, the others are refused meanwhile") {
  provider.description.shut();
  auto first = begins();
  REQUIRE(provider.description.waits_for(1));
  for (int i = 0; i < 3; ++i) {
    CHECK(is_refused(at_once(begins())));
    CHECK(is_refused(at_once(comes_back())));
  }
  CHECK(provider.description.came() == 1);
  CHECK_FALSE(first.is_done(0s));
  provider.description.open();
  CHECK(first.result.get().starts_with(provider.issuer() + "/authorize?"));
}

TEST_CASE_METHOD(Asked, "a provider that failed isn't asked again for a while") {
  provider.has_description = false;
  CHECK(is_refused(at_once(begins())));
  for (int i = 0; i < 3; ++i) CHECK(is_refused(at_once(begins({kNow.ms + i}))));
  CHECK(provider.description.came() == 1);
  provider.has_description = true;
  CHECK_FALSE(is_refused(at_once(begins({kNow.ms + kMinuteMs}))));
  CHECK(provider.description.came() == 2);
  CHECK_FALSE(is_refused(at_once(begins({kNow.ms + kMinuteMs}))));
  CHECK(provider.description.came() == 2);
}

TEST_CASE_METHOD(Asked, "while it is asked anew the others go by what it said before") {
  const auto before = at_once(begins());
  REQUIRE_FALSE(is_refused(before));
  provider.description.shut();
  const sync::Time later{kNow.ms + 2 * kHourMs};
  auto first = begins(later);
  REQUIRE(provider.description.waits_for(2));
  CHECK(at_once(begins(later)).starts_with(provider.issuer() + "/authorize?"));
  CHECK_FALSE(first.is_done(0s));
  CHECK(provider.description.came() == 2);
  provider.description.open();
  CHECK_FALSE(is_refused(first.result.get()));
}

TEST_CASE_METHOD(Asked, "of those who came back few wait for it, and each gives its turn back") {
  REQUIRE_FALSE(is_refused(at_once(begins())));
  provider.token.shut();
  std::vector<Said> waiting;
  for (int i = 0; i < kMostWaiting; ++i) waiting.push_back(comes_back());
  REQUIRE(provider.token.waits_for(kMostWaiting));
  for (int i = 0; i < 3; ++i) CHECK(is_refused(at_once(comes_back())));
  CHECK_FALSE(is_refused(at_once(begins())));
  CHECK(provider.token.came() == kMostWaiting);
  for (auto& it : waiting) CHECK_FALSE(it.is_done(0s));

  provider.token.open();
  for (auto& it : waiting) CHECK(is_refused(it.result.get()));  // its token is none
  for (int i = 1; i <= 2 * kMostWaiting; ++i) {
    CHECK(is_refused(at_once(comes_back())));
    CHECK(provider.token.came() == kMostWaiting + i);
  }
}

TEST_CASE("a provider that hangs doesn't take the families' port down") {
  Provider provider;
  FederalHub region(provider);
  REQUIRE(region.comes_back() == 403);  // it answers, and isn't believed
  const int before = provider.token.came();
  provider.token.shut();
  constexpr int kPeople = 48;  // more than the port answers at once
  std::vector<Meanwhile<int>> people;
  for (int i = 0; i < kPeople; ++i) people.emplace_back([&] { return region.comes_back(); });
  REQUIRE(provider.token.waits_for(before + kMostWaiting));
  const auto still_wait = [&] {
    return std::count_if(people.begin(), people.end(), [](auto& it) { return !it.is_done(0s); });
  };
  const auto until = std::chrono::steady_clock::now() + kBound;
  while (still_wait() > kMostWaiting && std::chrono::steady_clock::now() < until) {
    std::this_thread::sleep_for(10ms);
  }
  CHECK(still_wait() == kMostWaiting);
  CHECK(Browser(region.hub.web_port()).get("/").status == 200);
  CHECK(provider.token.came() == before + kMostWaiting);
  CHECK(region.count_in_log("too many wait for its answer") == kPeople - kMostWaiting);
  provider.token.open();
  for (auto& it : people) CHECK(it.result.get() == 403);
}

}  // namespace zimnik::hub::test
