#include "sync/core/compression.h"

#include <zstd.h>

#include <memory>
#include <stdexcept>

#include "sync/core/bytes.h"
#include "sync/core/limits.h"

namespace zimnik::sync {
namespace {

enum Method : std::uint8_t { kAsIs = 0, kZstd = 1 };

struct CompressorFree {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};
struct DecompressorFree {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

std::string frame(std::string_view plain, int level, std::string_view like) {
  // Kept, for its tables are larger than most of what it is given.
  thread_local const std::unique_ptr<ZSTD_CCtx, CompressorFree> context(ZSTD_createCCtx());
  ZSTD_CCtx_reset(context.get(), ZSTD_reset_session_and_parameters);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, level);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_contentSizeFlag, 0);
  if (level == kThoroughLevel) {
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_windowLog, limits::kZstdWindowLog);
  }
  if (!like.empty()) ZSTD_CCtx_refPrefix(context.get(), like.data(), like.size());
  std::string out(ZSTD_compressBound(plain.size()), '\0');
  const auto size =
      ZSTD_compress2(context.get(), out.data(), out.size(), plain.data(), plain.size());
  if (ZSTD_isError(size)) throw std::runtime_error(ZSTD_getErrorName(size));
  out.resize(size);
  return out;
}

}  // namespace

std::string compress(std::string_view plain, int level, std::string_view like) {
  const std::string packed = frame(plain, level, like);
  const bool pays = packed.size() < plain.size();
  std::string out;
  Writer writer(out);
  writer.byte(pays ? kZstd : kAsIs);
  writer.varint(plain.size());
  writer.raw(pays ? std::string_view(packed) : plain);
  return out;
}

std::string decompress(std::string_view compressed, std::size_t most, std::string_view like) {
  Reader reader(compressed, "compressed batch");
  const auto method = reader.byte("method");
  const auto size = reader.varint("length", most);
  const auto body = reader.rest();
  if (method == kAsIs) {
    if (body.size() != size) reader.refuse("length", "isn't that of what follows");
    return std::string(body);
  }
  if (method != kZstd) reader.refuse("method", "unknown " + std::to_string(method));
  thread_local const std::unique_ptr<ZSTD_DCtx, DecompressorFree> context(ZSTD_createDCtx());
  ZSTD_DCtx_reset(context.get(), ZSTD_reset_session_and_parameters);
  ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, limits::kZstdWindowLog);
  if (!like.empty()) ZSTD_DCtx_refPrefix(context.get(), like.data(), like.size());
  // A frame can claim any size; what is allocated is bounded by what it can come to.
  std::string out(size, '\0');
  const auto got =
      ZSTD_decompressDCtx(context.get(), out.data(), out.size(), body.data(), body.size());
  if (ZSTD_isError(got)) reader.refuse("zstd", ZSTD_getErrorName(got));
  if (got != size) reader.refuse("length", "isn't what came out");
  return out;
}

}  // namespace zimnik::sync
