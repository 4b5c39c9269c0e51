// Files that are brought in: chosen, looked at row by row, and written as they were shown, whole or
// not at all. What kinds there are, and for whom, stands in schema/import/kinds.cpp.
#pragma once

#include "node/web/site.h"

namespace zimnik::node {

net::Response imports_page(Site& site, const net::Request& request, const Visitor& visitor);
/// A kind's form; «/import/{kind}.csv» is the file to begin with.
net::Response import_kind_page(Site& site, const net::Request& request, const Visitor& visitor);
/// multipart: the file, since, course. Leads to the preview.
net::Response upload_file(Site& site, const net::Request& request, const Visitor& visitor);
net::Response import_preview(Site& site, const net::Request& request, const Visitor& visitor);
/// shown: the digest of the plan that the page showed.
net::Response confirm_import(Site& site, const net::Request& request, const Visitor& visitor);

}  // namespace zimnik::node
