// What one person did at once. The struct that the leaf encodes (see leaf.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "sync/core/frontier.h"
#include "sync/core/ids.h"
#include "sync/core/site.h"
#include "sync/core/value.h"

namespace zimnik::sync {

/// Persisted in every leaf: do not change.
enum class Op : std::uint8_t {
  set = 1,        ///< the group's values, one for each of its columns
  empty = 2,      ///< all columns null, said without knowing the group's columns
  tombstone = 3,  ///< the row was deleted
};

/// A version that a write overwrites, named by its leaf's hash.
struct Over {
  Hash leaf;
  /// Where the one who holds this struct finds the leaf: its arrival number, 0 where it isn't
  /// held. Not part of the value.
  std::uint64_t at = 0;
  bool operator==(const Over& other) const { return leaf == other.leaf; }
};

/// A version of one cell: what one transaction wrote to one merge group of one row.
struct CellWrite {
  std::uint32_t group = 0;
  Op op = Op::set;
  std::vector<Value> values;  ///< empty unless op is set
  std::vector<Over> over;     ///< what the author saw there; sorted by hash, none twice
  bool operator==(const CellWrite&) const = default;
};

struct RowWrite {
  std::uint32_t table = 0;
  Key key;
  std::vector<CellWrite> cells;  ///< sorted by group, none twice, at least one
  bool operator==(const RowWrite&) const = default;
};

/// Row writes of one stream.
struct Edit {
  std::vector<RowWrite> rows;  ///< sorted by table and key, none twice, at least one
  bool operator==(const Edit&) const = default;
};

/// Voids an account's transactions with a time in [from, until).
struct VoidAccount {
  std::string author;
  Time from;
  std::optional<Time> until;
  bool operator==(const VoidAccount&) const = default;
};
/// Voids a site's leaves from a seq on, in all branches: revokes its key.
struct VoidSite {
  SiteId site;
  std::uint64_t shared_from = 1;
  std::uint64_t school_from = 1;
  bool operator==(const VoidSite&) const = default;
};
/// Undoes the act of that name.
struct Revoke {
  Hash act;
  bool operator==(const Revoke&) const = default;
};
/// The personal values of this person are erased, for ever.
struct Forget {
  Value person;
  bool operator==(const Forget&) const = default;
};

/// A transaction that changes which others count. Only in the shared stream.
struct Act {
  std::variant<VoidAccount, VoidSite, Revoke, Forget> what;
  std::string reason;
  Frontier frontier;  ///< what its author's replica held
  bool operator==(const Act&) const = default;
};

/// Vouches for the site that takes this one's place. Only in the shared stream.
struct Succession {
  SiteKeys keys;
  SiteKind kind = SiteKind::node;
  bool operator==(const Succession&) const = default;
};

/// Who did it, in what role, on what.
struct Origin {
  std::string author;
  std::string role;
  std::uint16_t rank = 0;
  std::string device;
  auto operator<=>(const Origin&) const = default;
};

struct Transaction {
  Origin origin;
  Time time;  ///< of entry
  EntryId entry;
  std::variant<Edit, Act, Succession> body;
  bool operator==(const Transaction&) const = default;
};

/// Every version that an edit overwrites, in the order in which its leaf names them.
template <class MaybeConstTransaction, class Use>
void for_each_over(MaybeConstTransaction& transaction, Use use) {
  auto* edit = std::get_if<Edit>(&transaction.body);
  if (edit == nullptr) return;
  for (auto& row : edit->rows) {
    for (auto& cell : row.cells) {
      for (auto& over : cell.over) use(over);
    }
  }
}

/// Every value of an edit that lies under a key of its person.
template <class Use>
void for_each_cipher(const Transaction& transaction, Use use) {
  const auto* edit = std::get_if<Edit>(&transaction.body);
  if (edit == nullptr) return;
  for (const auto& row : edit->rows) {
    for (const auto& cell : row.cells) {
      for (const auto& value : cell.values) {
        if (const auto* cipher = std::get_if<Cipher>(&value)) use(*cipher);
      }
    }
  }
}

}  // namespace zimnik::sync
