// `verify` of what lies in a file, by who has nothing of the school but that file and the region's
// certificate.
#pragma once

#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace zimnik::journal {

struct OffLineWish {
  std::string proof, copy;  ///< files: exactly one of them is asked for
  std::string authority;    ///< the region's certificate, PEM
  std::string keys;         ///< a copied keys.db, for `copy`
};
void add_off_line_options(CLI::App& command, OffLineWish& wish);

/// Checks a proof. Writes what it proves, what it only states, and each thing that doesn't hold.
/// True where all holds. Throws std::runtime_error where a file can't be read or is no such file.
bool check_proof_file(const OffLineWish& wish, std::ostream& out);
/// Checks a copy of a replica's file, which is only read.
bool check_copy(const OffLineWish& wish, std::ostream& out);

/// `verify --proof …` and `verify --copy …`: the exit code. Nothing where the arguments are others.
std::optional<int> run_off_line(const std::vector<std::string>& arguments, std::ostream& out,
                                std::ostream& errors);

}  // namespace zimnik::journal
