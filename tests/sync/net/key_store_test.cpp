#include "sync/net/key_store.h"

#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "sync/net/limits.h"
#include "sync/net/private_file.h"
#include "tests/sync/net/folder.h"

namespace zimnik::net::test {
namespace {

const sync::Value kPerson{std::int64_t{7}};

Parcel some_parcel(const sync::SiteId& recipient, const std::string& sealed) {
  return {sync::SiteId::from("a sender's 16 by"), recipient, sealed, {}};
}

const sync::SiteId kOne = sync::SiteId::from("one site's 16 by");
const sync::SiteId kOther = sync::SiteId::from("other site's 16.");

}  // namespace

TEST_CASE("keys are kept in their order, once, and only their owner reads the file") {
  const Folder folder;
  const auto path = folder.file("keys.db");
  const sync::NewKey first{std::nullopt, sync::random_siv_key()};
  {
    KeyStore store(path);
    CHECK_FALSE(store.has_school_key());
    store.add({first});
    store.make_person_key(kPerson);
    store.make_school_key();
    store.add({first});
    CHECK_THROWS(KeyStore(path));
  }
  KeyStore store(path);
  const auto keys = store.keys();
  REQUIRE(keys.size() == 3);
  CHECK(keys[0].key == first.key);
  CHECK(keys[1].person == kPerson);
  CHECK(store.keyring().school_key() == sync::id_of(keys[2].key));
  CHECK(store.keyring().key_of(kPerson) == sync::id_of(keys[1].key));
  for (const auto* name : {"", "-wal"}) {
    struct stat status {};
    REQUIRE(::stat((path + name).c_str(), &status) == 0);
    CHECK((status.st_mode & 077) == 0);
  }
}

TEST_CASE("what others made doesn't change under which of the school's keys is sealed") {
  const Folder folder;
  const auto path = folder.file("keys.db");
  const sync::NewKey first{std::nullopt, sync::random_siv_key()},
      second{std::nullopt, sync::random_siv_key()};
  KeyStore store(path);
  CHECK_FALSE(store.rotate({kOne}));  // there is nothing to be replaced
  store.add({first});
  store.add({second});
  CHECK(store.keyring().school_key() == sync::id_of(first.key));
  CHECK_FALSE(store.sealing_key());
  REQUIRE(store.rotate({kOne}));
  store.add({{std::nullopt, sync::random_siv_key()}});
  const auto made = store.sealing_key();
  REQUIRE(made);
  CHECK(store.keyring().school_key() == sync::id_of(made->key));
}

TEST_CASE("a revocation has one new key, another one, or the same again, has one more") {
  const Folder folder;
  KeyStore store(folder.file("keys.db"));
  store.make_school_key();
  CHECK_FALSE(store.rotate({}));
  CHECK(store.rotate({kOne}));
  CHECK_FALSE(store.rotate({kOne}));
  CHECK(store.rotate({kOne, kOther}));
  CHECK_FALSE(store.rotate({kOther}));  // one was undone
  CHECK(store.rotate({kOther, kOne}));
  CHECK(store.keys().size() == 4);
}

TEST_CASE("forgetting a person leaves no bytes of the keys in the files") {
  const Folder folder;
  const auto path = folder.file("keys.db");
  KeyStore store(path);
  const auto key = store.make_person_key(kPerson);
  const auto holds = [&] {
    return (read_file(path, 1 << 20) + read_file(path + "-wal", 1 << 20)).find(key.key.view()) !=
           std::string::npos;
  };
  CHECK(holds());
  store.forget({kPerson}, kOne);
  CHECK(store.keys().empty());
  CHECK_FALSE(holds());
}

TEST_CASE("where a person was forgotten all parcels of one's own go, and the rest is handed anew") {
  KeyStore store(":memory:");
  store.make_school_key();
  store.make_person_key(kPerson);
  const auto self = some_parcel(kOne, "a").sender;
  const auto keys = store.not_handed(kOne, true, 9);
  store.hand(some_parcel(kOne, "a"), keys);
  auto others = some_parcel(kOther, "b");
  others.sender = kOne;
  store.pass_on(others);
  const auto epoch = store.epoch();
  store.forget({kPerson}, self);
  CHECK(store.parcels_for(kOne, true, {}, 1 << 20).size() == 1);  // the other's
  CHECK(store.not_handed(kOne, true, 9).size() == 1);
  CHECK(store.epoch() != epoch);
  const auto after = store.epoch();
  store.forget({kPerson}, self);  // once
  CHECK(store.epoch() == after);
}

TEST_CASE("where a person was forgotten no parcel stays, or comes, that may hold a person's key") {
  const Folder folder;
  const auto path = folder.file("keys.db");
  KeyStore store(path);
  const std::string of_person = "a person's key, sealed " + std::string(140, 'p');
  const auto lies_here = [&] {
    return (read_file(path, 1 << 20) + read_file(path + "-wal", 1 << 20)).find(of_person) !=
           std::string::npos;
  };
  store.pass_on(some_parcel(kOne, of_person));
  store.pass_on(some_parcel(kOne, std::string(147, 's')));
  CHECK(lies_here());
  store.forget({kPerson}, kOther);
  CHECK_FALSE(lies_here());
  store.pass_on(some_parcel(kOne, of_person));
  CHECK_FALSE(lies_here());
  store.pass_on(some_parcel(kOther, std::string(147, 't')));
  CHECK(store.parcels_for(kOne, true, {}, 1 << 20).size() == 2);
}

TEST_CASE("a key that a site has sent isn't handed to it") {
  KeyStore store(":memory:");
  store.make_school_key();
  const auto key = store.make_person_key(kPerson);
  store.note_held(kOne, {key});
  CHECK(store.not_handed(kOne, true, 9).size() == 1);
  CHECK(store.not_handed(kOther, true, 9).size() == 2);
}

TEST_CASE("a key is handed to a site once, unless the site lost it") {
  KeyStore store(":memory:");
  store.make_school_key();
  store.make_person_key(kPerson);
  CHECK(store.not_handed(kOne, false, 9).size() == 1);
  const auto keys = store.not_handed(kOne, true, 9);
  REQUIRE(keys.size() == 2);
  store.hand(some_parcel(kOne, "a"), keys);
  CHECK(store.not_handed(kOne, true, 9).empty());
  CHECK(store.not_handed(kOther, true, 1).size() == 1);
  store.hand_again(kOne);
  CHECK(store.not_handed(kOne, true, 9).size() == 2);
}

TEST_CASE("who has taken less than it had is handed all keys again, once") {
  KeyStore store(":memory:");
  store.make_school_key();
  const auto is_handed = [&] { return store.not_handed(kOne, true, 9).empty(); };
  const auto hand = [&](const std::string& bytes) {
    store.hand(some_parcel(kOne, bytes), store.not_handed(kOne, true, 9));
  };
  hand("a");
  store.taken_by(kOne, {store.epoch(), 1});
  store.taken_by(kOne, {store.epoch(), 1});
  CHECK(is_handed());
  const auto lost = GENERATE(ParcelCursor{}, ParcelCursor{77, 5});
  store.taken_by(kOne, lost);
  REQUIRE_FALSE(is_handed());
  hand("b");
  store.taken_by(kOne, lost);
  CHECK(is_handed());
  store.taken_by(kOne, {store.epoch(), 2});
  store.taken_by(kOne, {store.epoch(), 1});
  CHECK_FALSE(is_handed());
}

TEST_CASE("a parcel goes to its recipient until that has taken it, and to who stands above once") {
  KeyStore store(":memory:");
  store.pass_on(some_parcel(kOne, "a"));
  store.pass_on(some_parcel(kOther, "b"));
  store.pass_on(some_parcel(kOne, "c"));
  store.pass_on(some_parcel(kOne, "c"));
  const auto numbers = [&](const sync::SiteId& peer, bool is_above) {
    std::vector<std::uint64_t> result;
    for (const auto& parcel :
         store.parcels_for(peer, is_above, store.last_taken_by(peer), 1 << 20)) {
      result.push_back(parcel.number);
    }
    return result;
  };
  using Numbers = std::vector<std::uint64_t>;
  CHECK(numbers(kOne, false) == Numbers{1, 3});
  CHECK(numbers(kOne, true) == Numbers{1, 2, 3});
  store.taken_by(kOther, {store.epoch(), 2});
  CHECK(numbers(kOther, true) == Numbers{3});
  store.taken_by(kOne, {store.epoch(), 1});
  CHECK(numbers(kOne, false) == Numbers{3});
  // A number of another epoch says nothing.
  store.taken_by(kOne, {store.epoch() + 1, 3});
  CHECK(numbers(kOne, false) == Numbers{3});
}

TEST_CASE("parcels are bounded by bytes, but one goes always") {
  KeyStore store(":memory:");
  for (int i = 0; i < 3; ++i)
    store.pass_on(some_parcel(kOne, std::string(1000, static_cast<char>('a' + i))));
  CHECK(store.parcels_for(kOne, false, {}, 1).size() == 1);
  CHECK(store.parcels_for(kOne, false, {}, 2500).size() == 2);
}

}  // namespace zimnik::net::test
