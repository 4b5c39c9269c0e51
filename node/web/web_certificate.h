// What browsers of the school's network trust: an authority of the node's own, which the technician
// installs once, and the node's certificate by it. P-256: browsers take nothing newer.
#pragma once

#include <string>
#include <vector>

#include "node/data_folder.h"
#include "sync/core/ids.h"
#include "sync/net/tls.h"

namespace zimnik::node {

/// Made at the first start, and made anew where a name is missing in it, it ends within a month, or
/// a clock that was wrong has it begin later. `names` are host names and addresses by which the
/// node is opened. Throws std::runtime_error.
net::TlsOptions web_tls(const DataFolder& folder, const std::vector<std::string>& names,
                        sync::Time now);
/// SHA-256 of the authority's certificate, as browsers show it: AA:BB:…
std::string web_fingerprint(const DataFolder& folder);
/// This machine's name and the addresses of its interfaces, localhost among them.
std::vector<std::string> own_names();

}  // namespace zimnik::node
