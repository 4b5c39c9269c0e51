// Changes the transactions of a message, and signs what comes of it.
#include <algorithm>

#include "sync/core/limits.h"
#include "sync/core/log_head.h"
#include "sync/core/merkle.h"
#include "tests/property/message_forge.h"

namespace zimnik::property {

using namespace sync;

namespace {

BatchContext context_of(const Message& message, const BatchTables* history) {
  BatchContext context{message.lines.size(), {}, history};
  for (const auto& line : message.lines) context.first.push_back(line.from + 1);
  return context;
}

}  // namespace

void MessageForge::change_leaves(Message& message) {
  auto ways = this->ways(message);
  if (!ways) return;
  try {
    auto leaves = read(message, *ways);
    if (leaves.empty()) return;
    for (auto times = 1 + number(3); times > 0; --times) {
      auto& leaf = leaves[number(leaves.size())];
      const auto at = leaves.begin() + static_cast<std::ptrdiff_t>(number(leaves.size()));
      if (maybe(70) && leaf.edit) {
        change_transaction(*leaf.edit);
      } else if (maybe(50) && !leaf.edit) {
        change_bytes(leaf.raw);
      } else if (maybe(50)) {
        leaves.insert(at, BatchLeaf(*at));
      } else if (leaves.size() > 1) {
        leaves.erase(at);
      }
    }
    std::vector<LeafView> views;
    for (const auto& leaf : leaves) {
      views.push_back({leaf.line, leaf.format, leaf.edit ? &*leaf.edit : nullptr, leaf.raw});
    }
    const auto history = this->history(message);
    const auto by_name = [](const Over&) -> std::optional<Place> { return std::nullopt; };
    message.batch =
        encode_batch(views, context_of(message, &history), by_name, nullptr, Effort::quick);
  } catch (const Refused&) {
  } catch (const std::length_error&) {
  }
}

std::int64_t MessageForge::some_number() {
  switch (number(5)) {
    case 0:
      return INT64_MIN;
    case 1:
      return INT64_MAX;
    case 2:
      return static_cast<std::int64_t>(dice_());
    default:
      return static_cast<std::int64_t>(number(12)) - 3;
  }
}

Value MessageForge::some_value() {
  switch (number(8)) {
    case 0:
      return Null{};
    case 1:
      return 0.5;
    case 2:
      return Text{std::string(number(40), 'x')};
    case 3:
      return Text{"1"};
    case 4:
      return Blob{std::string(number(5), '\0')};
    case 5:
      return Cipher{id_of(test::some_key("person 1")), std::string(number(30), 'c')};
    default:
      return some_number();
  }
}

void MessageForge::change_cell(CellWrite& cell) {
  switch (number(6)) {
    case 0:
      cell.group = 1 + static_cast<std::uint32_t>(number(maybe(80) ? 4 : UINT32_MAX - 1));
      break;
    case 1:
      cell.op = static_cast<Op>(1 + number(3));
      if (cell.op != Op::set) cell.values.clear();
      break;
    case 2:
      if (cell.op == Op::set) cell.values.resize(number(5));
      break;
    case 3:
      cell.over.clear();
      break;
    case 4:
      for (const auto& [name, held] : held_) {
        if (maybe(10) && cell.over.size() < limits::kOverInCell) cell.over.push_back({name});
      }
      if (maybe(10)) cell.over.push_back({sha256({"nothing"})});
      break;
    default:
      for (auto& value : cell.values) {
        if (maybe(50)) value = some_value();
      }
  }
  std::sort(cell.over.begin(), cell.over.end(),
            [](const Over& a, const Over& b) { return a.leaf < b.leaf; });
  const auto last = std::unique(cell.over.begin(), cell.over.end(),
                                [](const Over& a, const Over& b) { return a.leaf == b.leaf; });
  cell.over.erase(last, cell.over.end());
}

void MessageForge::change_transaction(Transaction& transaction) {
  auto& rows = std::get<Edit>(transaction.body).rows;
  auto& row = rows[number(rows.size())];
  switch (number(9)) {
    case 0:
      transaction.time.ms = some_number();
      break;
    case 1:
      transaction.origin.rank = static_cast<std::uint16_t>(dice_());
      transaction.origin.author = maybe(50) ? "teacher" : std::string(number(64), 'a');
      break;
    case 2:
      transaction.entry = {dice_() >> number(64), static_cast<std::uint32_t>(dice_())};
      break;
    case 3:
      row.table = static_cast<std::uint32_t>(number(maybe(80) ? 8 : UINT32_MAX));
      break;
    case 4: {
      std::vector<Value> key;
      for (auto columns = number(4); columns > 0; --columns) key.push_back(some_value());
      row.key = make_key(key);
      break;
    }
    case 5:
      rows.push_back(row);
      rows.back().key = make_key(std::vector<Value>{some_number(), some_number()});
      break;
    default:
      if (!row.cells.empty()) change_cell(row.cells[number(row.cells.size())]);
  }
  sync::sort(transaction);
}

/// The names of the leaves up to where the line begins; nothing where that isn't known.
std::optional<std::vector<Hash>> MessageForge::way_to(const MessageLine& line,
                                                      const Ways& others) const {
  std::vector<Hash> way(line.from < 100'000 ? line.from : 0);
  if (line.from == 0) return way;
  if (way.empty()) return std::nullopt;
  for (const auto& other : others) {
    if (other.size() >= line.from && mark_of(other[line.from - 1]) == line.mark) {
      return std::vector<Hash>(other.begin(),
                               other.begin() + static_cast<std::ptrdiff_t>(line.from));
    }
  }
  const auto tip = std::find_if(held_.begin(), held_.end(), [&](const auto& it) {
    return it.second.place.log == line.log && it.second.place.seq == line.from &&
           mark_of(it.first) == line.mark;
  });
  if (tip == held_.end()) return std::nullopt;
  Hash name = tip->first;
  for (auto seq = line.from; seq > 0; --seq) {
    const auto leaf = held_.find(name);
    if (leaf == held_.end()) return std::nullopt;
    way[seq - 1] = name;
    name = leaf->second.place.previous;
  }
  return way;
}

std::optional<MessageForge::Ways> MessageForge::ways(const Message& message) const {
  Ways ways;
  for (const auto& line : message.lines) {
    auto way = way_to(line, {});
    if (!way) return std::nullopt;
    ways.push_back(std::move(*way));
  }
  return ways;
}

BatchTables MessageForge::history(const Message& message) const {
  BatchTables tables;
  HistoryLines lines;
  for (const auto& line : message.lines) {
    if (!line.head || !lines.have(line.log, line.from)) continue;
    const auto way = way_to(line, {});
    if (!way) continue;
    std::size_t bytes = 0;
    for (auto at = way->size(); at > 0 && at + limits::kHistoryLeaves > way->size(); --at) {
      const auto& leaf = held_.at((*way)[at - 1]);
      bytes += leaf.bytes;
      if (bytes > limits::kHistoryLeafBytes) break;
      const bool is_edit = leaf.transaction && std::holds_alternative<Edit>(leaf.transaction->body);
      if (is_edit) tables.learn(*leaf.transaction);
    }
  }
  return tables;
}

/// The leaves of the batch, as a receiver would put them together. Their names are added to `ways`.
std::vector<BatchLeaf> MessageForge::read(const Message& message, Ways& ways) const {
  const auto history = this->history(message);
  BatchReader reader(message.batch, context_of(message, &history));
  std::vector<BatchLeaf> leaves;
  const auto over_at = [&](const Place& place) {
    const auto& way = ways.at(place.line);
    if (place.seq == 0 || place.seq > way.size()) throw Refused("no such version");
    return Over{way[place.seq - 1]};
  };
  for (std::size_t i = 0; i < reader.size(); ++i) {
    leaves.push_back(reader.next(over_at, keys_));
    auto& leaf = leaves.back();
    auto& way = ways.at(leaf.line);
    const LeafPlace place{message.lines[leaf.line].log, way.size() + 1,
                          way.empty() ? Hash{} : way.back()};
    std::string bytes;
    if (leaf.edit) {
      bytes = encode_leaf(place, *leaf.edit, keys_);
    } else {
      write_leaf_header(bytes, {leaf.format, place});
      bytes += leaf.raw;
    }
    way.push_back(leaf_hash(bytes));
  }
  return leaves;
}

/// Every line by its own site, as far as its batch can be read.
void MessageForge::sign(Message& message) const try {
  if (message.batch.empty()) return;
  auto ways = this->ways(message);
  if (!ways) return;
  read(message, *ways);
  for (std::size_t i = 0; i < ways->size(); ++i) {
    auto& line = message.lines[i];
    const auto name = names_.find(line.log.site);
    if ((*ways)[i].size() == line.from || name == names_.end()) continue;
    MerkleTree tree;
    for (const auto& leaf : (*ways)[i]) tree.append(leaf);
    const auto time = line.head ? line.head->time : test::kMorning;
    const auto head =
        LogHead::sign(test::site_key(name->second), line.log, tree.size(), tree.root(), time);
    line.head = BroughtHead{head.size, head.time, head.signature, {}};
  }
} catch (const Refused&) {
} catch (const std::length_error&) {
}

}  // namespace zimnik::property
