#include "sync/web/control.h"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "tests/sync/net/folder.h"

namespace zimnik::web::test {
namespace {

ControlReply echo(const ControlCall& call) {
  if (call.arguments.empty()) throw std::runtime_error("what to do?");
  ControlReply reply{7, "", "to errors"};
  for (const auto& argument : call.arguments) reply.output += "[" + argument + "]";
  reply.output += call.input;
  return reply;
}

}  // namespace

TEST_CASE("a command is run by who serves, and its output and exit code come back") {
  const net::test::Folder folder;
  const ControlServer server(folder.file("control.sock"), echo);
  const auto reply = ask_control(folder.file("control.sock"), {{"add", "", "Школа № 1"}, "a\nb"});
  REQUIRE(reply);
  CHECK(reply->exit_code == 7);
  CHECK(reply->output == "[add][][Школа № 1]a\nb");
  CHECK(reply->errors == "to errors");
}

TEST_CASE("what a command throws is an error of the command, and the server goes on") {
  const net::test::Folder folder;
  const ControlServer server(folder.file("control.sock"), echo);
  const auto reply = ask_control(folder.file("control.sock"), {});
  REQUIRE(reply);
  CHECK(reply->exit_code == 1);
  CHECK(reply->errors == "what to do?\n");
  CHECK(ask_control(folder.file("control.sock"), {{"again"}, ""})->output == "[again]");
}

TEST_CASE("nothing is told from an answer where nobody serves, also where a socket was left") {
  const net::test::Folder folder;
  const auto path = folder.file("control.sock");
  CHECK_FALSE(ask_control(path, {{"status"}, ""}));
  { const ControlServer server(path, echo); }
  CHECK_FALSE(ask_control(path, {{"status"}, ""}));
  std::ofstream(path) << "no socket";
  CHECK_FALSE(ask_control(path, {{"status"}, ""}));
}

TEST_CASE("a call that is too large is told so, and the server goes on") {
  const net::test::Folder folder;
  const auto path = folder.file("control.sock");
  const ControlServer server(path, echo);
  CHECK_THROWS_WITH(ask_control(path, {{"import"}, std::string(3 << 19, 'x')}),
                    Catch::Contains("too large"));
  CHECK(ask_control(path, {{"again"}, ""})->output == "[again]");
}

TEST_CASE("only the owner may use the socket") {
  const net::test::Folder folder;
  const ControlServer server(folder.file("control.sock"), echo);
  struct stat facts {};
  REQUIRE(::stat(folder.file("control.sock").c_str(), &facts) == 0);
  CHECK((facts.st_mode & 0777) == 0600);
}

TEST_CASE("nobody's terminal obeys what somebody typed into a journal") {
  std::ostringstream out, errors;
  CHECK(print({3, "a\x1b[2Jb\tй\n\u009b2Jc\x7f", "wrong\r"}, out, errors) == 3);
  CHECK(out.str() == "a [2Jb\tй\n  2Jc ");
  CHECK(errors.str() == "wrong \n");
}

}  // namespace zimnik::web::test
