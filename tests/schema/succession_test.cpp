#include "schema/succession.h"

#include <catch2/catch.hpp>

using namespace zimnik;
using journal::SuccessionReason;

TEST_CASE("every reason has a word, which is read back, and a text for people") {
  for (const auto reason : {SuccessionReason::restored, SuccessionReason::moved,
                            SuccessionReason::rolled_back, SuccessionReason::forked}) {
    const auto word = journal::word_of(reason);
    CHECK(journal::succession_reason(word) == reason);
    CHECK(journal::succession_text(word) != word);
    const auto entry = journal::succession_entry(reason, "machine", {1});
    CHECK(entry.origin.role == word);
    CHECK(entry.origin.device == "machine");
  }
  CHECK_FALSE(journal::succession_reason("other"));
  CHECK(journal::succession_text("other") == "other");
}

TEST_CASE("of a log that forked all branches are named, of others none") {
  const auto site = sync::SiteId::from(std::string(16, 'a'));
  const sync::LogId shared{site, sync::Stream::shared}, school{site, sync::Stream::school};
  CHECK(journal::fork_lines({{shared, 5, {}}, {school, 2, {}}}).empty());
  const auto lines = journal::fork_lines({{shared, 5, {}}, {shared, 7, {}}, {school, 2, {}}});
  REQUIRE(lines.size() == 1);
  CHECK(lines[0] ==
        "журнал узла " + site.hex() + " (общий) разветвился, хранятся все ветви: записей 5, 7");
}
