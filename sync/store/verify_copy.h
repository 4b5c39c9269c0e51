// Verification of a copied file, off line: with the authority's key alone, or with keys too.
#pragma once

#include <csignal>
#include <cstdint>
#include <string>

#include "sync/core/keyring.h"
#include "sync/core/schema.h"
#include "sync/store/findings.h"

namespace zimnik::sync {

struct CopyReport {
  SchoolId school;  ///< as the file says; its sites' records are of it
  std::uint64_t leaves = 0;
  std::uint64_t unreadable =
      0;  ///< of them: sealed under keys that aren't at hand, or not decodable
  std::uint64_t uncovered = 0;  ///< of them: written since their site last signed
  std::uint64_t heads = 0, receipts = 0, sites = 0;
  std::uint32_t schema = 0;   ///< the file's version
  bool compared = false;      ///< whether its tables were: the schema is of this version
  bool all_compared = false;  ///< those too that need keys
  Findings findings;          ///< what doesn't hold
};

/// Checks every leaf, hash, signature and receipt of a replica's file, and every table cell that
/// can be folded anew with these keys. Works on a copy of its own, with the `-wal` that lies beside
/// the file: the file isn't opened, nor anything written beside it. That copy has no name while it
/// is checked, so nothing of it outlives the process. Whatever the file holds, the work is bounded
/// by its size. Throws std::runtime_error where
/// it can't be read, or isn't a replica's.
CopyReport verify_copy(const std::string& path, const Schema& schema, const PublicKey& authority,
                       const Keyring& keys);

/// Ctrl-C and the like wait until it goes.
class SignalsHeld {
 public:
  SignalsHeld();
  ~SignalsHeld();
  SignalsHeld(const SignalsHeld&) = delete;
  SignalsHeld& operator=(const SignalsHeld&) = delete;

 private:
  sigset_t before_{};
};

/// A copy of a database's file, with its `-wal`, in a folder of its own that goes with the object:
/// in TMPDIR, or /tmp. Signals are held for as long. One thread.
class ScratchCopy {
 public:
  explicit ScratchCopy(const std::string& path);
  ~ScratchCopy();
  ScratchCopy(const ScratchCopy&) = delete;
  ScratchCopy& operator=(const ScratchCopy&) = delete;
  const std::string& path() const { return path_; }

 private:
  SignalsHeld signals_;  ///< last to go
  std::string folder_;
  std::string path_;
};

}  // namespace zimnik::sync
