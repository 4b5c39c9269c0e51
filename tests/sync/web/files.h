#pragma once

#include "sync/web/embedded.h"

namespace zimnik::web::test {

web::EmbeddedFiles files();

}  // namespace zimnik::web::test
