// The classes of the year, and the list of one: its pupils, their families and how to reach them.
// For the heads, the secretary and the technical specialist all classes, for others the own one.
#pragma once

#include "node/web/site.h"
#include "schema/read/courses.h"

namespace zimnik::node {

inline constexpr const char* kNoClass = "Такого класса нет, или он не Ваш.";

/// Who has one class only is led to it.
net::Response classes_page(Site& site, const net::Request& request, const Visitor& visitor);
net::Response class_page(Site& site, const net::Request& request, const Visitor& visitor);

/// Heading and tabs of a class's pages: class_id, class_name, years, class_tabs.
void add_class_frame(web::Values& values, const Visitor& visitor,
                     const journal::ClassTitle& school_class, const std::string& here,
                     const web::Translator& translate);

}  // namespace zimnik::node
