#include "sync/core/message.h"

#include <rapidcheck/catch.h>
#include <catch2/catch.hpp>

#include "sync/core/limits.h"
#include "tests/sync/core/arbitrary.h"
#include "tests/sync/core/samples.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;
using Catch::Contains;

namespace {

auto name(const BroughtHead& head) {
  return std::tie(head.size, head.time, head.signature, head.proof);
}

bool same(const MessageLine& left, const MessageLine& right) {
  const auto name_of = [](const MessageLine& line) {
    return std::tie(line.log, line.from, line.mark, line.held, line.held_mark);
  };
  if (name_of(left) != name_of(right) || left.head.has_value() != right.head.has_value()) {
    return false;
  }
  return !left.head || name(*left.head) == name(*right.head);
}

bool same(const std::optional<FullStanding>& left, const std::optional<FullStanding>& right) {
  if (!left || !right) return left.has_value() == right.has_value();
  return left->sites == right->sites &&
         std::equal(left->branches.begin(), left->branches.end(), right->branches.begin(),
                    right->branches.end(), [](const Locator& a, const Locator& b) {
                      return a.log == b.log && a.points == b.points;
                    });
}

bool same(const Message& left, const Message& right) {
  const auto name_of = [](const Message& message) {
    return std::tie(message.base, message.base_in_full, message.shared_digest,
                    message.school_digest, message.keyring_digest, message.more, message.sites,
                    message.batch, message.notes);
  };
  return name_of(left) == name_of(right) && same(left.standing, right.standing) &&
         std::equal(left.lines.begin(), left.lines.end(), right.lines.begin(), right.lines.end(),
                    [](const MessageLine& a, const MessageLine& b) { return same(a, b); });
}

/// The bytes with a checksum that fits them: what a peer that lies can make.
std::string with_checksum(std::string bytes) {
  bytes.resize(bytes.size() - 8);
  return bytes + std::string(sha256({"zimnik message", bytes}).view().substr(0, 8));
}

std::string refusal_of(const std::string& bytes) {
  return refusal([&] { decode_message(bytes); });
}

std::string refusal_of(const Message& message) { return refusal_of(encode_message(message)); }

Message with_notes() {
  auto message = realistic_message();
  message.notes = Notes{7, {{log_of(1), 20, mark_of(hash_of(20)), {1'700'000'010'000}, {}}}};
  return message;
}

/// Offset of the first field behind the fixed ones, in a message without standings.
constexpr std::size_t kRecords = 3 + 8 + 3 * 16;

}  // namespace

TEST_CASE("a message reads back, whatever parts it has") {
  const auto message = realistic_message();
  CHECK(same(decode_message(encode_message(message)), message));
  CHECK(same(decode_message(encode_message({})), {}));
  rc::prop("any message", [] {
    const auto any = *any_message();
    RC_ASSERT(same(decode_message(encode_message(any)), any));
  });
}

TEST_CASE("a message without anything new is short") {
  CHECK(encode_message({}).size() == 3 + 8 + 3 * 16 + 1 + 1 + 8);
}

TEST_CASE("a message is of version 2 where it has notes, else of version 1") {
  CHECK(encode_message(realistic_message())[1] == 1);
  CHECK(encode_message(with_notes())[1] == 2);
  CHECK(same(decode_message(encode_message(with_notes())), with_notes()));
}

TEST_CASE("every truncation of a message is refused with a byte and a field") {
  const auto bytes = encode_message(GENERATE(realistic_message(), with_notes()));
  REQUIRE(bytes.size() > 900);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const auto refused = refusal_of(bytes.substr(0, size));
    const char* field = size == 0 ? "magic" : size == 1 ? "version" : "checksum";
    CHECK_THAT(refused, Contains("message, byte ") && Contains(std::string(": ") + field + ": "));
  }
  CHECK_THAT(refusal_of(bytes + '\0'), Contains("checksum"));
}

TEST_CASE("every bit flip of a message is refused with a byte and a field") {
  const auto bytes = encode_message(GENERATE(realistic_message(), with_notes()));
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    auto damaged = bytes;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << bit % 8));
    const char* field = bit < 8 ? "magic" : bit < 16 ? "version" : "checksum";
    CHECK_THAT(refusal_of(damaged),
               Contains("message, byte ") && Contains(std::string(": ") + field + ": "));
  }
}

TEST_CASE("a truncated message under a new checksum is refused with a byte and a field") {
  const auto bytes = encode_message(GENERATE(realistic_message(), with_notes()));
  for (std::size_t size = 2; size + 8 < bytes.size(); ++size) {
    CHECK_THAT(refusal_of(with_checksum(bytes.substr(0, size) + "checksum")),
               Contains("message, byte "));
  }
}

