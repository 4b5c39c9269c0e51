// A plan of changes as a page shows it before it is written.
#pragma once

#include <mstch/mstch.hpp>

#include "schema/import/plan.h"
#include "sync/web/pages.h"

namespace zimnik::node {

/// Its changes and faults row by row, how many there are of each kind, whether it may be written,
/// and its digest as `shown`.
void add_plan(mstch::map& values, const journal::Plan& plan, const web::Translator& translate);

}  // namespace zimnik::node
