#include "sync/web/templates.h"

#include <mstch/mstch.hpp>

namespace zimnik::web {
namespace {

constexpr std::string_view kFolder = "pages/", kEnding = ".mustache";

mstch::node node_of(const Value& value);

struct NodeOf {
  mstch::node operator()(const std::string& text) const { return text; }
  mstch::node operator()(bool is_so) const { return is_so; }
  mstch::node operator()(const List& list) const {
    mstch::array nodes;
    for (const auto& value : list.all()) nodes.push_back(node_of(value));
    return nodes;
  }
  mstch::node operator()(const Values& values) const {
    mstch::map nodes;
    for (const auto& [name, value] : values.all()) nodes[name] = node_of(value);
    return nodes;
  }
};

mstch::node node_of(const Value& value) { return std::visit(NodeOf{}, value.held()); }

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
                              const Values& values) const {
  mstch::map nodes;
  for (const auto& [key, value] : values.all()) nodes[key] = node_of(value);
  nodes["t"] = mstch::lambda{
      [&translate](const std::string& text) -> mstch::node { return translate(text); }};
  nodes["language"] = translate.language();
  return mstch::render(templates_.at(name), nodes, templates_);
}

}  // namespace zimnik::web
