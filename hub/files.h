// Templates, style and catalogues that are built into the hub.
#pragma once

#include "sync/web/embedded.h"

namespace zimnik::hub {

web::EmbeddedFiles files();

}  // namespace zimnik::hub
