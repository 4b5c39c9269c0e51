// The blocks of the log's lines: roots of subtrees that are kept, so that a tree over a part of a
// long log, or a proof in it, needs few of its leaves.
#include "sync/store/log.h"

namespace zimnik::sync {

void Log::load_blocks() {
  unsaved_blocks_.clear();
  auto query = database_.prepare("SELECT line, block, hash FROM zimnik_block");
  while (query.step()) {
    auto& line = lines_[this->line(static_cast<LineId>(query.integer(0))).id - 1];
    line.blocks.emplace(static_cast<std::uint64_t>(query.integer(1)), Hash::from(query.blob(2)));
  }
}

/// After a leaf was appended to the line's tree, which may have completed a block.
void Log::keep_block(Line& line, const std::optional<Hash>& completed) {
  if (!completed) return;
  const auto number = line.size() / kBlockLeaves - 1;
  if (line.blocks.emplace(number, *completed).second) {
    unsaved_blocks_.emplace_back(line.id, number);
  }
}

void Log::flush_blocks() {
  auto& save = database_.prepared("INSERT INTO zimnik_block VALUES (?, ?, ?)");
  for (const auto& [id, number] : unsaved_blocks_) {
    save.bind(1, std::int64_t{id}).bind(2, static_cast<std::int64_t>(number));
    save.bind_blob(3, line(id).blocks.at(number).view()).run();
  }
  unsaved_blocks_.clear();
}

std::optional<Hash> Log::block(LineId id, const Range& range) const {
  while (range.second <= line(id).fork) id = line(id).parent;
  return root_of(line(id).blocks, range);
}

PartialTree Log::partial_tree(LineId id) {
  const auto leaf = [this, id](std::uint64_t index) { return hash_of(arrival_of(id, index + 1)); };
  const auto known = [this, id](const Range& range) { return block(id, range); };
  return {line(id).size(), leaf, line(id).right, known};
}

MerkleTree Log::tree_of(LineId id, std::uint64_t size) {
  return line(id).size() == size ? line(id).tree : partial_tree(id).first(size);
}

}  // namespace zimnik::sync
