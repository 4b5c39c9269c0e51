// A file brought into a small school, as the node does it.
#pragma once

#include <string>

#include "schema/import/kinds.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal::test {

/// 3 September 2025, as a technical specialist.
ImportOptions options();
Plan look(Node& node, const ImportKind& kind, const std::string& text,
          const ImportOptions& with = options());
/// Looks, and writes what was planned. REQUIRES: the plan has no faults.
Plan bring_in(Node& node, const ImportKind& kind, const std::string& text,
              const ImportOptions& with = options());
/// The same of an archive, of OneRoster.
Plan look(Node& node, const ImportFiles& files);
Plan bring_in(Node& node, const ImportFiles& files);
/// All faults, a line each.
std::string faults_of(const Plan& plan);
/// All changes but those that are the same, with their details, a line each.
std::string changes_of(const Plan& plan);

}  // namespace zimnik::journal::test
