#include "sync/net/envelope.h"

#include <catch2/catch.hpp>

#include "sync/core/bytes.h"
#include "sync/net/limits.h"

namespace zimnik::net::test {
namespace {

Envelope full() {
  Envelope envelope;
  envelope.reply_budget = 65'536;
  envelope.taken = {0x0102030405060708, 9};
  envelope.epoch = 0x1112131415161718;
  envelope.parcels = {{3, "one"}, {300, "two"}};
  envelope.message = "message";
  return envelope;
}

}  // namespace

TEST_CASE("an envelope is read as it was written") {
  const auto read = decode_envelope(encode_envelope(full()));
  CHECK(read.reply_budget == 65'536);
  CHECK(read.taken == full().taken);
  CHECK(read.epoch == full().epoch);
  REQUIRE(read.parcels.size() == 2);
  CHECK(read.parcels[1].number == 300);
  CHECK(read.parcels[1].bytes == "two");
  CHECK(read.message == "message");
}

TEST_CASE("without parcels an envelope adds six bytes to its message at most") {
  Envelope envelope;
  envelope.reply_budget = limits::kFirstBudget;
  CHECK(encode_envelope(envelope).size() <= 6);
}

TEST_CASE("an envelope that is cut before its message, or over a bound, is refused") {
  const auto bytes = encode_envelope(full());
  for (std::size_t i = 0; i < bytes.size() - full().message.size(); ++i) {
    CHECK_THROWS_AS(decode_envelope(bytes.substr(0, i)), sync::Refused);
  }
  CHECK_THROWS_AS(decode_envelope("\2" + bytes.substr(1)), sync::Refused);
  Envelope many;
  many.epoch = 1;
  for (std::uint64_t i = 1; i <= limits::kParcels + 1; ++i) many.parcels.push_back({i, ""});
  CHECK_THROWS_AS(decode_envelope(encode_envelope(many)), sync::Refused);
  Envelope twice;
  twice.parcels = {{1, ""}, {1, ""}};
  CHECK_THROWS_AS(decode_envelope(encode_envelope(twice)), sync::Refused);
  Envelope large;
  large.parcels = {{1, std::string(limits::kParcelBytes + 1, 'a')}};
  CHECK_THROWS_AS(decode_envelope(encode_envelope(large)), sync::Refused);
  CHECK_THROWS_AS(decode_envelope(std::string(limits::kEnvelopeBytes + 1, '\1')), sync::Refused);
}

}  // namespace zimnik::net::test
