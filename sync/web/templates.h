// Pages from mustache templates: what is put in is escaped, and texts are translated. Any thread.
//
// In a template {{#t}}Отметка{{/t}} is a text to translate; {{#t}}Всего {{count}}{{/t}} too, as it
// stands, with the place in it. {{>name}} puts in the template of that name.
#pragma once

#include <map>
#include <string>

#include "sync/web/catalogue.h"
#include "sync/web/embedded.h"
#include "sync/web/values.h"

namespace zimnik::web {

class Templates {
 public:
  /// Of each file `pages/<name>.mustache` there.
  explicit Templates(EmbeddedFiles files);

  /// Throws std::out_of_range where there is no such template.
  std::string render(const std::string& name, const Translator& translate,
                     const Values& values) const;

 private:
  struct Template {
    std::string text;
    std::map<std::string, std::string> parts;  ///< no others: mstch reads all that it is given
  };
  std::map<std::string, Template> templates_;
};

}  // namespace zimnik::web
