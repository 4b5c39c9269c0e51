// The evidence of any record, for the principal: every value, its author, time and device, what
// became of it, and a file that proves it to who trusts nobody here.
#pragma once

#include "node/web/site.h"

namespace zimnik::node {

/// `?table=`, `?find=`: the rows of a table that were written last, with those words.
net::Response evidence_rows_page(Site& site, const net::Request& request, const Visitor& visitor);
/// A row, by table and key as the terminal's `prove` names them.
net::Response evidence_page(Site& site, const net::Request& request, const Visitor& visitor);
/// All rows of a cell of the grid, its lesson's too.
net::Response cell_evidence_page(Site& site, const net::Request& request, const Visitor& visitor);
/// What `zimnik-node verify --proof FILE` checks.
net::Response proof_file(Site& site, const net::Request& request, const Visitor& visitor);

}  // namespace zimnik::node
