// Verification: every leaf, hash, signature and table cell, from the log alone.
#include "sync/store/audit.h"
#include "sync/store/replica_impl.h"

namespace zimnik::sync {

std::vector<std::string> Replica::Impl::verify() {
  Findings findings;
  try {
    log.reload();
    Audit audit(log, judge, findings);
    audit.check_leaves();
    audit.check_heads(identity.record.keys);
    audit.check_receipts(receipts);
    audit.check_blocks();
    // Folds the log anew in a database beside this one, and compares.
    auto beside = Database::open(":memory:");
    make_tables(beside, schema);
    Judge fresh(beside, log, school, authority);
    for (const auto& certified : judge.certified()) fresh.take(*judge.record_of(certified));
    Rows folded(beside, schema, log, fresh);
    const auto last = log.last_arrival();
    log.for_each(1, last,
                 [&](Arrival arrival, const StoredLeaf& leaf) { fresh.take(arrival, leaf); });
    log.for_each(1, last,
                 [&](Arrival arrival, const StoredLeaf& leaf) { folded.take(arrival, leaf); });
    folded.finish();
    compare_tables(schema, database, beside, Compared::all, findings);
  } catch (const std::exception& error) {
    findings.add(std::string("the log can't be folded: ") + error.what());
  }
  auto lines = findings.lines();
  if (findings.more() > 0) lines.push_back("and " + std::to_string(findings.more()) + " more");
  return lines;
}

}  // namespace zimnik::sync
