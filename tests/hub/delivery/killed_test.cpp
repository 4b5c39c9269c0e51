// A real hub that is killed while it sends, and begun again.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <chrono>
#include <cstdio>
#include <thread>

#include "schema/commands/mark.h"
#include "tests/hub/delivery/mailing.h"

namespace zimnik::hub::test {
namespace {

using namespace std::chrono_literals;

/// zimnik-hub serve on a folder, until it is killed.
class Process {
 public:
  explicit Process(const DataFolder& data) : data_(data.path) {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    process_ = ::fork();
    if (process_ == 0) {
      ::dup2(ends[1], 1);
      ::close(ends[0]);
      ::execl(ZIMNIK_HUB, ZIMNIK_HUB, "--data", data_.c_str(), "serve", "--sync", "127.0.0.1:0",
              "--web", "127.0.0.1:0", nullptr);
      ::_exit(127);
    }
    ::close(ends[1]);
    FILE* output = ::fdopen(ends[0], "r");
    const int found = std::fscanf(output, "sync port %d", &sync_port_);
    std::fclose(output);
    REQUIRE(found == 1);
  }
  ~Process() { kill(); }

  std::string sync_url() const { return "https://127.0.0.1:" + std::to_string(sync_port_); }
  /// As a machine that lost its power.
  void kill() {
    if (process_ <= 0) return;
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
    process_ = -1;
  }
  /// What `zimnik-hub mail` says.
  std::string mail() const {
    FILE* pipe =
        ::popen((std::string(ZIMNIK_HUB) + " --data " + data_ + " mail 2>&1").c_str(), "r");
    std::string said;
    std::array<char, 4096> buffer{};
    while (const auto size = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
      said.append(buffer.data(), size);
    }
    ::pclose(pipe);
    return said;
  }
  bool says(const std::string& text) const { return mail().find(text) != std::string::npos; }

 private:
  std::string data_;
  pid_t process_ = -1;
  int sync_port_ = 0;
};

bool comes_true(const std::function<bool()>& condition) {
  for (int i = 0; i < 400; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(50ms);
  }
  return false;
}

/// The mother chose; from then on a process of its own serves.
struct Killing : Mailing {
  Killing() {
    mother();
    write_settings(region.hub.data(), server);
    post.reset();
    region.hub.stop();
    serve();
  }
  void serve() {
    process.reset();
    process = std::make_unique<Process>(region.hub.data());
    region.site.follow(process->sync_url());
  }
  void tell(std::int64_t pupil, const journal::LessonKey& lesson) {
    write_absence(pupil, lesson);
    REQUIRE(region.site.exchange().end == net::ExchangeReport::End::in_step);
  }
  bool has_letters(std::size_t count) {
    return comes_true([&] { return server.letters().size() >= count; });
  }
  std::unique_ptr<Process> process;
};

}  // namespace

TEST_CASE("killed after DATA, a hub sends that letter again under its Message-ID, and lists it") {
  Killing hub;
  hub.server.behave(R"({"hang": true})");
  hub.tell(kPetya, algebra());
  REQUIRE(hub.has_letters(1));
  hub.process->kill();
  hub.server.behave();
  hub.serve();
  REQUIRE(hub.has_letters(2));
  REQUIRE(comes_true([&] { return hub.process->says("отправлены: 1"); }));
  const auto letters = hub.server.letters();
  REQUIRE(letters.size() == 2);
  CHECK(letters[0].message_id == letters[1].message_id);
  CHECK(hub.process->says("отправлены: 1, не отправлены: 0, отменены: 0, могли прийти дважды: 1"));
  CHECK(hub.process->says("номер: " +
                          letters[0].message_id.substr(1, letters[0].message_id.size() - 2)));
}

TEST_CASE(
    "killed with letters queued, a hub sends each once when it and the mail server are back") {
  Killing hub;
  hub.server.stop();
  hub.tell(kPetya, algebra());
  REQUIRE(comes_true([&] { return hub.process->says("ждут: 1"); }));
  hub.tell(kDasha, history());
  REQUIRE(comes_true([&] { return hub.process->says("ждут: 2"); }));
  hub.process->kill();
  hub.server.start();
  hub.serve();
  REQUIRE(comes_true([&] { return hub.process->says("отправлены: 2"); }));
  CHECK(hub.server.letters().size() == 2);
  hub.process->kill();
  hub.serve();
  REQUIRE(hub.region.site.exchange().end == net::ExchangeReport::End::in_step);
  hub.tell(kPetya, history());
  REQUIRE(hub.has_letters(3));
  CHECK(hub.process->says("могли прийти дважды: 0"));
  CHECK(hub.server.letters().size() == 3);
}

}  // namespace zimnik::hub::test
