// The region's revocations in a file of their own, to be kept with the authority's, apart from this
// machine: what a hub that was restored from an older backup must know before anybody calls.
//
// A line of JSON for each revocation of a site, or end of one, signed by the authority. Of two
// lines on one site the later counts. One thread at a time.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sync/core/site.h"
#include "sync/core/transaction.h"
#include "sync/net/certificate.h"
#include "sync/store/replica.h"

namespace zimnik::hub {

struct Revoked {
  sync::SiteRecord site;  ///< names its school
  bool is_in_force = true;
  std::uint64_t shared_from = 0, school_from = 0;  ///< as in sync::VoidSite
  sync::Time at;                                   ///< when it was noted
  bool operator==(const Revoked&) const = default;
};

/// Adds a line: the file is whole or as it was, durable when this returns. Throws
/// std::system_error, std::runtime_error.
void note_revocation(const std::string& path, const Revoked& revoked,
                     const net::CertificateAuthority& authority);
/// What counts of each site, in the order of the file; nothing where there is no file. Throws
/// std::system_error where it can't be read, std::runtime_error that names the line which doesn't
/// hold or that another authority signed.
std::vector<Revoked> read_revocations(const std::string& path, const sync::PublicKey& authority);

/// Adds a line for each certified site of this replica's school of which the file doesn't say what
/// its acts do. Any thread.
void note_revocations(const std::string& path, sync::Replica& replica,
                      const net::CertificateAuthority& authority, sync::Time now);
/// Makes an act for each of these sites of the school that none revokes here. REQUIRES: the replica
/// is a hub's.
void reapply_revocations(sync::Replica& replica, const sync::SchoolId& school,
                         const std::vector<Revoked>& revoked, sync::Time now);

}  // namespace zimnik::hub
