// What an exchange costs on the line: node and hub with TLS over this machine's sockets.
#pragma once

#include <cstdint>
#include <span>

#include "tests/bench/year_schema.h"

namespace zimnik::bench {

/// Bytes both ways above TCP, TLS included.
struct SocketFigures {
  std::uint64_t mark_cold = 0;     ///< one mark, on a session that is new
  std::uint64_t mark_resumed = 0;  ///< on one that is taken up again
  std::uint64_t idle_resumed = 0;  ///< nothing to say
  int round_trips = 0;             ///< of a mark
};

/// Both hold the edits but for the last marks among them.
SocketFigures measure_sockets(std::span<const Edit> edits);

}  // namespace zimnik::bench
