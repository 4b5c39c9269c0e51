#include "sync/web/catalogue.h"

#include <boost/locale/gnu_gettext.hpp>
#include <boost/locale/message.hpp>
#include <stdexcept>

namespace zimnik::web {
namespace {

constexpr std::string_view kFolder = "locale/", kEnding = ".mo";

std::locale locale_of(const std::string& language, std::string_view bytes) {
  namespace gettext = boost::locale::gnu_gettext;
  gettext::messages_info info;
  info.language = language;
  info.encoding = "UTF-8";
  info.domains.push_back(gettext::messages_info::domain("zimnik"));
  // Asked for files of several names; there is one.
  info.paths.push_back("");
  info.callback = [bytes](const std::string&, const std::string&) {
    return std::vector<char>(bytes.begin(), bytes.end());
  };
  return {std::locale::classic(), gettext::create_messages_facet<char>(info)};
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

}  // namespace

std::string Translator::operator()(const std::string& text) const {
  using Messages = boost::locale::message_format<char>;
  if (text.empty()) return text;  // the name of a catalogue's own header
  if (!std::has_facet<Messages>(locale_)) return text;
  // Not boost::locale::translate(): it takes what isn't ASCII out of a text that has no
  // translation.
  const char* found = std::use_facet<Messages>(locale_).get(0, nullptr, text.c_str());
  return found == nullptr ? text : found;
}

std::string Translator::operator()(const sync::Phrase& phrase) const {
  auto arguments = phrase.arguments;
  for (auto& argument : arguments) argument = (*this)(argument);
  return sync::fill((*this)(phrase.pattern), arguments);
}

Catalogue::Catalogue(EmbeddedFiles files) {
  translators_.emplace("ru", Translator());
  for (const auto& file : files) {
    if (!file.name.starts_with(kFolder) || !file.name.ends_with(kEnding)) continue;
    const std::string language(
        file.name.substr(kFolder.size(), file.name.size() - kFolder.size() - kEnding.size()));
    translators_.insert_or_assign(language, Translator(language, locale_of(language, file.bytes)));
  }
}

std::vector<std::string> Catalogue::languages() const {
  std::vector<std::string> languages;
  for (const auto& [language, translator] : translators_) languages.push_back(language);
  return languages;
}

const Translator& Catalogue::translator(const std::string& language) const {
  const auto found = translators_.find(language);
  return found == translators_.end() ? translators_.at("ru") : found->second;
}

std::string Catalogue::preferred(std::string_view accept_language) const {
  while (!accept_language.empty()) {
    const auto comma = std::min(accept_language.find(','), accept_language.size());
    auto range = accept_language.substr(0, comma);
    accept_language.remove_prefix(std::min(comma + 1, accept_language.size()));
    range = trimmed(range.substr(0, range.find(';')));
    const std::string language(range.substr(0, range.find('-')));
    if (translators_.contains(language)) return language;
  }
  return "ru";
}

}  // namespace zimnik::web
