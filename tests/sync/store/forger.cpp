#include "tests/sync/store/forger.h"

#include "sync/core/leaf.h"
#include "sync/core/limits.h"
#include "sync/core/log_head.h"

namespace zimnik::sync::test {

Transaction forged_edit(std::vector<RowWrite> rows, std::uint64_t number) {
  return {{"mallory", "role", 50, "device"},
          {kMorning.ms + static_cast<std::int64_t>(number)},
          {77, static_cast<std::uint32_t>(number)},
          Edit{std::move(rows)}};
}

LeafPlace Forger::place() const {
  return {log(), names_.size() + 1, names_.empty() ? Hash{} : names_.back()};
}

void Forger::append(Leaf leaf, const std::string& bytes) {
  leaves_.push_back(std::move(leaf));
  names_.push_back(leaf_hash(bytes));
  lengths_.push_back(bytes.size());
  tree_.append(names_.back());
}

Hash Forger::add(Transaction edit) {
  for_each_over(edit, [&](Over& over) {
    if (over.at != 0) over.leaf = name_of(over.at);
  });
  sort(edit);
  const auto bytes = encode_leaf(place(), edit, {});
  append({std::move(edit), {}, kLeafFormat}, bytes);
  return names_.back();
}

Hash Forger::add_raw(const Transaction& transaction) {
  std::string raw;
  write_content(raw, transaction);
  return add_bytes(std::move(raw));
}

Hash Forger::add_bytes(std::string raw, std::uint8_t format) {
  std::string bytes;
  write_leaf_header(bytes, {format, place()});
  bytes += raw;
  append({std::nullopt, std::move(raw), format}, bytes);
  return names_.back();
}

std::string Forger::message(const std::function<void(Message&)>& extra) {
  BatchTables history;
  std::size_t bytes = 0;
  for (auto seq = sent_; seq > 0 && seq + limits::kHistoryLeaves > sent_; --seq) {
    const auto& leaf = leaves_[seq - 1];
    bytes += lengths_[seq - 1];
    if (bytes > limits::kHistoryLeafBytes) break;
    if (leaf.edit) history.learn(*leaf.edit);
  }
  std::vector<LeafView> views;
  for (auto i = sent_; i < leaves_.size(); ++i) {
    const auto& leaf = leaves_[i];
    views.push_back({0, leaf.format, leaf.edit ? &*leaf.edit : nullptr, leaf.raw});
  }
  const auto place = [](const Over& over) -> std::optional<Place> {
    if (over.at == 0) return std::nullopt;
    return Place{0, over.at};
  };
  Message message;
  message.sites = {site_record(name_)};
  message.lines.resize(1);
  auto& line = message.lines[0];
  line.log = log();
  line.from = sent_;
  if (sent_ > 0) line.mark = mark_of(name_of(sent_));
  const auto head = LogHead::sign(site_key(name_), log(), tree_.size(), tree_.root(), kMorning);
  line.head = BroughtHead{head.size, head.time, head.signature, {}};
  message.batch = encode_batch(views, {1, {sent_ + 1}, &history}, place, nullptr, Effort::quick);
  sent_ = leaves_.size();
  if (extra) extra(message);
  return encode_message(message);
}

void Forger::fork(std::uint64_t seq) {
  leaves_.resize(seq);
  names_.resize(seq);
  lengths_.resize(seq);
  tree_ = {};
  for (const auto& name : names_) tree_.append(name);
  sent_ = seq;
}

}  // namespace zimnik::sync::test
