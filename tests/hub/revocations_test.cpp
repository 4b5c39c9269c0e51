#include "hub/revocations.h"

#include <catch2/catch.hpp>
#include <fstream>

#include "sync/net/private_file.h"
#include "tests/sync/net/folder.h"

namespace zimnik::hub::test {
namespace {

struct Notes {
  net::test::Folder folder;
  std::string path = folder.file("revocations");
  net::CertificateAuthority authority =
      net::CertificateAuthority::make("Округ", {1'760'000'000'000});
  sync::SchoolId school = sync::SchoolId::from("a school of 16 b");

  Revoked revoked(std::uint64_t from) const {
    return {authority.certify(school, net::SiteSecret::make().keys(), sync::SiteKind::node),
            true,
            from,
            from + 1,
            {1'760'000'000'000}};
  }
  void note(const Revoked& revoked) const { note_revocation(path, revoked, authority); }
  std::vector<Revoked> read() const { return read_revocations(path, authority.public_key()); }
  std::string text() const { return net::read_file(path, 1 << 20); }
};

}  // namespace

TEST_CASE_METHOD(Notes, "what was noted is read again, the later of two on one site") {
  CHECK(read().empty());
  auto first = revoked(1);
  const auto second = revoked(7);
  note(first);
  note(second);
  CHECK(read() == std::vector<Revoked>{first, second});
  first.is_in_force = false;
  note(first);
  CHECK(read() == std::vector<Revoked>{second, first});
}

TEST_CASE_METHOD(Notes,
                 "a line that was changed, or is of another region, is named and nothing is read") {
  note(revoked(1));
  note(revoked(2));
  auto changed = text();
  changed.replace(changed.rfind("\"shared_from\":2"), 15, "\"shared_from\":3");
  net::write_private_file(path, changed);
  CHECK_THROWS_WITH(read(), Catch::Contains("строка 2") && Catch::Contains("not signed"));
  const auto other = net::CertificateAuthority::make("Другой", {1'760'000'000'000});
  CHECK_THROWS_WITH(read_revocations(path, other.public_key()), Catch::Contains("строка 1"));
  net::write_private_file(path, "{}\n");
  CHECK_THROWS_WITH(read(), Catch::Contains("строка 1"));
}

TEST_CASE_METHOD(Notes, "a line that was broken off counts as never written") {
  const auto first = revoked(1), second = revoked(2);
  note(first);
  const auto whole = text();
  note(second);
  net::write_private_file(path, text().substr(0, whole.size() + 20));
  CHECK(read() == std::vector<Revoked>{first});
  note(second);
  CHECK(read() == std::vector<Revoked>{first, second});
}

}  // namespace zimnik::hub::test
