#include "hub/revocations.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "sync/net/private_file.h"
#include "tests/hub/region.h"
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

TEST_CASE_METHOD(Notes, "a file that is empty, or whose last line is broken off, is refused") {
  note(revoked(1));
  const auto first = text().size();
  note(revoked(2));
  const auto whole = text();
  for (const auto left : {whole.size() - 1, first + 20}) {
    net::write_private_file(path, whole.substr(0, left));
    CHECK_THROWS_WITH(read(),
                      Catch::StartsWith(path + ", строка 2: ") && Catch::Contains("оборвана"));
    CHECK_THROWS_WITH(note(revoked(3)), Catch::Contains("строка 2"));
    CHECK(text().size() == left);
  }
  net::write_private_file(path, "");
  CHECK_THROWS_WITH(read(), Catch::Contains("файл пуст"));
}

TEST_CASE("where the file of revocations is lost, it is made again of all schools") {
  RunningHub hub;
  const auto path = hub.data().revocations();
  const auto first = hub.run({"school", "add", "Первая"}),
             second = hub.run({"school", "add", "Вторая"});
  const auto revoke = [&](const std::string& school) {
    const SchoolSite site(hub.sync_url(), hub.run({"token", school}), "узел");
    return hub.call({"revoke", school, site.id().hex(), "--reason", "украден"});
  };
  CHECK(revoke(first).exit_code == 0);
  std::filesystem::remove(path);
  CHECK(revoke(second).exit_code == 0);
  CHECK(read_revocations(path, hub->authority().public_key()).size() == 2);
}

TEST_CASE("no act is made where the file of revocations is damaged") {
  RunningHub hub;
  const auto path = hub.data().revocations();
  const auto school = hub.run({"school", "add", "Первая"});
  const SchoolSite site(hub.sync_url(), hub.run({"token", school}), "узел");
  const std::vector<std::string> revoke{"revoke", school, site.id().hex(), "--reason", "украден"};
  std::ofstream(path) << "#";
  const auto refused = hub.call(revoke);
  CHECK(refused.exit_code == 1);
  CHECK_THAT(refused.errors, Catch::Contains("акт не сделан: " + path + ", строка 1"));
  CHECK(hub.run({"acts", school}).empty());
  std::filesystem::remove(path);
  CHECK(hub.call(revoke).exit_code == 0);
}

TEST_CASE("an act that doesn't get into the file of revocations is named all the same") {
  RunningHub hub;
  const auto school = hub.run({"school", "add", "Первая"});
  const SchoolSite site(hub.sync_url(), hub.run({"token", school}), "узел");
  // The file is made of all schools, and one can't be read.
  hub.run({"school", "add", "Вторая"});
  const auto lost = hub->add_school("Третья").id();
  hub.stop();
  std::ofstream(hub.data().replica(lost)) << std::string(8192, '#');
  hub.start();
  const auto said = hub.call({"revoke", school, site.id().hex(), "--reason", "украден"});
  CHECK(said.exit_code == 1);
  CHECK_THAT(said.output, Catch::StartsWith("Акт "));
  CHECK_THAT(said.errors, Catch::Contains("акт сделан") && Catch::Contains("«Третья» не читается"));
  CHECK_FALSE(std::filesystem::exists(hub.data().revocations()));
}

}  // namespace zimnik::hub::test
