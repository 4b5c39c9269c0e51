// The summary register of a class, to read and to print. For the heads all classes, for others the
// classes that are theirs.
#pragma once

#include "node/web/site.h"

namespace zimnik::node {

bool may_read_register(sync::Database& database, const Visitor& visitor, std::int64_t school_class,
                       journal::Date today);
/// What is asked for where the class has such a period, else the one at hand; empty where there is
/// no such class.
std::string register_period(sync::Database& database, std::int64_t school_class,
                            const std::string& asked, journal::Date today);

/// The classes whose registers the visitor may read; a class teacher of one is led to it.
net::Response registers_page(Site& site, const net::Request& request, const Visitor& visitor);
/// `?period=`: a period's code or «year»; else the one at hand.
net::Response register_page(Site& site, const net::Request& request, const Visitor& visitor);

}  // namespace zimnik::node
