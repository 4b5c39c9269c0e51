#include "sync/store/head_signer.h"

#include "sync/core/limits.h"

namespace zimnik::sync {

bool HeadSigner::is_own(const Line& line) const {
  return line.log.site == site_ && log_.lines_of(line.log).front() == line.id;
}

LogHead HeadSigner::sign(LineId id, std::uint64_t size, Time now) {
  const auto& line = log_.line(id);
  auto head = LogHead::sign(key_, line.log, size, log_.tree_of(id, size).root(), now);
  const bool is_newer = size == line.size() || !line.head || line.head->size < size;
  if (is_newer) log_.set_head(id, head, {});
  return head;
}

void HeadSigner::sign_all(Time now) {
  for (const auto& line : log_.lines()) {
    const bool grew = line.size() > (line.head ? line.head->size : 0);
    if (grew && is_own(line)) sign(line.id, line.size(), now);
  }
}

void HeadSigner::appended(LineId id, Time now) {
  const auto& line = log_.line(id);
  const auto signed_size = line.head ? line.head->size : 0;
  // A head at or beyond this leaf was of leaves that went another way.
  const bool has_parted = signed_size >= line.size();
  if (has_parted || line.size() - signed_size >= limits::kUnsignedLeaves) {
    sign(id, line.size(), now);
  }
}

}  // namespace zimnik::sync
