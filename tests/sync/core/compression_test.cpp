#include "sync/core/compression.h"

#include <rapidcheck/catch.h>
#include <catch2/catch.hpp>

#include "sync/core/bytes.h"
#include "sync/core/limits.h"
#include "tests/sync/core/samples.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;
using Catch::Contains;

namespace {

/// A frame by hand: its header, then one block of `size` equal bytes, said in one byte (RFC 8878).
std::string frame_of_one_byte(std::string_view header_digits, std::uint32_t size) {
  std::string frame = unhex("28b52ffd") + unhex(header_digits);
  const std::uint32_t block = size << 3 | 1 << 1 | 1;  // run-length, the last
  for (int shift = 0; shift < 24; shift += 8) frame.push_back(static_cast<char>(block >> shift));
  return frame + 'x';
}

std::string packed(std::size_t says, const std::string& frame, char method = 1) {
  std::string bytes(1, method);
  Writer writer(bytes);
  writer.varint(says);
  writer.raw(frame);
  return bytes;
}

std::string refusal_of(const std::string& bytes, std::size_t most = limits::kBatchBytes) {
  return refusal([&] { decompress(bytes, most); });
}

constexpr const char* kSmallWindow = "00 38";  // no content size; a window of 128 KiB

}  // namespace

TEST_CASE("what is compressed comes back, quickly or thoroughly") {
  for (const auto& plain :
       {std::string(), std::string("a"), std::string(100'000, 'z'), std::string("no gain")}) {
    for (int level : {kQuickLevel, kThoroughLevel}) {
      CHECK(decompress(compress(plain, level), plain.size()) == plain);
    }
  }
  rc::prop("any bytes", [](const std::string& plain) {
    RC_ASSERT(decompress(compress(plain, kQuickLevel), plain.size()) == plain);
  });
}

TEST_CASE("what doesn't get shorter is kept as it is") {
  const auto bytes = compress("abc", kThoroughLevel);
  CHECK(bytes == std::string("\0\3abc", 5));
  CHECK(compress(std::string(100, 'a'), kThoroughLevel)[0] == 1);
}

TEST_CASE("a batch of more than its bound is refused by what it says") {
  const auto bytes = compress(std::string(101, 'a'), kQuickLevel);
  CHECK_THAT(refusal_of(bytes, 100), Contains("length: 101 is over the bound of 100"));
}

TEST_CASE("a bomb that lies about its length is refused and never held") {
  const auto frame = frame_of_one_byte(kSmallWindow, 100'000);
  CHECK(decompress(packed(100'000, frame), 100'000).size() == 100'000);
  CHECK_THAT(refusal_of(packed(1'000, frame)), Contains("zstd"));
  CHECK_THAT(refusal_of(packed(100'001, frame)), Contains("length: isn't what came out"));
  // 65 MiB of zeros in a few KiB.
  const auto bomb = compress(std::string(limits::kBatchBytes + 1, '\0'), kQuickLevel);
  CHECK(bomb.size() < 16 * 1024);
  CHECK_THAT(refusal_of(bomb), Contains("over the bound"));
}

TEST_CASE("a frame that claims a huge content is refused") {
  // Frame content size of 8 bytes, 2^40.
  const auto frame = frame_of_one_byte("c0 38 0000000000010000", 1000);
  CHECK_THAT(refusal_of(packed(1000, frame)), Contains("zstd"));
}

TEST_CASE("a frame that claims a huge window gets no memory for it") {
  // 2^41 bytes of window: refused, or decoded within the thousand bytes that it comes to.
  const auto frame = frame_of_one_byte("00 f8", 1000);
  const auto refused = refusal_of(packed(1000, frame));
  if (refused.empty()) {
    CHECK(decompress(packed(1000, frame), 1000) == std::string(1000, 'x'));
  } else {
    CHECK_THAT(refused, Contains("zstd"));
  }
}

TEST_CASE("an unknown method, and a length that isn't that of plain bytes, are refused") {
  CHECK_THAT(refusal_of(packed(1, "x", 2)), Contains("method: unknown 2"));
  CHECK_THAT(refusal_of(packed(2, "x", 0)), Contains("length: isn't that of what follows"));
  CHECK_THAT(refusal_of(packed(0, "x", 0)), Contains("length: isn't that of what follows"));
  CHECK_THAT(refusal_of(""), Contains("compressed batch, byte 0: method: the bytes end here"));
  CHECK_THAT(refusal_of(packed(1, "no frame")), Contains("zstd"));
}

TEST_CASE("two frames in a row are no way round the bound") {
  const auto frame = frame_of_one_byte(kSmallWindow, 1000);
  CHECK_THAT(refusal_of(packed(1000, frame + frame)), Contains("zstd"));
}
