#include "sync/core/log_head.h"

#include "sync/core/bytes.h"

namespace zimnik::sync {

std::string LogHead::signed_bytes() const {
  std::string bytes = "zimnik log head 1";
  Writer writer(bytes);
  writer.fixed(log.site);
  writer.byte(static_cast<std::uint8_t>(log.stream));
  writer.varint(size);
  writer.fixed(root);
  writer.signed_varint(time.ms);
  return bytes;
}

LogHead LogHead::sign(const SigningKey& key, const LogId& log, std::uint64_t size, const Hash& root,
                      Time time) {
  LogHead head{log, size, root, time, {}};
  head.signature = key.sign(head.signed_bytes());
  return head;
}

bool LogHead::is_signed_by(const PublicKey& site) const {
  return verify(site, signed_bytes(), signature);
}

}  // namespace zimnik::sync
