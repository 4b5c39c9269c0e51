#include "sync/store/prover.h"

#include <algorithm>

#include "sync/core/limits.h"

namespace zimnik::sync {

Proof Prover::prove(std::uint32_t table, const Key& key, std::span<const Arrival> arrivals,
                    bool with_keys, std::vector<Arrival>& unproven) {
  proof_ = Proof{school_, table, key, {}, {}, {}, {}};
  introduced_.clear();
  unproven.clear();
  for (const auto arrival : arrivals) {
    auto proven = prove_leaf(arrival);
    if (!proven || proof_.entries.size() == limits::kProofLeaves) {
      unproven.push_back(arrival);
      continue;
    }
    open(log_.leaf(arrival), with_keys, *proven);
    proof_.entries.push_back(std::move(*proven));
  }
  return std::move(proof_);
}

/// Nothing where no signature covers it, or nobody who is known vouches for who signed.
std::optional<ProvenLeaf> Prover::prove_leaf(Arrival arrival) {
  const auto [own, seq] = log_.place_of(arrival);
  const auto log = log_.line(own).log;
  for (const auto id : log_.lines_of(log)) {
    // What a line's head says covers its parents' leaves too, up to where it parts from them.
    const auto& line = log_.line(id);
    if (!line.head || line.head->size < seq || log_.arrival_of(id, seq) != arrival) continue;
    if (!introduce(log.site)) return std::nullopt;
    const auto path = [&](std::uint64_t size) {
      return log_.partial_tree(id).inclusion_proof(seq - 1, size);
    };
    ProvenLeaf proven{
        log_.leaf(arrival).bytes,
        {line.head->size, line.head->time, line.head->signature, path(line.head->size)},
        {},
        {},
        {}};
    const auto receipt = receipts_.covering(id, seq);
    if (receipt && introduce(receipt->by)) {
      proven.hub = receipt->by;
      proven.receipt = {receipt->size, receipt->time, receipt->signature, path(receipt->size)};
    }
    return proven;
  }
  return std::nullopt;
}

/// Puts into the proof what leads from the site to the authority.
bool Prover::introduce(const SiteId& site) {
  // A site that is being introduced can't vouch for who vouches for it.
  const auto [known, is_new] = introduced_.emplace(site, false);
  if (!is_new) return known->second;
  if (const auto record = judge_.record_of(site)) {
    proof_.sites.push_back(*record);
    return introduced_[site] = true;
  }
  for (const auto succession : judge_.successions_of(site)) {
    if (proof_.vouchers.size() == limits::kProofLeaves) break;
    if (auto voucher = prove_leaf(succession)) {
      proof_.vouchers.push_back(std::move(*voucher));
      return introduced_[site] = true;
    }
  }
  return false;
}

void Prover::open(const StoredLeaf& leaf, bool with_keys, ProvenLeaf& proven) {
  if (!leaf.transaction) return;
  auto row = only_row(*leaf.transaction, proof_.table, proof_.key);
  if (!row) return;
  const auto closed = *row;
  open_values(*row, log_.keys());
  const auto seal = sealed_under(leaf.bytes);
  if (!seal && *row == closed) return;  // all in the clear, or nothing that can be opened
  if (!with_keys) {
    write_content(proven.stated, *row);
    return;
  }
  if (seal) add_key(*seal);
  for_each_cipher(closed, [&](const Cipher& cipher) { add_key(cipher.key); });
}

void Prover::add_key(const KeyId& id) {
  const auto* key = log_.keys().find(id);
  if (key == nullptr || proof_.keys.size() == limits::kProofKeys) return;
  if (std::find(proof_.keys.begin(), proof_.keys.end(), *key) == proof_.keys.end()) {
    proof_.keys.push_back(*key);
  }
}

}  // namespace zimnik::sync
