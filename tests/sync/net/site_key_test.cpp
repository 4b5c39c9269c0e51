#include "sync/net/site_key.h"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "sync/core/bytes.h"
#include "tests/sync/net/folder.h"

namespace zimnik::net::test {

TEST_CASE("a site's keys are the same after saving and loading, and only the owner reads them") {
  const Folder folder;
  const auto path = folder.file("site.key");
  const auto made = SiteSecret::make();
  made.save(path);
  const auto loaded = SiteSecret::load(path);
  CHECK(loaded.keys() == made.keys());
  CHECK(loaded.signing().seed() == made.signing().seed());
  CHECK(loaded.encryption().scalar() == made.encryption().scalar());
  struct stat status {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
}

TEST_CASE("saving again replaces the file, whatever a broken write left beside it") {
  const Folder folder;
  const auto path = folder.file("site.key");
  SiteSecret::make().save(path);
  std::ofstream(path + ".new") << "half";
  const auto second = SiteSecret::make();
  second.save(path);
  CHECK(SiteSecret::load(path).keys() == second.keys());
}

TEST_CASE("a file that holds no keys is refused") {
  const Folder folder;
  const auto path = folder.file("site.key");
  const std::string zeros(64, '0');
  for (const std::string& text :
       {std::string(), std::string("zimnik site key 1\n"),
        "zimnik site key 2\nsigning " + zeros + "\nencryption " + zeros,
        // Zero is no private key on the curve.
        "zimnik site key 1\nsigning " + zeros + "\nencryption " + zeros + "\n"}) {
    std::ofstream(path, std::ios::trunc) << text;
    CHECK_THROWS_AS(SiteSecret::load(path), sync::Refused);
  }
  CHECK_THROWS_AS(SiteSecret::load(folder.file("none")), std::system_error);
}

TEST_CASE("a private key gives the public point of RFC 9180, A.3") {
  const auto key = EncryptionKey::from_scalar(
      "\xf3\xce\x7f\xda\xe5\x7e\x1a\x31\x0d\x87\xf1\xeb\xbd\xe6\xf3\x28\xbe\x0a\x99\xcd\xbc\xad"
      "\xf4\xd6\x58\x9c\xf2\x9d\xe4\xb8\xff\xd2");
  CHECK(key.public_point().hex() ==
        "02fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a82");
}

}  // namespace zimnik::net::test
