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

using Texts = std::map<std::string, std::string>;

/// Those that the text puts in, and those that they put in.
void add_parts(const std::string& text, const Texts& all, Texts& parts) {
  constexpr std::string_view kPart = "{{>";
  for (auto at = text.find(kPart); at != std::string::npos; at = text.find(kPart, at)) {
    at += kPart.size();
    const auto name = text.substr(at, text.find("}}", at) - at);
    const auto found = all.find(name);
    if (found == all.end() || !parts.emplace(*found).second) continue;
    add_parts(found->second, all, parts);
  }
}

}  // namespace

Templates::Templates(EmbeddedFiles files) {
  std::map<std::string, std::string> texts;
  for (const auto& file : files) {
    if (!file.name.starts_with(kFolder) || !file.name.ends_with(kEnding)) continue;
    texts.emplace(
        file.name.substr(kFolder.size(), file.name.size() - kFolder.size() - kEnding.size()),
        file.bytes);
  }
  for (const auto& [name, text] : texts) {
    auto& made = templates_[name];
    made.text = text;
    add_parts(text, texts, made.parts);
  }
}

std::string Templates::render(const std::string& name, const Translator& translate,
                              const Values& values) const {
  mstch::map nodes;
  for (const auto& [key, value] : values.all()) nodes[key] = node_of(value);
  nodes["t"] = mstch::lambda{
      [&translate](const std::string& text) -> mstch::node { return translate(text); }};
  nodes["language"] = translate.language();
  const auto& made = templates_.at(name);
  return mstch::render(made.text, nodes, made.parts);
}

}  // namespace zimnik::web
