// The region's revocations in a file of their own, to be kept with the authority's, apart from this
// machine: what a hub that was restored from an older backup must know before anybody calls.
//
// A line of JSON for each revocation of a site, or end of one, signed by the authority. Of two
// lines on one site the later counts. The file is replaced by a longer one that is whole, so that
// an empty one, or a line without its end, is damage. One thread at a time.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sync/core/site.h"
#include "sync/core/transaction.h"
#include "sync/net/certificate.h"
#include "sync/store/replica.h"

namespace zimnik::hub {

class Hub;
class School;

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
/// hold, was broken off, or that another authority signed.
std::vector<Revoked> read_revocations(const std::string& path, const sync::PublicKey& authority);

/// Adds lines to the hub's file for each certified site of this school of which the file doesn't
/// say what its acts do; where there is no file, of each school. Throws as read_revocations(), and
/// std::runtime_error where a school that is needed can't be read: then nothing was added. Any
/// thread. REQUIRES: the caller holds no school's lock.
void note_revocations(Hub& hub, School& school);
/// Makes an act for each of these sites of the school that none revokes here. Gives how many of
/// these revocations are in force in this school. REQUIRES: the replica is a hub's.
std::size_t reapply_revocations(sync::Replica& replica, const sync::SchoolId& school,
                                const std::vector<Revoked>& revoked, sync::Time now);

}  // namespace zimnik::hub
