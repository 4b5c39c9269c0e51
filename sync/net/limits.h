// Every bound of the transport, with its unit. What passes one is refused before anything is
// allocated for it.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "sync/core/limits.h"

namespace zimnik::net::limits {

// -- HTTP, of anybody -----------------------------------------------------------------------------

inline constexpr std::size_t kHeadBytes = 16 * 1024;         // request line and headers
inline constexpr std::size_t kTargetBytes = 4 * 1024;        // path and query of a request line
inline constexpr std::size_t kHeaders = 64;                  // headers of a request
inline constexpr std::size_t kFormFields = 1024;             // fields of a form, of a query
inline constexpr std::size_t kBufferBytes = 256 << 20;       // request bodies of a server, together
inline constexpr int kBacklog = 128;                         // connections that wait for accept(2)
inline constexpr std::size_t kTlsSessions = 4 * 1024;        // kept by a server, 6 KB each
inline constexpr std::chrono::hours kTlsSessionAge{7 * 24};  // TLS 1.3 allows no more

// -- the exchange ---------------------------------------------------------------------------------

inline constexpr std::size_t kParcelBytes = 32 * 1024;       // one parcel of wrapped keys, encoded
inline constexpr std::size_t kParcelKeys = 256;              // keys of one parcel
inline constexpr std::size_t kPersonBytes = 1024;            // a person's name in a parcel, encoded
inline constexpr std::size_t kParcels = 64;                  // parcels of one envelope
inline constexpr std::size_t kParcelsBytes = 1024 * 1024;    // parcels of one envelope, together
inline constexpr std::size_t kParcelsInTransit = 16 * 1024;  // parcels that wait at one node or hub
inline constexpr std::size_t kEnvelopeBytes =                // body of a request, of a reply
    sync::limits::kMessageBytes + kParcelsBytes + 1024;
inline constexpr std::size_t kLeastBudget = 4 * 1024;        // bytes of a message on the worst link
inline constexpr std::size_t kMostBudget = 8 * 1024 * 1024;  // bytes of a message on the best
inline constexpr std::size_t kFirstBudget = 64 * 1024;       // bytes, before a speed was seen
inline constexpr double kMessageSeconds = 8;                 // what a message may take on the link
inline constexpr int kStalledRounds = 4;  // rounds that bring nothing, until an exchange gives up
inline constexpr int kRounds = 10'000;    // rounds of one exchange

// -- enrolment, certificates ----------------------------------------------------------------------

inline constexpr std::size_t kEnrolmentBytes = 16 * 1024;     // JSON of an enrolment request
inline constexpr std::size_t kEnrolmentReplyBytes = 1 << 20;  // JSON of the reply to it
inline constexpr std::size_t kEnrolmentRecords = 1024;        // site records of that reply
inline constexpr std::size_t kNameBytes = 256;                // name of a school, of a region
inline constexpr std::size_t kPemBytes = 8 * 1024;            // a certificate, a request for one
inline constexpr std::size_t kKeyFileBytes = 16 * 1024;       // a file of keys
inline constexpr std::chrono::hours kCertificateAge{2 * 365 * 24};
inline constexpr std::chrono::hours kAuthorityAge{30 * 365 * 24};
inline constexpr int kSealRounds = 1 << 14;  // scrypt's N; OpenSSL opens no more without being told
inline constexpr int kSealBlock = 8;         // scrypt's r
inline constexpr int kSealLanes = 5;         // scrypt's p
inline constexpr std::chrono::hours kClockSlack{24};  // a new certificate holds since so long ago

}  // namespace zimnik::net::limits
