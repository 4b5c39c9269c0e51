// Texts in the languages of the people who read them. The texts in code and templates are Russian;
// a gettext catalogue for each other language is built in. Any thread.
#pragma once

#include <locale>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sync/core/phrase.h"
#include "sync/web/embedded.h"

namespace zimnik::web {

/// Texts of one language. Copies are cheap.
class Translator {
 public:
  /// Gives texts as they are.
  Translator() = default;
  explicit Translator(std::string language, std::locale locale)
      : language_(std::move(language)), locale_(std::move(locale)) {}

  const std::string& language() const { return language_; }
  /// The text itself where the catalogue hasn't got it.
  std::string operator()(const std::string& text) const;
  /// The arguments are translated too, where they stand in the catalogue.
  std::string operator()(const sync::Phrase& phrase) const;

 private:
  std::string language_ = "ru";
  std::locale locale_ = std::locale::classic();
};

class Catalogue {
 public:
  /// Of each file `locale/<language>.mo` there. Throws std::runtime_error where one doesn't hold.
  explicit Catalogue(EmbeddedFiles files);

  /// "ru" and those that there are catalogues of.
  std::vector<std::string> languages() const;
  /// Russian for a language that there is no catalogue of.
  const Translator& translator(const std::string& language) const;
  /// What an Accept-Language header (RFC 9110) asks for first, of those there are.
  std::string preferred(std::string_view accept_language) const;

 private:
  std::map<std::string, Translator> translators_;
};

}  // namespace zimnik::web
