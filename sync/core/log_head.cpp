#include "sync/core/log_head.h"

#include "sync/core/bytes.h"

namespace zimnik::sync {

namespace {

std::string statement(std::string bytes, const LogId& log, std::uint64_t size, const Hash& root,
                      Time time) {
  Writer writer(bytes);
  writer.fixed(log.site);
  writer.byte(static_cast<std::uint8_t>(log.stream));
  writer.varint(size);
  writer.fixed(root);
  writer.signed_varint(time.ms);
  return bytes;
}

}  // namespace

std::string LogHead::signed_bytes() const {
  return statement("zimnik log head 1", log, size, root, time);
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

std::string Receipt::signed_bytes() const {
  return statement("zimnik receipt 1", log, size, root, time);
}

bool Receipt::is_signed_by(const PublicKey& hub) const {
  return verify(hub, signed_bytes(), signature);
}

}  // namespace zimnik::sync
