// What is left of a forgotten person: keys in memory, and values in the file's free pages.
#include "sync/store/replica_impl.h"

namespace zimnik::sync {

void Replica::Impl::drop_forgotten_keys() {
  const auto& forgotten = judge.verdict().forgotten();
  const Keyring before = keyring;
  for (const auto& person : forgotten) keyring.drop_person(person);
  if (keyring.digest_of_all() == before.digest_of_all()) return;
  if (!had_keys_) had_keys_ = before;
  set_meta("keys", keyring.digest_of_all().view());
}

bool Replica::Impl::scrub() {
  const auto due = std::to_string(judge.verdict().forgotten().size());
  const auto done = meta("scrubbed");
  if (due == (done.empty() ? "0" : done)) return true;
  try {
    // Written page by page from its rows, the file has nothing that they haven't.
    database.execute("VACUUM");
    auto checkpoint = database.prepare("PRAGMA wal_checkpoint(TRUNCATE)");
    const bool is_in_the_way = !checkpoint.step() || checkpoint.integer(0) != 0;
    checkpoint.reset();
    if (is_in_the_way) return false;
    transact([&] { set_meta("scrubbed", due); });
    return true;
  } catch (const DatabaseError&) {
    return false;
  }
}

}  // namespace zimnik::sync
