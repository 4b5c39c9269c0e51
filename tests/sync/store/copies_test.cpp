// What is known of where copies lie, and of who is in step.
#include <catch2/catch.hpp>

#include "tests/sync/store/town.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;

namespace {

struct School {
  Node a{"a"}, b{"b"};
  Node hub{"hub", hub_setup()};

  static Setup hub_setup() {
    Setup setup;
    setup.kind = SiteKind::hub;
    return setup;
  }
  School() {
    for (Node* node : {&a, &b}) {
      (*node)->add_site(hub.record());
      hub->add_site(node->record());
    }
    a->add_site(b.record());
    b->add_site(a.record());
  }
  void read_notes() {
    a->note_reader(hub.id());
    hub->note_reader(a.id());
  }
  void mark(int pupil) {
    a.save("INSERT INTO mark (lesson, pupil, maker, value) VALUES (1, " + std::to_string(pupil) +
           ", 'ann', 5)");
  }
};

const PeerStanding& standing_of(const std::vector<PeerStanding>& peers, const Node& node) {
  for (const auto& peer : peers) {
    if (peer.site == node.id()) return peer;
  }
  throw std::runtime_error("no such peer");
}

}  // namespace

TEST_CASE_METHOD(School, "what nobody else holds would be lost, until somebody holds it") {
  mark(1);
  CHECK(a->copies() == Copies{0, 0, 0, 1});
  exchange(a, b);
  CHECK(a->copies() == Copies{0, 0, 1, 0});
  mark(2);
  CHECK(a->copies() == Copies{0, 0, 1, 1});
  exchange(a, hub);
  CHECK(a->copies() == Copies{0, 2, 0, 0});
  read_notes();
  mark(3);
  exchange(a, hub);
  CHECK(a->copies() == Copies{3, 0, 0, 0});
}

TEST_CASE_METHOD(School, "a site that is revoked holds nothing for anybody") {
  mark(1);
  exchange(a, b);
  a.act(VoidSite{b.id(), 1, 1});
  CHECK(a->copies() == Copies{0, 0, 0, 2});
  CHECK(standing_of(a->peers(), b).revoked);
}

TEST_CASE_METHOD(School, "of hubs the region's own alone counts, where it is named") {
  read_notes();
  mark(1);
  exchange(a, hub);
  CHECK(a->copies(hub.id()) == Copies{1, 0, 0, 0});
  CHECK(a->copies(b.id()) == Copies{0, 0, 0, 1});
}

TEST_CASE_METHOD(School, "a message that was sent and never taken counts for nothing") {
  exchange(a, hub);
  mark(1);
  (void)a->generate(hub.id(), a.now, kWide);
  CHECK(a->copies() == Copies{0, 0, 0, 1});
  CHECK(standing_of(a->peers(), hub).lacking == 1);
}

TEST_CASE("what a site didn't sign, and whose key is gone, is counted as what nobody can take") {
  TemporaryDirectory directory;
  Node c("c", at(directory.file("c.db")));
  c.save(kCreateMark);
  CHECK(c->copies() == Copies{0, 0, 0, 1});
  c->sign_heads(c.now);
  c.save("UPDATE mark SET value = 4");
  c.become("another");
  c.save("UPDATE mark SET value = 3");
  CHECK(c->copies() == Copies{0, 0, 0, 3, 1});
}

TEST_CASE_METHOD(School, "what is known of copies is known after a restart") {
  TemporaryDirectory directory;
  Node c("c", at(directory.file("c.db")));
  c.save(kCreateMark);
  exchange(c, a);
  c.save("UPDATE mark SET value = 4");
  const auto before = c->copies();
  CHECK(before == Copies{0, 0, 1, 1});
  c.close();
  c.open();
  CHECK(c->copies() == before);
}

TEST_CASE("leaves of a log that forked count once") {
  TwinNodes twins(3);
  const auto other = twins.twin();
  twins.one.save("UPDATE setting SET content = 10");
  (*other).save("UPDATE setting SET content = 11");
  exchange(twins.one, twins.c);
  exchange(*other, twins.c);
  send(*other, twins.c);  // says that it has taken the last reply
  CHECK(twins.c->copies().none == 0);
  CHECK(twins.c->copies().siblings == 5);
}

TEST_CASE("who tells its schema's version is known by it") {
  Setup older;
  older.schema = older_journal();
  Node a("a"), b("b", older);
  exchange(a, b);
  CHECK_FALSE(standing_of(a->peers(), b).schema.has_value());
  a->note_reader(b.id());
  exchange(a, b);
  CHECK(standing_of(a->peers(), b).schema == 1);
  CHECK(standing_of(b->peers(), a).schema == 2);
  CHECK(standing_of(a->peers(), b).lacking == 0);
}
