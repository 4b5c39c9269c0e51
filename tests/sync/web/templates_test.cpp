#include "sync/web/templates.h"

#include <catch2/catch.hpp>

#include "tests/sync/web/files.h"

using namespace zimnik::web;

TEST_CASE(
    "a page is put together in the reader's language, with the places in its texts filled in") {
  const Catalogue catalogue(test::files());
  const Templates templates(test::files());
  const Values values{{"name", std::string("Анна")}, {"count", 3}};
  CHECK(templates.render("frame", catalogue.translator("ru"), values) ==
        "<html lang=\"ru\">Здравствуйте, Анна: отметок 3, без перевода</html>");
  CHECK(templates.render("frame", catalogue.translator("en"), values) ==
        "<html lang=\"en\">Hello, Анна: 3 marks, без перевода</html>");
}

TEST_CASE("what is put into a page is escaped, in translated texts too") {
  const Templates templates(test::files());
  const Values values{{"name", std::string("<b>\"'&")}, {"count", std::string("<i>")}};
  const auto page = templates.render("hello", Translator(), values);
  CHECK(page == "Здравствуйте, &lt;b&gt;&quot;&#39;&amp;: отметок &lt;i&gt;, без перевода");
}

TEST_CASE("what is put in is no template") {
  const Templates templates(test::files());
  const Values values{{"name", std::string("{{count}}")}, {"count", std::string("{{name}}")}};
  CHECK(templates.render("hello", Translator(), values) ==
        "Здравствуйте, {{count}}: отметок {{name}}, без перевода");
}

TEST_CASE("a template that isn't there is an error") {
  CHECK_THROWS_AS(Templates(test::files()).render("other", Translator(), {}), std::out_of_range);
}

TEST_CASE("a name of a page stands once, and what is joined to it doesn't change it") {
  Values values{{"name", "Анна"}, {"name", "Пётр"}};
  values.merge({{"name", "Иван"}, {"count", 0}});
  CHECK(values.all().size() == 2);
  const Templates templates(test::files());
  CHECK(templates.render("hello", Translator(), values) ==
        "Здравствуйте, Пётр: отметок 0, без перевода");
}