TEST_CASE("a bit flip under a new checksum is refused or says something else") {
  const auto message = GENERATE(realistic_message(), with_notes());
  const auto bytes = encode_message(message);
  for (std::size_t bit = 0; bit < (bytes.size() - 8) * 8; ++bit) {
    auto damaged = bytes;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << bit % 8));
    damaged = with_checksum(damaged);
    Message read;
    const auto refused = refusal([&] { read = decode_message(damaged); });
    if (refused.empty()) {
      CHECK_FALSE(same(read, message));
    } else {
      CHECK_THAT(refused, Contains("message, byte "));
    }
  }
}

TEST_CASE("an unknown version is refused before anything else is looked at") {
  CHECK(refusal_of("Z\x03") == "message, byte 2: version: 3 isn't known here");
}

TEST_CASE("a message over its bound is refused") {
  auto message = realistic_message();
  message.batch = std::string(limits::kMessageBytes, 'b');
  CHECK(refusal_of(message) == "message, byte 0: length: over the bound");
}

TEST_CASE("unknown flags are refused") {
  auto bytes = encode_message({});
  bytes[2] = 16;
  CHECK_THAT(refusal_of(with_checksum(bytes)), Contains("message, byte 3: flags: unknown"));
}

TEST_CASE("counts over their bounds are refused, with nothing behind them") {
  const auto with_end = [](std::string_view digits) {
    return refusal_of(
        with_checksum(encode_message({}).substr(0, kRecords) + unhex(digits) + "checksum"));
  };
  CHECK_THAT(with_end("8108"), Contains("site records: 1025 is over the bound of 1024"));
  CHECK_THAT(with_end("00 8104"), Contains("lines: 513 is over the bound of 512"));
  CHECK_THAT(with_end("00 8000"), Contains("shortest form"));
  Message message;
  message.standing.emplace().branches.resize(limits::kTips + 1);
  CHECK_THAT(refusal_of(message), Contains("branches: 513 is over"));
  message.standing.emplace().branches.resize(1);
  message.standing->branches[0].points.resize(limits::kLocatorHashes + 1);
  CHECK_THAT(refusal_of(message), Contains("points: 65 is over"));
  message.standing.emplace().sites.resize(limits::kSiteRecords + 1);
  CHECK_THAT(refusal_of(message), Contains("sites: 1025 is over"));
  message = {};
  message.lines.resize(1);
  message.lines[0].head.emplace().proof.resize(limits::kProofHashes + 1);
  CHECK_THAT(refusal_of(message), Contains("proof: 65 is over"));
  message = {};
  message.notes.emplace().receipts.resize(limits::kTips + 1);
  CHECK_THAT(refusal_of(message), Contains("receipts: 513 is over"));
}

TEST_CASE("seqs over their bound are refused") {
  Message message;
  message.lines.resize(1);
  message.lines[0].from = limits::kSeq + 1;
  CHECK_THAT(refusal_of(message), Contains("line from: 1099511627777 is over"));
  message.lines[0] = {};
  message.lines[0].head.emplace().size = limits::kSeq + 1;
  CHECK_THAT(refusal_of(message), Contains("head size: 1099511627777 is over"));
  message.lines[0] = {};
  message.lines[0].held = limits::kSeq + 1;
  CHECK_THAT(refusal_of(message), Contains("held: 1099511627777 is over"));
  message = {};
  message.notes.emplace().receipts.resize(1);
  message.notes->receipts[0].log = log_of(1);
  CHECK_THAT(refusal_of(message), Contains("receipt size: 0"));
  message.notes->receipts[0].size = limits::kSeq + 1;
  CHECK_THAT(refusal_of(message), Contains("receipt size: 1099511627777 is over"));
}

TEST_CASE("a line's flags that say nothing known are refused") {
  Message message;
  message.lines.resize(1);
  auto bytes = encode_message(message);
  constexpr std::size_t kLine = kRecords + 2;
  for (int flags : {0, 3, 32, 17}) {
    bytes[kLine] = static_cast<char>(flags);
    CHECK_THAT(refusal_of(with_checksum(bytes)), Contains("line flags"));
  }
}

TEST_CASE("a base in full out of order is refused") {
  Message message;
  auto& base = message.base_in_full.emplace();
  base.sites = {site_of(1), site_of(1)};
  CHECK_THAT(refusal_of(message), Contains("sites: out of order"));
  base = {{{log_of(1), 1, {}}, {log_of(1), 1, {}}}, {}};
  CHECK_THAT(refusal_of(message), Contains("tips: tips out of order"));
}
