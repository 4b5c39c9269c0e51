// The checks of verification: every leaf, hash, signature and table cell, from the log alone. What
// doesn't hold becomes a line of text; nothing is thrown. One thread.
#pragma once

#include <cstdint>
#include <optional>

#include "sync/core/schema.h"
#include "sync/store/findings.h"
#include "sync/store/judge.h"
#include "sync/store/log.h"
#include "sync/store/receipts.h"

namespace zimnik::sync {

class Audit {
 public:
  Audit(Log& log, const Judge& judge, Findings& findings)
      : log_(log), judge_(judge), findings_(findings) {}

  /// Reads every leaf and checks that it is what its hash and its place say, and that each line has
  /// the tip and the tree that its leaves make. Gives how many of them
  /// can't be read here.
  std::uint64_t check_leaves();
  /// Checks that each line is as long as its site said, and that the site said it. `own` are the
  /// keys of the replica's own site, that may not be certified yet. Gives how many leaves no head
  /// covers: of one's own log that is no fault. Where it isn't known whose file this is, that may
  /// be any log, as far as a site writes on without signing.
  std::uint64_t check_heads(const std::optional<SiteKeys>& own);
  /// Checks that each receipt is signed by a hub over the leaves held. Gives how many there are.
  std::uint64_t check_receipts(Receipts& receipts);
  /// Makes the roots of each line's own blocks from their leaves, and compares.
  void check_blocks();

 private:
  void check_line(const Line& line);
  void check_head(const Line& line, const std::optional<SiteKeys>& own, std::uint64_t& uncovered);

  Log& log_;
  const Judge& judge_;
  Findings& findings_;
};

/// What of a replica's tables is compared with the fold.
enum class Compared : std::uint8_t {
  all,
  readable,  ///< tables of the shared stream, but for personal values: what no key is needed for
};
/// Compares the domain's tables, zimnik_head and zimnik_listed with those of `folded`.
void compare_tables(const Schema& schema, Database& here, Database& folded, Compared compared,
                    Findings& findings);

}  // namespace zimnik::sync
