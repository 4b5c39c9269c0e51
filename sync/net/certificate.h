// Certificates: they govern connections, never the validity of a log. The region's authority is one
// Ed25519 key, which signs site records and is the key of a self-signed X.509 certificate. Who pins
// that certificate has pinned the authority of all replicas.
//
// A site's certificate: its P-256 key, subject O = school and CN = site as hexadecimal digits, for
// client and server, two years.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sync/core/ids.h"
#include "sync/core/site.h"
#include "sync/net/site_key.h"

struct evp_pkey_st;
struct x509_st;

namespace zimnik::net {

/// Whom a certificate names.
struct PeerIdentity {
  sync::SchoolId school;
  sync::SiteId site;
  bool operator==(const PeerIdentity&) const = default;
};

/// SHA-256 of a certificate's DER.
using Fingerprint = sync::FixedBytes<32, struct FingerprintTag>;

/// Nothing where the subject isn't a site's.
std::optional<PeerIdentity> identity_of(const x509_st* certificate);
Fingerprint fingerprint_of(const x509_st* certificate);
/// Until when it holds, to the second.
sync::Time end_of(const x509_st* certificate);

/// What a certificate says. Whether to believe it is another matter.
struct CertificateFacts {
  std::optional<PeerIdentity> peer;
  Fingerprint fingerprint;
  sync::Time not_before, not_after;          ///< to the second
  std::optional<sync::PublicKey> authority;  ///< its key, where that is an Ed25519 one

  /// Whether less than a third of its life is left: time for a new one.
  bool is_old(sync::Time now) const {
    return not_after.ms - now.ms < (not_after.ms - not_before.ms) / 3;
  }
};
/// Throws sync::Refused where this isn't a certificate in PEM.
CertificateFacts read_certificate(std::string_view pem);

/// A request for a certificate (PKCS #10, PEM) for the site's P-256 key.
std::string certificate_request(const SiteSecret& site);
/// What `pem` asks a certificate for: the P-256 key that it proves to hold. Throws sync::Refused.
sync::CompressedPoint requested_key(std::string_view pem);

/// The region's authority. Any thread.
class CertificateAuthority {
 public:
  /// `region` is its subject's name: at most 64 characters.
  static CertificateAuthority make(const std::string& region, sync::Time now);
  /// Throws std::system_error where the file can't be read, sync::Refused where it doesn't hold.
  static CertificateAuthority load(const std::string& path);
  /// Key and certificate in PEM; mode 0600, whole or not at all.
  void save(const std::string& path) const;
  /// The same text with the key enciphered under a passphrase: PKCS #8 by scrypt and AES-256, which
  /// `openssl pkey` opens too. REQUIRES: the passphrase isn't empty.
  std::string sealed(std::string_view passphrase) const;
  /// What sealed() gave. Throws sync::Refused for another text or another passphrase.
  static CertificateAuthority unsealed(std::string_view pem, std::string_view passphrase);

  const std::string& certificate_pem() const { return certificate_; }
  Fingerprint fingerprint() const;
  sync::PublicKey public_key() const { return key_.public_key(); }

  /// A certificate (PEM) for the site of these keys. A hub's, which serves many schools, names the
  /// school of zeros: nobody looks at a server's school. Throws sync::Refused where the request
  /// isn't for the site's P-256 key or doesn't prove that its sender holds it.
  std::string issue(std::string_view request_pem, const sync::SchoolId& school,
                    const sync::SiteKeys& keys, sync::Time now) const;
  sync::SiteRecord certify(const sync::SchoolId& school, const sync::SiteKeys& keys,
                           sync::SiteKind kind) const;
  /// Over bytes that begin with what they are for, as a site record's do.
  sync::Signature signature_of(std::string_view bytes) const { return key_.sign(bytes); }

 private:
  CertificateAuthority(sync::SigningKey key, std::string certificate)
      : key_(std::move(key)), certificate_(std::move(certificate)) {}
  /// Nothing where key and certificate aren't those of one authority.
  static std::optional<CertificateAuthority> of(const evp_pkey_st* key, x509_st* certificate);
  sync::SigningKey key_;
  std::string certificate_;
};

}  // namespace zimnik::net
