// All that is known of a row, for who has to prove what stood there: every value that it ever had,
// by whom, in what role, when, on which device and site, what became of it, and what of it the
// region had when.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sync/store/replica.h"

namespace zimnik::journal {

struct EvidenceVersion {
  std::string part;  ///< the group's name
  std::string text;  ///< its values, named by their columns
  sync::HistoryItem item;
  bool is_proven = false;  ///< a signature covers it that leads to the region's authority
  std::optional<sync::Time> received;  ///< when the region had it, by its receipt
  std::vector<sync::Hash> void_by;     ///< acts in force that void it
};

struct Evidence {
  std::string table, key;  ///< as schema/audit/row_name.h has them
  std::string about;  ///< «7А, Алгебра, 01.10.2025, Иванов Пётр»; may be empty
  std::vector<EvidenceVersion> versions;  ///< by group, then in the order of arrival

  bool can_be_proven() const;  ///< whether some version is proven
};

/// Whether the table holds what people sign in by: nobody proves anything by that, and it isn't
/// shown.
bool has_secrets(const sync::Table& table);

/// Signs what isn't signed yet. Empty versions where nothing was ever written there. REQUIRES: the
/// table has no secrets.
Evidence evidence_of(sync::Replica& replica, const sync::Table& table, const sync::Key& key,
                     sync::Time now);

}  // namespace zimnik::journal
