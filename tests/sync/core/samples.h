// Things by hand that most tests of sync/core need one of.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sync/core/batch.h"
#include "sync/core/columns.h"
#include "sync/core/keyring.h"
#include "sync/core/leaf.h"
#include "sync/core/message.h"
#include "sync/core/transaction.h"

namespace zimnik::sync::test {

/// Different numbers, different names.
Hash hash_of(std::uint64_t number);
SiteId site_of(std::uint64_t number);
LogId log_of(std::uint64_t number, Stream stream = Stream::shared);
/// Bytes from hexadecimal digits; whatever else stands between them is passed over.
std::string unhex(std::string_view digits);
std::string hex(std::string_view bytes);
SigningKey signing_key(std::uint64_t number);
SivKey siv_key(std::uint64_t number);

/// A school key, and a key of each of the persons 1 and 2.
Keyring some_keys();
/// Every kind of value, with its extremes. None is a cipher.
std::vector<Value> all_kinds_of_values();
Key key_of(std::vector<Value> values);
CellWrite cell(std::uint32_t group, std::vector<Value> values, std::vector<Over> over = {});
CellWrite tombstone(std::uint32_t group, std::vector<Over> over = {});
RowWrite row(std::uint32_t table, std::vector<Value> key, std::vector<CellWrite> cells);
/// Sorted, with an origin, a time and an entry.
Transaction edit(std::vector<RowWrite> rows);
Transaction act(decltype(Act::what) what);
Transaction succession();
/// One of each: an edit of everything, the acts, a succession.
std::vector<Transaction> all_kinds_of_transactions();

/// About 1 KiB: a base in full, a site record, two lines of which one is attached, heads, a proof,
/// a batch of a few edits.
Message realistic_message();
/// The bytes of the batch in it, and what it takes to read them.
std::string realistic_batch();
BatchContext realistic_context();
/// The same leaves as a batch takes them; they must outlive the views.
std::vector<LeafView> views_of(const std::vector<BatchLeaf>& leaves);
/// Puts values into a column, those of no context into context 0. They must outlive the column.
void add_to(ValueColumn& column, const std::vector<ColumnValue>& values, Contexts contexts);
/// The two parts of a batch, decompressed.
struct PlainBatch {
  std::string strings, numbers;
  static PlainBatch of(const std::string& batch);
  std::string compressed() const;
};
/// Gives hash_of(line · 1000 + seq) for seqs from 1 to 99; refuses others.
Over over_at(const Place& place);
/// The other way round; nothing for other hashes.
std::optional<Place> place_of(const Over& over);

/// What was thrown, or an empty text. Only Refused is caught.
template <class Try>
std::string refusal(Try&& attempt) {
  try {
    attempt();
  } catch (const Refused& refused) {
    return refused.what();
  }
  return {};
}

}  // namespace zimnik::sync::test
