// Makes proofs of what is held. One thread.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include "sync/core/proof.h"
#include "sync/store/judge.h"
#include "sync/store/log.h"
#include "sync/store/receipts.h"

namespace zimnik::sync {

class Prover {
 public:
  Prover(Log& log, const Judge& judge, Receipts& receipts, SchoolId school)
      : log_(log), judge_(judge), receipts_(receipts), school_(school) {}

  /// A proof of what these leaves wrote to a row. `unproven` becomes those of them that no head
  /// covers which a site signed that leads to the authority: they aren't in the proof. With keys it
  /// has those under which these writes lie, without it states what they open.
  Proof prove(std::uint32_t table, const Key& key, std::span<const Arrival> arrivals,
              bool with_keys, std::vector<Arrival>& unproven);

 private:
  std::optional<ProvenLeaf> prove_leaf(Arrival arrival);
  bool introduce(const SiteId& site);
  void open(const StoredLeaf& leaf, bool with_keys, ProvenLeaf& proven);
  void add_key(const KeyId& key);

  Log& log_;
  const Judge& judge_;
  Receipts& receipts_;
  SchoolId school_;
  Proof proof_;
  std::map<SiteId, bool> introduced_;
};

}  // namespace zimnik::sync
