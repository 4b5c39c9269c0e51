#include "sync/core/crypto.h"

#include <catch2/catch.hpp>

#include "tests/sync/core/samples.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;

TEST_CASE("SHA-256 is that of FIPS 180, over all parts in a row") {
  constexpr const char* kOfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  CHECK(sha256({"abc"}).hex() == kOfAbc);
  CHECK(sha256({"a", "", "bc"}).hex() == kOfAbc);
  CHECK(sha256({}).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST_CASE("Ed25519 is that of RFC 8032, 7.1") {
  struct Known {
    const char *seed, *key, *message, *signature;
  };
  const Known kKnown[] = {
      {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
       "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
       "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701c"
       "f9b46bd25bf5f0595bbe24655141438e7a100b"},
      {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
       "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
       "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0"
       "f11d8c387b2eaeb4302aeeb00d291612bb0c00"},
  };
  for (const auto& known : kKnown) {
    const auto key = SigningKey::from_seed(unhex(known.seed));
    CHECK(key.public_key().hex() == known.key);
    CHECK(hex(key.seed()) == known.seed);
    const auto signature = key.sign(unhex(known.message));
    CHECK(signature.hex() == known.signature);
    CHECK(verify(key.public_key(), unhex(known.message), signature));
  }
}

TEST_CASE("a signature holds for its bytes and its key alone") {
  const auto key = signing_key(1);
  const auto signature = key.sign("bytes");
  CHECK(verify(key.public_key(), "bytes", signature));
  CHECK_FALSE(verify(key.public_key(), "byteS", signature));
  CHECK_FALSE(verify(signing_key(2).public_key(), "bytes", signature));
  for (std::size_t bit = 0; bit < 512; ++bit) {
    auto altered = signature;
    altered.bytes[bit / 8] = static_cast<std::uint8_t>(altered.bytes[bit / 8] ^ (1 << bit % 8));
    CHECK_FALSE(verify(key.public_key(), "bytes", altered));
  }
}

TEST_CASE("a public key that is no point verifies nothing") {
  CHECK_FALSE(verify(PublicKey::from(std::string(32, '\xff')), "bytes", Signature{}));
  CHECK_FALSE(verify(PublicKey{}, "bytes", Signature::from(std::string(64, 'x'))));
}

TEST_CASE("a new signing key is another one each time") {
  CHECK(SigningKey::generate().public_key() != SigningKey::generate().public_key());
  CHECK(random_siv_key() != random_siv_key());
}

TEST_CASE("the same text under the same key with the same data is the same bytes") {
  const auto sealed = siv_seal(siv_key(1), "place", "secret");
  CHECK(sealed == siv_seal(siv_key(1), "place", "secret"));
  CHECK(sealed.size() == 16 + 6);
  CHECK(siv_open(siv_key(1), "place", sealed) == "secret");
}

TEST_CASE("another key, other data or another text give other bytes") {
  const auto sealed = siv_seal(siv_key(1), "place", "secret");
  CHECK(sealed != siv_seal(siv_key(2), "place", "secret"));
  CHECK(sealed != siv_seal(siv_key(1), "Place", "secret"));
  CHECK(sealed != siv_seal(siv_key(1), "place", "secreT"));
}

TEST_CASE("sealed bytes open under their own key and data alone") {
  const auto sealed = siv_seal(siv_key(1), "place", "secret");
  CHECK_FALSE(siv_open(siv_key(2), "place", sealed).has_value());
  CHECK_FALSE(siv_open(siv_key(1), "another place", sealed).has_value());
  CHECK_FALSE(siv_open(siv_key(1), "", sealed).has_value());
}

TEST_CASE("altered or cut sealed bytes don't open") {
  const auto sealed = siv_seal(siv_key(1), "place", "secret");
  for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
    auto altered = sealed;
    altered[bit / 8] = static_cast<char>(altered[bit / 8] ^ (1 << bit % 8));
    CHECK_FALSE(siv_open(siv_key(1), "place", altered).has_value());
  }
  for (std::size_t size = 0; size < sealed.size(); ++size) {
    CHECK_FALSE(siv_open(siv_key(1), "place", sealed.substr(0, size)).has_value());
  }
  CHECK_FALSE(siv_open(siv_key(1), "place", sealed + 'x').has_value());
}

TEST_CASE("a text of any length comes back") {
  for (std::size_t size : {1, 15, 16, 17, 4096, 32768}) {
    const std::string text(size, 't');
    CHECK(siv_open(siv_key(1), "", siv_seal(siv_key(1), "", text)) == text);
  }
}

TEST_CASE("a key's id is the same each time, and another for another key") {
  CHECK(id_of(siv_key(1)) == id_of(siv_key(1)));
  CHECK(id_of(siv_key(1)) != id_of(siv_key(2)));
}
