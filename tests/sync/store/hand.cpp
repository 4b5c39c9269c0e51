#include "tests/sync/store/hand.h"

#include "sync/core/batch.h"
#include "sync/core/log_head.h"
#include "sync/core/merkle.h"

namespace zimnik::sync::test {

RowWrite row(std::uint32_t table, Key key, Value value, std::vector<Over> over) {
  return {table, std::move(key), {{1, Op::set, {std::move(value)}, std::move(over)}}};
}

Key text_key(const char* text) { return key_of({Text{text}}); }

Hand::Hand(const std::string& name, Stream stream)
    : name_(name), log_{site_record(name).keys.id(), stream} {}

Transaction Hand::edit_of(std::vector<RowWrite> rows) const {
  const auto seq = leaves_.size() + 1;
  return {{"ann", "role", 50, "device"},
          Time{kMorning.ms + static_cast<std::int64_t>(seq)},
          {7, static_cast<std::uint32_t>(seq)},
          Edit{std::move(rows)}};
}

Hash Hand::edit(std::vector<RowWrite> rows) {
  auto edit = edit_of(std::move(rows));
  sort(edit);
  return edit_out_of_order(std::move(std::get<Edit>(edit.body).rows));
}

Hash Hand::edit_out_of_order(std::vector<RowWrite> rows) {
  const auto edit = edit_of(std::move(rows));
  std::string content;
  write_content(content, edit);
  return add({kLeafFormat, edit, content, {}});
}

Hash Hand::of_later_format(std::vector<RowWrite> rows) {
  std::string content;
  write_content(content, edit_of(std::move(rows)));
  return of_later_format(std::move(content));
}

Hash Hand::of_later_format(std::string content) {
  return add({kLeafFormat + 1, {}, std::move(content), {}});
}

Hash Hand::add(Made leaf) {
  const LeafPlace place{log_, size() + 1, leaves_.empty() ? Hash{} : leaves_.back().hash};
  std::string header;
  write_leaf_header(header, {leaf.format, place});
  if (log_.stream == Stream::school && leaf.format == kLeafFormat) {
    leaf.content = seal_content(school_keyring(), header, leaf.content);
  }
  leaf.hash = leaf_hash(header + leaf.content);
  leaves_.push_back(std::move(leaf));
  return leaves_.back().hash;
}

Message message_of(const std::vector<std::pair<const Hand*, std::uint64_t>>& lines,
                   const PlaceOf& place_of) {
  Message message;
  std::vector<LeafView> views;
  BatchContext context{lines.size(), {}};
  for (const auto& [hand, from] : lines) {
    if (message.sites.empty() || message.sites.back().keys.id() != hand->id()) {
      message.sites.push_back(site_record(hand->name_));
    }
    MerkleTree tree;
    for (const auto& leaf : hand->leaves_) {
      tree.append(leaf.hash);
      if (tree.size() <= from) continue;
      const bool is_clear = leaf.format == kLeafFormat && hand->log_.stream == Stream::shared;
      const auto line = static_cast<std::uint32_t>(message.lines.size());
      views.push_back({line, leaf.format, is_clear ? &leaf.edit : nullptr, leaf.content});
    }
    const auto key = site_key(hand->name_);
    const auto head = LogHead::sign(key, hand->log_, tree.size(), tree.root(), kMorning);
    const auto mark = from == 0 ? LeafMark{} : mark_of(hand->leaves_[from - 1].hash);
    message.lines.push_back(
        {hand->log_, from, mark, BroughtHead{head.size, head.time, head.signature, {}}, 0, {}});
    context.first.push_back(from + 1);
  }
  message.batch = encode_batch(views, context, place_of, nullptr, Effort::thorough);
  return message;
}

Received send(const Message& message, Node& to) {
  return to->receive(message.lines.front().log.site, encode_message(message), to.now);
}

Received send(const Hand& hand, Node& to) { return send(message_of({{&hand, 0}}), to); }

}  // namespace zimnik::sync::test
