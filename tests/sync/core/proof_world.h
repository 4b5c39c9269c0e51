// A small log by hand, and a proof of what it wrote to one row.
#pragma once

#include <string>
#include <vector>

#include "sync/core/merkle.h"
#include "sync/core/proof.h"
#include "tests/sync/core/samples.h"

namespace zimnik::sync::test {

/// A region's authority, its hub, and a site that wrote five leaves; the second and the fourth
/// write the row (7; 1001). The hub has countersigned four.
struct ProofWorld {
  SigningKey authority = signing_key(90), hub = signing_key(91), site = signing_key(92);
  SchoolId school = SchoolId::from("school number 17");
  Keyring keys = some_keys();
  Key key = key_of({std::int64_t{1001}});
  Stream stream = Stream::shared;
  std::vector<std::string> leaves;
  std::vector<Hash> names;

  SiteRecord record(const SigningKey& of, SiteKind kind) const {
    SiteRecord record{school, {of.public_key(), {}}, kind, {}};
    record.signature = authority.sign(record.signed_bytes());
    return record;
  }
  LogId log() const { return {SiteKeys{site.public_key(), {}}.id(), stream}; }

  void add(const Transaction& transaction) {
    const Hash before = names.empty() ? Hash{} : names.back();
    leaves.push_back(encode_leaf({log(), leaves.size() + 1, before}, transaction, keys));
    names.push_back(leaf_hash(leaves.back()));
  }
  /// Five leaves; `value` goes to the row, then another.
  void write(const Value& value, const Value& later) {
    const auto other = [&](std::int64_t id) { return edit({row(7, {id}, {cell(1, {Null{}})})}); };
    add(other(1));
    add(edit({row(7, {std::int64_t{1001}}, {cell(1, {value})}),
              row(7, {std::int64_t{1002}}, {cell(1, {std::int64_t{99}})})}));
    add(other(2));
    add(edit({row(7, {std::int64_t{1001}}, {cell(1, {later}, {{names[1]}})})}));
    add(other(3));
  }
  SignedPath path(std::size_t index, std::uint64_t size, bool by_hub) const {
    const RightNodes none;
    const PartialTree tree(
        names.size(), [&](std::uint64_t at) { return names.at(at); }, none);
    const Time time{1'700'000'000'000 + static_cast<std::int64_t>(size)};
    const auto root = tree.hash({0, size});
    const Receipt receipt{{}, log(), size, root, time, {}};
    const auto signature = by_hub ? hub.sign(receipt.signed_bytes())
                                  : LogHead::sign(site, log(), size, root, time).signature;
    return {size, time, signature, tree.inclusion_proof(index, size)};
  }
  ProvenLeaf proven(std::size_t index) const {
    return {leaves.at(index),
            path(index, 5, false),
            SiteKeys{hub.public_key(), {}}.id(),
            path(index, 4, true),
            {}};
  }
  Proof proof() const {
    return {school, 7,
            key,    {record(site, SiteKind::node), record(hub, SiteKind::hub)},
            {},     {proven(1), proven(3)},
            {}};
  }
  CheckedProof check(const Proof& it) const { return check_proof(it, authority.public_key()); }
};

}  // namespace zimnik::sync::test
