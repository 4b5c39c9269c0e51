// A plan of changes as a page shows it before it is written.
#pragma once

#include "schema/import/plan.h"
#include "sync/web/pages.h"
#include "sync/web/values.h"

namespace zimnik::node {

/// Its changes and faults row by row, how many there are of each kind, whether it may be written,
/// and its digest as `shown`.
void add_plan(web::Values& values, const journal::Plan& plan, const web::Translator& translate);

}  // namespace zimnik::node
