// A hub that another takes the place of: the region's server was restored from a backup, and goes
// on as a new site at the same address.
#include "node/school_node.h"
#include "sync/net/site_client.h"

namespace zimnik::node {
bool SchoolNode::follow_hub(const net::ExchangeReport& last,
                            const std::function<void(const std::string&)>& tell) try {
  if (last.end != net::ExchangeReport::End::tls) return false;
  const auto told = configuration();
  const auto record = net::ask_site(told.hub, https(), told.school());
  const auto id = record.keys.id();
  if (record.kind != sync::SiteKind::hub || id == told.hub_site()) return false;
  if (journal_->with_replica([&](sync::Replica& replica) { return replica.is_revoked(id); })) {
    tell("по адресу округа отвечает отозванный сервер " + id.hex() + ": обмена с ним нет");
    return false;
  }
  journal_->with_replica([&](sync::Replica& replica) { replica.add_site(record); });
  // Before it is the hub: what the earlier one had, this one may lack.
  state_.set_reached({});
  configure([&](Configuration& changed) { changed.follow(record); });
  tell("сервер округа восстановлен из копии, теперь это " + id.hex() +
       ": он получит всё, чего у него нет");
  return true;
} catch (const std::runtime_error&) {
  // Nobody there, or somebody else: the exchange has said so too.
  return false;
}

}  // namespace zimnik::node
