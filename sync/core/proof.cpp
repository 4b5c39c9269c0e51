#include "sync/core/proof.h"

#include <algorithm>
#include <set>

#include "sync/core/merkle.h"
#include "sync/core/personal.h"

namespace zimnik::sync {
namespace {

bool is_cipher(const Value& value) { return std::holds_alternative<Cipher>(value); }

/// Runs `use(value, place)` for each value of an edit.
template <class MaybeConstTransaction, class Use>
void for_each_value_of(MaybeConstTransaction& transaction, Use use) {
  auto* edit = std::get_if<Edit>(&transaction.body);
  if (edit == nullptr) return;
  for (auto& row : edit->rows) {
    for (auto& cell : row.cells) {
      for (std::size_t i = 0; i < cell.values.size(); ++i) {
        use(cell.values[i],
            ValuePlace{row.table, row.key, cell.group, static_cast<std::uint32_t>(i)});
      }
    }
  }
}

/// Whether `stated` is `read` with plain values in the place of ciphers.
bool opens(const Transaction& stated, const Transaction& read) {
  std::vector<Value> plain;
  for_each_value_of(stated, [&](const Value& value, const ValuePlace&) { plain.push_back(value); });
  auto closed = stated;
  std::size_t at = 0;
  std::vector<Value> wanted;
  for_each_value_of(read, [&](const Value& value, const ValuePlace&) { wanted.push_back(value); });
  if (plain.size() != wanted.size()) return false;
  for_each_value_of(closed, [&](Value& value, const ValuePlace&) {
    if (is_cipher(wanted[at])) value = wanted[at];
    ++at;
  });
  return closed == read;
}

class Checker {
 public:
  Checker(const Proof& proof, const PublicKey& authority) : proof_(proof), authority_(authority) {
    for (const auto& key : proof.keys) keys_.add_school_key(key);
  }

  CheckedProof run() {
    check_sites();
    check_vouchers();
    for (const auto& entry : proof_.entries) {
      if (auto checked = check_entry(entry)) result_.entries.push_back(std::move(*checked));
    }
    if (proof_.entries.empty()) fault("the proof has no entry");
    return std::move(result_);
  }

 private:
  struct Known {
    SiteKeys keys;
    SiteKind kind;
    bool certified;
  };

  void fault(std::string text) { result_.faults.push_back(std::move(text)); }

  void check_sites() {
    for (const auto& record : proof_.sites) {
      const auto id = record.keys.id();
      if (record.school != proof_.school) {
        fault("site " + id.hex() + ": its record is of another school");
      } else if (!record.is_signed_by(authority_)) {
        fault("site " + id.hex() + ": its record isn't signed by this authority");
      } else {
        known_.emplace(id, Known{record.keys, record.kind, true});
      }
    }
  }

  /// Each may need another to be taken first, so they are gone through until none is taken.
  void check_vouchers() {
    std::vector<const ProvenLeaf*> left;
    for (const auto& voucher : proof_.vouchers) left.push_back(&voucher);
    const auto takes = [&](const ProvenLeaf* it) { return take_voucher(*it); };
    while (std::erase_if(left, takes) > 0) continue;
    for (const auto* it : left) check_leaf(*it, "voucher");
  }

  /// False where its site isn't known yet.
  bool take_voucher(const ProvenLeaf& voucher) {
    std::string_view rest;
    try {
      if (!known_.contains(read_leaf_header(voucher.leaf, rest).place.log.site)) return false;
    } catch (const Refused&) {
      return false;
    }
    const auto checked = check_leaf(voucher, "voucher");
    if (!checked) return true;
    const auto content = read_leaf(voucher.leaf, keys_);
    const auto* succession = content ? std::get_if<Succession>(&content->body) : nullptr;
    if (succession == nullptr) {
      fault(where(checked->place, "voucher") + "vouches for nobody");
      return true;
    }
    const auto kind = std::min(succession->kind, checked->kind);
    known_.emplace(succession->keys.id(), Known{succession->keys, kind, false});
    return true;
  }

  static std::string where(const LeafPlace& place, const std::string& what) {
    return what + " " + place.log.site.hex() +
           (place.log.stream == Stream::shared ? "/shared" : "/school") + " " +
           std::to_string(place.seq) + ": ";
  }

  static Hash root_of(const CheckedEntry& leaf, const SignedPath& path, const std::string& what) {
    const auto seq = leaf.place.seq;
    if (seq == 0 || path.size < seq) throw Refused(where(leaf.place, what) + "short of the leaf");
    try {
      return root_by_inclusion(seq - 1, path.size, leaf.name, path.path);
    } catch (const Refused& error) {
      throw Refused(where(leaf.place, what) + error.what());
    }
  }

