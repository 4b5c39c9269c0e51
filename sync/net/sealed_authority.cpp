// The authority's key under a passphrase: what is kept apart from backups of the rest.
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>

#include "sync/core/bytes.h"
#include "sync/net/certificate.h"
#include "sync/net/limits.h"
#include "sync/net/openssl.h"

namespace zimnik::net {
namespace {

using PlainPointer = std::unique_ptr<PKCS8_PRIV_KEY_INFO, OpenSslFree<PKCS8_PRIV_KEY_INFO_free>>;
using SealedPointer = std::unique_ptr<X509_SIG, OpenSslFree<X509_SIG_free>>;

int size_of(std::string_view text) { return static_cast<int>(text.size()); }

SealedPointer sealed_key(const sync::SigningKey& key, std::string_view passphrase) {
  const PlainPointer plain(EVP_PKEY2PKCS8(native_key(key).get()));
  X509_ALGOR* method =
      PKCS5_pbe2_set_scrypt(EVP_aes_256_cbc(), nullptr, 0, nullptr, limits::kSealRounds,
                            limits::kSealBlock, limits::kSealLanes);
  require(plain && method != nullptr, "sealing a key");
  SealedPointer sealed(PKCS8_set0_pbe(passphrase.data(), size_of(passphrase), plain.get(), method));
  if (!sealed) X509_ALGOR_free(method);
  require(sealed != nullptr, "sealing a key");
  return sealed;
}

}  // namespace

std::string CertificateAuthority::sealed(std::string_view passphrase) const {
  const auto key = sealed_key(key_, passphrase);
  return written([&](BIO* bio) { return PEM_write_bio_PKCS8(bio, key.get()); }) + certificate_;
}

CertificateAuthority CertificateAuthority::unsealed(std::string_view pem,
                                                    std::string_view passphrase) {
  const SealedPointer sealed(PEM_read_bio_PKCS8(reading(pem).get(), nullptr, nullptr, nullptr));
  if (!sealed) throw sync::Refused("not a sealed key");
  const PlainPointer plain(PKCS8_decrypt(sealed.get(), passphrase.data(), size_of(passphrase)));
  const KeyPointer key(plain ? EVP_PKCS82PKEY(plain.get()) : nullptr);
  ERR_clear_error();
  if (!key) throw sync::Refused("another passphrase, or a damaged key");
  auto authority = of(key.get(), certificate_from(pem).get());
  if (!authority) throw sync::Refused("key and certificate aren't those of one authority");
  return std::move(*authority);
}

}  // namespace zimnik::net
