#include "sync/core/attestation.h"

#include <catch2/catch.hpp>

#include "sync/core/limits.h"
#include "tests/sync/core/proof_world.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;
using Catch::Contains;

namespace {

/// A site that attests a page, and a hub that had its log.
struct World : ProofWorld {
  Attestation attest(std::uint64_t size = 5) const {
    Attestation made;
    made.site = record(site, SiteKind::node);
    made.size = size;
    made.root = sha256({"root"});
    made.time = {1'700'000'000'000};
    made.what = "register/1/q1";
    made.content = sha256({"page"});
    made.signature = site.sign(made.signed_bytes());
    return made;
  }
  Attestation attest_with_receipt() const {
    auto made = attest();
    Receipt receipt{{}, log(), 4, sha256({"old root"}), {1'600'000'000'000}, {}};
    receipt.signature = hub.sign(receipt.signed_bytes());
    made.receipt = {record(hub, SiteKind::hub), receipt.size, receipt.root, receipt.time,
                    receipt.signature};
    return made;
  }
  std::vector<std::string> faults(const Attestation& made) const {
    return faults_of(made, authority.public_key());
  }
};

}  // namespace

TEST_CASE_METHOD(World, "an attestation reads again from its text, however it was typed") {
  for (const auto& made : {attest(), attest_with_receipt()}) {
    const auto text = encode_attestation(made);
    CHECK(decode_attestation(text) == made);
    CHECK(text.size() < 970);  // a QR code of version 20 with a fifth of it to spare
    std::string typed = " ";
    for (const char c : text) typed += std::string(1, static_cast<char>(std::tolower(c))) + "\n";
    CHECK(decode_attestation(typed) == made);
    CHECK(faults(made).empty());
  }
}

TEST_CASE_METHOD(World, "each thing that is attested is signed: what is changed doesn't hold") {
  const auto change = [&](const std::function<void(Attestation&)>& with) {
    auto made = attest_with_receipt();
    with(made);
    return faults(made).size();
  };
  CHECK(change([](Attestation& it) { ++it.size; }) == 1);
  CHECK(change([](Attestation& it) { it.root = sha256({"x"}); }) == 1);
  CHECK(change([](Attestation& it) { ++it.time.ms; }) == 1);
  CHECK(change([](Attestation& it) { it.what = "register/1/q2"; }) == 1);
  CHECK(change([](Attestation& it) { it.content = sha256({"x"}); }) == 1);
  CHECK(change([](Attestation& it) { it.receipt->root = sha256({"x"}); }) == 1);
  CHECK(change([](Attestation& it) { ++it.receipt->time.ms; }) == 1);
  CHECK(change([](Attestation& it) { it.receipt->hub.kind = SiteKind::node; }) == 1);
}

TEST_CASE_METHOD(World, "who isn't certified attests nothing") {
  auto made = attest();
  made.site = {school, {signing_key(93).public_key(), {}}, SiteKind::node, {}};
  made.signature = signing_key(93).sign(made.signed_bytes());
  CHECK_THAT(faults(made).at(0), Contains("isn't certified"));
  auto later = attest(3);
  later.receipt = attest_with_receipt().receipt;  // of four leaves
  CHECK_THAT(faults(later).at(0), Contains("later state"));
}

TEST_CASE_METHOD(World, "what isn't an attestation is refused, whatever it is") {
  const auto text = encode_attestation(attest());
  CHECK_THROWS_AS(decode_attestation(""), Refused);
  CHECK_THROWS_AS(decode_attestation("ZIMNIK:"), Refused);
  CHECK_THROWS_AS(decode_attestation("https://example.org"), Refused);
  CHECK_THROWS_AS(decode_attestation("ZIMNIK:0189"), Refused);
  CHECK_THROWS_AS(decode_attestation(text + "AAAAAAAA"), Refused);
  CHECK_THROWS_AS(decode_attestation(std::string(limits::kAttestationText + 1, ' ')), Refused);
  for (std::size_t size = 0; size < text.size(); ++size) {
    CHECK_THROWS_AS(decode_attestation(text.substr(0, size)), Refused);
  }
}
