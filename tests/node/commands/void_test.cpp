// What a slip of the technician's does to the act that takes a stolen account's work away.
#include <catch2/catch.hpp>

#include "node/commands/commands.h"
#include "tests/node/desk.h"

using namespace zimnik;
using namespace zimnik::node::test;
using Catch::Contains;

namespace {

struct Console {
  Desk desk;
  std::string account = desk.teacher().login, from = "2025-09-01T08:00", until, reason = "Акт 1";

  web::ControlReply run() {
    std::vector<std::string> arguments = {account, "--from", from};
    if (!until.empty()) arguments.insert(arguments.end(), {"--until", until});
    return run_void(arguments, journal::Role::principal);
  }
  web::ControlReply run_void(std::vector<std::string> arguments, journal::Role signer) {
    arguments.insert(arguments.begin(), "void");
    arguments.insert(arguments.end(), {"--reason", reason, "--by", desk.login_of(signer)});
    return run({arguments, std::string(kPassword) + "\n"});
  }
  web::ControlReply run(const web::ControlCall& call) {
    return web::run_guarded([&](const auto& it) { return node::run_command(desk.node(), it); },
                            call);
  }
  /// The newest act's name.
  std::string act() {
    return desk.node().journal().with_replica(
        [](sync::Replica& replica) { return replica.acts().back().name.hex(); });
  }
  std::size_t acts() {
    return desk.node().journal().with_replica([](sync::Replica& replica) {
      std::size_t count = 0;
      replica.for_each_leaf([&](std::uint64_t, const sync::Hash&, const sync::LeafPlace&,
                                const sync::Transaction* transaction) {
        count += transaction != nullptr && std::holds_alternative<sync::Act>(transaction->body);
      });
      return count;
    });
  }
  void check_refused(const std::string& why) {
    const auto reply = run();
    CHECK(reply.exit_code == 1);
    CHECK_THAT(reply.errors, Contains(why));
    CHECK(acts() == 0);
  }
};

}  // namespace

TEST_CASE_METHOD(Console, "an act voids an account's work from a moment on") {
  const auto reply = run();
  CHECK(reply.exit_code == 0);
  CHECK_THAT(reply.output, Contains("Акт "));
  CHECK(acts() == 1);
}

TEST_CASE_METHOD(Console, "an act with an end voids what lies before it") {
  until = "2025-09-15T08:00";
  const auto some = run().output;
  until.clear();
  CHECK(run().output.size() > some.size());
}

TEST_CASE_METHOD(Console, "an act that ends before it begins is refused") {
  until = GENERATE("2025-09-01T08:00", "2025-08-31T08:00");
  check_refused("нечего");
}

TEST_CASE_METHOD(Console,
                 "an act on an account that isn't there is refused: it would void nothing") {
  account = "teacher1";
  check_refused("нет");
}

TEST_CASE_METHOD(Console, "an act from a day that isn't in the calendar is refused") {
  from = GENERATE("2025-09-31T08:00", "0-1-1T1:1", " 2025-09-01T08:00", "2025-09-01 08:00",
                  "2025-09-01T08:60", "2025-09-01", "2025-09-01T", "");
  check_refused("нужно так");
}

TEST_CASE_METHOD(Console, "an act from a moment that is still to come is refused") {
  from = "2199-01-01T00:00";
  check_refused("ещё не настало");
}

TEST_CASE_METHOD(Console, "an act without a reason, or with one that doesn't fit, is refused") {
  reason = GENERATE(std::string(" "), std::string(5000, 'r'));
  check_refused("Основание");
}

TEST_CASE_METHOD(Console, "an act is listed, undone by its name, and listed as undone") {
  run();
  const auto voiding = act();
  CHECK_THAT(run({{"acts"}, ""}).output, Contains(voiding + "\tв силе"));
  CHECK_THAT(run({{"acts", voiding.substr(0, 8)}, ""}).output,
             Contains("написано поверх отменённого: "));
  const auto undone = run_void({"--revoke", voiding.substr(0, 12)}, journal::Role::principal);
  CHECK(undone.exit_code == 0);
  CHECK_THAT(run({{"acts"}, ""}).output, Contains(voiding + "\tотменён актом " + act()));
  const auto again = run_void({"--revoke", voiding}, journal::Role::principal);
  CHECK_THAT(again.errors, Contains("и так не в силе"));
  CHECK(run({{"acts", "ffff"}, ""}).exit_code == 1);
}

TEST_CASE_METHOD(Console, "a technical specialist may revoke a site, and not void an account") {
  const auto specialist = journal::Role::technical_specialist;
  CHECK_THAT(run_void({account, "--from", from}, specialist).errors, Contains("не может"));
  const auto self = desk.node().self().id().hex();
  CHECK_THAT(run_void({"--site", self}, specialist).errors, Contains("сам этот узел"));
  const auto other = desk.node().journal().with_replica([](sync::Replica& replica) {
    for (const auto& site : replica.sites()) {
      if (site.record.kind == sync::SiteKind::hub) return site.record.keys.id().hex();
    }
    return std::string();
  });
  CHECK_THAT(run_void({"--site", other}, specialist).errors, Contains("сервер округа"));
  CHECK_THAT(run_void({"--site", "abcd", "--from", "x"}, specialist).errors, Contains("нет"));
  CHECK(acts() == 0);
}

TEST_CASE_METHOD(Console, "what is to be voided is named once") {
  CHECK_THAT(run_void({account, "--site", "abcd"}, journal::Role::principal).errors,
             Contains("нужно одно из трёх"));
  CHECK_THAT(run_void({}, journal::Role::principal).errors, Contains("нужно одно из трёх"));
  CHECK(acts() == 0);
}
