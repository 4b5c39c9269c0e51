// `verify` of what lies in a file, by who has nothing of the school but that file and the region's
// certificate.
#pragma once

#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "sync/web/control.h"

namespace CLI {
class App;
}

namespace zimnik::journal {

struct OffLineWish {
  std::string proof, copy;  ///< files
  std::string code;         ///< of a document's QR code; exactly one of the three is asked for
  std::string authority;    ///< the region's certificate, PEM
  std::string keys;         ///< a copied keys.db, for `copy`
};
void add_off_line_options(CLI::App& command, OffLineWish& wish);

/// What came of a check, as its exit code says it.
enum class Verdict : std::uint8_t {
  holds = 0,
  fails = 1,
  not_compared = 3,  ///< what is signed holds, but a copy's tables are of another version
};

/// Checks a proof. Writes what it proves, what it only states, and each thing that doesn't hold.
/// Throws std::runtime_error where a file can't be read or is no such file.
Verdict check_proof_file(const OffLineWish& wish, std::ostream& out);
/// Checks what the QR code of a printed document says: who attests what, of which state of the log.
Verdict check_code(const OffLineWish& wish, std::ostream& out);
/// Checks a copy of a replica's file, which is only read.
Verdict check_copy(const OffLineWish& wish, std::ostream& out);

/// `verify --proof …`, `verify --copy …` and `verify --code …`. Nothing where the arguments are
/// others.
std::optional<web::ControlReply> run_off_line(const std::vector<std::string>& arguments);

}  // namespace zimnik::journal
