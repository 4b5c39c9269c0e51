#include "schema/audit/prove.h"

#include <catch2/catch.hpp>
#include <sstream>

#include "sync/core/proof.h"
#include "tests/schema/small_school.h"

using namespace zimnik;
using namespace zimnik::journal;
using namespace zimnik::journal::test;
using Catch::Contains;

namespace {

/// A mark that was entered and changed.
struct Marked {
  Node node = school_node();
  std::string key = "901," + kMonday.date.text() + ",2,21,1,1";

  Marked() {
    open(node, kMonday);
    node.save(
        "INSERT INTO mark (course, date, number, pupil, work, attempt, value, weight) VALUES "
        "(901, '" +
            kMonday.date.text() + "', 2, 21, 1, 1, 5, 1)",
        {"anna", 50});
    node.save("UPDATE mark SET value = 2", {"boris", 50});
  }
  std::string says(const ProveWish& wish) {
    std::ostringstream out;
    prove(*node, wish, node.now, out);
    return out.str();
  }
};

}  // namespace

TEST_CASE_METHOD(Marked,
                 "the history has each value, by whom, when, where, and what became of it") {
  ProveWish wish;
  wish.table = "mark";
  wish.key = key;
  const auto text = says(wish);
  CHECK_THAT(text, Contains("anna (role), устройство device, узел " + node.id().hex()));
  CHECK_THAT(text, Contains("value 5, weight 1, work_type —, comment — — заменено"));
  CHECK_THAT(text, Contains("boris (role)"));
  CHECK_THAT(text, Contains("value 2, weight 1, work_type —, comment — — действует"));
  CHECK_THAT(text, Contains("доказать можно записей: 2, из них с квитанцией округа: 0"));
}

TEST_CASE_METHOD(Marked, "the file is the proof itself, and holds") {
  ProveWish wish;
  wish.table = "mark";
  wish.key = key;
  wish.as_file = true;
  const auto proof = sync::decode_proof(says(wish));
  const auto checked = sync::check_proof(proof, sync::test::site_key("authority").public_key());
  CHECK(checked.faults.empty());
  CHECK(checked.entries.size() == 2);
}

TEST_CASE_METHOD(Marked, "a row or a part that isn't there is refused by name") {
  ProveWish wish;
  wish.table = "mark";
  wish.key = key;
  wish.group = "topic";
  CHECK_THROWS_WITH(says(wish), Contains("нет части «topic»"));
  wish.group.clear();
  wish.key = "901,2025-09-01,2,99,1,1";
  CHECK_THROWS_WITH(says(wish), Contains("таких записей нет"));
}

TEST_CASE("--out is the caller's own affair; other arguments are left alone") {
  const auto run = [](const web::ControlCall&) { return web::ControlReply{}; };
  CHECK_FALSE(prove_to_file({"prove", "mark"}, run).has_value());
  CHECK_FALSE(prove_to_file({"prove", "mark", "--out"}, run).has_value());
  CHECK_FALSE(prove_to_file({"status", "--out", "x"}, run).has_value());
  std::vector<std::vector<std::string>> asked;
  const auto refuses = [&](const web::ControlCall& call) {
    asked.push_back(call.arguments);
    return web::ControlReply{1, "", "no"};
  };
  CHECK(prove_to_file({"prove", "mark", "--out", "x", "1"}, refuses)->exit_code == 1);
  CHECK(asked == std::vector<std::vector<std::string>>{{"prove", "mark", "1"}});
}
