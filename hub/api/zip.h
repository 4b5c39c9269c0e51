// A ZIP archive of files that lie in memory. Pure; any thread.
#pragma once

#include <string>

#include "schema/import/kinds.h"

namespace zimnik::hub {

/// All at its root, in order of their names, each with the same moment: the same files give the
/// same bytes. Throws std::runtime_error where the library can't.
std::string zip_of(const journal::ImportFiles& files);

}  // namespace zimnik::hub
