// ZIP archives that people bring. Any thread.
#pragma once

#include <string_view>

#include "schema/import/kinds.h"

namespace zimnik::node {

/// The files at an archive's root, unpacked; folders are left out. Throws journal::BadFile where it
/// is no ZIP, is encrypted, or passes a bound of schema/limits.h: nothing is unpacked beyond those,
/// whatever the archive says of itself.
journal::ImportFiles unpacked(std::string_view bytes);

}  // namespace zimnik::node
