#include "tests/bench/sockets.h"

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <vector>

#include "schema/tables.h"
#include "tests/bench/players.h"
#include "tests/sync/net/region.h"

namespace zimnik::bench {
namespace {

using net::ExchangeReport;
using net::test::SmallRegion;

/// A closed connection's last bytes count to it, not to the next one.
constexpr std::chrono::milliseconds kClosing{200};

ExchangeReport in_step(net::ExchangeClient& client, net::test::Place& place) {
  const auto report = SmallRegion::run(client, place);
  if (report.end != ExchangeReport::End::in_step) throw std::runtime_error(report.error);
  return report;
}

std::uint64_t bytes(const ExchangeReport& report) {
  return report.bytes_sent + report.bytes_received;
}

}  // namespace

SocketFigures measure_sockets(std::span<const Edit> edits) {
  std::vector<Edit> before, marks;
  for (const auto& edit : edits) (edit.is_new_mark ? marks : before).push_back(edit);
  if (marks.size() < 3) throw std::runtime_error("too few marks for the sockets");
  // The rest of the marks is there too: a log has a past.
  before.insert(before.end(), marks.begin(), marks.end() - 2);
  std::erase_if(before, [](const Edit& edit) { return edit.values.empty() || edit.is_personal; });

  SmallRegion region(journal::journal_schema());
  ReplicaPlayer player(region.a.replica);
  player.play(before, before.size());
  in_step(region.client_a, region.a);
  in_step(region.client_a, region.a);

  SocketFigures figures;
  auto client = region.a.client_of(region.hub, region.server.port());
  player.play(*(marks.end() - 2));
  figures.mark_cold = bytes(in_step(client, region.a));
  client.close_connections();
  std::this_thread::sleep_for(kClosing);
  player.play(marks.back());
  const auto resumed = in_step(client, region.a);
  figures.mark_resumed = bytes(resumed);
  figures.round_trips = resumed.rounds;
  client.close_connections();
  std::this_thread::sleep_for(kClosing);
  figures.idle_resumed = bytes(in_step(client, region.a));
  return figures;
}

}  // namespace zimnik::bench
