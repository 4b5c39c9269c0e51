// The examples of sync/net/README.md, read out of it: they decode to what the text says of them.
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <sstream>
#include <vector>

#include "sync/core/bytes.h"
#include "sync/core/encoding.h"
#include "sync/net/enrolment.h"
#include "sync/net/envelope.h"
#include "sync/net/private_file.h"
#include "sync/net/wrapped_keys.h"
#include "tests/sync/net/folder.h"

namespace zimnik::net::test {
namespace {

const sync::SchoolId kSchool = sync::SchoolId::from("0123456789abcdef");

std::string readme() {
  std::ifstream file(ZIMNIK_NET_README_MD);
  REQUIRE(file.is_open());
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The lines of the block that opens with ``` and this.
std::string block(const std::string& name) {
  const auto text = readme();
  const auto start = text.find("```" + name + "\n");
  REQUIRE(start != std::string::npos);
  const auto first = text.find('\n', start) + 1;
  return text.substr(first, text.find("```", first) - first);
}

/// On each line the bytes end where two blanks are.
std::string bytes_of(const std::string& lines) {
  std::istringstream stream(lines);
  std::string line, hex;
  while (std::getline(stream, line)) hex += line.substr(0, line.find("  "));
  const auto bytes = sync::from_hex(hex);
  REQUIRE(bytes);
  return *bytes;
}

struct Keys {
  std::string sender_signing, sender_point, recipient_signing, recipient_encryption;
  Keys() {
    std::istringstream example(readme().substr(readme().find("## An example")));
    std::string word;
    std::vector<std::string> keys;
    while (keys.size() < 5 && example >> word) {
      if (word.size() > 33 && word.front() == '`')
        keys.push_back(word.substr(1, word.find('`', 1) - 1));
    }
    REQUIRE(keys.size() == 5);
    sender_signing = keys[0];
    sender_point = keys[1];
    recipient_signing = keys[2];
    recipient_encryption = keys[3];
  }
};

SiteSecret recipient(const Keys& keys) {
  const Folder folder;
  write_private_file(folder.file("key"), "zimnik site key 1\nsigning " + keys.recipient_signing +
                                             "\nencryption " + keys.recipient_encryption + "\n");
  return SiteSecret::load(folder.file("key"));
}

}  // namespace

TEST_CASE("the example of an envelope holds what the text says") {
  const auto bytes = bytes_of(block("hex envelope"));
  const auto envelope = decode_envelope(bytes);
  CHECK(encode_envelope(envelope) == bytes);
  CHECK(envelope.reply_budget == 65'536);
  CHECK(envelope.taken == ParcelCursor{0x0102030405060708, 9});
  CHECK(envelope.epoch == 0x1112131415161718);
  REQUIRE(envelope.parcels.size() == 1);
  CHECK(envelope.parcels[0].number == 3);
  CHECK(envelope.message == "the message");
}

TEST_CASE("the example of a parcel opens with the keys in the text") {
  const Keys keys;
  sync::SiteRecord sender;
  sender.school = kSchool;
  sender.keys = {sync::PublicKey::from(*sync::from_hex(keys.sender_signing)),
                 sync::CompressedPoint::from(*sync::from_hex(keys.sender_point))};
  const auto envelope = decode_envelope(bytes_of(block("hex envelope")));
  const auto opened =
      unwrap_keys(decode_parcel(envelope.parcels.at(0).bytes), recipient(keys), sender);
  REQUIRE(opened.size() == 2);
  CHECK_FALSE(opened[0].person);
  CHECK(opened[0].key.view() == std::string(64, '\x11'));
  CHECK(opened[1].person == sync::Value(std::int64_t{7}));
  CHECK(opened[1].key.view() == std::string(64, '\x22'));
}

TEST_CASE("the example of a token, and of a request with it, hold what the text says") {
  const auto token = EnrolmentToken::parse(block("token"));
  CHECK(token.secret.view() == "0123456789abcdef");
  CHECK(token.authority == Fingerprint::from(sync::sha256({"zimnik example authority"}).view()));
  CHECK(readme().find("`" + token.authority.hex() + "`") != std::string::npos);

  const auto request = decode_enrolment_request(block("json enrolment"));
  CHECK(request.secret == token.secret);
  CHECK(request.kind == sync::SiteKind::node);
  CHECK(request.name == "A node");
  const Keys keys;
  const auto proven = request.proven_keys();
  CHECK(proven.signing.hex() == keys.sender_signing);
  CHECK(proven.encryption.hex() == keys.sender_point);
}

TEST_CASE("the example of a succession is signed by the predecessor, and names its successor") {
  const Keys keys;
  const auto request = decode_succession_request(block("json succession"));
  CHECK(request.is_signed_by(recipient(keys).keys()));
  CHECK_FALSE(request.successor.secret);
  const auto successor = request.successor.proven_keys();
  CHECK(readme().find("successor is the site `" + successor.id().hex() + "`") != std::string::npos);
  CHECK_FALSE(request.is_signed_by(successor));
}

}  // namespace zimnik::net::test
