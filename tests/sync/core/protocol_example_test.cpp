// The examples of sync/PROTOCOL.md, read out of it: they decode to what the text says of them and
// encode to the same bytes.
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <sstream>

#include "sync/core/batch.h"
#include "sync/core/batch_tables.h"
#include "sync/core/leaf.h"
#include "sync/core/log_head.h"
#include "sync/core/merkle.h"
#include "sync/core/message.h"
#include "sync/core/proof.h"
#include "tests/sync/core/samples.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;

namespace {

std::string protocol() {
  std::ifstream file(ZIMNIK_PROTOCOL_MD);
  REQUIRE(file.is_open());
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The bytes of the block that opens with this line. On each line they end where two blanks are.
std::string example(const std::string& name) {
  std::istringstream lines(protocol());
  std::string line, bytes;
  while (std::getline(lines, line) && line != "```hex " + name) continue;
  while (std::getline(lines, line) && line != "```") {
    bytes += unhex(std::string_view(line).substr(0, line.find("  ")));
  }
  REQUIRE_FALSE(bytes.empty());
  return bytes;
}

bool says(const std::string& words) { return protocol().find(words) != std::string::npos; }

const SigningKey& site_key() {
  static const auto key = SigningKey::from_seed(std::string(32, '\1'));
  return key;
}

const SiteKeys& site_keys() {
  static const SiteKeys keys{site_key().public_key(),
                             CompressedPoint::from("\2" + std::string(32, '\2'))};
  return keys;
}

LogId log() { return {site_keys().id(), Stream::shared}; }
Hash first_name() { return leaf_hash(example("leaf")); }

Transaction anna(std::int64_t value, Value note, std::int64_t ms, std::uint32_t counter) {
  Transaction transaction;
  transaction.origin = {"anna", "keeper", 20, "desk"};
  transaction.time.ms = ms;
  transaction.entry = {0x0102030405060708, counter};
  transaction.body =
      Edit{{row(7, {std::int64_t{1001}, Text{"2024-09-02"}}, {cell(1, {value, std::move(note)})})}};
  return transaction;
}

Transaction second_edit() {
  auto transaction = anna(4, Text{"checked"}, 1725264060000, 2);
  std::get<Edit>(transaction.body).rows[0].cells[0].over = {{first_name()}};
  return transaction;
}

/// The history is the first leaf.
BatchContext context_of(const Message& message) {
  static const auto kHistory = [] {
    BatchTables tables;
    tables.learn(anna(3, Null{}, 1725264000000, 1));
    return tables;
  }();
  return {message.lines.size(), {message.lines[0].from + 1}, &kHistory};
}

/// The batch's only leaf; what it overwrites stands at seq 1 of its line.
BatchLeaf only_leaf(const Message& message) {
  BatchReader reader(message.batch, context_of(message));
  REQUIRE(reader.size() == 1);
  const auto over_at = [](const Place& place) {
    if (place.line != 0 || place.seq != 1) throw Refused("no such version");
    return Over{first_name()};
  };
  return reader.next(over_at, {});
}

}  // namespace

TEST_CASE("the example of a leaf says what the text says, and encodes to its bytes") {
  const auto leaf = example("leaf");
  std::string_view rest;
  const auto header = read_leaf_header(leaf, rest);
  CHECK(header.format == 1);
  CHECK(header.place == LeafPlace{log(), 1, {}});
  const auto transaction = read_leaf(leaf, {});
  REQUIRE(transaction.has_value());
  CHECK(*transaction == anna(3, Null{}, 1725264000000, 1));
  CHECK(encode_leaf(header.place, *transaction, {}) == leaf);
  CHECK(says("`" + leaf_hash(leaf).hex() + "`"));
  CHECK(says("`" + site_keys().signing.hex() + "`"));
}

TEST_CASE("the example of a message says what the text says, and encodes to its bytes") {
  const auto bytes = example("message");
  const auto message = decode_message(bytes);
  CHECK(encode_message(message) == bytes);
  const Tip first{log(), 1, first_name()};
  CHECK(message.base == id_of(Standing{{first}, {log().site}}));
  CHECK(message.school_digest == digest(Frontier{}, Stream::school));
  CHECK(message.keyring_digest == Keyring().digest(log().site));
  CHECK_FALSE(message.more);
  CHECK_FALSE(message.base_in_full.has_value());
  CHECK_FALSE(message.standing.has_value());
  CHECK(message.sites.empty());
  REQUIRE(message.lines.size() == 1);
  CHECK(message.lines[0].log == log());
  CHECK(message.lines[0].from == 1);
  CHECK(message.lines[0].mark == mark_of(first_name()));
  CHECK(message.lines[0].held == 0);
  REQUIRE(message.lines[0].head.has_value());
  CHECK(message.lines[0].head->size == 2);
  CHECK(message.lines[0].head->time.ms == 1725264070000);
  CHECK(message.lines[0].head->proof.empty());
  CHECK(message.batch.size() == 76);
}

TEST_CASE("the example's batch holds anna's second edit, and encodes to its bytes") {
  const auto message = decode_message(example("message"));
  const auto leaf = only_leaf(message);
  CHECK(leaf.line == 0);
  CHECK(leaf.edit == second_edit());
  const auto place = [](const Over&) { return std::optional(Place{0, 1}); };
  const std::vector<BatchLeaf> leaves{leaf};
  CHECK(encode_batch(views_of(leaves), context_of(message), place, nullptr, Effort::thorough) ==
        message.batch);
}

TEST_CASE("the example's head is signed over both leaves, and its digest is of what they make") {
  const auto message = decode_message(example("message"));
  const auto second = encode_leaf({log(), 2, first_name()}, *only_leaf(message).edit, {});
  CHECK(says("`" + leaf_hash(second).hex() + "`"));
  MerkleTree tree;
  tree.append(first_name());
  tree.append(leaf_hash(second));
  const auto& brought = *message.lines[0].head;
  const LogHead head{log(), brought.size, tree.root(), brought.time, brought.signature};
  CHECK(head.is_signed_by(site_keys().signing));
  const Standing standing{{{log(), 2, leaf_hash(second)}}, {log().site}};
  CHECK(message.shared_digest == digest(standing, Stream::shared));
}

TEST_CASE("the example of a reply says what the text says, and encodes to its bytes") {
  const auto bytes = example("reply");
  const auto message = decode_message(bytes);
  CHECK(encode_message(message) == bytes);
  const auto key = SigningKey::from_seed(std::string(32, '\3'));
  const SiteKeys hub{key.public_key(), CompressedPoint::from("\2" + std::string(32, '\4'))};
  CHECK(says("`" + hub.signing.hex() + "`"));
  const auto sent = decode_message(example("message"));
  CHECK(message.shared_digest == sent.shared_digest);
  CHECK(message.keyring_digest == Keyring().digest(hub.id()));
  CHECK(message.lines.empty());
  CHECK(message.batch.empty());
  REQUIRE(message.notes.has_value());
  CHECK(message.notes->schema == 3);
  REQUIRE(message.notes->receipts.size() == 1);
  const auto& brought = message.notes->receipts[0];
  const auto second = encode_leaf({log(), 2, first_name()}, *only_leaf(sent).edit, {});
  CHECK(brought.log == log());
  CHECK(brought.mark == mark_of(leaf_hash(second)));
  CHECK(message.base == id_of(Standing{{{log(), 2, leaf_hash(second)}}, {log().site}}));
  MerkleTree tree;
  tree.append(first_name());
  tree.append(leaf_hash(second));
  const Receipt receipt{hub.id(),    brought.log,  brought.size,
                        tree.root(), brought.time, brought.signature};
  CHECK(receipt.is_signed_by(hub.signing));
  CHECK(brought.time.ms == 1725264080000);
}

TEST_CASE("the example of a proof proves both writes of anna's, and encodes to its text") {
  std::istringstream lines(protocol());
  std::string line, text;
  while (std::getline(lines, line) && line != "```json proof") continue;
  while (std::getline(lines, line) && line != "```") text += line + "\n";
  const auto proof = decode_proof(text);
  CHECK(encode_proof(proof) == text);
  CHECK(says("`" + proof.school.hex() + "`"));
  const auto authority = SigningKey::from_seed(std::string(32, '\5')).public_key();
  CHECK(says("`" + authority.hex() + "`"));
  const auto checked = check_proof(proof, authority);
  CHECK(checked.faults.empty());
  REQUIRE(checked.entries.size() == 2);
  CHECK(checked.entries[0].content == anna(3, Null{}, 1725264000000, 1));
  CHECK(checked.entries[1].content == second_edit());
  for (const auto& entry : checked.entries) {
    CHECK(entry.head_time.ms == 1725264070000);
    REQUIRE(entry.receipt.has_value());
    CHECK(entry.receipt->time.ms == 1725264080000);
  }
}

TEST_CASE("the protocol's text names the versions that the code writes") {
  CHECK(kMessageVersion == 2);
  CHECK(kLeafFormat == 1);
  CHECK(says("- 1: the first."));
  CHECK(says("- 2: notes."));
}
