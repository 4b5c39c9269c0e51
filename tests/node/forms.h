// The forms of a page, as a browser would send them.
#pragma once

#include <httplib.h>

#include <string>

namespace zimnik::node::test {

/// The hidden fields of the page's form with this action; of several the one that has `text` in it.
/// Throws std::logic_error where there is none.
httplib::Params hidden_fields(const std::string& page, const std::string& action,
                              const std::string& text = "");

/// A text as it stands in a page where it is a value of a template.
std::string escaped(std::string text);

}  // namespace zimnik::node::test
