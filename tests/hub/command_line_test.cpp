// The program itself, in processes of its own.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <thread>

#include "tests/hub/browser.h"
#include "tests/sync/net/folder.h"

namespace zimnik::hub::test {
namespace {

struct Result {
  int exit_code = -1;
  std::string output;
};

std::string trimmed(std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

class Program {
 public:
  /// Runs a command to its end; what it wrote to both outputs.
  Result run(const std::string& arguments) const {
    const auto line = std::string(ZIMNIK_HUB) + " --data " + data() + " " + arguments + " 2>&1";
    Result result;
    FILE* pipe = ::popen(line.c_str(), "r");
    std::array<char, 4096> buffer{};
    while (const auto size = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
      result.output.append(buffer.data(), size);
    }
    result.exit_code = WEXITSTATUS(::pclose(pipe));
    result.output = trimmed(result.output);
    return result;
  }
  std::string data() const { return folder_.file("hub"); }

 private:
  net::test::Folder folder_;
};

/// zimnik-hub serve, until the object goes.
class Served {
 public:
  explicit Served(const Program& program) {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    process_ = ::fork();
    if (process_ == 0) {
      ::dup2(ends[1], 1);
      ::close(ends[0]);
      ::execl(ZIMNIK_HUB, ZIMNIK_HUB, "--data", program.data().c_str(), "serve", "--sync",
              "127.0.0.1:0", "--web", "127.0.0.1:0", "--console", "127.0.0.1:0", nullptr);
      ::_exit(127);
    }
    ::close(ends[1]);
    FILE* output = ::fdopen(ends[0], "r");
    int sync = 0;
    const int found = std::fscanf(output, "sync port %d, web port %d", &sync, &web_port_);
    std::fclose(output);
    REQUIRE(found == 2);
  }
  ~Served() {
    if (process_ > 0) stop();
  }
  int web_port() const { return web_port_; }
  /// The exit code after SIGTERM.
  int stop() {
    ::kill(process_, SIGTERM);
    int status = 0;
    ::waitpid(process_, &status, 0);
    process_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  pid_t process_ = -1;
  int web_port_ = 0;
};

}  // namespace

TEST_CASE("a hub is made once, and only where there is none") {
  const Program program;
  const auto made = program.run("init --region Югра");
  CHECK(made.exit_code == 0);
  CHECK(made.output.find("отпечаток: ") != std::string::npos);
  CHECK(made.output.find("zimnik-hub backup --authority") != std::string::npos);
  const auto again = program.run("init --region Югра");
  CHECK(again.exit_code == 1);
  CHECK(again.output.find("здесь уже есть сервер") != std::string::npos);
  CHECK((std::filesystem::status(program.data()).permissions() &
         (std::filesystem::perms::group_all | std::filesystem::perms::others_all)) ==
        std::filesystem::perms::none);
}

TEST_CASE("commands work alike beside a hub that serves and without one") {
  const Program program;
  REQUIRE(program.run("init --region Югра").exit_code == 0);
  const auto first = program.run("school add 'Школа № 1'");
  REQUIRE(first.exit_code == 0);
  CHECK(first.output.size() == 32);
  std::string second;
  {
    Served served(program);
    const auto added = program.run("school add 'Школа № 2'");
    REQUIRE(added.exit_code == 0);
    second = added.output;
    CHECK(program.run("token " + second + " --name Узел --hours 5").output.starts_with("zimnik1-"));
    const auto status = program.run("status");
    CHECK(status.output.find("Школа № 1\tобмен никогда") != std::string::npos);
    CHECK(status.output.find("Школа № 2") != std::string::npos);
    const auto unknown = program.run("token 'Школа № 3'");
    CHECK(unknown.exit_code == 1);
    CHECK(unknown.output == "школы «Школа № 3» нет");
    CHECK(program.run("serve").exit_code == 1);
    CHECK(Browser(served.web_port()).get("/").has("Вход для родителей"));
    CHECK(served.stop() == 0);
  }
  CHECK_FALSE(std::filesystem::exists(program.data() + "/control.sock"));
  const auto list = program.run("school list");
  CHECK(list.output == first.output + "\tШкола № 1\n" + second + "\tШкола № 2");
  CHECK(program.run("token 'Школа № 1'").output.starts_with("zimnik1-"));
}

TEST_CASE("what isn't a command is told with exit code 2, and help with 0") {
  const Program program;
  CHECK(program.run("").exit_code == 2);
  CHECK(program.run("school").exit_code == 2);
  CHECK(program.run("token").exit_code == 2);
  for (const std::string number : {"-1", "0", "x", "99999999999999999999", "1099511627777"}) {
    const auto refused = program.run("revoke S N --reason R --from=" + number);
    CHECK(refused.exit_code == 2);
    CHECK(refused.output.find("не номер записи") != std::string::npos);
    CHECK(program.run("revoke S N --reason R --school-from " + number).exit_code == 2);
  }
  CHECK(program.run("revoke S N --reason R --from 7").exit_code == 1);
  for (const std::string address : {"hub.example", "hub.example:", "https://hub.example:8441",
                                    "'hub.example:8441 --x'", "'[::1:8441'", ":8441"}) {
    const auto refused = program.run("serve --advertise " + address);
    CHECK(refused.exit_code == 2);
    CHECK(refused.output.find("не адрес") != std::string::npos);
  }
  const auto help = program.run("--help");
  CHECK(help.exit_code == 0);
  CHECK(help.output.find("revoke") != std::string::npos);
  const auto lost = program.run("status");
  CHECK(lost.exit_code == 1);
  CHECK(lost.output.find("здесь ещё нет сервера") != std::string::npos);
}

}  // namespace zimnik::hub::test
