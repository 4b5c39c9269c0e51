// A file on its way into the journal: looked at, then written exactly as it was shown, whole or not
// at all. One thread.
#pragma once

#include <string>

#include "node/journal.h"
#include "schema/import/kinds.h"

namespace zimnik::node {

class FileImport {
 public:
  FileImport(const journal::ImportKind& kind, std::string bytes, journal::ImportOptions options)
      : kind_(kind), bytes_(std::move(bytes)), options_(options), ids_(options.year) {}

  const journal::ImportKind& kind() const { return kind_; }
  const journal::ImportOptions& options() const { return options_; }

  /// What it would do now.
  journal::Plan look(Journal& journal);
  /// Gives new people their keys, durably: before write(). Throws sync::CommandRefused where the
  /// plan isn't the one of this digest any more.
  void prepare(Journal& journal, const std::string& digest);
  /// Inside a write. Throws sync::CommandRefused where the school has changed since prepare().
  void write(sync::Command& command);

 private:
  journal::Plan plan(sync::Database& database);

  const journal::ImportKind& kind_;
  std::string bytes_;
  journal::ImportOptions options_;
  journal::NewIds ids_;
  std::string digest_;
};

}  // namespace zimnik::node
