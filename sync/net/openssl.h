// OpenSSL's objects behind RAII, and its errors as exceptions. For the sources of this folder.
#pragma once

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace zimnik::sync {
class SigningKey;
}

namespace zimnik::net {

template <auto Free>
struct OpenSslFree {
  template <class Type>
  void operator()(Type* object) const {
    Free(object);
  }
};

using BioPointer = std::unique_ptr<BIO, OpenSslFree<BIO_free_all>>;
using KeyPointer = std::unique_ptr<EVP_PKEY, OpenSslFree<EVP_PKEY_free>>;
using KeyContextPointer = std::unique_ptr<EVP_PKEY_CTX, OpenSslFree<EVP_PKEY_CTX_free>>;
using CertificatePointer = std::unique_ptr<X509, OpenSslFree<X509_free>>;
using RequestPointer = std::unique_ptr<X509_REQ, OpenSslFree<X509_REQ_free>>;
using StorePointer = std::unique_ptr<X509_STORE, OpenSslFree<X509_STORE_free>>;
using TlsContextPointer = std::unique_ptr<SSL_CTX, OpenSslFree<SSL_CTX_free>>;
using TlsPointer = std::unique_ptr<SSL, OpenSslFree<SSL_free>>;

/// OpenSSL fails here only where memory or the library itself does.
inline void require(bool ok, const char* what) {
  if (!ok) throw std::runtime_error(std::string("OpenSSL: ") + what);
}

inline const unsigned char* octets(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
inline unsigned char* octets(std::string& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

/// A BIO that reads these bytes, which must outlive it.
inline BioPointer reading(std::string_view bytes) {
  BioPointer bio(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
  require(bio != nullptr, "memory");
  return bio;
}

/// What `write` writes to a BIO in memory.
template <class Write>
std::string written(Write write) {
  const BioPointer bio(BIO_new(BIO_s_mem()));
  require(bio != nullptr && write(bio.get()) == 1, "writing");
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &bytes);
  return {bytes, static_cast<std::size_t>(size)};
}

/// Reads one certificate. Throws sync::Refused where there is none.
CertificatePointer certificate_from(std::string_view pem);
/// Reads a private key, without asking for a password. Throws sync::Refused where there is none.
KeyPointer private_key_from(std::string_view pem);
KeyPointer native_key(const sync::SigningKey& key);

}  // namespace zimnik::net
