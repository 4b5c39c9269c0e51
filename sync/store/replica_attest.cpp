// What a site says of a state of its log, for what is made of it outside.
#include <algorithm>

#include "sync/core/limits.h"
#include "sync/store/replica_impl.h"

namespace zimnik::sync {

namespace {

/// The newest receipt of the log's states up to `size`.
std::optional<Receipt> newest_receipt(Receipts& receipts, const LogId& log, std::uint64_t size) {
  std::optional<Receipt> newest;
  receipts.for_each([&](const Receipt& receipt) {
    const bool fits = receipt.log == log && receipt.size <= size;
    if (fits && (!newest || newest->size < receipt.size)) newest = receipt;
  });
  return newest;
}

}  // namespace

std::optional<Attestation> Replica::attest(const std::string& what, const Hash& content, Time now) {
  if (what.size() > limits::kAttestedBytes) throw std::logic_error("attested: too long a name");
  auto& impl = *impl_;
  const LogId log{impl.site, Stream::shared};
  const auto lines = impl.log.lines_of(log);
  if (lines.empty()) return std::nullopt;
  const auto& line = impl.log.line(lines.front());
  Attestation made;
  made.site = impl.judge.record_of(impl.site).value_or(impl.identity.record);
  made.size = line.size();
  made.root = line.tree.root();
  made.time = now;
  made.what = what;
  made.content = content;
  made.signature = impl.identity.key.sign(made.signed_bytes());
  if (const auto receipt = newest_receipt(impl.receipts, log, made.size)) {
    if (const auto hub = impl.judge.record_of(receipt->by)) {
      made.receipt = {*hub, receipt->size, receipt->root, receipt->time, receipt->signature};
    }
  }
  return made;
}

bool Replica::holds_state(const LogId& log, std::uint64_t size, const Hash& root) {
  const auto lines = impl_->log.lines_of(log);
  return std::any_of(lines.begin(), lines.end(), [&](LineId line) {
    return size <= impl_->log.line(line).size() && impl_->log.tree_of(line, size).root() == root;
  });
}

}  // namespace zimnik::sync
