#include "tests/sync/core/samples.h"

#include <cmath>
#include <limits>
#include <map>

#include "sync/core/compression.h"
#include "sync/core/limits.h"
#include "sync/core/log_head.h"

namespace zimnik::sync::test {

Hash hash_of(std::uint64_t number) { return sha256({"sample ", std::to_string(number)}); }

SiteId site_of(std::uint64_t number) {
  return SiteId::from(hash_of(number).view().substr(0, SiteId::kSize));
}

LogId log_of(std::uint64_t number, Stream stream) { return {site_of(number), stream}; }

std::string unhex(std::string_view digits) {
  std::string bytes;
  int high = -1;
  for (const char digit : digits) {
    const auto value = std::string_view("0123456789abcdef").find(digit);
    if (value == std::string_view::npos) continue;
    if (high < 0) {
      high = static_cast<int>(value);
    } else {
      bytes.push_back(static_cast<char>(high * 16 + static_cast<int>(value)));
      high = -1;
    }
  }
  return bytes;
}

std::string hex(std::string_view bytes) {
  std::string digits;
  for (const char byte : bytes) digits += FixedBytes<1, void>::from({&byte, 1}).hex();
  return digits;
}

SigningKey signing_key(std::uint64_t number) {
  return SigningKey::from_seed(hash_of(number).view());
}

SivKey siv_key(std::uint64_t number) {
  return SivKey::from(std::string(hash_of(number).view()) +
                      std::string(hash_of(number + 1000).view()));
}

Keyring some_keys() {
  Keyring keys;
  keys.add_school_key(siv_key(1));
  keys.add_person_key(std::int64_t{1}, siv_key(2));
  keys.add_person_key(std::int64_t{2}, siv_key(3));
  return keys;
}

std::vector<Value> all_kinds_of_values() {
  using Integers = std::numeric_limits<std::int64_t>;
  using Reals = std::numeric_limits<double>;
  return {Null{},
          std::int64_t{0},
          std::int64_t{-1},
          Integers::min(),
          Integers::max(),
          0.0,
          0.1,
          -2.5e-300,
          Reals::max(),
          Reals::lowest(),
          Reals::denorm_min(),
          Text{""},
          Text{"зимник \U0001F9CA \U0010FFFF \x7f"},
          Blob{""},
          Blob{std::string("\0\xff\x80", 3)}};
}

Key key_of(std::vector<Value> values) { return make_key(values); }

CellWrite cell(std::uint32_t group, std::vector<Value> values, std::vector<Over> over) {
  return {group, Op::set, std::move(values), std::move(over)};
}

CellWrite tombstone(std::uint32_t group, std::vector<Over> over) {
  return {group, Op::tombstone, {}, std::move(over)};
}

RowWrite row(std::uint32_t table, std::vector<Value> key, std::vector<CellWrite> cells) {
  return {table, key_of(std::move(key)), std::move(cells)};
}

Transaction edit(std::vector<RowWrite> rows) {
  Transaction transaction{{"anna", "clerk", 20, "desk 3"},
                          {1'700'000'000'000},
                          {0x0123456789abcdef, 7},
                          Edit{std::move(rows)}};
  sort(transaction);
  return transaction;
}

Transaction act(decltype(Act::what) what) {
  Transaction transaction = edit({});
  transaction.origin.rank = rank::kOperator;
  transaction.body = Act{std::move(what),
                         "the key was stolen",
                         {{log_of(1), 3, hash_of(1)}, {log_of(2), 9, hash_of(2)}}};
  auto& frontier = std::get<Act>(transaction.body).frontier;
  std::sort(frontier.begin(), frontier.end());
  return transaction;
}

Transaction succession() {
  Transaction transaction = edit({});
  transaction.body = Succession{{signing_key(5).public_key(), {}}, SiteKind::laptop};
  return transaction;
}

std::vector<Transaction> all_kinds_of_transactions() {
  auto everything = edit({row(1, {std::int64_t{1}}, {cell(1, all_kinds_of_values())}),
                          row(1, {Text{"a"}, Null{}}, {tombstone(1), {2, Op::empty, {}, {}}}),
                          row(7, {}, {cell(3, {}, {{hash_of(1)}, {hash_of(2)}, {hash_of(3)}})}),
                          row(UINT32_MAX, {Blob{"b"}, 1.5},
                              {cell(UINT32_MAX, {Cipher{id_of(siv_key(2)), "sealed"}})})});
  return {everything,
          act(VoidAccount{"anna", {-5}, std::nullopt}),
          act(VoidAccount{"анна", {5}, Time{6}}),
          act(VoidSite{site_of(3), 1, UINT64_MAX}),
          act(Revoke{hash_of(4)}),
          act(Forget{std::int64_t{17}}),
          act(Forget{Text{"person 17"}}),
          succession()};
}

namespace {

constexpr std::uint64_t kLines = 2;

std::vector<BatchLeaf> realistic_leaves() {
  std::vector<BatchLeaf> leaves;
  for (std::uint32_t i = 0; i < 6; ++i) {
    auto transaction = edit(
        {row(1, {std::int64_t{100 + i}, Text{"2024-05-" + std::to_string(10 + i)}},
             {cell(1, {std::int64_t{i % 4 + 2}, Null{}, Text{"a remark, the " + std::to_string(i)}},
                   {{hash_of(i < 3 ? 5 + i : 1001)}}),
              cell(2, {0.25 * i})})});
    transaction.time.ms += 1000 * i;
    transaction.entry.counter = i;
    leaves.push_back({i % 2, kLeafFormat, transaction, {}});
  }
  leaves.push_back({0, 9, std::nullopt, "of a later format"});
  return leaves;
}

}  // namespace

BatchContext realistic_context() { return {kLines, {11, 1}, nullptr}; }

std::string realistic_batch() {
  const auto leaves = realistic_leaves();
  return encode_batch(views_of(leaves), realistic_context(), place_of, nullptr, Effort::thorough);
}

std::vector<LeafView> views_of(const std::vector<BatchLeaf>& leaves) {
  std::vector<LeafView> views;
  for (const auto& leaf : leaves) {
    views.push_back({leaf.line, leaf.format, leaf.edit ? &*leaf.edit : nullptr, leaf.raw});
  }
  return views;
}

void add_to(ValueColumn& column, const std::vector<ColumnValue>& values, Contexts contexts) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto context = contexts.empty() ? 0 : contexts[i];
    if (const auto* opened = std::get_if<Opened>(&values[i])) {
      std::string encoded;
      Writer writer(encoded);
      write_value(writer, opened->plain);
      column.add_opened(opened->key, std::move(encoded), context);
    } else {
      column.add(view_of(std::get<Value>(values[i])), context);
    }
  }
}

