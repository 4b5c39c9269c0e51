// What is forgotten stays so: nothing that is written or arrives later brings a value back.
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "tests/sync/store/town.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;

namespace {

constexpr std::int64_t kAnna = 1, kBoris = 2;
constexpr const char* kRows = "SELECT id, phone, class FROM person ORDER BY id";

Setup with_keys(SiteKind kind = SiteKind::node) {
  Setup setup;
  setup.kind = kind;
  setup.keys.add_person_key(kAnna, some_key("anna"));
  setup.keys.add_person_key(kBoris, some_key("boris"));
  return setup;
}

/// Two nodes that hold a person; one of them has heard that she is forgotten.
struct Forgotten {
  Node a{"a", with_keys()}, b{"b", with_keys()};

  Forgotten() {
    a.save("INSERT INTO person (id, phone, class) VALUES (1, '555-0100', '7b')");
    exchange(a, b);
    a.act(Forget{kAnna});
    REQUIRE(a.read(kRows) == "1,-,7b");
  }
};

}  // namespace

TEST_CASE_METHOD(Forgotten, "a value about a forgotten person is refused, in whatever way") {
  const auto message = Catch::Contains("person (1), phone: the person it is about was forgotten");
  const auto before = a.everything();
  const auto leaves = a.leaves();
  CHECK_THROWS_WITH(a.save("UPDATE person SET phone = '1' WHERE id = 1"), message);
  CHECK_THROWS_WITH(a.save("REPLACE INTO person (id, phone) VALUES (1, '1')"), message);
  CHECK_THROWS_WITH(a.save([](Command& run) {
    run.database().execute("UPDATE person SET phone = '1' WHERE id = 1");
    run.keep("person", key_of({kAnna}), "contact");
  }),
                    message);
  CHECK_THROWS_WITH(a.save([](Command& run) {
    run.database().execute("UPDATE person SET phone = '1' WHERE id = 1");
    run.keep_row("person", key_of({kAnna}));
  }),
                    message);
  a.save("DELETE FROM person");
  CHECK_THROWS_WITH(a.save("INSERT INTO person (id, phone) VALUES (1, '1')"), message);
  CHECK(a.leaves() == leaves + 1);
  CHECK(a.everything() != before);
}

TEST_CASE_METHOD(Forgotten, "what isn't personal is written, and others' values too") {
  a.save("UPDATE person SET class = '8b' WHERE id = 1");
  a.save([](Command& run) { run.keep_row("person", key_of({kAnna})); });
  a.save("INSERT INTO person (id, phone, class) VALUES (2, '555-0101', '7b')");
  CHECK(a.read(kRows) == "1,-,8b\n2,555-0101,7b");
  exchange(a, b);
  CHECK(b.everything() == a.everything());
  CHECK(a->verify().empty());
  CHECK(b->verify().empty());
}

TEST_CASE_METHOD(Forgotten, "a value that one wrote who hadn't heard of it is erased on arrival") {
  b.save("UPDATE person SET phone = '555-0199' WHERE id = 1");
  b.save("UPDATE person SET phone = '555-0198' WHERE id = 1");
  CHECK(b.read(kRows) == "1,555-0198,7b");
  send(b, a);
  exchange(a, b);
  for (auto* node : {&a, &b}) {
    CHECK(node->read(kRows) == "1,-,7b");
    const auto found = statuses(*node, "person", key_of({kAnna}), "contact");
    CHECK(found == std::vector{Status::erased, Status::erased, Status::erased});
    CHECK((*node)->verify().empty());
  }
}

TEST_CASE_METHOD(Forgotten, "a forgetting that lies in a voided site's log stands") {
  Node hub("hub", with_keys(SiteKind::hub));
  exchange(hub, a);
  hub.act(Revoke{last_act(hub)}, rank::kOperator);
  hub.act(VoidSite{a.id(), 2, 1}, rank::kOperator);
  exchange(hub, b);
  CHECK(b.read(kRows) == "1,-,7b");
  CHECK_THROWS_AS(b.save("UPDATE person SET phone = '1' WHERE id = 1"), CommandRefused);
}

TEST_CASE("the person may be named in the same group, and is forgotten there too") {
  Setup setup = with_keys();
  setup.schema.tables[4].groups.push_back(
      {3,
       "guardian",
       {{"guardian", ColumnType::integer, {}}, {"guardian_phone", ColumnType::text, "guardian"}}});
  Node a("a", setup);
  a.save("INSERT INTO person (id, phone, guardian, guardian_phone) VALUES (1, '1', 2, '2')");
  a.act(Forget{kBoris});
  CHECK(a.read("SELECT phone, guardian, guardian_phone FROM person") == "1,2,-");
}

