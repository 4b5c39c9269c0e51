// Every bound of the engine, with its unit. A message that passes one is refused before anything
// is allocated for it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace zimnik::sync::limits {

inline constexpr std::size_t kLeafBytes = 32 * 1024;  // a leaf's canonical encoding
inline constexpr std::size_t kKeyBytes = 1024;        // a row key's encoding
inline constexpr std::size_t kKeyColumns = 16;        // columns of a row key
inline constexpr std::size_t kGroupColumns = 64;      // columns of one merge group
inline constexpr std::size_t kNameBytes = 64;         // author, role, device
inline constexpr std::size_t kReasonBytes = 1024;     // the reason that an act gives
inline constexpr std::size_t kRowsInLeaf = 2048;      // row writes of one transaction
inline constexpr std::size_t kCellsInRow = 64;        // cell writes of one row write
inline constexpr std::size_t kOverInCell = 256;       // versions that one write overwrites
inline constexpr std::size_t kOverInOwnRow =
    512;                                        // of one row written here: what a leaf has room for
inline constexpr std::size_t kTips = 512;       // tips of a frontier (an act holds one), lines
inline constexpr std::size_t kOwnBranches = 8;  // branches of a log that its own site brings
inline constexpr std::size_t kLocatorHashes = 64;              // points of one locator
inline constexpr std::size_t kProofHashes = 64;                // hashes of a consistency proof
inline constexpr std::size_t kMessageBytes = 8 * 1024 * 1024;  // a message as sent
inline constexpr std::size_t kBatchBytes = 64 * 1024 * 1024;   // a batch, decompressed
inline constexpr std::size_t kBatchLeaves = 64 * 1024;         // leaves of one batch
inline constexpr std::size_t kBatchRows = 256 * 1024;          // row writes of one batch
inline constexpr std::size_t kBatchCells = 1024 * 1024;        // cell writes of one batch
inline constexpr std::size_t kBatchValues = 1024 * 1024;       // values of one batch
inline constexpr std::size_t kBatchColumns = 64 * 1024;        // columns of values of one batch
inline constexpr std::size_t kBatchShapes = 4096;              // shapes of rows that one batch adds
inline constexpr std::size_t kBatchOpened = 256 * 1024;        // values in plain text of one batch
inline constexpr std::size_t kHistoryLogs = 4;                 // logs that a batch's history is of
inline constexpr std::uint64_t kHistoryLeaves = 512;           // leaves of each of them
inline constexpr std::size_t kHistoryLeafBytes = 2 * 1024 * 1024;  // what they come to, of one log
inline constexpr std::size_t kHistoryEntries = 4096;           // origins, and shapes, learnt of it
inline constexpr std::size_t kHistoryNumbers = 64 * 1024;      // long numbers learnt of it
inline constexpr std::size_t kHistoryBytes = 256 * 1024;       // texts learnt of it
inline constexpr std::size_t kSiteRecords = 1024;              // site records of one message
inline constexpr int kZstdWindowLog = 23;                      // log2 of bytes, for decompression
inline constexpr std::uint64_t kSeq = std::uint64_t{1} << 40;  // leaves of one log

/// How many leaves a site writes before it signs its log's head, where nothing else has it signed.
inline constexpr std::uint64_t kUnsignedLeaves = 1024;

inline constexpr std::size_t kProofBytes = 16 * 1024 * 1024;  // a proof's file
inline constexpr std::size_t kProofLeaves = 1024;             // leaves in it, of each kind
inline constexpr std::size_t kProofKeys = 64;                 // keys in it

inline constexpr std::size_t kAttestedBytes = 64;      // the name of what a site attests
inline constexpr std::size_t kAttestationText = 4096;  // an attestation as it is scanned, or typed

/// Of receipts of one log the newest is kept, and of those before one for each so much time: an
/// entry's intake is proven to this exactness.
inline constexpr std::int64_t kReceiptSpacingMs = 10 * 60 * 1000;

/// How far a transaction's time may lie after the clock here, or before the leaf before it, until
/// it is flagged.
inline constexpr std::int64_t kClockToleranceMs = 10 * 60 * 1000;

}  // namespace zimnik::sync::limits
