// Moments as people of Yugra read them.
#pragma once

#include <string>

#include "sync/core/ids.h"

namespace zimnik::node {

/// ДД.ММ.ГГГГ ЧЧ:ММ, in the time of Yekaterinburg, which all of Yugra keeps.
std::string moment_text(sync::Time time);

}  // namespace zimnik::node
