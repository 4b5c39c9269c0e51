#include "sync/web/gzip.h"

#include <catch2/catch.hpp>

namespace zimnik::web::test {

TEST_CASE("gzip is for who names it, and not with a weight of 0") {
  CHECK(accepts_gzip("gzip"));
  CHECK(accepts_gzip("br, gzip;q=0.5"));
  CHECK(accepts_gzip("deflate,gzip ;q=1"));
  CHECK_FALSE(accepts_gzip(""));
  CHECK_FALSE(accepts_gzip("br, deflate"));
  CHECK_FALSE(accepts_gzip("gzip;q=0"));
  CHECK_FALSE(accepts_gzip("gzip;q=0.000, br"));
  CHECK_FALSE(accepts_gzip("gzipped"));
}

}  // namespace zimnik::web::test
