// `prove`: who wrote what into a row, and when, with a proof for who trusts nobody here.
#pragma once

#include <functional>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "sync/store/replica.h"
#include "sync/web/control.h"

namespace CLI {
class App;
}

namespace zimnik::journal {

struct ProveWish {
  std::string table;
  std::string key;    ///< as it is typed; empty: the table's rows are listed
  std::string group;  ///< empty: all
  std::string words;  ///< of the rows that are listed
  std::string out;    ///< a file, which prove_to_file() writes
  bool as_file = false;
  bool with_keys = false;
};
/// The command's options, but for the table.
void add_prove_options(CLI::App& command, ProveWish& wish);
/// Writes the history of a row, or its proof as a file has it. Signs what isn't signed yet. Throws
/// std::runtime_error where there is no such table, key or group.
void prove(sync::Replica& replica, const ProveWish& wish, sync::Time now, std::ostream& out);

/// `prove` with `--out FILE`, by the program that was called: whoever runs the command may have
/// other rights and another folder. `run` runs a command. Nothing where the arguments aren't such.
std::optional<web::ControlReply> prove_to_file(const std::vector<std::string>& arguments,
                                               const web::ControlRun& run);

}  // namespace zimnik::journal