namespace {

/// All bytes of a replica's files.
std::string bytes_of(const std::string& path) {
  std::string bytes;
  for (const auto* end : {"", "-wal", "-shm"}) {
    std::ifstream file(path + end, std::ios::binary);
    bytes.append(std::istreambuf_iterator<char>(file), {});
  }
  return bytes;
}

bool holds(const std::string& bytes, std::string_view part) {
  return bytes.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE_METHOD(Forgotten,
                 "the person's keys go from memory wherever the act comes, and don't come back") {
  exchange(a, b);
  for (auto* node : {&a, &b}) {
    CHECK((*node)->forgotten() == std::vector<Value>{kAnna});
    CHECK_FALSE((*node)->keyring().key_of(kAnna));
    CHECK((*node)->keyring().find(id_of(some_key("anna"))) == nullptr);
    CHECK((*node)->keyring().key_of(kBoris));
    (*node)->add_keys({{kAnna, some_key("anna")}});
    CHECK_FALSE((*node)->keyring().key_of(kAnna));
    CHECK((*node)->verify().empty());
  }
}

TEST_CASE_METHOD(Forgotten, "keys stay where an act of forgetting isn't written after all") {
  CHECK_THROWS(b->batch([&] {
    b.act(Forget{kAnna});
    throw std::runtime_error("the disk is full");
  }));
  CHECK(b->keyring().key_of(kAnna));
  CHECK(b.read(kRows) == "1,555-0100,7b");
  CHECK(b->verify().empty());
}

TEST_CASE_METHOD(Forgotten,
                 "who still sends the person's values in plain text is told so, and all goes on") {
  b.save("UPDATE person SET phone = '555-0199' WHERE id = 1");
  // What a said of its keys b goes by holds no more.
  const auto received = send(b, a);
  CHECK(received.hole);
  exchange(a, b);
  for (auto* node : {&a, &b}) {
    CHECK(node->read(kRows) == "1,-,7b");
    CHECK((*node)->verify().empty());
  }
}

TEST_CASE("after a scrub no byte of what was forgotten is in the files, and the rest is whole") {
  const TemporaryDirectory directory;
  auto setup = with_keys();
  setup.path = directory.file("a.db");
  Node a("a", setup);
  for (int i = 0; i < 200; ++i) {
    a.save("REPLACE INTO person (id, phone, class) VALUES (1, 'secret-number-" + std::to_string(i) +
           "', '7b')");
  }
  a.save("INSERT INTO person (id, phone, class) VALUES (2, '555-0101', '7b')");
  a.save("INSERT INTO minutes (id, body) VALUES (1, 'minutes')");
  CHECK(a->scrub());  // nothing to be done
  CHECK(holds(bytes_of(setup.path), "secret-number"));
  a.act(Forget{kAnna});
  CHECK(holds(bytes_of(setup.path), "secret-number"));
  const auto before = a.everything();
  CHECK(a->scrub());
  CHECK_FALSE(holds(bytes_of(setup.path), "secret-number"));
  CHECK(holds(bytes_of(setup.path), "555-0101"));
  CHECK(a.everything() == before);
  CHECK(a->verify().empty());
  a.save("UPDATE person SET class = '8b'");
  a.close();
  a.open();  // with the person's keys: as where an older copy of them was put back
  CHECK_FALSE(a->keyring().key_of(kAnna));
  CHECK(a.read(kRows) == "1,-,8b\n2,555-0101,8b");
  CHECK(a->verify().empty());
}

TEST_CASE("a reader in the way puts a scrub off") {
  const TemporaryDirectory directory;
  auto setup = with_keys();
  setup.path = directory.file("a.db");
  Node a("a", setup);
  a.save("INSERT INTO person (id, phone, class) VALUES (1, 'secret-number', '7b')");
  a.act(Forget{kAnna});
  {
    auto reader = Database::open_read_only(setup.path);
    reader.execute("BEGIN");
    auto row = reader.prepare("SELECT count(*) FROM person");
    row.step();
    a->database().execute("PRAGMA busy_timeout = 10");
    CHECK_FALSE(a->scrub());
  }
  CHECK(a->scrub());
  CHECK_FALSE(holds(bytes_of(setup.path), "secret-number"));
}
