// The school's other nodes, which this one exchanges with straight: over the school's own network,
// where there is one, whatever the line to the region does.
#include <algorithm>

#include "node/commands/commands.h"
#include "sync/net/exchange_service.h"
#include "sync/net/limits.h"

namespace zimnik::node {
namespace {

[[noreturn]] void fail(const std::string& text) { throw std::runtime_error(text); }

/// https://host:port of what people write.
std::string url_of(const std::string& address) {
  constexpr std::string_view kScheme = "https://";
  const auto place = address.starts_with(kScheme) ? address.substr(kScheme.size()) : address;
  const auto colon = place.rfind(':');
  const auto port = colon == std::string::npos ? "" : place.substr(colon + 1);
  const bool is_port = !port.empty() && port.size() <= 5 &&
                       port.find_first_not_of("0123456789") == std::string::npos &&
                       std::stoi(port) >= 1 && std::stoi(port) <= 65535;
  const auto host = place.substr(0, colon);
  const bool is_bracketed = host.starts_with('[') && host.ends_with(']');
  const bool is_host = !host.empty() && host.find_first_of("/@?#% \t\r\n") == std::string::npos &&
                       (is_bracketed || host.find(':') == std::string::npos);
  if (!is_port || !is_host) fail("адрес «" + address + "»: нужно так: 192.168.1.20:8441");
  return std::string(kScheme) + place;
}

/// Who answers there; nothing where nobody does. Throws where it is somebody else than a site.
std::optional<net::PeerIdentity> who_answers(const SchoolNode& node, const std::string& url) {
  auto options = node.https();
  options.connect_time = options.stall_time = std::chrono::seconds(10);
  net::HttpsClient client(std::move(options));
  // That it is a POST's path doesn't matter: the certificate is all that is asked for.
  const auto reply = client.get(url + net::ExchangeService::kPath, net::limits::kPemBytes);
  using Outcome = net::HttpsReply::Outcome;
  if (reply.outcome == Outcome::answered || reply.outcome == Outcome::refused) return reply.peer;
  if (reply.outcome == Outcome::tls) fail(url + ": там не узел этого округа: " + reply.error);
  return std::nullopt;
}

/// A node of this school that is known here by its id.
sync::SiteId known_node(SchoolNode& node, const std::string& hex) {
  const auto wanted = site_from_hex(hex);
  if (!wanted) fail("номер узла «" + hex + "»: нужно 32 знака, как в status");
  const auto sites =
      node.journal().with_replica([](sync::Replica& replica) { return replica.sites(); });
  const auto found = std::find_if(sites.begin(), sites.end(), [&](const sync::ListedSite& site) {
    return site.record.keys.id() == *wanted;
  });
  if (found == sites.end()) fail("узел " + hex + " в этой школе не известен");
  if (found->revoked) fail("узел " + hex + " отозван");
  return *wanted;
}

/// Throws where it isn't another node of this school.
void check(const SchoolNode& node, const std::string& url, const net::PeerIdentity& peer) {
  const auto configuration = node.configuration();
  if (peer.site == node.self().id()) fail(url + ": это сам этот узел");
  if (peer.site == configuration.hub_site()) fail(url + ": это сервер округа");
  if (peer.school != configuration.school()) {
    fail(url + ": узел " + peer.site.hex() + " — другой школы (" + peer.school.hex() + ")");
  }
}

}  // namespace

int add_sibling(SchoolNode& node, const std::string& address, const std::string& site,
                std::ostream& out) {
  Sibling sibling{url_of(address), {}};
  const auto there = who_answers(node, sibling.url);
  if (!there && site.empty()) {
    fail(sibling.url +
         ": никто не отвечает; если узел сейчас выключен, назовите его: --site НОМЕР");
  }
  const auto peer = there.value_or(net::PeerIdentity{node.configuration().school(), {}});
  sibling.site = there ? peer.site : known_node(node, site);
  check(node, sibling.url, {peer.school, sibling.site});
  if (!site.empty() && sibling.site.hex() != site) {
    fail(sibling.url + ": там другой узел, " + sibling.site.hex());
  }
  node.configure([&](Configuration& configuration) {
    std::erase_if(configuration.siblings, [&](const Sibling& known) {
      return known.url == sibling.url || known.site == sibling.site;
    });
    configuration.siblings.push_back(sibling);
  });
  out << "узел " << sibling.site.hex() << ", " << sibling.url << ": обмен напрямую\n";
  return 0;
}

int remove_sibling(SchoolNode& node, const std::string& address, std::ostream& out) {
  const auto url = url_of(address);
  node.configure([&](Configuration& configuration) {
    const auto count = std::erase_if(configuration.siblings,
                                     [&](const Sibling& known) { return known.url == url; });
    if (count == 0) fail(url + ": такого адреса среди узлов школы нет");
  });
  out << url << ": обмена напрямую больше нет\n";
  return 0;
}

int list_siblings(SchoolNode& node, std::ostream& out) {
  for (const auto& sibling : node.configuration().siblings) {
    out << sibling.url << "\t" << sibling.site.hex() << "\n";
  }
  return 0;
}

}  // namespace zimnik::node
