#include "tests/model/example_world.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace zimnik::model {
namespace {

using sync::Cipher;
using sync::Column;
using sync::ColumnType;
using sync::Hash;
using sync::SiteId;
using sync::SiteKind;
using sync::Value;

sync::Schema example_schema() {
  const sync::Group value{
      kValue, "value", {{"value", ColumnType::integer}, {"comment", ColumnType::text}}};
  const sync::Group kind{kKind, "kind", {{"kind", ColumnType::text}}};
  const sync::Group weight{kWeight, "weight", {{"weight", ColumnType::integer}}};
  const sync::Group name{kName, "name", {{"name", ColumnType::text, "id"}}};
  const sync::Group granted{kGranted, "granted", {{"granted", ColumnType::integer}}};
  const Column pupil{"pupil", ColumnType::text};
  const Column id{"id", ColumnType::integer};
  sync::Schema schema;
  schema.tables = {{kMark, "mark", sync::Stream::shared, {pupil}, {value, kind, weight}, {}},
                   {kPerson, "person", sync::Stream::shared, {id}, {name, granted}, kName}};
  return schema;
}

/// A comment "order" stands for an order.
std::int64_t basis(std::span<const Value> values) { return values[1] == text("order") ? 1 : 0; }
bool refusal(std::span<const Value> values) { return values[0] == number(0); }

}  // namespace

Value number(std::int64_t value) { return value; }
Value text(const std::string& value) { return sync::Text{value}; }
Value cipher(const std::string& plain) { return Cipher{sync::KeyId{}, plain}; }

ExampleWorld::ExampleWorld() {
  world.schema = example_schema();
  world.policies[{kMark, kValue}] = {PolicyKind::authority, basis, {}};
  world.policies[{kMark, kWeight}] = {PolicyKind::value_beats_clear, {}, {}};
  world.policies[{kPerson, kGranted}] = {PolicyKind::revocation_wins, {}, refusal};
  world.open = [](const ColumnPlace&, const Cipher& value) { return text(value.bytes); };
  know_site("hub", SiteKind::hub, true);
  know_site("node", SiteKind::node, true);
  know_site("laptop", SiteKind::laptop, true);
}

Hash ExampleWorld::put(const Say& say) {
  const std::array key{say.key};
  sync::CellWrite write{say.group, say.op, say.values, {}};
  for (const Hash& over : say.over) write.over.push_back({over});
  return add(say, sync::Edit{{{say.table, sync::make_key(key), {write}}}});
}

Hash ExampleWorld::act(const Say& who, decltype(sync::Act::what) what) {
  return add(who, sync::Act{std::move(what), "example", {}});
}

Hash ExampleWorld::add(const Say& who, decltype(sync::Transaction::body) body) {
  Leaf leaf;
  leaf.log = {site(who.site), who.stream};
  leaf.seq = ++sizes_[leaf.log];
  leaf.name.bytes[0] = std::exchange(first_byte_, std::uint8_t{0x80});
  leaf.name.bytes[31] = static_cast<std::uint8_t>(world.leaves.size() + 1);
  leaf.transaction.origin = {who.author, "teacher", who.rank, "pc"};
  leaf.transaction.time.ms = who.time;
  leaf.transaction.body = std::move(body);
  world.leaves.push_back(leaf);
  return leaf.name;
}

void ExampleWorld::know_site(const std::string& name, SiteKind kind, bool certified,
                             const std::vector<std::string>& vouchers) {
  sync::KnownSite known{kind, certified};
  for (const std::string& voucher : vouchers) known.vouched_by.push_back(site(voucher));
  world.sites[site(name)] = known;
}

SiteId ExampleWorld::site(const std::string& name) {
  SiteId result;
  std::copy_n(name.begin(), std::min(name.size(), result.bytes.size()), result.bytes.begin());
  return result;
}

Hash ExampleWorld::nobody() {
  Hash result;
  result.bytes.fill(0xff);
  return result;
}

sync::Status ExampleWorld::status(const Hash& leaf) const {
  for (const auto& [name, status] : fold().statuses) {
    if (name.leaf == leaf) return status;
  }
  throw std::logic_error("this leaf wrote no version");
}

RowState ExampleWorld::row(std::uint32_t table, const Value& key) const {
  const std::array values{key};
  return fold().rows.at({table, sync::make_key(values)});
}

}  // namespace zimnik::model
