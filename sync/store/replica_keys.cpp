// Keys that become known while a replica is at work.
#include "sync/store/replica_impl.h"

namespace zimnik::sync {

void Replica::Impl::add_keys(const std::vector<NewKey>& keys) {
  if (is_transacting_) throw std::logic_error("keys are taken outside of a batch");
  const Keyring before = keyring;
  try {
    transact([&] {
      bool opens = false;
      for (const auto& [person, key] : keys) {
        if (keyring.find(id_of(key)) != nullptr) continue;
        if (person && judge.verdict().forgets(*person)) continue;
        person ? keyring.add_person_key(*person, key) : keyring.add_school_key(key);
        opens = was_unopened(id_of(key)) || opens;
      }
      if (opens) {
        log.reload();
        remake_tables();
      }
      set_meta("keys", keyring.digest_of_all().view());
    });
  } catch (...) {
    keyring = before;
    log.reload();
    throw;
  }
}

void Replica::Impl::note_unopened(const StoredLeaf& leaf) {
  const auto note = [&](const KeyId& key) {
    if (keyring.find(key) != nullptr) return;
    database.prepared("INSERT OR IGNORE INTO zimnik_unopened VALUES (?)")
        .bind_blob(1, key.view())
        .run();
  };
  if (!leaf.transaction) {
    if (const auto key = sealed_under(leaf.bytes)) note(*key);
    return;
  }
  for_each_cipher(*leaf.transaction, [&](const Cipher& cipher) { note(cipher.key); });
}

void Replica::Impl::note_unfolded(const StoredLeaf& leaf) {
  const auto note = [&](std::uint32_t table, std::uint32_t group) {
    database.prepared("INSERT OR IGNORE INTO zimnik_unfolded VALUES (?, ?)")
        .bind(1, std::int64_t{table})
        .bind(2, std::int64_t{group})
        .run();
  };
  if (!leaf.transaction) {
    const auto key = sealed_under(leaf.bytes);
    if (!key || keyring.find(*key) != nullptr) note(0, 0);
    return;
  }
  const auto* edit = edit_of(leaf);
  if (edit == nullptr) return;
  for (const auto& row : edit->rows) {
    const auto* table = schema.find(row.table);
    if (table == nullptr) {
      note(row.table, 0);
      continue;
    }
    for (const auto& cell : row.cells) {
      if (table->find(cell.group) == nullptr) note(row.table, cell.group);
    }
  }
}

bool Replica::Impl::was_unopened(const KeyId& key) {
  auto& find = database.prepared("SELECT 1 FROM zimnik_unopened WHERE key = ?");
  const bool found = find.bind_blob(1, key.view()).step();
  find.reset();
  return found;
}

void Replica::Impl::remake_tables(const std::function<void(Arrival)>& folded) {
  for (const auto& table : schema.tables) {
    database.execute("DROP TABLE " + quoted(table.name));
    database.execute(RowTable::create_sql(table));
  }
  rebuild(folded);
}

}  // namespace zimnik::sync
