// Templates, scripts, styles and catalogues of the node's pages.
#pragma once

#include "sync/web/embedded.h"

namespace zimnik::node {

web::EmbeddedFiles files();

}  // namespace zimnik::node
