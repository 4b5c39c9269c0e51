// Makes transactions of what commands changed, and appends them to this site's logs. Law 2. One
// thread.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "sync/core/site.h"
#include "sync/core/transaction.h"
#include "sync/store/capture.h"
#include "sync/store/command.h"
#include "sync/store/head_signer.h"
#include "sync/store/judge.h"
#include "sync/store/log.h"
#include "sync/store/rows.h"

namespace zimnik::sync {

class LocalWriter {
 public:
  /// The site is the one that the replica writes as at the moment: it may change.
  LocalWriter(const Schema& schema, const SiteId& site, Log& log, const Judge& judge, Rows& rows,
              HeadSigner& signer)
      : schema_(schema), site_(site), log_(log), judge_(judge), rows_(rows), signer_(signer) {}

  /// Writes the touched rows: one transaction for each stream, or several where it doesn't fit a
  /// leaf. Gives the number of cells. Throws CommandRefused.
  std::size_t write(const Entry& entry, const std::vector<TouchedRow>& touched);
  /// Appends an act or a succession; its effect is the caller's to bring about.
  Arrival append(const Entry& entry, decltype(Transaction::body) body);

 private:
  struct OwnRow {
    RowWrite write;
    CellRoots before;
    std::vector<Arrival> versions;  ///< that the table has after the command; none without a row
  };

  OwnRow own_row(const Entry& entry, const TouchedRow& touched);
  std::map<std::uint32_t, CellWrite> cells_of(const TouchedRow& touched, const CellRoots& before);
  std::vector<Over> over(const Entry& entry, const CellName& cell, const Roots& roots);
  bool is_of_page(const Entry& entry, Arrival arrival);
  void check_rank(const Entry& entry, const CellName& cell, const CellWrite& write);
  void encipher_personal(const TouchedRow& touched, const Group& group, CellWrite& write);
  void append_rows(const Entry& entry, Stream stream, std::span<OwnRow> rows);
  /// Throws std::length_error where it is too long for a leaf, and leaves it as it is.
  Arrival append(Stream stream, Transaction&& transaction);

  const Schema& schema_;
  const SiteId& site_;
  Log& log_;
  const Judge& judge_;
  Rows& rows_;
  HeadSigner& signer_;
};

}  // namespace zimnik::sync
