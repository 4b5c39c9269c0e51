#include "sync/web/one_time_code.h"

#include <catch2/catch.hpp>

#include "sync/core/crypto.h"

using namespace zimnik;

TEST_CASE("a code is the same with dashes, spaces and capitals") {
  CHECK(web::hash_of_code(" ABCD-efgh\t") == sync::sha256({"abcdefgh"}));
}

TEST_CASE("a code has eighty bits, is another each time, and is printed in groups of four") {
  const auto code = web::new_code();
  CHECK(code.size() == 16);
  CHECK(code.find_first_not_of("abcdefghijklmnopqrstuvwxyz234567") == std::string::npos);
  CHECK(code != web::new_code());
  const auto printed = web::code_in_groups(code);
  CHECK(printed.size() == 19);
  CHECK(printed[4] == '-');
  CHECK(web::hash_of_code(printed) == web::hash_of_code(code));
}
