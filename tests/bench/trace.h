// Traces: edits of a school year, a JSON object a line.
//
//   {"t":…,"site":"main","user":"t017","table":"mark","id":"…","set":{…}}   columns of a row are
//   set {…,"del":true}                                                          the row is deleted
//   {"t":…,"sync":["main","hub"]}                                           a whole exchange
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

namespace zimnik::bench {

struct TraceLine {
  std::int64_t t = 0;  ///< ms since the epoch
  std::string site, user, table, id;
  std::map<std::string, nlohmann::json> set;
  bool is_delete = false;
  std::pair<std::string, std::string> sync;  ///< empty unless it is an exchange
};

/// Throws std::runtime_error, naming file and line, where one can't be read.
std::vector<TraceLine> read_trace(const std::string& path);

}  // namespace zimnik::bench
