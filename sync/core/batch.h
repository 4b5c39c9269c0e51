// A batch: leaves in causal order, in columns, compressed. The same bytes travel in a message and
// rest in a closed stretch of the log. See sync/PROTOCOL.md, "Batch".
//
// Leaves of several logs stand in one batch in the order in which their holder got them. Which
// log each belongs to, and where in it, says a table of lines that the batch's holder keeps
// beside it; sites, seqs and hashes aren't written again for each leaf. A version that is
// overwritten is named by its place: a line of that table and a seq.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sync/core/keyring.h"
#include "sync/core/transaction.h"

namespace zimnik::sync {

class BatchTables;

/// A personal value came in plain text, and its key isn't at hand: the sender didn't know.
class MissingKey : public Refused {
 public:
  using Refused::Refused;
};

/// A leaf on one line of a batch's table of lines.
struct Place {
  std::uint32_t line = 0;
  std::uint64_t seq = 0;
};

/// One leaf to be put into a batch; what it points to must outlive that.
struct LeafView {
  std::uint32_t line = 0;
  std::uint8_t format = 0;
  const Transaction* edit = nullptr;  ///< of a clear edit
  std::string_view raw;               ///< otherwise what follows the leaf's header
};

/// One leaf as it comes out of a batch.
struct BatchLeaf {
  std::uint32_t line = 0;
  std::uint8_t format = 0;
  /// A clear edit. Otherwise `raw` is what follows the leaf's header.
  std::optional<Transaction> edit;
  std::string raw;
};

/// What a batch takes in order to name what it doesn't hold.
struct BatchContext {
  std::size_t lines = 0;                 ///< in the table of lines
  std::vector<std::uint64_t> first;      ///< the seq of each line's first leaf in the batch
  const BatchTables* history = nullptr;  ///< what its history has taught, if it has any
};

/// Where a version stands that is overwritten; nothing where its leaf isn't held: then it is
/// named by hash.
using PlaceOf = std::function<std::optional<Place>(const Over&)>;
/// The version that stands at a place. Throws Refused where none does.
using OverAt = std::function<Over(const Place&)>;

/// Who compresses: a closed stretch quickly, a message well.
enum class Effort : std::uint8_t { quick, thorough };

/// Where `opener` is given, personal values whose key it holds are written in plain text. Throws
/// std::length_error where the leaves, their rows, values or over are more than a reader takes; one
/// leaf never is. REQUIRES: the leaves' encodings come to at most limits::kBatchBytes.
std::string encode_batch(std::span<const LeafView> leaves, const BatchContext& context,
                         const PlaceOf& place_of, const Keyring* opener, Effort effort);

/// Reads a batch leaf by leaf. What a leaf overwrites may stand in the batch before it, so it is
/// looked up when its leaf is reached.
class BatchReader {
 public:
  /// Throws Refused where the bytes don't hold or are over bounds.
  BatchReader(std::string_view bytes, const BatchContext& context);
  ~BatchReader();
  BatchReader(BatchReader&&) noexcept;

  std::size_t size() const;
  /// The next leaf. REQUIRES: called at most size() times. `keys` enciphers personal values that
  /// came in plain text; Refused where one's key isn't at hand.
  BatchLeaf next(const OverAt& over_at, const Keyring& keys);

 private:
  struct Columns;
  std::unique_ptr<Columns> columns_;
};

}  // namespace zimnik::sync
