#include "hub/console/audit_trail.h"

#include <catch2/catch.hpp>

#include "tests/hub/region.h"

namespace zimnik::hub::test {
namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("what commands do is in the trail, the newest first, and its chain holds") {
  RunningHub hub;
  const auto school = hub.run({"school", "add", "Школа № 1"});
  hub.run({"token", school, "--name", "Узел"});
  hub.run({"operator", "add", "anna", "--role", "administrator"});
  const auto entries = AuditTrail(hub->database()).entries();
  REQUIRE(entries.size() == 3);
  CHECK(entries[0].what == "operator.add");
  CHECK(entries[0].object == "anna");
  CHECK(entries[1].what == "token");
  CHECK(entries[1].school->hex() == school);
  CHECK(entries[1].actor == "zimnik-hub");
  CHECK(entries[2].detail == "Школа № 1");
  CHECK(has(hub.run({"audit", "--verify"}), "записей 3\tпоследняя " + entries[0].hash.hex()));
  CHECK(has(hub.run({"audit", "--school", school}), "\ttoken\t" + school + "\tУзел\t"));
}

TEST_CASE("a deed that fails stays in the trail, with the reason") {
  RunningHub hub;
  const auto school = hub.run({"school", "add", "Школа № 1"});
  CHECK(hub.call({"revoke", school, "abcd", "--reason", "украден"}).exit_code == 1);
  const auto entries = AuditTrail(hub->database()).entries();
  REQUIRE(entries.size() == 3);
  CHECK(entries[0].what == "revoke.failed");
  CHECK(!entries[0].detail.empty());
  CHECK(entries[1].what == "revoke");
  CHECK(entries[1].object == "abcd");
  CHECK(entries[1].detail == "украден");
}

TEST_CASE("a trail that was changed or cut past the program is found out") {
  RunningHub hub;
  for (const char* name : {"Школа № 1", "Школа № 2", "Школа № 3"}) hub.run({"school", "add", name});
  const auto path = hub.data().database();
  CHECK_THROWS(hub->database().run([](sync::Database& database) {
    database.execute("UPDATE audit SET actor = 'anna' WHERE number = 2");
  }));
  CHECK_THROWS(
      hub->database().run([](sync::Database& database) { database.execute("DELETE FROM audit"); }));
  const auto last = AuditTrail(hub->database()).check().last;
  const auto after = [&](const char* change) {
    hub->database().run([&](sync::Database& database) {
      database.execute("DROP TRIGGER IF EXISTS audit_is_never_changed");
      database.execute("DROP TRIGGER IF EXISTS audit_is_never_cut");
      database.execute(change);
    });
    return AuditTrail(hub->database()).check();
  };
  CHECK(after("UPDATE audit SET actor = 'anna' WHERE number = 2").broken == 2);
  CHECK(hub.call({"audit", "--verify"}).exit_code == 1);
  CHECK(after("UPDATE audit SET actor = 'zimnik-hub' WHERE number = 2").broken == std::nullopt);
  // The last one: only who has written down its hash can tell.
  const auto cut = after("DELETE FROM audit WHERE number = 3");
  CHECK(cut.broken == std::nullopt);
  CHECK(cut.last != last);
  CHECK(after("DELETE FROM audit WHERE number = 1").broken == 2);
}

}  // namespace zimnik::hub::test
