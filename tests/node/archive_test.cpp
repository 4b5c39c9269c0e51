// ZIP archives that people bring, and what calls itself one.
#include "node/archive.h"

#include <zip.h>

#include <catch2/catch.hpp>

#include "schema/import/fault.h"
#include "schema/limits.h"

using namespace zimnik;
using Catch::Contains;

namespace {

using Files = std::vector<std::pair<std::string, std::string>>;

std::string zip_of(const Files& files, const char* password = nullptr) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(target);
  zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
  REQUIRE(archive != nullptr);
  for (const auto& [name, bytes] : files) {
    zip_source_t* source = zip_source_buffer(archive, bytes.data(), bytes.size(), 0);
    const auto index = zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    REQUIRE(index >= 0);
    if (password == nullptr) continue;
    REQUIRE(zip_file_set_encryption(archive, static_cast<zip_uint64_t>(index), ZIP_EM_AES_256,
                                    password) == 0);
  }
  REQUIRE(zip_close(archive) == 0);
  REQUIRE(zip_source_open(target) == 0);
  zip_source_seek(target, 0, SEEK_END);
  std::string bytes(static_cast<std::size_t>(zip_source_tell(target)), '\0');
  zip_source_seek(target, 0, SEEK_SET);
  zip_source_read(target, bytes.data(), bytes.size());
  zip_source_close(target);
  zip_source_free(target);
  return bytes;
}

}  // namespace

TEST_CASE("the files at an archive's root are unpacked, those in folders left out") {
  const auto files = node::unpacked(zip_of({{"a.csv", "x,y\n"}, {"in/b.csv", "z"}, {"c.csv", ""}}));
  CHECK(files.size() == 2);
  CHECK(files.at("a.csv") == "x,y\n");
  CHECK(files.at("c.csv").empty());
}

TEST_CASE("what is no whole archive, or is under a password, is refused") {
  const auto whole = zip_of({{"a.csv", std::string(10'000, 'x')}});
  for (const auto& bytes :
       {std::string(), std::string("PK\x03\x04"), whole.substr(0, whole.size() / 2),
        std::string(1000, '\0'), std::string("name;class\n")}) {
    CHECK_THROWS_WITH(node::unpacked(bytes), Contains("не архив ZIP"));
  }
  CHECK_THROWS_AS(node::unpacked(zip_of({{"a.csv", "x"}}, "secret")), journal::BadFile);
}

TEST_CASE("a small archive that unpacks to very much is refused before it has") {
  const std::string large(9'000'000, 'x'), some(7'000'000, 'y');
  const auto bomb = zip_of({{"a.csv", large}});
  CHECK(bomb.size() < 100'000);
  CHECK_THROWS_WITH(node::unpacked(bomb), Contains("a.csv: слишком велик"));
  Files many;
  for (int i = 0; i < 6; ++i) many.emplace_back(std::to_string(i), some);
  CHECK_THROWS_WITH(node::unpacked(zip_of(many)), Contains("слишком велик"));
  many.clear();
  for (int i = 0; i < 65; ++i) many.emplace_back(std::to_string(i), "");
  CHECK_THROWS_WITH(node::unpacked(zip_of(many)), Contains("больше 64 файлов"));
}

TEST_CASE("bytes of an archive that were changed give its files or a reason") {
  const auto whole = zip_of({{"a.csv", "one,two\n"}, {"b.csv", std::string(500, 'b')}});
  for (std::size_t i = 0; i < whole.size(); ++i) {
    for (const char change : {'\x01', '\x80', '\x7f'}) {
      auto bytes = whole;
      bytes[i] = static_cast<char>(bytes[i] ^ change);
      try {
        const auto files = node::unpacked(bytes);
        CHECK(files.size() <= 2);
      } catch (const journal::BadFile& bad) {
        CHECK_FALSE(bad.fault().why.text().empty());
      }
    }
  }
}