PlainBatch PlainBatch::of(const std::string& batch) {
  Reader reader(batch, "batch");
  const auto strings = reader.sized(batch.size(), "strings");
  return {decompress(strings, limits::kBatchBytes), decompress(reader.rest(), limits::kBatchBytes)};
}

std::string PlainBatch::compressed() const {
  std::string batch;
  Writer(batch).sized(compress(strings, kQuickLevel));
  return batch + compress(numbers, kQuickLevel);
}

Over over_at(const Place& place) {
  if (place.line >= kLines || place.seq < 1 || place.seq > 99) throw Refused("no such version");
  return {hash_of(place.line * 1000 + place.seq), place.line * 1000 + place.seq};
}

std::optional<Place> place_of(const Over& over) {
  static const auto kPlaces = [] {
    std::map<Hash, Place> places;
    for (std::uint32_t line = 0; line < kLines; ++line) {
      for (std::uint64_t seq = 1; seq <= 99; ++seq) {
        places[hash_of(line * 1000 + seq)] = {line, seq};
      }
    }
    return places;
  }();
  const auto found = kPlaces.find(over.leaf);
  if (found == kPlaces.end()) return std::nullopt;
  return found->second;
}

Message realistic_message() {
  Message message;
  message.base_in_full = {{{log_of(1), 10, hash_of(10)}, {log_of(2), 3, hash_of(1003)}}, {}};
  auto& tips = message.base_in_full->tips;
  std::sort(tips.begin(), tips.end());
  add_site(*message.base_in_full, site_of(1));
  add_site(*message.base_in_full, site_of(2));
  message.shared_digest = Digest::from(hash_of(1).view().substr(0, 16));
  message.school_digest = Digest::from(hash_of(2).view().substr(0, 16));
  message.keyring_digest = Digest::from(hash_of(3).view().substr(0, 16));
  message.more = true;
  SiteRecord record;
  record.school = SchoolId::from("school number 17");
  record.keys = {signing_key(1).public_key(), {}};
  const auto body = record.signed_bytes();
  record.signature = signing_key(9).sign(body);
  message.sites.assign(2, record);
  for (std::uint64_t i = 0; i < kLines; ++i) {
    MessageLine line;
    line.log = log_of(i);
    line.from = i == 0 ? 10 : 0;
    if (i == 0) line.mark = mark_of(hash_of(10));
    const auto head = LogHead::sign(signing_key(i), line.log, 20, hash_of(20), {1'700'000'009'000});
    line.head = BroughtHead{head.size, head.time, head.signature, {}};
    if (i == 0) line.head->proof = {hash_of(31), hash_of(32), hash_of(33), hash_of(34)};
    if (i == 1) {
      line.held = 44;
      line.held_mark = mark_of(hash_of(44));
    }
    message.lines.push_back(line);
  }
  message.batch = realistic_batch();
  return message;
}

}  // namespace zimnik::sync::test
