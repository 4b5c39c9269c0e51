// The versions of the journal's schema that were released, as tests/schema/released has them: a
// file for each, with a line for each table and each group.
#pragma once

#include <cstdint>
#include <string>

#include "sync/core/schema.h"

namespace zimnik::journal::test {

/// What such a file says of a schema.
std::string declaration(const sync::Schema& schema);

/// The file of that version; empty where there is none.
std::string released(std::uint32_t version);

/// The schema as a program of that version knows it: what its file declares, with the policies that
/// the present schema has for it. Throws std::runtime_error where the present one lacks any of it.
sync::Schema released_schema(std::uint32_t version);

}  // namespace zimnik::journal::test
