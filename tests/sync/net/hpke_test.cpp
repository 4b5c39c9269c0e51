#include "sync/net/hpke.h"

#include <catch2/catch.hpp>

#include "sync/core/bytes.h"
#include "sync/core/encoding.h"

namespace zimnik::net::test {
namespace {

std::string bytes(std::string_view hex) { return *sync::from_hex(hex); }

// RFC 9180, A.3.1: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM, base mode.
const std::string kRecipient =
    bytes("f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2");
const std::string kEphemeral =
    bytes("4995788ef4b9d6132b249ce59a77281493eb39af373d236a1fe415cb0c2d7beb");
const std::string kInfo = bytes("4f6465206f6e2061204772656369616e2055726e");
const std::string kPlain = bytes("4265617574792069732074727574682c20747275746820626561757479");
const std::string kAssociated = bytes("436f756e742d30");
const std::string kSealed = bytes(
    "04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac98536d7b61a1af4b78e5b7f951c"
    "0900be863c403ce65c9bfcb9382657222d18c4"
    "5ad590bb8baa577f8619db35a36311226a896e7342a6d836d8b7bcd2f20b6c7f9076ac232e3ab2523f39513434");

}  // namespace

TEST_CASE("seals and opens as RFC 9180, A.3.1 does") {
  const auto recipient = EncryptionKey::from_scalar(kRecipient);
  CHECK(sync::to_hex(
            hpke_seal_with(EncryptionKey::from_scalar(kEphemeral), recipient.public_point(), kInfo,
                           kPlain, HpkeCipher::aes_128_gcm, kAssociated)) == sync::to_hex(kSealed));
  CHECK(hpke_open(recipient, kInfo, kSealed, HpkeCipher::aes_128_gcm, kAssociated) == kPlain);
}

TEST_CASE("opens what another implementation sealed with AES-256-GCM") {
  // Made by pyca/cryptography 48.
  const auto sealed = bytes(
      "04cafdb81fb360643507339f803dc2e3e031056c14f49a896b64a117c08bdb5af950ea8b8c01af4c47e33e9e2bd7"
      "265c26442617f90200d06414e0b4d8943859320c6346963f66e83dd71e7bd6fee22f773e2d588c5903814683bac3"
      "949534e5820ffc14ba18");
  CHECK(hpke_open(EncryptionKey::from_scalar(kRecipient), "zimnik info", sealed) ==
        "the goods get through");
}

TEST_CASE("what is sealed opens under its key and info alone, and not when a bit is changed") {
  const auto key = EncryptionKey::generate();
  auto sealed = hpke_seal(key.public_point(), "info", "plain");
  CHECK(sealed.size() == 5 + kHpkeOverhead);
  CHECK(hpke_open(key, "info", sealed) == "plain");
  CHECK_FALSE(hpke_open(key, "other", sealed));
  CHECK_FALSE(hpke_open(EncryptionKey::generate(), "info", sealed));
  CHECK_FALSE(hpke_open(key, "info", sealed.substr(0, kHpkeOverhead - 1)));
  for (auto& byte : sealed) {
    byte = static_cast<char>(byte ^ 1);
    CHECK_FALSE(hpke_open(key, "info", sealed));
    byte = static_cast<char>(byte ^ 1);
  }
}

TEST_CASE("nothing is sealed to what is no point of the curve") {
  CHECK_THROWS_AS(hpke_seal(sync::CompressedPoint{}, "", ""), sync::Refused);
  auto point = EncryptionKey::generate().public_point();
  point.bytes[0] = 5;
  CHECK_THROWS_AS(hpke_seal(point, "", ""), sync::Refused);
}

}  // namespace zimnik::net::test
