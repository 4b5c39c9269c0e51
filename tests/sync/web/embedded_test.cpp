#include "sync/web/embedded.h"

#include <catch2/catch.hpp>
#include <string>

#include "tests/sync/web/files.h"

using namespace zimnik::web;

TEST_CASE("a file is found by its path, byte for byte, and none that isn't there") {
  const auto* file = find(test::files(), "other.bin");
  REQUIRE(file != nullptr);
  CHECK(std::string(file->bytes) == std::string("a\0\"\\\xff\n", 6));
  CHECK(find(test::files(), "other") == nullptr);
  CHECK(find(test::files(), "zzz") == nullptr);
  CHECK(find({}, "other.bin") == nullptr);
}
