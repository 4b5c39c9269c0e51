#include "tests/sync/store/hand.h"

#include "sync/core/batch.h"
#include "sync/core/batch_tables.h"
#include "sync/core/limits.h"
#include "sync/core/log_head.h"
#include "sync/core/merkle.h"

namespace zimnik::sync::test {

RowWrite row(std::uint32_t table, Key key, Value value, std::vector<Over> over) {
  return {table, std::move(key), {{1, Op::set, {std::move(value)}, std::move(over)}}};
}

Key text_key(const char* text) { return key_of({Text{text}}); }

Transaction edit_of(std::vector<RowWrite> rows, std::uint64_t number) {
  return {{"mallory", "role", 50, "device"},
          {kMorning.ms + static_cast<std::int64_t>(number)},
          {77, static_cast<std::uint32_t>(number)},
          Edit{std::move(rows)}};
}

Hand::Hand(const std::string& name, Stream stream)
    : name_(name), log_{site_record(name).keys.id(), stream} {}

Hash Hand::add(Transaction edit) {
  for_each_over(edit, [&](Over& over) {
    if (over.at != 0) over.leaf = name_of(over.at);
  });
  sort(edit);
  return add_out_of_order(std::move(edit));
}

Hash Hand::add_out_of_order(Transaction edit) {
  std::string content;
  write_content(content, edit);
  return append(kLeafFormat, log_.stream == Stream::shared ? &edit : nullptr, std::move(content));
}

Hash Hand::add_raw(const Transaction& transaction, std::uint8_t format) {
  std::string content;
  write_content(content, transaction);
  return add_bytes(std::move(content), format);
}

Hash Hand::add_bytes(std::string content, std::uint8_t format) {
  return append(format, nullptr, std::move(content));
}

Hash Hand::append(std::uint8_t format, const Transaction* edit, std::string content) {
  std::string bytes;
  write_leaf_header(bytes, {format, {log_, size() + 1, size() == 0 ? Hash{} : name_of(size())}});
  if (log_.stream == Stream::school && format == kLeafFormat) {
    content = seal_content(school_keyring(), bytes, content);
  }
  bytes += content;
  leaves_.push_back({format, {}, {}, leaf_hash(bytes), bytes.size()});
  if (edit != nullptr) {
    leaves_.back().edit = *edit;
  } else {
    leaves_.back().content = std::move(content);
  }
  return leaves_.back().hash;
}

std::string Hand::message() {
  const auto message = message_of({{this, sent_}});
  sent_ = size();
  return encode_message(message);
}

void Hand::fork(std::uint64_t seq) {
  leaves_.resize(seq);
  sent_ = seq;
}

void Hand::teach(BatchTables& history, std::uint64_t from) const {
  std::size_t bytes = 0;
  for (auto seq = from; seq > 0 && seq + limits::kHistoryLeaves > from; --seq) {
    const auto& leaf = leaves_[seq - 1];
    bytes += leaf.length;
    if (bytes > limits::kHistoryLeafBytes) break;
    if (leaf.edit) history.learn(*leaf.edit);
  }
}

std::optional<Place> place_in_first(const Over& over) {
  if (over.at == 0) return std::nullopt;
  return Place{0, over.at};
}

Message message_of(const std::vector<std::pair<const Hand*, std::uint64_t>>& lines,
                   const PlaceOf& place_of) {
  Message message;
  std::vector<LeafView> views;
  BatchTables history;
  HistoryLines with_history;
  BatchContext context{lines.size(), {}, &history};
  for (const auto& [hand, from] : lines) {
    if (message.sites.empty() || message.sites.back().keys.id() != hand->id()) {
      message.sites.push_back(site_record(hand->name_));
    }
    if (with_history.have(hand->log_, from)) hand->teach(history, from);
    MerkleTree tree;
    for (const auto& leaf : hand->leaves_) {
      tree.append(leaf.hash);
      if (tree.size() <= from) continue;
      const auto line = static_cast<std::uint32_t>(message.lines.size());
      views.push_back({line, leaf.format, leaf.edit ? &*leaf.edit : nullptr, leaf.content});
    }
    const auto head =
        LogHead::sign(site_key(hand->name_), hand->log_, tree.size(), tree.root(), kMorning);
    const auto mark = from == 0 ? LeafMark{} : mark_of(hand->name_of(from));
    message.lines.push_back(
        {hand->log_, from, mark, BroughtHead{head.size, head.time, head.signature, {}}, 0, {}});
    context.first.push_back(from + 1);
  }
  message.batch = encode_batch(views, context, place_of, nullptr, Effort::quick);
  return message;
}

Received send(const Message& message, Node& to) {
  return to->receive(message.lines.front().log.site, encode_message(message), to.now);
}

Received send(const Hand& hand, Node& to) { return send(message_of({{&hand, 0}}), to); }

}  // namespace zimnik::sync::test
