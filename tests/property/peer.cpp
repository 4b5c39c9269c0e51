#include "tests/property/peer.h"

#include <algorithm>

#include "sync/core/leaf.h"
#include "sync/core/personal.h"
#include "tests/model/naive_acts.h"
#include "tests/property/region_schema.h"

namespace zimnik::property {
namespace {

using sync::Hash;
using sync::Key;
using sync::SiteId;
using sync::SiteKind;
using sync::Value;

std::string columns_of(const sync::Table& table) {
  std::string result;
  for (const auto& column : table.key) result += (result.empty() ? "" : ", ") + column.name;
  for (const auto& group : table.groups) {
    for (const auto& column : group.columns) result += ", " + column.name;
  }
  return result;
}

}  // namespace

SiteOfRegion make_site(const School& school, std::uint32_t number, SiteKind kind, bool certified) {
  SiteOfRegion result;
  result.seed.assign(32, static_cast<char>(number + 1));
  result.record.school = school.id;
  result.record.kind = kind;
  result.record.keys.signing = sync::SigningKey::from_seed(result.seed).public_key();
  result.record.keys.encryption.bytes[0] = 2;
  result.record.keys.encryption.bytes[1] = static_cast<std::uint8_t>(number + 1);
  if (certified) result.record.signature = school.authority.sign(result.record.signed_bytes());
  return result;
}

void Peer::open(const School& school) {
  const std::string path = has_file() ? directory + "/school.db" : ":memory:";
  replica.reset();
  replica = std::make_unique<sync::Replica>(
      path, schema(), school.id, school.authority.public_key(),
      sync::Identity{site.record, sync::SigningKey::from_seed(site.seed)}, keys);
}

sync::Schema Peer::schema() const { return region_schema(schema_version); }

std::vector<model::Arrived> Peer::held() const {
  std::vector<model::Arrived> result;
  replica->for_each_leaf([&](std::uint64_t arrival, const Hash& name, const sync::LeafPlace& place,
                             const sync::Transaction* transaction) {
    if (transaction)
      result.push_back({arrival, {name, place.log, place.seq, *transaction, place.previous}});
  });
  std::ranges::sort(result, {}, &model::Arrived::arrival);
  return result;
}

std::set<Hash> Peer::names() const {
  std::set<Hash> result;
  replica->for_each_leaf([&](std::uint64_t, const Hash& name, const sync::LeafPlace&,
                             const sync::Transaction*) { result.insert(name); });
  return result;
}

std::map<SiteId, SiteKind> Peer::certified() const {
  std::map<SiteId, SiteKind> result;
  auto select = replica->database().prepare("SELECT record FROM zimnik_site");
  while (select.step()) {
    sync::Reader reader(select.blob(0), "site record");
    const auto record = sync::read_site_record(reader);
    result[record.keys.id()] = record.kind;
  }
  return result;
}

model::World Peer::world() const {
  model::World result;
  for (const auto& [arrival, leaf] : held()) result.leaves.push_back(leaf);
  result.schema = schema();
  result.policies = region_policies();
  result.sites = model::known_sites(result.leaves, certified());
  result.open = [this](const model::ColumnPlace& place, const sync::Cipher& cipher) {
    return sync::decipher(keys, {place.table, place.key, place.group, place.column}, cipher);
  };
  return result;
}

TableRows read_rows(sync::Database& database, const sync::Table& table) {
  TableRows result;
  auto select = database.prepare("SELECT " + columns_of(table) + " FROM " + table.name);
  std::size_t count = table.key.size();
  for (const auto& group : table.groups) count += group.columns.size();
  while (select.step()) {
    std::vector<Value> values;
    for (std::size_t i = 0; i < count; ++i) values.push_back(select.value(static_cast<int>(i)));
    const auto behind_key = values.begin() + static_cast<std::ptrdiff_t>(table.key.size());
    const Key key = sync::make_key(std::vector(values.begin(), behind_key));
    result[key] = {behind_key, values.end()};
  }
  return result;
}

std::size_t offset_of(const sync::Table& table, std::uint32_t group) {
  std::size_t result = 0;
  for (const auto& other : table.groups) {
    if (other.id == group) break;
    result += other.columns.size();
  }
  return result;
}

}  // namespace zimnik::property
