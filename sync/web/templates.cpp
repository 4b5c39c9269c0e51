#include "sync/web/templates.h"

namespace zimnik::web {
namespace {

constexpr std::string_view kFolder = "pages/", kEnding = ".mustache";

}  // namespace

Templates::Templates(EmbeddedFiles files) {
  for (const auto& file : files) {
    if (!file.name.starts_with(kFolder) || !file.name.ends_with(kEnding)) continue;
    templates_.emplace(
        file.name.substr(kFolder.size(), file.name.size() - kFolder.size() - kEnding.size()),
        file.bytes);
  }
}

std::string Templates::render(const std::string& name, const Translator& translate,
                              mstch::map values) const {
  values["t"] = mstch::lambda{
      [&translate](const std::string& text) -> mstch::node { return translate(text); }};
  values["language"] = translate.language();
  return mstch::render(templates_.at(name), values, templates_);
}

}  // namespace zimnik::web
