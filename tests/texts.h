// The texts of a program that people read, as its files have them: for tests that each has a
// translation.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "sync/web/embedded.h"

namespace zimnik::test {

/// Between {{#t}} and {{/t}} in templates.
std::set<std::string> texts_in_templates(web::EmbeddedFiles files);
/// Literals with Russian letters in the .cpp and .h files of these folders (paths from the root of
/// the source), those that stand side by side as one. Codes of a letter or two («н», «осв») are
/// left out.
std::set<std::string> texts_in_code(const std::vector<std::string>& folders);
/// What refuse() is told in these files (paths likewise).
std::set<std::string> refusals_in_code(const std::vector<std::string>& files);
bool is_russian(const std::string& text);

}  // namespace zimnik::test
