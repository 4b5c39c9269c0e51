#include "sync/web/password.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <thread>
#include <vector>

using namespace zimnik::web;

TEST_CASE("a password fits its own verifier and no other's") {
  const auto verifier = password_verifier("тайна");
  CHECK(verifier.starts_with("$scrypt$ln=15,r=8,p=3$"));
  CHECK(verifier.size() == 22 + 24 + 1 + 44);
  CHECK(fits_password(verifier, "тайна"));
  CHECK_FALSE(fits_password(verifier, "Тайна"));
  CHECK_FALSE(fits_password(verifier, ""));
  CHECK(password_verifier("тайна") != verifier);
}

TEST_CASE("a password is checked against what another program made of it") {
  // hashlib.scrypt(b"secret", salt=bytes(range(16)), n=2**15, r=8, p=3, maxmem=2**27, dklen=32)
  CHECK(fits_password(
      "$scrypt$ln=15,r=8,p=3$AAECAwQFBgcICQoLDA0ODw==$dJjH24E4NX6nzpVwT3tjaq4fioVPdvMyW6bGf5Y60ew=",
      "secret"));
}

TEST_CASE("nothing fits what isn't a verifier") {
  const auto verifier = password_verifier("x");
  for (std::size_t size = 0; size < verifier.size(); ++size) {
    CHECK_FALSE(fits_password(verifier.substr(0, size), "x"));
  }
  CHECK_FALSE(fits_password(verifier + "=", "x"));
  CHECK_FALSE(
      fits_password("$scrypt$ln=15,r=8,p=3$!!!!!!!!!!!!!!!!!!!!!!==$" + std::string(44, '!'), "x"));
}

TEST_CASE("many passwords at once are all checked") {
  const auto verifier = password_verifier("x");
  std::vector<std::thread> threads;
  std::atomic<int> fitting = 0;
  for (int i = 0; i < 6; ++i) {
    threads.emplace_back([&] { fitting += fits_password(verifier, "x"); });
  }
  for (auto& thread : threads) thread.join();
  CHECK(fitting == 6);
}

TEST_CASE("who comes in haste is before all who wait as usual") {
  const auto verifier = password_verifier("x");
  std::atomic<int> done = 0;
  std::vector<std::thread> others;
  for (int i = 0; i < 20; ++i) {
    others.emplace_back([&] {
      fits_password(verifier, "x");
      ++done;
    });
  }
  while (done == 0) std::this_thread::yield();  // they stand in a row
  CHECK(fits_password(verifier, "x", Haste::first));
  CHECK(done < 19);
  for (auto& other : others) other.join();
}

TEST_CASE("one caller leaves turns to others, and all together leave threads to who reads") {
  constexpr int kAll = 12, kOfCaller = 4;
  PasswordTurns turns(kAll, kOfCaller);
  std::vector<PasswordTurns::Turn> taken;
  for (int i = 0; i < kOfCaller; ++i) {
    taken.push_back(turns.take("a").value());
  }
  CHECK_FALSE(turns.take("a"));
  for (int i = kOfCaller; i < kAll; ++i) {
    taken.push_back(turns.take(std::to_string(i)).value());
  }
  CHECK_FALSE(turns.take("b"));
  taken.pop_back();
  CHECK_FALSE(turns.take("a"));
  CHECK(turns.take("b"));
  taken.clear();
  CHECK(turns.take("a"));
}
