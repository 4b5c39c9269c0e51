#include "sync/core/site.h"

#include <catch2/catch.hpp>

#include "sync/core/log_head.h"
#include "tests/sync/core/samples.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;
using Catch::Contains;

namespace {

SiteRecord signed_record() {
  SiteRecord record{
      SchoolId::from("school number 17"),
      {signing_key(1).public_key(), CompressedPoint::from("\2" + std::string(32, 'p'))},
      SiteKind::node,
      {}};
  record.signature = signing_key(9).sign(record.signed_bytes());
  return record;
}

bool holds(const SiteRecord& record) { return record.is_signed_by(signing_key(9).public_key()); }

std::string encoded(const SiteRecord& record) {
  std::string bytes;
  Writer writer(bytes);
  write_site_record(writer, record);
  return bytes;
}

SiteRecord decoded(const std::string& bytes) {
  Reader reader(bytes, "record");
  auto record = read_site_record(reader);
  reader.expect_end("end");
  return record;
}

}  // namespace

TEST_CASE("a site's id is the first half of the hash of its public keys") {
  const auto keys = signed_record().keys;
  const auto hash = sha256({"zimnik site", keys.signing.view(), keys.encryption.view()});
  CHECK(keys.id().hex() == hash.hex().substr(0, 32));
}

TEST_CASE("another key of either kind makes another site") {
  const auto keys = signed_record().keys;
  auto other = keys;
  other.signing = signing_key(2).public_key();
  CHECK(other.id() != keys.id());
  other = keys;
  other.encryption.bytes[5] ^= 1;
  CHECK(other.id() != keys.id());
}

TEST_CASE("a site record reads back in 146 bytes") {
  const auto record = signed_record();
  CHECK(encoded(record).size() == 16 + 32 + 33 + 1 + 64);
  CHECK(decoded(encoded(record)) == record);
}

TEST_CASE("a site record holds for what it says alone") {
  CHECK(holds(signed_record()));
  CHECK_FALSE(signed_record().is_signed_by(signing_key(8).public_key()));
  auto record = signed_record();
  record.school.bytes[0] ^= 1;
  CHECK_FALSE(holds(record));
  record = signed_record();
  record.keys.signing = signing_key(2).public_key();
  CHECK_FALSE(holds(record));
  record = signed_record();
  record.keys.encryption.bytes[32] ^= 1;
  CHECK_FALSE(holds(record));
  record = signed_record();
  record.kind = SiteKind::hub;
  CHECK_FALSE(holds(record));
  record = signed_record();
  record.signature.bytes[63] ^= 1;
  CHECK_FALSE(holds(record));
}

TEST_CASE("every bit flip of a site record's bytes is refused or not signed") {
  const auto bytes = encoded(signed_record());
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    auto damaged = bytes;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << bit % 8));
    bool held = false;
    const auto refused = refusal([&] { held = holds(decoded(damaged)); });
    CHECK_FALSE(held);
    if (!refused.empty()) CHECK_THAT(refused, Contains("kind of site: unknown kind"));
  }
}

TEST_CASE("the cap on an act's rank grows from laptop to node to hub") {
  CHECK(rank::cap(SiteKind::laptop) < rank::kTechnicalSpecialist);
  CHECK(rank::cap(SiteKind::node) == rank::kPrincipal);
  CHECK(rank::cap(SiteKind::hub) == rank::kOperator);
}

TEST_CASE("a log head holds for what it says alone") {
  const auto head = LogHead::sign(signing_key(1), log_of(1), 7, hash_of(7), {1000});
  const auto key = signing_key(1).public_key();
  CHECK(head.is_signed_by(key));
  CHECK_FALSE(head.is_signed_by(signing_key(2).public_key()));
  const auto altered = [&](auto alter) {
    auto other = head;
    alter(other);
    return other.is_signed_by(key);
  };
  CHECK_FALSE(altered([](LogHead& it) { it.log.site = site_of(2); }));
  CHECK_FALSE(altered([](LogHead& it) { it.log.stream = Stream::school; }));
  CHECK_FALSE(altered([](LogHead& it) { it.size = 8; }));
  CHECK_FALSE(altered([](LogHead& it) { it.root = hash_of(8); }));
  CHECK_FALSE(altered([](LogHead& it) { it.time.ms = 1001; }));
  CHECK_FALSE(altered([](LogHead& it) { it.signature.bytes[0] ^= 1; }));
}

TEST_CASE("what is signed of a record can't be taken for what is signed of a head") {
  const auto head = LogHead::sign(signing_key(1), log_of(1), 7, hash_of(7), {1000});
  CHECK(head.signed_bytes().rfind("zimnik log head 1", 0) == 0);
  CHECK(signed_record().signed_bytes().rfind("zimnik site record 1", 0) == 0);
}
