#include "node/web/heads.h"

namespace zimnik::node {

namespace {

constexpr const char* kHeadsOnly = "Это для завуча и директора всей школы.";

}  // namespace

void require_head(const Visitor& visitor) {
  if (!visitor.is_head()) throw sync::CommandRefused(std::string(kHeadsOnly));
}

net::Response heads_only(const Site& site, const net::Request& request) {
  return site.refusal(request, 403, {kHeadsOnly});
}

}  // namespace zimnik::node