  /// The leaf in its place, under its site's word. Nothing, and a fault, where that doesn't hold.
  std::optional<CheckedEntry> check_leaf(const ProvenLeaf& proven, const std::string& what) try {
    CheckedEntry checked;
    std::string_view rest;
    checked.place = read_leaf_header(proven.leaf, rest).place;
    checked.name = leaf_hash(proven.leaf);
    const auto refuse = [&](const std::string& why) {
      throw Refused(where(checked.place, what) + why);
    };
    const auto site = known_.find(checked.place.log.site);
    if (site == known_.end()) refuse("nobody certified vouches for its site");
    checked.kind = site->second.kind;
    const auto& head = proven.head;
    const auto root = root_of(checked, head, what + ", head");
    const LogHead signed_head{checked.place.log, head.size, root, head.time, head.signature};
    if (!signed_head.is_signed_by(site->second.keys.signing)) {
      refuse("its site didn't sign a log with this leaf there");
    }
    checked.head_time = head.time;
    if (!proven.hub) return checked;
    const auto hub = known_.find(*proven.hub);
    if (hub == known_.end() || !hub->second.certified || hub->second.kind != SiteKind::hub) {
      refuse("the receipt is of who isn't a certified hub");
    }
    const auto& by_hub = proven.receipt;
    const Receipt receipt{*proven.hub, checked.place.log,
                          by_hub.size, root_of(checked, by_hub, what + ", receipt"),
                          by_hub.time, by_hub.signature};
    if (!receipt.is_signed_by(hub->second.keys.signing)) {
      refuse("the hub didn't countersign a log with this leaf there");
    }
    checked.receipt = receipt;
    return checked;
  } catch (const Refused& error) {
    fault(error.what());
    return std::nullopt;
  }

  std::optional<CheckedEntry> check_entry(const ProvenLeaf& proven) {
    auto checked = check_leaf(proven, "entry");
    if (!checked) return std::nullopt;
    if (!names_.insert(checked->name).second) {
      fault(where(checked->place, "entry") + "is in the proof twice");
      return std::nullopt;
    }
    try {
      read_content_of(proven, *checked);
      return checked;
    } catch (const Refused& error) {
      fault(where(checked->place, "entry") + error.what());
      return std::nullopt;
    }
  }

  void read_content_of(const ProvenLeaf& proven, CheckedEntry& checked) {
    using Opened = CheckedEntry::Opened;
    std::optional<Transaction> stated;
    if (!proven.stated.empty()) {
      const auto whole = read_content(proven.stated);
      stated = only_row(whole, proof_.table, proof_.key);
      if (!stated || *stated != whole) throw Refused("what is stated isn't of this row alone");
    }
    const auto whole = read_leaf(proven.leaf, keys_);
    if (!whole) {
      if (!sealed_under(proven.leaf)) throw Refused("the leaf can't be read");
      checked.opened = stated ? Opened::stated : Opened::none;
      checked.content = std::move(stated);
      return;
    }
    auto row = only_row(*whole, proof_.table, proof_.key);
    if (!row) throw Refused("the leaf doesn't write this row");
    bool is_clear = checked.place.log.stream == Stream::shared;
    for_each_cipher(*row, [&](const Cipher&) { is_clear = false; });
    const bool is_open = open_values(*row, keys_);
    if (stated && !opens(*stated, *row)) throw Refused("what is stated isn't what the leaf holds");
    checked.opened = is_clear  ? Opened::clear
                     : is_open ? Opened::by_key
                     : stated  ? Opened::stated
                               : Opened::none;
    if (stated) row = std::move(stated);
    checked.content = std::move(row);
  }

  const Proof& proof_;
  const PublicKey& authority_;
  Keyring keys_;
  std::map<SiteId, Known> known_;
  std::set<Hash> names_;  ///< of entries
  CheckedProof result_;
};

}  // namespace

std::optional<Transaction> only_row(const Transaction& transaction, std::uint32_t table,
                                    const Key& key) {
  const auto* edit = std::get_if<Edit>(&transaction.body);
  if (edit == nullptr) return std::nullopt;
  for (const auto& row : edit->rows) {
    if (row.table != table || row.key != key) continue;
    auto only = transaction;
    only.body = Edit{{row}};
    return only;
  }
  return std::nullopt;
}

bool open_values(Transaction& transaction, const Keyring& keys) {
  bool all = true;
  for_each_value_of(transaction, [&](Value& value, const ValuePlace& place) {
    const auto* cipher = std::get_if<Cipher>(&value);
    if (cipher == nullptr) return;
    if (auto plain = decipher(keys, place, *cipher)) {
      value = std::move(*plain);
    } else {
      all = false;
    }
  });
  return all;
}

CheckedProof check_proof(const Proof& proof, const PublicKey& authority) {
  return Checker(proof, authority).run();
}

}  // namespace zimnik::sync
