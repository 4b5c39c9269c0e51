#include "node/web/entry.h"

namespace zimnik::node {
namespace {

constexpr std::size_t kAddressBytes = 64;

}  // namespace

sync::Entry entry_of(const Visitor& visitor, journal::Role role, const net::Request& request,
                     sync::EntryId id, sync::Seen seen, sync::Time now) {
  const auto device = request.remote_address.substr(0, kAddressBytes);
  return {{visitor.login, std::string(journal::word_of(role)), journal::rank_of(role), device},
          now,
          id,
          seen};
}

}  // namespace zimnik::node
