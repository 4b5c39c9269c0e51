// zimnik-bench converge: replays a scheduled trace on one replica for each site, exchanges until
// all are equal, and writes each one's state.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace zimnik::bench {

struct ConvergeOptions {
  std::string trace;
  std::string void_user;  ///< whose transactions are void from `void_from` on; empty for nobody
  std::int64_t void_from = 0;
  std::string out;  ///< folder for SITE.json; empty for none
};

/// Prints what it did. Throws std::runtime_error where replicas differ at the end.
void converge(const ConvergeOptions& options);

}  // namespace zimnik::bench
